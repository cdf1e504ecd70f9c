"""All that speaks for linking units of two sides, gathered once and weighed per document.

Covers say what words account for, pooled vectors what runs mean as a whole, lengths and printed
numbers, roles and levels what the form of a unit suggests. How far each may be trusted differs by
document: a translation may be close or free, wordy or terse, renumbered or not. So a first look
finds the pairs of units that prefer each other above all others, and from these *anchors* come the
scale of the covers, the ratio of lengths, and how reliable numbers and roles are.

>>> reliability(agreed=9, disagreed=0, by_chance=0.1) > 0.6
True
>>> reliability(agreed=1, disagreed=8, by_chance=0.1)
0.0
"""

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace

import numpy as np

from paraalign.align.anchors import Pairs, find_anchors
from paraalign.align.cover import Cover, Floats, Ints, densify, gather, reduce_runs, run_sums
from paraalign.align.lexical import LexicalCover
from paraalign.align.options import Preset, Weights, load_weights
from paraalign.align.units import Side, Trait
from paraalign.align.vectors import TokenCover
from paraalign.encode.tokens import Tokens
from paraalign.lexicon.protocol import Lexicon

__all__ = [
    "USUAL_COSINE",
    "USUAL_COVER",
    "Evidence",
    "Excess",
    "Reliance",
    "evidence_kind",
    "reliability",
    "weigh",
]

USUAL_COVER = 0.4
USUAL_COSINE = 0.5
_SAMPLE_STRETCHES = 8
_SAMPLE_UNITS = 16
_WHOLE = 160
_CHUNK = 400
_PRIOR_UNITS = 2.0
_ANCHOR_LENGTH = 12
_PRIOR_ANCHORS = 2.0
_FEWEST_ANCHORS = 4
_MOST_ANCHORS = 512


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Reliance:
    """How far the parts of the evidence may be trusted in this pair of documents.

    Attributes:
        covers: Factor of each cover.
        cosine: Factor of the cosine.
        ratio: Target characters for a source character.
        number: How reliable printed numbers are, 0 to 1.
        role: Likewise roles and levels.
    """

    covers: tuple[float, ...]
    cosine: float = 1.0
    ratio: float = 1.0
    number: float = 0.5
    role: float = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Excess:
    """What runs render of units beyond the background, in a window of units.

    Attributes:
        source: Of source units, by runs of target units. Shape: (run lengths, source units,
            target units); the last index says where the run ends.
        target: Of target units. Shape: (run lengths, target units, source units).
    """

    source: Floats
    target: Floats

    def single(self) -> Floats:
        """Return what two single units render of each other. Shape: (source, target units)."""
        return np.asarray(self.source[0] + self.target[0].T)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Evidence:
    """The evidence on two sides.

    Attributes:
        sides: Source and target.
        covers: What words account for; the first decides the mass of a unit.
        tokens: The cover by token vectors, if there is one.
        backgrounds: Of each cover and side. Shape: (run lengths, units).
        masses: Weight of the words of each unit, both sides.
        prices: What links and gaps cost.
        reliance: See `Reliance`.
        anchors: Units that prefer each other above all others, by source.
        run: Most units on one side of a link.
    """

    sides: tuple[Side, Side]
    covers: tuple[Cover, ...]
    tokens: TokenCover | None
    backgrounds: tuple[tuple[Floats, Floats], ...]
    masses: tuple[Floats, Floats]
    prices: Weights
    reliance: Reliance
    anchors: Pairs
    run: int

    def excess(self, source: Ints, target: Ints) -> Excess:
        """Return what the covers say of the units *source* and *target*, scaled and summed."""
        parts = [_excess_of(self, index, source, target) for index in range(len(self.covers))]
        return Excess(
            sum((part[0] for part in parts[1:]), parts[0][0]),
            sum((part[1] for part in parts[1:]), parts[0][1]),
        )


def weigh(
    sides: tuple[Side, Side],
    *,
    tokens: tuple[Tokens, Tokens] | None,
    lexicon: Lexicon | None,
    preset: Preset,
    run: int,
) -> Evidence:
    """Return the evidence on source and target *sides*, weighed for this pair of documents."""
    vectors = None if tokens is None else TokenCover.of(*sides, tokens)
    words = LexicalCover.of(*sides, lexicon)
    prices = load_weights(preset, evidence_kind(tokens is not None, lexicon is not None))
    raw = _unweighed(sides, vectors, words, prices, run)
    return replace(raw, reliance=_measured(raw))


