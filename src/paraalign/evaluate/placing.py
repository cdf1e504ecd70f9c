"""Find in a document where a quote of the gold stands.

Gold quotes a text as its annotator had it: the file as given, or lines without markup, in NFC or
not, with other quotation marks and blanks. A document keeps the text as given and a clean reading
of it. So both are compared by their letters and signs alone, and a place among these leads back to
the stretch of the given text.

>>> from paraalign.read import read_text
>>> from paraalign.segment import segment
>>> index = Index.of(segment(read_text("Un *bien*-être « commun ».", format="md"), "fr"))
>>> index.find('bien-être "commun"')
Span(start=3, end=23)
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
_SHORT = 8  # letters below which a unit is looked for near its place only
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

    def units(self, texts: Sequence[str]) -> list[range]:
        """Return where each of *texts*, which stand in order, is: a range of letters.

        What is not found has the range between its neighbours.
        """
        found = list(self._in_order(texts))
        ends = [0]
        for each in found:
            ends.append(each.stop if each else ends[-1])
        starts = [len(self.letters)]
        for each in reversed(found):
            starts.append(each.start if each else starts[-1])
        starts.reverse()
        return [each or range(ends[n], max(ends[n], starts[n + 1])) for n, each in enumerate(found)]

    def _in_order(self, texts: Sequence[str]) -> Iterator[range | None]:
        done = 0
        for text in texts:
            keys = (letters(text), letters(_NUMBER.sub("", text)))
            places = [(self._next(key, done), key) for key in dict.fromkeys(keys) if key]
            place, key = next(((p, k) for p, k in places if p >= 0), (-1, ""))
            yield range(place, place + len(key)) if place >= 0 else None
            done = place + len(key) if place >= 0 else done

    def _next(self, key: str, done: int) -> int:
        end = len(self.letters) if len(key) >= _SHORT else done + _NEAR
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
