"""Find in a document where a quote of the gold stands.

Gold quotes a text as its annotator had it: the file as given, or lines without markup, in NFC or
not, with other quotation marks and blanks. A document keeps the text as given and a clean reading
of it. So both are compared by their letters and signs alone, and a place among these leads back to
the stretch of the given text.

>>> from paraalign.read import read_text
>>> from paraalign.segment import segment
>>> index = Index.of(segment(read_text("Un *bien*-être « commun ».", format="md"), "fr"))
>>> index.find('bien-être "commun"')
Span(start=4, end=25)
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from paraalign.model import Document
from paraalign.views import Span

__all__ = ["Index", "letters"]

_SAME = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-"}
)
_BLANK = regex.compile(r"[\s\p{Cf}]+")
_NUMBER = regex.compile(r"^\W*\d+[.)]")
_STARTS = (24, 12)  # first letters by which a unit is found that is not there as a whole
_SHORT = 16  # letters below which a unit is looked for near its place only
_NEAR = 400  # how near, in letters


def letters(text: str) -> str:
    """Return the letters and signs of *text* as they are compared: no blanks, no case, NFC.

    >>> letters("L’ E\u0301cole")
    "l'école"
    """
    composed = unicodedata.normalize("NFC", text).translate(_SAME)
    return _BLANK.sub("", composed).casefold()


@dataclass(frozen=True, slots=True)
class Index:
    """The letters of a *document*, and the clean character that each belongs to."""

    document: Document
    letters: str = field(repr=False)
    places: Sequence[int] = field(repr=False)

    @classmethod
    def of(cls, document: Document) -> "Index":
        """Return the index of *document*. Cost: linear."""
        found, places = [], []
        for place, char in enumerate(document.view.text):
            key = letters(char)
            found.append(key)
            places += [place] * len(key)
        return cls(document, "".join(found), places)

    def find(self, quote: str, within: range | None = None, near: int | None = None) -> Span | None:
        """Return the stretch that reads as *quote*, or None.

        Args:
            quote: What stands there.
            within: Which letters to look among; all where None.
            near: Of several, the one nearest to this offset of the given text; else the first.
        """
        found = list(self._starts(letters(quote), within or range(len(self.letters))))
        if not found:
            return None
        size = len(letters(quote))
        spans = [self.span(range(start, start + size)) for start in found]
        return spans[0] if near is None else min(spans, key=lambda span: abs(span.start - near))

    def span(self, stretch: range) -> Span:
        """Return the given stretch behind a *stretch* of letters that is not empty."""
        return self.document.view.span(self.places[stretch.start], self.places[stretch[-1]] + 1)

    def touched(self, span: Span) -> range:
        """Return which letters the given *span* touches."""
        start, end = self.document.view.range(span)
        return range(bisect_left(self.places, start), bisect_left(self.places, end))

    def units(self, texts: Sequence[str]) -> list[range | None]:
        """Return where each of *texts*, which stand in order, is; None where it is not found.

        Of one that is not there as a whole, where it starts.
        """
        found: list[range | None] = []
        done = missed = 0
        for text in texts:
            keys = [letters(text), letters(_NUMBER.sub("", text))]
            keys += [keys[0][:size] for size in _STARTS if len(keys[0]) > size]
            places = [(self._next(key, done, missed), key) for key in dict.fromkeys(keys) if key]
            place, key = next(((p, k) for p, k in places if p >= 0), (-1, ""))
            found.append(range(place, place + len(key)) if place >= 0 else None)
            done, missed = (place + len(key), 0) if place >= 0 else (done, missed + len(keys[0]))
        return found

    def homes(self, texts: Sequence[str]) -> list[range]:
        """Return where each of *texts* is; one that is not found is between its neighbours.

        >>> from paraalign.views import View
        >>> Index.of(Document(view=View.of("Un deux trois"), lang="fr")).homes(["un", "2", "trois"])
        [range(0, 2), range(2, 6), range(6, 11)]
        """
        found = self.units(texts)
        ends, starts = [0], [len(self.letters)]
        for each in found:
            ends.append(each.stop if each else ends[-1])
        for each in reversed(found):
            starts.append(each.start if each else starts[-1])
        gaps = zip(ends, reversed(starts[:-1]), strict=False)
        return [
            each or range(end, max(end, start))
            for each, (end, start) in zip(found, gaps, strict=True)
        ]

    def _next(self, key: str, done: int, missed: int) -> int:
        """Return where *key* stands next; a short one, after *missed* letters, only nearby."""
        end = len(self.letters) if len(key) >= _SHORT else done + missed + _NEAR
        return self.letters.find(key, done, end)

    def _starts(self, key: str, within: range) -> Iterator[int]:
        place = self.letters.find(key, within.start, within.stop) if key else -1
        while place >= 0:
            yield place
            place = self.letters.find(key, place + 1, within.stop)


def holder(starts: Sequence[int], offset: int) -> int:
    """Return which of the stretches that start at *starts* holds *offset*; -1 before the first.

    >>> holder([0, 10, 20], 15)
    1
    """
    return bisect_right(starts, offset) - 1