def _unweighed(
    sides: tuple[Side, Side],
    vectors: TokenCover | None,
    words: LexicalCover,
    prices: Weights,
    run: int,
) -> Evidence:
    first: Cover = words if vectors is None else vectors
    share = 1.0 if vectors is None else prices.lexical * _mass_ratio(first, words)
    covers = tuple(densify(cover) for cover in ((first,) if first is words else (first, words)))
    return Evidence(
        sides=sides,
        covers=covers,
        tokens=vectors,
        backgrounds=tuple(_backgrounds(cover, run) for cover in covers),
        masses=_masses(first),
        prices=prices,
        reliance=Reliance(covers=(1.0, share)[: len(covers)], ratio=_plain_ratio(*sides)),
        anchors=find_anchors(*sides, words, vectors),
        run=run,
    )


def reliability(*, agreed: float, disagreed: float, by_chance: float) -> float:
    """Return how far a trait tells units apart, 0 to 1.

    That is how much oftener it agrees on anchors than *by_chance*, with a prior of half as much.

    >>> round(reliability(agreed=0, disagreed=0, by_chance=0.0), 2)
    0.5
    """
    prior = _PRIOR_ANCHORS * (1 + by_chance) / 2
    share = (agreed + prior) / (agreed + disagreed + _PRIOR_ANCHORS)
    return max(0.0, 2 * share - 1 - by_chance) if disagreed > agreed else share - by_chance


def _excess_of(evidence: Evidence, index: int, source: Ints, target: Ints) -> tuple[Floats, Floats]:
    cover, factor = evidence.covers[index], evidence.reliance.covers[index]
    sums = _both_sums(cover, source, target, evidence.run)
    ground = evidence.backgrounds[index]
    return (
        factor * (sums[0] - ground[0][:, source, None]),
        factor * (sums[1] - ground[1][:, target, None]),
    )


def evidence_kind(with_encoder: bool, with_lexicon: bool) -> str:  # noqa: FBT001 - two yes or no
    """Return the name of the kind of evidence at hand, as the prices are kept by.

    >>> evidence_kind(False, True)
    'lexicon'
    """
    if with_encoder:
        return "encoder+lexicon" if with_lexicon else "encoder"
    return "lexicon" if with_lexicon else "form"


def _masses(cover: Cover) -> tuple[Floats, Floats]:
    return (
        reduce_runs(np.add, cover.weights[0], cover.bounds[0]).astype(np.float64),
        reduce_runs(np.add, cover.weights[1], cover.bounds[1]).astype(np.float64),
    )


def _mass_ratio(first: Cover, second: Cover) -> float:
    total = float(sum(weights.sum() for weights in first.weights))
    return total / max(float(sum(weights.sum() for weights in second.weights)), 1e-9)


def _plain_ratio(source: Side, target: Side) -> float:
    return float((target.lengths.sum() + 1) / (source.lengths.sum() + 1))


def _both_sums(cover: Cover, source: Ints, target: Ints, run: int) -> tuple[Floats, Floats]:
    forward, backward = cover.best(source, target)
    places, bounds = zip(
        gather(cover.bounds[0], source), gather(cover.bounds[1], target), strict=True
    )
    return (
        run_sums(forward, cover.weights[0][places[0]], bounds[0], run),
        run_sums(backward, cover.weights[1][places[1]], bounds[1], run),
    )


def _backgrounds(cover: Cover, run: int) -> tuple[Floats, Floats]:
    counts = len(cover.bounds[0]) - 1, len(cover.bounds[1]) - 1
    return _background(cover, 0, counts, run), _background(cover, 1, counts, run)


def _background(cover: Cover, side: int, counts: tuple[int, int], run: int) -> Floats:
    """Return what unrelated runs of each length render of each unit. Shape: (run, units)."""
    sample = _sample(counts[1 - side])
    grounds = [np.zeros((run, 0))]
    for first in range(0, counts[side], _CHUNK):
        units = np.arange(first, min(first + _CHUNK, counts[side]))
        sums = [np.zeros((run, len(units), 0))]
        for part in sample:
            pair = (units, part) if side == 0 else (part, units)
            sums.append(np.asarray(_both_sums(cover, pair[0], pair[1], run)[side], np.float64))
        joined = np.concatenate(sums, axis=2)
        grounds.append(np.stack([_low_mean(joined[k], k + 1) for k in range(run)]))
    return np.concatenate(grounds, axis=1)


