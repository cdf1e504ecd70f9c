"""Which doubtful marks are numbers: those that stand in a sequence.

"A. Dispositions" and "A. Dupont" look alike, and so do "i)" after "h)" and "i)" before "ii)". What
decides is the company: the line before must be finished, and a doubtful mark needs a sibling, the
one before it or the one after it.

>>> lines = [Line("A. Objet", True, ""), Line("B. Champ", True, "A. Objet")]
>>> [mark.number for mark in decide(lines, "fr")]
['A', 'B']
>>> decide([Line("A. Dupont est maire de la ville.", True, "")], "fr")
[None]
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import regex

from paraalign import langs
from paraalign.segment.numbering import Mark, marks

__all__ = ["Line", "decide", "ends_in_section_word"]

_REACH = 60  # lines; a sibling that stands further off is no company
_BOTH = 2  # siblings, the one before and the one after
_FINISHED = regex.compile(r"[.;:!?…»”\")\]]\s*$|[;,]\s*(?:et|ou|and|or|và|hoặc)\s*$|^\s*$")


class Line(NamedTuple):
    """A line that may open with a mark.

    Attributes:
        text: From the start of the line to its end.
        opens_block: Whether a block starts here, so that nothing runs on into it.
        before: The line before it in the same block, or "".
        listed: Whether the markup says that it is an entry of a list.
    """

    text: str
    opens_block: bool
    before: str
    listed: bool = False


class _Seat(NamedTuple):
    line: int
    value: tuple[int, ...]


def decide(lines: Sequence[Line], lang: str) -> list[Mark | None]:
    """Return the mark that each of *lines* opens with, or None. Cost: linear."""
    readings = [marks(line.text, lang) for line in lines]
    company = _Company(lines, readings, lang)
    return [company.choose(index) for index in range(len(lines))]


def ends_in_section_word(text: str, lang: str) -> bool:
    """Tell whether *text* breaks off before the number of a reference: "as said in Article".

    >>> ends_in_section_word("renvoie à l'article", "fr")
    True
    """
    words = regex.split(r"[\s'’]+", text[-40:].lower())
    return langs.get(lang).section(words[-1]) is not None


class _Company:
    """The readings of all lines, and the marks taken so far."""

    def __init__(
        self, lines: Sequence[Line], readings: Sequence[tuple[Mark, ...]], lang: str
    ) -> None:
        self._lines = lines
        self._readings = readings
        self._lang = lang
        self._seats: dict[str, list[_Seat]] = defaultdict(list)
        self._taken: dict[str, _Seat] = {}
        self._values: dict[tuple[int, ...], int] = {}
        for index, choices in enumerate(readings):
            for mark in choices:
                self._seats[mark.style].append(_Seat(index, mark.value))
        self._next: dict[str, int] = dict.fromkeys(self._seats, 0)

    def choose(self, index: int) -> Mark | None:
        """Return the best reading of line *index*, and remember it."""
        ranked = sorted(self._readings[index], key=lambda mark: -self._company(index, mark))
        for mark in ranked:
            if self._is_believed(index, mark):
                self._taken[mark.style] = _Seat(index, mark.value)
                self._values[mark.value] = index
                return mark
        return None

    def _is_believed(self, index: int, mark: Mark) -> bool:
        line, company = self._lines[index], self._company(index, mark)
        if not line.opens_block and self._runs_on(line):
            return bool(mark.number) and company == _BOTH and self._neighbours(index, mark)
        if not mark.number:
            return self._is_dashed(index)
        if line.opens_block:
            return mark.firm or company > 0 or (line.listed and mark.style == "1.")
        return company > 0 or (mark.firm and _is_finished(line.before))

    def _company(self, index: int, mark: Mark) -> int:
        return int(self._follows(index, mark)) + int(self._is_followed(index, mark))

    def _follows(self, index: int, mark: Mark) -> bool:
        if not mark.value:
            return False
        before = (*mark.value[:-1], mark.value[-1] - 1)
        taken = self._taken.get(mark.style)
        if taken and taken.value == before and index - taken.line <= _REACH:
            return True
        parent = mark.value[:-1]
        return bool(parent) and mark.value[-1] == 1 and self._is_near(parent, index)

    def _is_near(self, value: tuple[int, ...], index: int) -> bool:
        return value in self._values and index - self._values[value] <= _REACH

    def _is_followed(self, index: int, mark: Mark) -> bool:
        if not mark.value:
            return False
        after = (*mark.value[:-1], mark.value[-1] + 1)
        return any(seat.value == after for seat in self._ahead(index, mark.style))

    def _ahead(self, index: int, style: str) -> list[_Seat]:
        seats = self._seats[style]
        while self._next[style] < len(seats) and seats[self._next[style]].line <= index:
            self._next[style] += 1
        start = self._next[style]
        return [seat for seat in seats[start : start + _REACH] if seat.line - index <= _REACH]

    def _runs_on(self, line: Line) -> bool:
        return not _is_finished(line.before) or ends_in_section_word(line.before, self._lang)

    def _neighbours(self, index: int, mark: Mark) -> bool:
        """Tell whether the lines around are siblings, as in a list without punctuation."""
        around = [self._readings[place] for place in (index - 1, index + 1) if self._has(place)]
        values = {near.value for choices in around for near in choices if near.style == mark.style}
        count = mark.value[-1]
        wanted = {(*mark.value[:-1], count - 1), (*mark.value[:-1], count + 1)}
        return bool(values & wanted)

    def _has(self, index: int) -> bool:
        return 0 <= index < len(self._lines)

    def _is_dashed(self, index: int) -> bool:
        line = self._lines[index]
        around = [self._readings[place] for place in (index - 1, index + 1) if self._has(place)]
        beside = any(mark.style == "–" for choices in around for mark in choices)
        return beside or line.before.rstrip().endswith((":", ";"))


def _is_finished(text: str) -> bool:
    return bool(_FINISHED.search(text[-40:]))
