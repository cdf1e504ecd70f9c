"""What two texts share in meaning: token vectors of an encoder, compared token by token.

The mean token of each language lies far from the origin and makes everything look alike, so it is
subtracted first; a short text's mean is drawn to that of its language in other texts. A unit
renders a token as well as its most similar token does; the vector of a run of units is the sum of
its tokens' vectors, known from running sums. A table of tokens may lie in a file and be larger than
memory, so it is read a stretch at a time and never copied whole.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from paraalign.align.cover import Floats, Ints, gather, reduce_runs
from paraalign.align.units import Side
from paraalign.encode.means import language_mean
from paraalign.encode.tokens import Tokens

__all__ = ["TokenCover", "token_bounds"]

_BLOCK = 1_500
_ROWS = 16_384
_UNITS = 512
_PRIOR_TOKENS = 200
_LIKE = 0.6
_USUAL = (0.16, 0.23, 0.26, 0.28, 0.29, 0.30, 0.31, 0.32)
_SCALE = 0.97


def token_bounds(side: Side, tokens: Tokens) -> Ints:
    """Return where the *tokens* of each unit of *side* start, and the end."""
    starts = np.searchsorted(tokens.starts, [span[0] for span in side.spans])
    return np.append(starts, len(tokens.starts)).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TokenCover:
    """What two sides share in token vectors; see `Cover`.

    Attributes:
        tables: Vectors of all tokens as the encoder gave them, both sides.
        means: The mean of each table. Shape: (dimensions,).
        sums: Sums of the centred vectors of each unit, both sides. Shape: (units, dimensions).
    """

    weights: tuple[Floats, Floats]
    bounds: tuple[Ints, Ints]
    tables: tuple[Floats, Floats]
    means: tuple[Floats, Floats]
    sums: tuple[Floats, Floats]
    usual: tuple[float, ...] = _USUAL
    scale: float = _SCALE

    @classmethod
    def of(cls, source: Side, target: Side, tokens: tuple[Tokens, Tokens]) -> "TokenCover":
        """Return what the units of *source* and *target* share in *tokens*."""
        bounds = token_bounds(source, tokens[0]), token_bounds(target, tokens[1])
        tables = tokens[0].sentences, tokens[1].sentences
        means = _mean(tables[0], source.lang), _mean(tables[1], target.lang)
        return cls(
            weights=(
                _weights(source, tokens[0], bounds[0]),
                _weights(target, tokens[1], bounds[1]),
            ),
            bounds=bounds,
            tables=tables,
            means=means,
            sums=(_sums(tables[0], means[0], bounds[0]), _sums(tables[1], means[1], bounds[1])),
        )

    def best(self, source: Ints, target: Ints) -> tuple[Floats, Floats]:
        """Return how similar the best token of each unit is to each token of the other side."""
        rows, row_bounds = gather(self.bounds[0], source)
        columns, column_bounds = gather(self.bounds[1], target)
        others = _unit(self.tables[1][columns] - self.means[1])
        forward = np.zeros((len(rows), len(target)), np.float32)
        backward = np.zeros((len(columns), len(source)), np.float32)
        for first, last in _blocks(row_bounds):
            place, end = row_bounds[first], row_bounds[last]
            similar = _unit(self.tables[0][rows[place:end]] - self.means[0]) @ others.T
            forward[place:end] = reduce_runs(np.maximum, similar, column_bounds, axis=1)
            inner = row_bounds[first : last + 1] - place
            backward[:, first:last] = reduce_runs(np.maximum, similar, inner).T
        return forward, backward


def _blocks(bounds: Ints) -> list[tuple[int, int]]:
    """Return ranges of whole units with about as many tokens each as a block holds."""
    cuts = np.flatnonzero(np.diff(bounds[:-1] // _BLOCK)) + 1
    edges = [0, *cuts.tolist(), len(bounds) - 1]
    return list(pairwise(edges))


def _weights(side: Side, tokens: Tokens, bounds: Ints) -> Floats:
    """Return the weights of *tokens*; those of a printed number say nothing."""
    bodies = np.repeat(side.bodies, np.diff(bounds))
    weights = tokens.weights.copy()
    weights[bounds[0] :][tokens.starts[bounds[0] :] < bodies] = 0.0
    return weights


def _mean(table: Floats, lang: str) -> Floats:
    """Return the mean of *table*; of a short text, drawn to what is known of its language."""
    total = np.zeros(table.shape[1], np.float64)
    for first in range(0, len(table), _ROWS):
        total += table[first : first + _ROWS].sum(axis=0, dtype=np.float64)
    known, count = language_mean(lang), len(table)
    if known is not None and _is_like(total, known.sentences):
        total, count = total + _PRIOR_TOKENS * known.sentences, count + _PRIOR_TOKENS
    return (total / max(count, 1)).astype(np.float32)


def _is_like(mean: Floats, known: Floats) -> bool:
    """Return whether two means may stem from the same encoder."""
    if mean.shape != known.shape:
        return False
    norms = float(np.linalg.norm(mean) * np.linalg.norm(known))
    return float(mean @ known) >= _LIKE * max(norms, 1e-9)


def _sums(table: Floats, mean: Floats, bounds: Ints) -> Floats:
    """Return the sum of the centred vectors of each unit. Shape: (units, dimensions)."""
    sums = np.zeros((len(bounds) - 1, table.shape[1]), np.float32)
    for first in range(0, len(sums), _UNITS):
        edges = bounds[first : first + _UNITS + 1]
        part = table[edges[0] : edges[-1]].astype(np.float32)
        sums[first : first + _UNITS] = reduce_runs(np.add, part, edges - edges[0])
    return np.asarray(sums - np.diff(bounds)[:, None].astype(np.float32) * mean)


def _unit(vectors: Floats) -> Floats:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), np.float32)
