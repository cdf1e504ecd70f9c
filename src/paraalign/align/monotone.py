"""The cheapest way through two texts in order: which runs of units face which.

A link takes *n* units of one side and *m* of the other, and what it is worth is known. The best
series of links and gaps from the start of both texts to their ends is found by dynamic programming
(Gale and Church 1993), here a row at a time: all steps that end at one source unit are weighed in
one array operation, and gaps of the target, which follow one another within the row, come out of a
running maximum.

>>> shapes = ((1, 1),)
>>> worth = np.array([[[0, 0, 0], [0, 2, 0], [0, 0, 2]]], float)
>>> find_path(2, 2, shapes, lambda first, last: worth[:, first:last], Gaps.even(2, 2, 1.0))
[Step(source=(0, 1), target=(0, 1), shape=0), Step(source=(1, 2), target=(1, 2), shape=0)]
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["Gaps", "Shape", "Step", "Worth", "find_path"]

Floats: TypeAlias = NDArray[np.float64]
Shape: TypeAlias = tuple[int, int]
Worth: TypeAlias = Callable[[int, int], Floats]
"""Worth of links by shape, for the source ends from the first to before the last given.

Shape of the array: (shapes, source ends, target units + 1).
"""

_ROWS = 64
_SOURCE_GAP = -1
_TARGET_GAP = -2


class Step(NamedTuple):
    """A piece of the path: half-open ranges of units, and the index of its shape, -1 for a gap."""

    source: tuple[int, int]
    target: tuple[int, int]
    shape: int


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """What it costs to leave each unit out. Shapes: (source units,), (target units,)."""

    source: Floats
    target: Floats

    @classmethod
    def even(cls, source_count: int, target_count: int, price: float) -> "Gaps":
        """Return the same *price* for every unit."""
        return cls(np.full(source_count, price), np.full(target_count, price))


def find_path(
    source_count: int, target_count: int, shapes: Sequence[Shape], worth: Worth, gaps: Gaps
) -> list[Step]:
    """Return the best steps from the start of both sides to their ends, in order.

    Cost: linear in the product of the counts; *worth* is asked for a few rows at a time.

    >>> nothing = lambda first, last: np.zeros((1, last - first, 1))
    >>> find_path(1, 0, [(1, 1)], nothing, Gaps.even(1, 0, 1.0))
    [Step(source=(0, 1), target=(0, 0), shape=-1)]
    """
    table = _Table(source_count, target_count, shapes, gaps)
    for first in range(0, source_count + 1, _ROWS):
        last = min(first + _ROWS, source_count + 1)
        block = worth(first, last)
        for end in range(first, last):
            table.fill(end, block[:, end - first])
    return _walk_back(table.choices, shapes)


class _Table:
    """The best sums so far, padded with rows and columns that no path can come from."""

    def __init__(
        self, source_count: int, target_count: int, shapes: Sequence[Shape], gaps: Gaps
    ) -> None:
        sizes = np.array(shapes, np.int64).reshape(-1, 2)
        self.pad = int(sizes.max(initial=1))
        self.rows = sizes[:, :1]
        self.columns = np.arange(target_count + 1) - sizes[:, 1:] + self.pad
        self.source_gaps = gaps.source
        self.target_sums = np.concatenate([[0.0], np.cumsum(gaps.target)])
        self.best = np.full((source_count + 1 + self.pad, target_count + 1 + self.pad), -np.inf)
        self.choices = np.zeros((source_count + 1, target_count + 1), np.int16)

    def fill(self, end: int, worth: Floats) -> None:
        """Fill the row of the paths that end before source unit *end*."""
        row, choice = self._links(end, worth)
        if end == 0:
            row[0], choice[0] = 0.0, _TARGET_GAP
        else:
            self._leave_source(end, row, choice)
        self._leave_targets(row, choice)
        self.best[end + self.pad, self.pad :] = row
        self.choices[end] = choice

    def _links(self, end: int, worth: Floats) -> tuple[Floats, NDArray[np.int16]]:
        sums = self.best[end + self.pad - self.rows, self.columns] + worth
        choice = sums.argmax(axis=0)
        return sums[choice, np.arange(sums.shape[1])], choice.astype(np.int16)

    def _leave_source(self, end: int, row: Floats, choice: NDArray[np.int16]) -> None:
        left = self.best[end - 1 + self.pad, self.pad :] - self.source_gaps[end - 1]
        better = left > row
        row[better] = left[better]
        choice[better] = _SOURCE_GAP

    def _leave_targets(self, row: Floats, choice: NDArray[np.int16]) -> None:
        reached = np.maximum.accumulate(row + self.target_sums) - self.target_sums
        better = reached > row + 1e-9
        row[better] = reached[better]
        choice[better] = _TARGET_GAP


def _walk_back(choices: NDArray[np.int16], shapes: Sequence[Shape]) -> list[Step]:
    steps = []
    source, target = choices.shape[0] - 1, choices.shape[1] - 1
    sizes = {_SOURCE_GAP: (1, 0), _TARGET_GAP: (0, 1)} | dict(enumerate(shapes))
    while source or target:
        choice = int(choices[source, target])
        rows, columns = sizes[choice]
        step = Step((source - rows, source), (target - columns, target), max(choice, -1))
        steps.append(step)
        source, target = step.source[0], step.target[0]
    return steps[::-1]
