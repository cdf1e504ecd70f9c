"""Find the stretches that have nothing on the other side, however mild the doubt word by word.

Three to eight words of a phrase that was added are each linked to something, faintly: every word
resembles some other. No single one need be doubtful, all together are. So each word gets a weight,
the logarithm of how much likelier its evidence is within such a stretch than in a faithful
translation, and the stretches are those of maximal total weight: none can be made longer or shorter
without losing some (Ruzzo and Tompa 1999).

>>> maximal_segments([-1.0, 2.0, -0.5, 2.0, -3.0, 1.0])
[(1, 4, 3.5), (5, 6, 1.0)]
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from paraalign.align.words.groups import Floats
from paraalign.align.words.links import WordTable
from paraalign.checks.context import Side
from paraalign.checks.coverage.words import Doubts, Fitted

__all__ = ["Gap", "find_gaps", "gap_features", "gap_weights", "maximal_segments"]

_SIGN = -0.5  # weight of a sign, which tells nothing but parts what it stands between
_LIMITS = (-3.0, 3.0)  # of the weight of a content word
_LIGHT_LIMITS = (-3.0, 1.5)  # of a function word
_WINDOW, _WINDOW_SHARE = 4.0, 0.06  # words around the expected place, or share of the other side
_REACHES = (1, 3)  # neighbours on either side whose evidence counts too
_NEIGHBOURLY = ("posterior", "link", "rendered", "link_near", "crossed")
_SMALLEST = 1e-4


class Gap(NamedTuple):
    """A stretch without counterpart, by place in its `WordSide`, and its weight in log odds."""

    start: int
    end: int
    weight: float


def find_gaps(table: WordTable, which: Side, own: Doubts, fitted: Fitted) -> list[Gap]:
    """Return the stretches of side *which* of *table* that nothing faces, in order.

    *own* are the doubts of that side; *fitted* as `settings` gives it.
    """
    weights, least = gap_weights(table, which, own, fitted), fitted["gap"]["least"]
    return [
        Gap(start, end, round(weight, 4))
        for first, last in _sentences(own)
        for start, end, weight in maximal_segments(weights[first:last].tolist(), first)
        if weight >= least and own.content[start:end].any()
    ]


def gap_weights(table: WordTable, which: Side, own: Doubts, fitted: Fitted) -> Floats:
    """Return how much each word of side *which* speaks for a gap, in log odds. Shape: (words,)."""
    logits = np.full(len(own.scores), float(fitted["gap"]["bias"]))
    for name, values in gap_features(table, which, own).items():
        logits += fitted["gap"]["weights"].get(name, 0.0) * values
    light, heavy = (np.clip(logits, *limits) for limits in (_LIGHT_LIMITS, _LIMITS))
    return np.where(own.side.signs(), _SIGN, np.where(own.content, heavy, light))


def gap_features(table: WordTable, which: Side, own: Doubts) -> dict[str, Floats]:
    """Return what tells a word in a gap from others, name to values; Shape of each: (words,).

    Names that end in "_content" hold for content words alone.
    """
    total = table.evidence.total.T if which else table.evidence.total
    found = np.clip(own.strengths, _SMALLEST, 1 - _SMALLEST)
    values = {
        "posterior": np.log(found / (1 - found)),
        "link": total.max(axis=1),
        "link_near": _near(total, own.expected),
        "rival": _rival(total),
        "rendered": own.rendered,
        "surprise": own.usually_rendered - own.rendered,
    }
    if table.crossed is not None:
        values["crossed"] = table.crossed[which]
    words = (~own.side.signs()).astype(np.float64)
    near = [name for name in _NEIGHBOURLY if name in values]
    for reach in _REACHES:
        values |= {f"{name}_{reach}": _neighbours(values[name], words, reach) for name in near}
    content = own.content.astype(np.float64)
    heavy = {f"{name}_content": each * content for name, each in values.items()}
    return values | heavy | {"content": content}


def maximal_segments(weights: Sequence[float], offset: int = 0) -> list[tuple[int, int, float]]:
    """Return the segments of *weights* of maximal sum: start, end, sum, in order.

    *offset* is added to the places. Cost: quadratic at worst, linear for most texts.
    """
    found: list[tuple[int, int, float]] = []
    open_stretches = [(0, len(weights))]
    while open_stretches:
        first, last = open_stretches.pop()
        start, end, total = _heaviest(weights, first, last)
        if total > 0:
            found.append((start + offset, end + offset, total))
            open_stretches += [(first, start), (end, last)]
    return sorted(found)


def _heaviest(weights: Sequence[float], first: int, last: int) -> tuple[int, int, float]:
    best, total, start = (first, first, 0.0), 0.0, first
    for place in range(first, last):
        if total <= 0:
            total, start = 0.0, place
        total += weights[place]
        if total > best[2]:
            best = start, place + 1, total
    return best


def _sentences(own: Doubts) -> Iterator[tuple[int, int]]:
    owners = own.side.owners
    bounds = [0, *(np.flatnonzero(np.diff(owners)) + 1).tolist(), len(owners)]
    yield from pairwise(bounds)


def _near(total: Floats, expected: Floats) -> Floats:
    columns = total.shape[1]
    off = np.abs(np.arange(columns)[None, :] - expected[:, None])
    inside = off <= max(_WINDOW, _WINDOW_SHARE * columns)
    return np.asarray(np.where(inside, total, -1.0).max(axis=1), dtype=np.float64)


def _rival(total: Floats) -> Floats:
    """Return by how much another word likes the best partner of each better than it does itself."""
    rows, best = np.arange(len(total)), total.argmax(axis=1)
    if len(total) == 1:
        return np.asarray(-1.0 - total[rows, best], dtype=np.float64)
    ranked = np.sort(total, axis=0)
    own = total[rows, best]
    others = np.where(own >= ranked[-1, best], ranked[-2, best], ranked[-1, best])
    return np.asarray(others - own, dtype=np.float64)


def _neighbours(values: Floats, counted: NDArray[np.float64], reach: int) -> Floats:
    """Return the mean of the *counted* values within *reach* of each, its own left out."""
    kernel = np.ones(2 * reach + 1)
    kernel[reach] = 0.0
    sums = np.convolve(values * counted, kernel)[reach:-reach]
    shares = np.convolve(counted, kernel)[reach:-reach]
    means: Floats = np.where(shares > 0, sums / np.maximum(shares, 1e-9), values)
    return means
