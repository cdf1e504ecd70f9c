"""From evidence to probabilities: who of the other side is this word's partner.

A word stands where its neighbours' partners make one expect it. So links are found twice: first
with a weak wish for the diagonal, then with the place that the surest links around a word point
to (a weighted median, so that one wrong neighbour does not pull). A pair's posterior is the
geometric mean of its share among the word's candidates and among its partner's, as in simalign
(Jalili Sabet et al. 2020), but soft.
"""

import numpy as np

from paraalign.align.words.groups import Floats, WordSide

__all__ = ["Floats", "expected_places", "posteriors"]

_TEMPERATURE = 0.05
_DIAGONAL_FIRST = 1.0
_DIAGONAL = 0.3
_LOCAL = 0.3
_REACH = 8.0  # words beyond which a place is no worse
_WINDOW = 12  # neighbours asked on either side
_FADE = 3.0  # words over which a neighbour's say falls by e


def posteriors(source: WordSide, target: WordSide, total: Floats) -> tuple[Floats, Floats]:
    """Return the posterior of each pair, and where each source word is expected.

    Shapes: (source words, target words), (source words,).
    """
    diagonal = np.minimum(1.0, np.abs(source.places[:, None] - target.places[None, :]))
    found = _both_ways(total - _DIAGONAL_FIRST * diagonal)
    for _ in range(2):
        expected = expected_places(found)
        off = np.abs(np.arange(total.shape[1])[None, :] - expected[:, None])
        local = np.minimum(off, _REACH) / _REACH
        found = _both_ways(total - _DIAGONAL * diagonal - _LOCAL * local)
    return found, expected


def expected_places(found: Floats) -> Floats:
    """Return where the neighbours' links lead one to expect each source word's partner.

    *found* holds the posteriors so far; the answer counts target words. Shape: (source words,).

    >>> expected_places(np.eye(4)).round(1).tolist()
    [0.0, 1.0, 2.0, 3.0]
    """
    rows, columns = found.shape
    steps = np.array([step for step in range(-_WINDOW, _WINDOW + 1) if step])
    neighbours = np.arange(rows)[:, None] + steps[None, :]
    inside = (neighbours >= 0) & (neighbours < rows)
    near = np.clip(neighbours, 0, rows - 1)
    guesses = found.argmax(axis=1)[near] - steps[None, :] * (columns / rows)
    weights = np.exp(-np.abs(steps) / _FADE)[None, :] * found.max(axis=1)[near] ** 2
    return np.clip(_weighted_medians(guesses, weights * inside), 0, columns - 1)


def _weighted_medians(values: Floats, weights: Floats) -> Floats:
    order = np.argsort(values, axis=1, kind="stable")
    ranked = np.take_along_axis(values, order, axis=1)
    shares = np.cumsum(np.take_along_axis(weights, order, axis=1), axis=1)
    middle = (shares >= shares[:, -1:] / 2).argmax(axis=1)
    return np.asarray(ranked[np.arange(len(values)), middle], dtype=np.float64)


def _both_ways(scores: Floats) -> Floats:
    return np.asarray(np.sqrt(_softmax(scores, 1) * _softmax(scores, 0)), dtype=np.float64)


def _softmax(scores: Floats, axis: int) -> Floats:
    raised = np.exp((scores - scores.max(axis=axis, keepdims=True)) / _TEMPERATURE)
    return np.asarray(raised / raised.sum(axis=axis, keepdims=True), dtype=np.float64)
