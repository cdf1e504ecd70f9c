"""What runs that have nothing to do with a unit render of it all the same.

Long runs render any unit a little, and runs about the same matter render it more. What a unit's
counterpart accounts for is therefore reckoned above a background: the mean over the runs around
the place where the counterpart should stand, the best of them left out. Neighbours talk of the same
things, so what a missing unit shares with them is background, and its absence shows.

Short texts have few unrelated runs to learn from, so what is usual in other texts counts as much as
a few of them.

>>> expected_places([(2, 4), (6, 8)], 9, 11).tolist()
[0, 2, 4, 5, 6, 7, 8, 9, 10]
"""

from typing import TypeAlias

import numpy as np

from paraalign.align.anchors import Pairs, expected_places, longest_chain
from paraalign.align.cover import Cover, Floats, Ints, gather, run_sums

__all__ = ["backgrounds", "both_sums", "cosine_backgrounds", "expected_places"]

_NEIGHBOURS = 12
_CHUNK = 16
_USUAL_UNITS = 3.0
_USUAL_COSINE = 0.1

Counts: TypeAlias = tuple[int, int]


def backgrounds(
    cover: Cover, anchors: Pairs, run: int, masses: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    """Return what unrelated runs of each length render of each unit, for both sides.

    *masses* are the weights of the units' words, *anchors* the pairs of units that show where
    counterparts should stand. Shapes: (run, units). Cost: linear in the units.
    """
    places = _places(anchors, (len(masses[0]), len(masses[1])))
    usual = np.array(cover.usual[:run])
    return (
        _background(cover, 0, places[0], np.outer(usual, masses[0])),
        _background(cover, 1, places[1], np.outer(usual, masses[1])),
    )


def cosine_backgrounds(pooled: tuple[Floats, Floats], anchors: Pairs) -> tuple[Floats, Floats]:
    """Return the mean cosine of each unit with unrelated ones, for both sides. Shapes: (units,).

    *pooled* are the sums of the units' vectors.
    """
    places = _places(anchors, (len(pooled[0]), len(pooled[1])))
    return _cosine_background(*pooled, places[0]), _cosine_background(*pooled[::-1], places[1])


def _places(anchors: Pairs, counts: Counts) -> tuple[Ints, Ints]:
    chain = longest_chain(sorted(anchors))
    return (
        expected_places(chain, *counts),
        expected_places([(j, i) for i, j in chain], counts[1], counts[0]),
    )


def both_sums(cover: Cover, source: Ints, target: Ints, run: int) -> tuple[Floats, Floats]:
    """Return what runs render of units, both ways; see `run_sums`."""
    forward, backward = cover.best(source, target)
    return _sums(cover, 0, source, forward, run), _sums(cover, 1, target, backward, run)


def _sums(cover: Cover, side: int, units: Ints, best: Floats, run: int) -> Floats:
    """Return what runs render of the *units* of one *side*."""
    words, bounds = gather(cover.bounds[side], units)
    return run_sums(best, cover.weights[side][words], bounds, run)


def _background(cover: Cover, side: int, places: Ints, usual: Floats) -> Floats:
    count = len(cover.bounds[1 - side]) - 1
    if not count or not len(cover.weights[side]):
        return usual
    grounds: list[Floats] = [np.zeros((len(usual), 0))]
    for first in range(0, len(places), _CHUNK):
        units = np.arange(first, min(first + _CHUNK, len(places)))
        near = _around(places[units], count)
        pair = (units, near) if side == 0 else (near, units)
        sums = _sums(cover, side, units, cover.best(*pair)[side], len(usual))
        grounds.append(
            np.stack([_low_mean(sums[k], k + 1, usual[k, units]) for k in range(len(usual))])
        )
    return np.concatenate(grounds, axis=1)


def _cosine_background(own: Floats, others: Floats, places: Ints) -> Floats:
    grounds: list[Floats] = [np.zeros(0)]
    lengths = np.linalg.norm(own, axis=1), np.linalg.norm(others, axis=1)
    for first in range(0, len(own) if len(others) else 0, _CHUNK):
        units = slice(first, first + _CHUNK)
        near = _around(places[units], len(others))
        cosines = own[units] @ others[near].T
        norms = lengths[0][units, None] * lengths[1][near]
        usual = np.full(len(cosines), _USUAL_COSINE)
        grounds.append(_low_mean(cosines / np.maximum(norms, 1e-9), 1, usual))
    return np.concatenate(grounds) if len(others) else np.full(len(own), _USUAL_COSINE)


def _around(places: Ints, count: int) -> Ints:
    """Return the units around *places*, of *count*."""
    return np.arange(
        max(int(places.min()) - _NEIGHBOURS, 0), min(int(places.max()) + _NEIGHBOURS + 1, count)
    )


def _low_mean(sums: Floats, dropped: int, usual: Floats) -> Floats:
    """Return the mean over runs without the best *dropped*, and with what is *usual*."""
    kept = max(sums.shape[1] - dropped, 0)
    low = np.partition(sums, max(kept - 1, 0), axis=1)[:, :kept]
    total = low.sum(axis=1, dtype=np.float64) + _USUAL_UNITS * usual
    return np.asarray(total / (kept + _USUAL_UNITS))
