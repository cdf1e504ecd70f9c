"""Units that prefer each other above all others: where two texts surely touch.

Anchors show how the two documents relate, and where long ones may be cut into stretches that are
searched one by one. Two units are an anchor if each is the other's best by what their words share,
rare words above all, or by the cosine of their pooled vectors.

>>> longest_chain([(0, 0), (1, 5), (2, 1), (3, 2)])
[(0, 0), (2, 1), (3, 2)]
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from paraalign.align.cover import Floats, Ints
from paraalign.align.lexical import Keys, LexicalCover, postings
from paraalign.align.units import Side
from paraalign.align.vectors import TokenCover

__all__ = ["Pairs", "find_anchors", "longest_chain"]

Pairs: TypeAlias = list[tuple[int, int]]

_RARE = 8
_ROWS = 512
_MANY_CELLS = 16_000_000
_SHORT = 64
_LEAST_COSINE = 0.3
_CLEAR = 1.15


def find_anchors(
    source: Side, target: Side, words: LexicalCover, tokens: TokenCover | None
) -> Pairs:
    """Return the pairs of units of *source* and *target* that prefer each other, by source.

    Cost: with token vectors the product of the counts, in matrix operations a block of rows at a
    time; without, linear in the rare words shared.
    """
    if not len(source) or not len(target):
        return []
    if tokens is not None:
        return _by_cosine(tokens)
    return _by_votes(words, len(source), len(target))


def longest_chain(pairs: Sequence[tuple[int, int]]) -> Pairs:
    """Return the most of *pairs*, sorted by source, that rise on both sides.

    >>> longest_chain([])
    []
    """
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, target) in enumerate(pairs):
        place = bisect_left(tails, target)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [target]
        ends[place : place + 1] = [index]
    chain = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _by_cosine(tokens: TokenCover) -> Pairs:
    pair = _normalised(tokens.sums[0]), _normalised(tokens.sums[1])
    near = _short(pair) if len(pair[0]) * len(pair[1]) > _MANY_CELLS else pair
    chosen, owners = _mutual_best(*near)
    rows = np.flatnonzero(owners[chosen] == np.arange(len(chosen)))
    cosines = np.einsum("ij,ij->i", pair[0][rows], pair[1][chosen[rows]])
    sure = rows[cosines >= _LEAST_COSINE]
    return list(zip(sure.tolist(), chosen[sure].tolist(), strict=True))


def _normalised(vectors: Floats) -> Floats:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), np.float32)


def _short(pair: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """Return unit vectors along the 64 directions in which the units of *pair* differ most."""
    spread = sum(side.T @ side / max(len(side), 1) for side in pair)
    directions = np.linalg.eigh(spread)[1][:, -_SHORT:].astype(np.float32)
    return _normalised(pair[0] @ directions), _normalised(pair[1] @ directions)


def _mutual_best(source: Floats, target: Floats) -> tuple[Ints, Ints]:
    """Return the nearest target of each source vector, and the nearest source of each target."""
    chosen, owners = np.zeros(len(source), np.int64), np.zeros(len(target), np.int64)
    best = np.full(len(target), -np.inf, np.float32)
    for first in range(0, len(source), _ROWS):
        cosines = source[first : first + _ROWS] @ target.T
        chosen[first : first + _ROWS] = cosines.argmax(axis=1)
        top = cosines.max(axis=0)
        better = np.flatnonzero(top > best)
        owners[better] = first + cosines[:, better].argmax(axis=0)
        best[better] = top[better]
    return chosen, owners


def _by_votes(words: LexicalCover, source_count: int, target_count: int) -> Pairs:
    rows, columns, votes = _votes(words.keys[0], words.keys[1])
    cells, inverse = np.unique(rows * target_count + columns, return_inverse=True)
    totals = np.bincount(inverse, votes, len(cells)).astype(np.float64)
    rows, columns = cells // target_count, cells % target_count
    return _mutual(rows, columns, totals, source_count, target_count)


def _votes(source: Keys, target: Keys) -> tuple[Ints, Ints, Floats]:
    """Return pairs of units that share a rare key, once a key, and how much it says."""
    first, second = postings(source), postings(target)
    keys = np.intersect1d(first[0], second[0])
    low = np.searchsorted(first[0], keys), np.searchsorted(second[0], keys)
    high = np.searchsorted(first[0], keys, "right"), np.searchsorted(second[0], keys, "right")
    counts = high[0] - low[0], high[1] - low[1]
    rare = (counts[0] <= _RARE) & (counts[1] <= _RARE)
    rows, columns, votes = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0)]
    for index in np.flatnonzero(rare):
        units = first[1][low[0][index] : high[0][index]]
        others = second[1][low[1][index] : high[1][index]]
        rows.append(np.repeat(units, len(others)))
        columns.append(np.tile(others, len(units)))
        votes.append(np.full(len(units) * len(others), 1.0 / max(len(units), len(others))))
    return np.concatenate(rows), np.concatenate(columns), np.concatenate(votes)


def _mutual(
    rows: Ints, columns: Ints, totals: Floats, source_count: int, target_count: int
) -> Pairs:
    """Return the cells that are the clear best of their row and of their column."""
    best_row, best_column = np.zeros(source_count), np.zeros(target_count)
    np.maximum.at(best_row, rows, totals)
    np.maximum.at(best_column, columns, totals)
    best = (totals >= best_row[rows]) & (totals >= best_column[columns])
    places = np.flatnonzero(best)
    alone = np.bincount(rows[places], minlength=source_count)[rows[places]] == 1
    alone &= np.bincount(columns[places], minlength=target_count)[columns[places]] == 1
    return [(int(rows[place]), int(columns[place])) for place in places[alone]]
