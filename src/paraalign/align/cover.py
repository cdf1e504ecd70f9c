"""How much of a unit its counterpart accounts for, word by word, whatever the words are known by.

A `Cover` knows, for every word (or piece of a word) of one side and every unit of the other, how
well the unit renders the word. From that follows how much of a unit a *run* of units renders: the
weighted sum over its words of the best that the run has. Long runs render anything a little, so
each unit has a background for each run length, what a run that has nothing to do with it renders
on average, and only what exceeds it counts. Without it, merging would win for free.

>>> best = np.array([[1.0, 0.0], [0.0, 1.0]])
>>> run_sums(best, np.array([1.0, 2.0]), np.array([0, 2]), 2).tolist()
[[[1.0, 2.0]], [[1.0, 3.0]]]
"""

from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["Cover", "DenseCover", "Floats", "Ints", "densify", "gather", "reduce_runs", "run_sums"]

Floats: TypeAlias = NDArray[np.floating]
Ints: TypeAlias = NDArray[np.integer]

_DENSE_UNITS = 300


class Cover(Protocol):
    """Evidence about words, for two sides."""

    @property
    def weights(self) -> tuple[Floats, Floats]:
        """How much each word of the two sides says, above 0."""
        ...

    @property
    def bounds(self) -> tuple[Ints, Ints]:
        """Where the words of each unit start, and the end, for both sides."""
        ...

    @property
    def usual(self) -> tuple[float, ...]:
        """What unrelated runs of 1 to 8 units usually render of a unit, as a share."""
        ...

    @property
    def scale(self) -> float:
        """The factor that usually brings the coverage of counterparts to the same level."""
        ...

    def best(self, source: Ints, target: Ints) -> tuple[Floats, Floats]:
        """Return how well each unit renders each word of the other side, 0 to 1.

        *source* and *target* are indices of units. Shapes: (words of the source units, target
        units), (words of the target units, source units).
        """
        ...


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class DenseCover:
    """A cover worked out for all units at once, for documents of moderate length."""

    weights: tuple[Floats, Floats]
    bounds: tuple[Ints, Ints]
    forward: Floats
    backward: Floats
    usual: tuple[float, ...]
    scale: float

    def best(self, source: Ints, target: Ints) -> tuple[Floats, Floats]:
        """Return how well each unit renders each word of the other side."""
        rows, _ = gather(self.bounds[0], source)
        columns, _ = gather(self.bounds[1], target)
        return self.forward[np.ix_(rows, target)], self.backward[np.ix_(columns, source)]


def densify(cover: Cover) -> Cover:
    """Return *cover* worked out for all units where that is not too much, else as it is."""
    counts = [len(bounds) - 1 for bounds in cover.bounds]
    if max(counts) > _DENSE_UNITS:
        return cover
    forward, backward = cover.best(np.arange(counts[0]), np.arange(counts[1]))
    return DenseCover(
        weights=cover.weights,
        bounds=cover.bounds,
        forward=forward,
        backward=backward,
        usual=cover.usual,
        scale=cover.scale,
    )


def gather(bounds: Ints, units: Ints) -> tuple[Ints, Ints]:
    """Return the places of the words of *units*, one unit after the other, and their bounds.

    >>> places, inner = gather(np.array([0, 2, 3, 6]), np.array([0, 2]))
    >>> places.tolist(), inner.tolist()
    ([0, 1, 3, 4, 5], [0, 2, 5])
    """
    firsts, counts = bounds[units], bounds[units + 1] - bounds[units]
    inner = np.concatenate([[0], np.cumsum(counts)])
    places = np.arange(inner[-1]) + np.repeat(firsts - inner[:-1], counts)
    return places, inner


def reduce_runs(operation: np.ufunc, values: Floats, bounds: Ints, axis: int = 0) -> Floats:
    """Return *operation* over each stretch of *values* along *axis*; 0 for an empty stretch.

    >>> reduce_runs(np.add, np.array([1.0, 2.0, 4.0]), np.array([0, 2, 2, 3])).tolist()
    [3.0, 0.0, 4.0]
    """
    is_filled = bounds[1:] > bounds[:-1]
    if is_filled.all() and len(is_filled):
        return np.asarray(operation.reduceat(values, bounds[:-1], axis=axis))
    shape = list(values.shape)
    shape[axis] = len(bounds) - 1
    reduced = np.zeros(shape, values.dtype)
    filled = np.flatnonzero(is_filled)
    if len(filled):
        place = (slice(None),) * axis + (filled,)
        reduced[place] = operation.reduceat(values, bounds[filled], axis=axis)
    return reduced


def run_sums(best: Floats, weights: Floats, bounds: Ints, longest: int) -> Floats:
    """Return how much of each unit the runs of the other side render, by weight.

    The last index says where the run ends. Runs that would begin before the first unit have what
    the shorter run has. Shape: (run lengths, units, other units).
    """
    widest = np.array(best)
    sums = [reduce_runs(np.add, widest * weights[:, None], bounds)]
    for length in range(1, longest):
        np.maximum(widest[:, length:], best[:, :-length], out=widest[:, length:])
        sums.append(reduce_runs(np.add, widest * weights[:, None], bounds))
    return np.stack(sums)
