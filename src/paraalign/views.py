r"""Clean views: a text as a reader means it, each character tied to where it came from.

Texts come with OCR debris, tags, LaTeX remains and odd spaces. Nothing of that may be lost, and
nothing of it should disturb a comparison. So the text as given is never changed: a `View` holds a
cleaned reading of it, and for every clean character the stretch of the given text that it stands
for. Cleaning is a series of `Edit`s, each with a reason; what an edit leaves out is on record.

>>> view = View.of("ch<mark>uy</mark>ên &amp; phí")
>>> view = view.edit([Edit(2, 8, "", "tag"), Edit(10, 17, "", "tag"), Edit(20, 25, "&", "entity")])
>>> view.text
'chuyên & phí'
>>> view.span(0, 6)
Span(start=0, end=19)
>>> view.range(Span(8, 10))
(2, 4)
>>> [(drop.span, drop.reason) for drop in view.dropped]
[(Span(start=2, end=8), 'tag'), (Span(start=10, end=17), 'tag')]
>>> view.replaced
(Replaced(span=Span(start=20, end=25), text='&', reason='entity'),)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from paraalign.errors import ParaalignError

__all__ = ["Dropped", "Edit", "Offsets", "Replaced", "Span", "View"]

Offsets: TypeAlias = NDArray[np.int32]


class Span(NamedTuple):
    """A half-open stretch of a text as given, in code points."""

    start: int
    end: int


class Edit(NamedTuple):
    """Replace the clean characters from *start* to *end* by *text*, for the *reason* given.

    An empty *text* drops the stretch; an empty stretch inserts *text* at its place. An empty
    *reason* leaves no record: for white space and for composed accents, which read the same.
    """

    start: int
    end: int
    text: str
    reason: str


class Dropped(NamedTuple):
    """A stretch of the given text that has no character in the view, and why."""

    span: Span
    reason: str


class Replaced(NamedTuple):
    """A stretch of the given text that reads as *text* in the view, and why."""

    span: Span
    text: str
    reason: str


@dataclass(frozen=True, slots=False, eq=False, repr=False, kw_only=True)
class View:
    """A clean reading of the text *given*.

    Attributes:
        given: The text as given, never changed.
        text: The clean text.
        starts: Where the stretch behind each clean character starts. Shape: (len(text),).
        ends: Where it ends. Both never fall from one character to the next.
        dropped: What has no clean character, in order.
        replaced: What reads otherwise than it is written, in order; not white space.
    """

    given: str
    text: str
    starts: Offsets
    ends: Offsets
    dropped: tuple[Dropped, ...] = ()
    replaced: tuple[Replaced, ...] = ()

    @classmethod
    def of(cls, given: str) -> "View":
        """Return the view of *given* that changes nothing.

        >>> View.of("a b").text
        'a b'
        """
        places = np.arange(len(given) + 1, dtype=np.int32)
        return cls(given=given, text=given, starts=places[:-1], ends=places[1:])

    def __repr__(self) -> str:
        """Show the sizes, not the text."""
        return f"View({len(self.text)} of {len(self.given)} characters)"

    def edit(self, edits: Iterable[Edit]) -> "View":
        """Return the view after *edits*, which must be in order and disjoint.

        Raises:
            ParaalignError: If the edits overlap, are out of order, or leave the text.

        >>> View.of("12^{e}").edit([Edit(2, 4, "", "LaTeX"), Edit(5, 6, "", "LaTeX")]).text
        '12e'
        """
        series = list(edits)
        if not series:
            return self
        table = _Table.of(series, len(self.text))
        starts, ends = self._behind(table)
        return View(
            given=self.given,
            text=_edited_text(self.text, series),
            starts=table.merged(self.starts, starts),
            ends=table.merged(self.ends, ends),
            dropped=_with(self.dropped, _drops(series, starts, ends)),
            replaced=_with(self.replaced, _replacements(series, starts, ends)),
        )

    def span(self, start: int, end: int) -> Span:
        """Return the stretch of the given text behind the clean characters *start* to *end*.

        An empty range gives the empty span at the place between its neighbours.

        >>> View.of("abc").span(1, 3)
        Span(start=1, end=3)
        """
        if start < end:
            return Span(int(self.starts[start]), int(self.ends[end - 1]))
        place = int(self.starts[start]) if start < len(self.text) else len(self.given)
        return Span(place, place)

    def range(self, span: Span) -> tuple[int, int]:
        """Return the range of the clean characters that the given *span* touches.

        >>> View.of("abc").range(Span(1, 2))
        (1, 2)
        """
        # the offsets' own type: with another one, the whole array is converted at every call
        start = int(np.searchsorted(self.ends, np.int32(span.start), side="right"))
        end = int(np.searchsorted(self.starts, np.int32(span.end), side="left"))
        return start, max(start, end)

    def read(self, span: Span) -> str:
        """Return the clean text of the given *span*.

        >>> View.of("a&amp;b").edit([Edit(1, 6, "&", "entity")]).read(Span(0, 6))
        'a&'
        """
        start, end = self.range(span)
        return self.text[start:end]

    @cached_property
    def dropped_count(self) -> int:
        """How many characters of the given text were dropped."""
        return sum(drop.span.end - drop.span.start for drop in self.dropped)

    def part(self, span: Span) -> "View":
        """Return the view of the given text from *span*.start to *span*.end alone.

        >>> View.of("a b").part(Span(2, 3)).span(0, 1)
        Span(start=0, end=1)
        """
        start, end = self.range(span)
        return View(
            given=self.given[span.start : span.end],
            text=self.text[start:end],
            starts=np.maximum(self.starts[start:end] - span.start, 0).astype(np.int32),
            ends=np.minimum(self.ends[start:end], span.end).astype(np.int32) - span.start,
            dropped=tuple(
                Dropped(_clipped(drop.span, span), drop.reason)
                for drop in _touching(self.dropped, span)
            ),
            replaced=tuple(
                Replaced(_clipped(each.span, span), each.text, each.reason)
                for each in _touching(self.replaced, span)
            ),
        )

    def _behind(self, table: "_Table") -> tuple[Offsets, Offsets]:
        """Return where the given stretch behind each edit starts and ends."""
        size = np.int32(len(self.given))
        starts = np.append(self.starts, size)[table.starts]
        before = np.insert(self.ends, 0, 0)  # where the stretch of the character before ends
        inserted = np.maximum(starts, before[table.starts])
        return starts, np.where(table.starts < table.ends, before[table.ends], inserted)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """Edits as arrays: where each starts and ends in the text, and how long its new text is."""

    starts: Offsets
    ends: Offsets
    sizes: Offsets
    length: int

    @classmethod
    def of(cls, edits: Sequence[Edit], length: int) -> "_Table":
        starts = np.array([edit.start for edit in edits], dtype=np.int32)
        ends = np.array([edit.end for edit in edits], dtype=np.int32)
        wrong = (starts > ends) | (ends > length) | (starts < np.append(np.int32(0), ends[:-1]))
        if wrong.any():
            edit = edits[int(wrong.argmax())]
            message = f"edit {edit!r} overlaps its neighbour or leaves the text"
            raise ParaalignError(message)
        sizes = np.array([len(edit.text) for edit in edits], dtype=np.int32)
        return cls(starts=starts, ends=ends, sizes=sizes, length=length)

    def merged(self, kept: Offsets, edited: Offsets) -> Offsets:
        """Return *kept*, one value a character, with those of each edit in their place."""
        cut = self.ends - self.starts
        cut_before = np.cumsum(cut) - cut
        places = np.arange(int(cut.sum())) + np.repeat(self.starts - cut_before, cut)
        keep = np.ones(self.length, dtype=bool)
        keep[places] = False
        before = np.repeat(self.starts - cut_before, self.sizes)
        return np.insert(kept[keep], before, np.repeat(edited, self.sizes))


def _edited_text(text: str, edits: Sequence[Edit]) -> str:
    pieces: list[str] = []
    done = 0
    for edit in edits:
        pieces += (text[done : edit.start], edit.text)
        done = edit.end
    return "".join([*pieces, text[done:]])


def _drops(edits: Sequence[Edit], starts: Offsets, ends: Offsets) -> list[Dropped]:
    return [
        Dropped(Span(int(starts[i]), int(ends[i])), edit.reason)
        for i, edit in enumerate(edits)
        if edit.reason and not edit.text and starts[i] < ends[i]
    ]


def _replacements(edits: Sequence[Edit], starts: Offsets, ends: Offsets) -> list[Replaced]:
    return [
        Replaced(Span(int(starts[i]), int(ends[i])), edit.text, edit.reason)
        for i, edit in enumerate(edits)
        if edit.reason and edit.text
    ]


_Record = TypeVar("_Record", Dropped, Replaced)


def _with(old: tuple[_Record, ...], new: list[_Record]) -> tuple[_Record, ...]:
    return tuple(sorted(chain(old, new))) if new else old


def _touching(records: tuple[_Record, ...], span: Span) -> list[_Record]:
    return [each for each in records if each.span.start < span.end and each.span.end > span.start]


def _clipped(inner: Span, outer: Span) -> Span:
    start = max(inner.start, outer.start) - outer.start
    return Span(start, min(inner.end, outer.end) - outer.start)
