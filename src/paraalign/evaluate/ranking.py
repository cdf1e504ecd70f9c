"""How well scores rank what is marked before what is not.

Words with the same score come into the ranking together, so that the order of ties is worth
nothing: a report that flags nothing reaches no more than chance.

>>> average_precision([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1])
0.8333333333333333
>>> average_precision([1, 0, 0, 1], [0.5, 0.5, 0.5, 0.5])
0.5
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["area_under_curve", "average_precision", "best_f1"]

Labels = Sequence[int] | NDArray[np.int8]
Scores = Sequence[float] | NDArray[np.float64]


def average_precision(labels: Labels, scores: Scores) -> float | None:
    """Return the mean precision over the *labels* that are 1, from the highest of *scores* down.

    None where no label is 1.
    """
    hits, counts = _steps(labels, scores)
    if not hits.size or not hits[-1]:
        return None
    gained = np.diff(hits, prepend=0)
    return float((gained * hits / counts).sum() / hits[-1])


def best_f1(labels: Labels, scores: Scores) -> float | None:
    """Return the highest F1 that any threshold on *scores* reaches; None where no label is 1.

    >>> best_f1([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1])
    0.8
    """
    hits, counts = _steps(labels, scores)
    if not hits.size or not hits[-1]:
        return None
    return float((2 * hits / (counts + hits[-1])).max())


def area_under_curve(labels: Labels, scores: Scores) -> float | None:
    """Return how often a label 1 is scored above a label 0, ties counting half.

    None where all labels are the same.

    >>> area_under_curve([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1])
    0.75
    """
    hits, counts = _steps(labels, scores)
    if not hits.size or hits[-1] in {0, counts[-1]}:
        return None
    misses = counts - hits
    widths = np.diff(misses, prepend=0)
    heights = (hits + np.concatenate([[0], hits[:-1]])) / 2
    return float((widths * heights).sum() / (hits[-1] * misses[-1]))


def _steps(labels: Labels, scores: Scores) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return, at each distinct score from the highest down, how many labels are 1 and how many."""
    marked, values = np.asarray(labels, dtype=np.int64), np.asarray(scores, dtype=np.float64)
    order = np.argsort(-values, kind="stable")
    ranked = values[order]
    last = np.flatnonzero(np.append(ranked[:-1] != ranked[1:], [True] * bool(len(ranked))))
    return np.cumsum(marked[order])[last], last + 1
