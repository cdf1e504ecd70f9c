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
from paraalign.align.lexical import LexicalCover, postings
from paraalign.align.units import Side
from paraalign.align.vectors import TokenCover

__all__ = ["Pairs", "expected_places", "find_anchors", "longest_chain", "near_anchors"]

Pairs: TypeAlias = list[tuple[int, int]]

_RARE = 8
_WIDTHS = (1000, 300, 100)
_ROWS = 256
_COLUMNS = 1024  # with the rows, a block of cosines that stays near the processor
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


def expected_places(chain: Pairs, source_count: int, target_count: int) -> Ints:
    """Return where the counterpart of each source unit should stand, by the *chain* of anchors.

    >>> expected_places([], 3, 5).tolist()
    [0, 2, 4]
    """
    ends = (0, 0), (source_count - 1, target_count - 1)
    inner = [pair for pair in chain if ends[0][0] < pair[0] < ends[1][0]]
    rows, columns = zip(ends[0], *inner, ends[1], strict=True)
    return np.asarray(np.interp(np.arange(source_count), rows, columns), np.int64)


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
    rows, columns = _Nearest(len(source)), _Nearest(len(target))
    for first in range(0, len(source), _ROWS):
        for start in range(0, len(target), _COLUMNS):
            cosines = source[first : first + _ROWS] @ target[start : start + _COLUMNS].T
            rows.weigh(cosines, first, start)
            columns.weigh(cosines.T, start, first)
    return rows.chosen, columns.chosen


class _Nearest:
    """The nearest vector of the other side so far, of each of *count* vectors."""

    def __init__(self, count: int) -> None:
        self.chosen = np.zeros(count, np.int64)
        self._cosines = np.full(count, -np.inf, np.float32)

    def weigh(self, cosines: Floats, first: int, start: int) -> None:
        """Take note of the *cosines* of the vectors from *first* on to those from *start* on."""
        top = cosines.max(axis=1)
        nearest = self._cosines[first : first + len(top)]
        better = np.flatnonzero(top > nearest)
        nearest[better] = top[better]
        self.chosen[first + better] = start + cosines[better].argmax(axis=1)


def near_anchors(words: LexicalCover, anchors: Pairs) -> Pairs:
    """Return the pairs that prefer each other among the units near the chain of *anchors*.

    In a long text few words are rare; among some hundred units many are. So anchors are sought once
    more, nearer and nearer to where the chain found so far leads. Cost: linear in the words.

    >>> from paraalign.align.units import Side, Trait
    >>> from paraalign.model import Span
    >>> texts = [str(number % 210) for number in range(2100)]
    >>> side = Side.of("fr", texts, [Trait()] * 2100, [Span(0, 0)] * 2100)
    >>> words = LexicalCover.of(side, side, None)
    >>> len(find_anchors(side, side, words, None)), len(near_anchors(words, []))
    (0, 2100)
    """
    counts = len(words.bounds[0]) - 1, len(words.bounds[1]) - 1
    found = postings(words.keys[0]), postings(words.keys[1])
    for width in _WIDTHS:
        chain = longest_chain(sorted(anchors))
        places = expected_places(chain, *counts)
        anchors = _elected(*_near_votes(*found, places, width), *counts)
    return anchors


def _by_votes(words: LexicalCover, source_count: int, target_count: int) -> Pairs:
    found = postings(words.keys[0]), postings(words.keys[1])
    nowhere = np.zeros(source_count, np.int64)
    votes = _near_votes(*found, nowhere, max(source_count, target_count))
    return _elected(*votes, source_count, target_count)


def _elected(
    rows: Ints, columns: Ints, votes: Floats, source_count: int, target_count: int
) -> Pairs:
    """Return the pairs of units that the *votes* for the cells given make the best of both."""
    cells, inverse = np.unique(rows * target_count + columns, return_inverse=True)
    totals = np.bincount(inverse, votes, len(cells)).astype(np.float64)
    rows, columns = cells // target_count, cells % target_count
    return _mutual(rows, columns, totals, source_count, target_count)


def _near_votes(
    source: tuple[Ints, Ints], target: tuple[Ints, Ints], places: Ints, width: int
) -> tuple[Ints, Ints, Floats]:
    """Return pairs of units that share a rare key, once a key, and how much it says.

    *source* and *target* are postings. Only target units within *width* of the *places* where each
    source unit is expected count, and keys are rare if few units within *width* have them.
    """
    keys, units = source
    firsts, counts = _within(target, keys, places[units], width)
    own = _within(source, keys, units, width)[1]
    rare = np.flatnonzero((counts > 0) & (counts <= _RARE) & (own <= _RARE))
    rows, inner = np.repeat(rare, counts[rare]), np.concatenate([[0], np.cumsum(counts[rare])])
    found = np.arange(inner[-1]) + np.repeat(firsts[rare] - inner[:-1], counts[rare])
    return units[rows], target[1][found], 1.0 / np.maximum(counts, own)[rows]


def _within(listed: tuple[Ints, Ints], keys: Ints, units: Ints, width: int) -> tuple[Ints, Ints]:
    """Return where the postings *listed* of each of *keys* near its unit start, and how many."""
    least = min(int(listed[0].min(initial=0)), int(keys.min(initial=0)))
    step = int(max(listed[1].max(initial=0), units.max(initial=0))) + 2 * width + 1
    cells = (listed[0] - least) * step + listed[1]
    near = (keys - least) * step + units
    firsts = np.searchsorted(cells, near - width)
    return firsts, np.searchsorted(cells, near + width, "right") - firsts


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
