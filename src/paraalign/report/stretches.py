"""Cut a text where marks begin and end, so that overlapping findings can be shown.

Findings overlap: a date inside an omitted phrase, a name inside a sentence that breaks off. HTML
and terminals nest, they don't overlap. So the text is cut at every border, and each stretch
carries the numbers of all marks that cover it; a mark of no width is a point between stretches.

>>> marks = [Mark(1, 0, 8), Mark(2, 4, 12), Mark(3, 8, 8)]
>>> [(stretch.text, stretch.marks) for stretch in cut("les villes de France", marks)]
[('les ', (1,)), ('vill', (1, 2)), ('', (3,)), ('es d', (2,)), ('e France', ())]
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from paraalign.model import Document, Span

__all__ = ["Mark", "Stretch", "cut", "place", "placed"]


class Mark(NamedTuple):
    """Characters *start* to *end* of a text, marked with a *number*; a point where they meet."""

    number: int
    start: int
    end: int


class Stretch(NamedTuple):
    """A stretch of text and the numbers of the *marks* on it; without text, a point."""

    text: str
    marks: tuple[int, ...]


def cut(text: str, marks: Iterable[Mark]) -> list[Stretch]:
    """Return *text* cut at the borders of *marks*, in order, points in their places.

    Marks that leave the text are trimmed to it. Cost: stretches times the marks that cover them.
    """
    within = sorted({_trimmed(mark, len(text)) for mark in marks})
    borders = sorted({0, len(text), *(mark.start for mark in within), *(m.end for m in within)})
    stretches: list[Stretch] = []
    for start, end in zip(borders, [*borders[1:], len(text)], strict=True):
        stretches += [Stretch("", (m.number,)) for m in within if m.start == m.end == start]
        if start < end:
            cover = tuple(m.number for m in within if m.start <= start and end <= m.end)
            stretches.append(Stretch(text[start:end], cover))
    return stretches


def _trimmed(mark: Mark, size: int) -> Mark:
    start = min(max(mark.start, 0), size)
    return Mark(mark.number, start, min(max(mark.end, start), size))


def place(spans: Sequence[Span], offset: int) -> int | None:
    """Return the index of the span among *spans* where *offset* is shown.

    That is the last one that starts at or before it, else the first; None where there are none.

    >>> place([Span(0, 4), Span(6, 9)], 5)
    0
    """
    if not spans:
        return None
    return max(bisect_right([span.start for span in spans], offset) - 1, 0)


def placed(document: Document, shown: Span, number: int, span: Span) -> Mark | None:
    """Return the mark of a given *span* in the clean text of the span *shown*, or None.

    A stretch that has no clean character, such as a dropped tag, becomes a point.
    """
    if span.start < span.end and not (span.start < shown.end and shown.start < span.end):
        return None
    first, last = document.view.range(shown)
    start, end = document.view.range(span)
    start = min(max(start, first), last)
    return Mark(number, start - first, min(max(end, start), last) - first)
