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
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from paraalign.errors import ParaalignError

__all__ = ["Dropped", "Edit", "Offsets", "Span", "View"]

Offsets: TypeAlias = NDArray[np.int32]


class Span(NamedTuple):
    """A half-open stretch of a text as given, in code points."""

    start: int
    end: int


class Edit(NamedTuple):
    """Replace the clean characters from *start* to *end* by *text*, for the *reason* given.

    An empty *text* drops the stretch; an empty stretch inserts *text* at its place.
    """

    start: int
    end: int
    text: str
    reason: str


class Dropped(NamedTuple):
    """A stretch of the given text that has no character in the view, and why."""

    span: Span
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
    """

    given: str
    text: str
    starts: Offsets
    ends: Offsets
    dropped: tuple[Dropped, ...] = ()

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
        pieces = list(self._pieces(edits))
        drops = [piece.drop for piece in pieces if piece.drop]
        return View(
            given=self.given,
            text="".join(piece.text for piece in pieces),
            starts=np.concatenate([piece.starts for piece in pieces] or [self.starts[:0]]),
            ends=np.concatenate([piece.ends for piece in pieces] or [self.ends[:0]]),
            dropped=tuple(sorted([*self.dropped, *drops])),
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
        start = int(np.searchsorted(self.ends, span.start, side="right"))
        end = int(np.searchsorted(self.starts, span.end, side="left"))
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

    def _pieces(self, edits: Iterable[Edit]) -> Iterator["_Piece"]:
        done = 0
        for edit in edits:
            if not done <= edit.start <= edit.end <= len(self.text):
                message = f"edit {edit!r} overlaps its neighbour or leaves the text"
                raise ParaalignError(message)
            yield self._kept(done, edit.start)
            yield self._edited(edit)
            done = edit.end
        yield self._kept(done, len(self.text))

    def _kept(self, start: int, end: int) -> "_Piece":
        return _Piece(self.text[start:end], self.starts[start:end], self.ends[start:end], None)

    def _edited(self, edit: Edit) -> "_Piece":
        span = self.span(edit.start, edit.end)
        drop = Dropped(span, edit.reason) if not edit.text and span.start < span.end else None
        size = len(edit.text)
        starts = np.full(size, span.start, dtype=np.int32)
        return _Piece(edit.text, starts, np.full(size, span.end, dtype=np.int32), drop)


class _Piece(NamedTuple):
    text: str
    starts: Offsets
    ends: Offsets
    drop: Dropped | None
