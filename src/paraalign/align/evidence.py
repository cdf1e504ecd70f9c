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
from paraalign.align.background import backgrounds, both_sums, cosine_backgrounds
from paraalign.align.cover import Cover, Floats, Ints, reduce_runs
from paraalign.align.figures import Figures
from paraalign.align.lexical import LexicalCover
from paraalign.align.options import Preset, Weights, load_weights
from paraalign.align.units import Side, Trait
from paraalign.align.wording import Wording

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
_SAMPLE_UNITS = 16
_ANCHOR_LENGTH = 12
_PRIOR_ANCHORS = 2.0
_FEWEST_ANCHORS = 4
_MOST_ANCHORS = 512
_COSINE_SCALE = 0.83
_LONGEST = 8


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Reliance:
    """How far the parts of the evidence may be trusted in this pair of documents.

    Attributes:
        covers: Factor of each cover, before prices.
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
        wording: What words account for; the first cover decides the mass of a unit.
        backgrounds: Of each cover and side. Shape: (run lengths, units).
        cosine_grounds: Cosine with unrelated units, both sides, if there are vectors.
        figures: The figures of the two sides.
        masses: Weight of the words of each unit, both sides.
        prices: What links and gaps cost.
        reliance: See `Reliance`.
        anchors: Units that prefer each other above all others, by source.
        run: Most units on one side of a link.
    """

    sides: tuple[Side, Side]
    wording: Wording
    backgrounds: tuple[tuple[Floats, Floats], ...]
    cosine_grounds: tuple[Floats, Floats] | None
    figures: Figures
    masses: tuple[Floats, Floats]
    prices: Weights
    reliance: Reliance
    anchors: Pairs
    run: int

    @property
    def covers(self) -> tuple[Cover, ...]:
        """The covers at hand, that by token vectors first."""
        return self.wording.covers

    @property
    def kind(self) -> str:
        """The kind of evidence at hand, as the prices are kept by."""
        wording = self.wording
        return evidence_kind(wording.tokens is not None, wording.words.renders)

    def priced(self, preset: Preset, run: int, *, blocks: bool = False) -> "Evidence":
        """Return the same evidence at the prices of *preset*, for links up to *run* a side.

        With *blocks* they are those for clauses rather than sentences.
        """
        prices = load_weights(preset, self.kind, sentences=not blocks)
        if blocks:
            prices = replace(prices, merge=prices.merge + prices.block)
        return replace(self, prices=prices, run=run)

    def with_words(self, words: LexicalCover) -> "Evidence":
        """Return the evidence weighed anew with *words* in place of its own."""
        wording = self.wording.with_words(words)
        return replace(weigh(self.sides, wording), prices=self.prices, run=self.run)

    def factor(self, index: int) -> float:
        """Return how much the cover *index* counts."""
        return self.reliance.covers[index] * (self.prices.lexical if index else 1.0)

    def excess(self, source: Ints, target: Ints) -> Excess:
        """Return what the covers say of the units *source* and *target*, scaled and summed."""
        parts = [_excess_of(self, index, source, target) for index in range(len(self.covers))]
        return Excess(
            sum((part[0] for part in parts[1:]), parts[0][0]),
            sum((part[1] for part in parts[1:]), parts[0][1]),
        )


def weigh(sides: tuple[Side, Side], wording: Wording) -> Evidence:
    """Return the evidence on source and target *sides*, weighed for this pair of documents.

    The prices are those of the preset "parity", the longest run is of 8 units; see
    `Evidence.priced`.
    """
    raw = _unweighed(sides, wording)
    return replace(raw, reliance=_measured(raw))


def _unweighed(sides: tuple[Side, Side], wording: Wording) -> Evidence:
    covers, vectors = wording.covers, wording.tokens
    anchors = find_anchors(*sides, wording.words, vectors)
    masses = _masses(covers[0])
    grounds = tuple(backgrounds(cover, anchors, _LONGEST, _masses(cover)) for cover in covers)
    return Evidence(
        sides=sides,
        wording=wording,
        backgrounds=grounds,
        cosine_grounds=None if vectors is None else cosine_backgrounds(vectors.sums, anchors),
        figures=Figures.of(*sides),
        masses=masses,
        prices=load_weights("parity", evidence_kind(vectors is not None, wording.words.renders)),
        reliance=Reliance(
            covers=(1.0, *(_mass_ratio(covers[0], cover) for cover in covers[1:])),
            ratio=_plain_ratio(*sides),
        ),
        anchors=anchors,
        run=_LONGEST,
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
    cover, factor = evidence.covers[index], evidence.factor(index)
    sums = both_sums(cover, source, target, evidence.run)
    ground, run = evidence.backgrounds[index], evidence.run
    return (
        factor * (sums[0] - ground[0][:run, source, None]),
        factor * (sums[1] - ground[1][:run, target, None]),
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


def _measured(raw: Evidence) -> Reliance:
    """Return how far each part may be trusted, as the anchors of *raw* show."""
    anchors = raw.anchors
    sure = [pair for pair in anchors if raw.sides[0].lengths[pair[0]] >= _ANCHOR_LENGTH]
    scale = _scale(_anchor_covers(raw, sure), USUAL_COVER, raw.covers[0].scale)
    return Reliance(
        covers=(scale, *raw.reliance.covers[1:]),
        cosine=_scale(_anchor_cosines(raw, sure), USUAL_COSINE, _COSINE_SCALE),
        ratio=_ratio(raw, sure),
        number=_trait_reliability(raw, anchors, lambda trait: trait.number),
        role=_trait_reliability(raw, anchors, lambda trait: (trait.role, trait.level)),
    )


def _scale(values: Floats, wanted: float, usual: float) -> float:
    """Return the factor that makes the median of *values* what is *wanted*, within bounds.

    Where there are few values, the factor that is *usual* in other texts counts as much as four.
    """
    if not len(values):
        return usual
    here = float(np.clip(wanted / max(float(np.median(values)), 1e-3), 0.5, 3.0))
    share = len(values) / (len(values) + _FEWEST_ANCHORS)
    return float(here**share * usual ** (1 - share))


def _anchor_covers(raw: Evidence, anchors: Pairs) -> Floats:
    values = []
    for first in range(0, min(len(anchors), _MOST_ANCHORS), _SAMPLE_UNITS):
        source, target = np.array(anchors[first : first + _SAMPLE_UNITS]).T
        sums = _excess_of(raw, 0, source, target)
        single = np.diagonal(sums[0][0]) + np.diagonal(sums[1][0])
        values.append(single / (raw.masses[0][source] + raw.masses[1][target]))
    return np.concatenate(values) if values else np.zeros(0)


def _anchor_cosines(raw: Evidence, anchors: Pairs) -> Floats:
    if raw.wording.tokens is None or raw.cosine_grounds is None or not anchors:
        return np.zeros(0)
    source, target = np.array(anchors).T
    pair = raw.wording.tokens.sums[0][source], raw.wording.tokens.sums[1][target]
    norms = np.linalg.norm(pair[0], axis=1) * np.linalg.norm(pair[1], axis=1)
    cosines = (pair[0] * pair[1]).sum(axis=1) / np.maximum(norms, 1e-9)
    grounds = raw.cosine_grounds
    return np.asarray(cosines - (grounds[0][source] + grounds[1][target]) / 2)


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
