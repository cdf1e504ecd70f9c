"""Put back the marks that a notation had no room for, as the text itself spells the word.

In a formula an accent macro takes a letter and gives it one mark. A scanner that sets "Hà Nội" as
a formula thus writes "Hà Nôi". Nothing is guessed: a mark is put back only where the same text,
outside formulas, has the word with that mark and more beside the same neighbour, has no other such
word, and never has it as the formula does. What is put back is on record.

>>> view = restored(View.of("Thành phố Hà Nội. (Hà Nôi, 13)"), [Span(18, 30)])
>>> view.text, view.replaced[0].reason
('Thành phố Hà Nội. (Hà Nội, 13)', 'LaTeX, mark restored')
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from paraalign.views import Edit, Span, View

__all__ = ["restored"]

_WORD = re.compile(r"[^\W\d_]+")
_REASON = "LaTeX, mark restored"


def restored(view: View, formulas: Sequence[Span]) -> View:
    """Return *view* with the marks put back that its *formulas*, given stretches, could not hold.

    >>> restored(View.of("Nôi"), [Span(0, 3)]).text
    'Nôi'
    """
    if not formulas:
        return view
    ranges = [view.range(span) for span in formulas]
    wanted = frozenset(
        _bare(match.group())
        for start, end in ranges
        for match in _WORD.finditer(view.text, start, end)
        if not match.group().isascii()
    )
    spellings = _spellings(view.text, ranges, wanted) if wanted else {}
    return view.edit(edit for start, end in ranges for edit in _edits(view, start, end, spellings))


_Spellings = Mapping[tuple[str, str, int], frozenset[str]]


def _spellings(text: str, ranges: Sequence[tuple[int, int]], wanted: frozenset[str]) -> _Spellings:
    """Return how the *wanted* words are spelled outside the *ranges*, beside which neighbours."""
    found: dict[tuple[str, str, int], set[str]] = defaultdict(set)
    for left, right in pairwise(_words_outside(text, ranges)):
        if text[left.end() : right.start()].strip():
            continue
        first, second = _composed(left.group()), _composed(right.group())
        if _bare(second) in wanted:
            found[_bare(second), first, -1].add(second)
        if _bare(first) in wanted:
            found[_bare(first), second, 1].add(first)
    return {key: frozenset(forms) for key, forms in found.items()}


def _words_outside(text: str, ranges: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
    done = 0
    for start, end in [*ranges, (len(text), len(text))]:
        yield from _WORD.finditer(text, done, start)
        done = end


def _edits(view: View, start: int, end: int, spellings: _Spellings) -> Iterator[Edit]:
    words = list(_WORD.finditer(view.text, start, end))
    for index, match in enumerate(words):
        word = _composed(match.group())
        if len(word) != len(match.group()):
            continue
        forms: frozenset[str] = frozenset()
        for side in (-1, 1):
            if 0 <= index + side < len(words):
                neighbour = _composed(words[index + side].group())
                forms |= spellings.get((_bare(word), neighbour, side), frozenset())
        if len(forms) == 1 and _adds_marks(word, form := next(iter(forms))):
            yield from _letters(match, form)


def _letters(match: re.Match[str], form: str) -> Iterator[Edit]:
    for place, (old, new) in enumerate(zip(match.group(), form, strict=True), match.start()):
        if old.lower() != new:
            cased = new.upper() if old.isupper() else new
            yield Edit(place, place + 1, cased, _REASON)


def _adds_marks(word: str, form: str) -> bool:
    """Tell whether *form* is *word* with more marks, and none fewer."""
    if word == form or len(word) != len(form):
        return False
    pairs = zip(word, form, strict=True)
    return all(
        set(unicodedata.normalize("NFD", old)) <= set(unicodedata.normalize("NFD", new))
        for old, new in pairs
    )


@lru_cache(maxsize=10_000)
def _composed(word: str) -> str:
    return unicodedata.normalize("NFC", word).lower()


@lru_cache(maxsize=10_000)
def _bare(word: str) -> str:
    return "".join(
        char
        for char in unicodedata.normalize("NFD", word.lower())
        if not unicodedata.combining(char)
    )