def _sample(count: int) -> list[Ints]:
    """Return stretches of units that stand for all *count*."""
    if count <= _WHOLE:
        return [np.arange(count)] if count else []
    starts = np.linspace(0, count - _SAMPLE_UNITS, _SAMPLE_STRETCHES).astype(np.int64)
    return [np.arange(start, start + _SAMPLE_UNITS) for start in starts]


def _low_mean(sums: Floats, dropped: int) -> Floats:
    """Return the mean over runs without the best *dropped*, which may be the counterpart."""
    count = sums.shape[1]
    if count == 0:
        return np.zeros(len(sums))
    kept = max(count - dropped, (count + 1) // 2)
    low = np.partition(sums, kept - 1, axis=1)[:, :kept] if kept < count else sums
    return np.asarray(low.sum(axis=1) / (kept + (_PRIOR_UNITS if kept == count else 0.0)))


def _measured(raw: Evidence) -> Reliance:
    """Return how far each part may be trusted, as the anchors of *raw* show."""
    anchors = raw.anchors
    sure = [pair for pair in anchors if raw.sides[0].lengths[pair[0]] >= _ANCHOR_LENGTH]
    scale = _scale(_anchor_covers(raw, sure), USUAL_COVER)
    return Reliance(
        covers=(scale, *raw.reliance.covers[1:]),
        cosine=_scale(_anchor_cosines(raw, sure), USUAL_COSINE),
        ratio=_ratio(raw, sure),
        number=_trait_reliability(raw, anchors, lambda trait: trait.number),
        role=_trait_reliability(raw, anchors, lambda trait: (trait.role, trait.level)),
    )


def _scale(values: Floats, usual: float) -> float:
    """Return the factor that makes the median of *values* the *usual*, within bounds."""
    if len(values) < _FEWEST_ANCHORS:
        return 1.0
    return float(np.clip(usual / max(float(np.median(values)), 1e-3), 0.5, 3.0))


def _anchor_covers(raw: Evidence, anchors: Pairs) -> Floats:
    values = []
    for first in range(0, min(len(anchors), _MOST_ANCHORS), _SAMPLE_UNITS):
        source, target = np.array(anchors[first : first + _SAMPLE_UNITS]).T
        sums = _excess_of(raw, 0, source, target)
        single = np.diagonal(sums[0][0]) + np.diagonal(sums[1][0])
        values.append(single / (raw.masses[0][source] + raw.masses[1][target]))
    return np.concatenate(values) if values else np.zeros(0)


def _anchor_cosines(raw: Evidence, anchors: Pairs) -> Floats:
    if raw.tokens is None or not anchors:
        return np.zeros(0)
    source, target = np.array(anchors).T
    pair = raw.tokens.sums[0][source], raw.tokens.sums[1][target]
    norms = np.linalg.norm(pair[0], axis=1) * np.linalg.norm(pair[1], axis=1)
    return np.asarray((pair[0] * pair[1]).sum(axis=1) / np.maximum(norms, 1e-9))


def _ratio(raw: Evidence, anchors: Pairs) -> float:
    if len(anchors) < _FEWEST_ANCHORS:
        return raw.reliance.ratio
    source, target = np.array(anchors).T
    lengths = raw.sides[0].lengths[source].sum(), raw.sides[1].lengths[target].sum()
    return float((lengths[1] + 1) / (lengths[0] + 1))


def _trait_reliability(
    raw: Evidence, anchors: Pairs, read: Callable[[Trait], Hashable | None]
) -> float:
    """Return how reliable the trait is that *read* gives, None where a unit has none."""
    values = [[read(trait) for trait in side.traits] for side in raw.sides]
    pairs = [(values[0][i], values[1][j]) for i, j in anchors]
    known = [pair for pair in pairs if None not in pair]
    agreed = sum(pair[0] == pair[1] for pair in known)
    seen = [Counter(value for value in side if value is not None) for side in values]
    matches = sum(count * seen[1][value] for value, count in seen[0].items())
    by_chance = matches / max(seen[0].total() * seen[1].total(), 1)
    return reliability(agreed=agreed, disagreed=len(known) - agreed, by_chance=by_chance)
