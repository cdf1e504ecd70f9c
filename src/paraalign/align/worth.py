"""What each possible link is worth, in units of well-covered words.

A link gains what its words account for beyond a threshold, and the cosine of its pooled vectors,
both times a power of its mass, so that long units weigh more than short ones; it pays for unlike
lengths, for each unit beyond one a side, and wins or loses by printed numbers and roles. The terms
and their sizes were found by trial on damaged texts (see `benchmarks/accuracy`).

>>> link_shapes(2)
((1, 1), (1, 2), (2, 1), (2, 2))
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from paraalign.align.cover import Floats, Ints
from paraalign.align.evidence import USUAL_COSINE, USUAL_COVER, Evidence
from paraalign.align.monotone import Shape
from paraalign.align.units import Side

__all__ = ["Window", "link_shapes"]

_MOST_UNITS = 7
_SPREAD_PRIOR = 4.0
_NEAR = 6
_USUAL_NEAR = 4.0
_LEAD = 0.2


@cache
def link_shapes(run: int) -> tuple[Shape, ...]:
    """Return the shapes of links with at most *run* units a side.

    One unit may face any run; where both sides have several, at most seven in all.

    >>> (1, 8) in link_shapes(8), (2, 6) in link_shapes(8)
    (True, False)
    """
    sizes = range(1, run + 1)
    return tuple((n, m) for n in sizes for m in sizes if n == 1 or m == 1 or n + m <= _MOST_UNITS)


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Window:
    """The worth of links within a window of units.

    Attributes:
        evidence: Where all comes from.
        shapes: Sizes of the links.
        swaps: Whether the last shape stands for two neighbours that changed places.
        covers: Running sums over units of what runs of the other side render of them; of the
            source, then of the target. Shape: (run lengths, units + 1, other units).
        weak: Likewise of how far units stay below the least that one of several should have.
        figures: Likewise of how many figures are missing.
        mixed: Running counts of units unlike the one before, both sides.
        cosines: Running sums of dot products of pooled vectors, or None.
        grounds: Running sums of the cosine with unrelated units, both sides, or None.
        norms: Norm of the pooled vector of each run, by length and end, for both sides.
        masses: Running sums of the weight of words, both sides.
        lengths: Running sums of lengths, both sides.
        traits: What printed numbers and roles say of two units. Shape: (source, target units).
    """

    evidence: Evidence
    shapes: tuple[Shape, ...]
    swaps: bool
    covers: tuple[Floats, Floats]
    weak: tuple[Floats, Floats]
    figures: tuple[Floats, Floats]
    mixed: tuple[Floats, Floats]
    cosines: Floats | None
    grounds: tuple[Floats, Floats] | None
    norms: tuple[Floats, Floats] | None
    masses: tuple[Floats, Floats]
    lengths: tuple[Floats, Floats]
    traits: Floats

    @classmethod
    def of(cls, evidence: Evidence, source: Ints, target: Ints, *, swaps: bool = False) -> "Window":
        """Return the window of the units *source* and *target*, given in order."""
        excess = evidence.excess(source, target)
        sides = evidence.sides
        missing = evidence.figures.missing(source, target, evidence.run)
        dots, norms = _pooled(evidence, source, target)
        return cls(
            evidence=evidence,
            shapes=link_shapes(evidence.run) + ((2, 2),) * swaps,
            swaps=swaps,
            covers=(_summed(excess.source, 1), _summed(excess.target, 1)),
            weak=(
                _weakness(excess.source, evidence.masses[0][source], evidence.prices.least),
                _weakness(excess.target, evidence.masses[1][target], evidence.prices.least),
            ),
            figures=(_summed(missing[0], 1), _summed(missing[1], 1)),
            mixed=(_changes(sides[0], source), _changes(sides[1], target)),
            cosines=dots,
            grounds=_summed_grounds(evidence, source, target),
            norms=norms,
            masses=(_summed(evidence.masses[0][source]), _summed(evidence.masses[1][target])),
            lengths=(_summed(sides[0].lengths[source]), _summed(sides[1].lengths[target])),
            traits=trait_worth(evidence, source, target),
        )

    @property
    def counts(self) -> tuple[int, int]:
        """How many units the two sides have."""
        return len(self.masses[0]) - 1, len(self.masses[1]) - 1

    def block(self, first: int, last: int) -> NDArray[np.float64]:
        """Return the worth of all links that end before the source units *first* to *last*.

        Shape: (shapes, source ends, target units + 1); see `monotone.Worth`.
        """
        worth = np.full((len(self.shapes), last - first, self.counts[1] + 1), -np.inf)
        for index, (n, m) in enumerate(self.shapes):
            low = max(first, n)
            if low < last and m <= self.counts[1]:
                swaps = self.swaps and index == len(self.shapes) - 1
                values = self.swap_worth(low, last) if swaps else self.shape_worth(n, m, low, last)
                worth[index, low - first :, m:] = values
        return worth

    def shape_worth(self, n: int, m: int, low: int, high: int) -> Floats:
        """Return the worth of *n*:*m* links with source ends from *low* to before *high*.

        Shape: (source ends, target ends from *m* on).
        """
        prices = self.evidence.prices
        mass = self._sums(self.masses, n, m, low, high)
        total = mass[0] + mass[1]
        quality = self.quality(n, m, low, high, total)
        unlike = self._unlikeness(n, m, low, high)
        figures = self._contradictions(n, m, low, high)
        traits = self.traits[low - n : high - n, : self.counts[1] + 1 - m]
        worth = (quality - prices.threshold) * (total / 2) ** prices.mass + traits
        worth -= prices.length * unlike + prices.figure * figures
        worth -= prices.merge * (n + m - 2) + prices.many * (min(n, m) - 1)
        worth -= self._joint_price(n, m, low, high)
        if n == m == 1 and prices.floor:
            worth = np.maximum(worth, -2 * prices.floor * prices.null)
        return worth

    def quality(self, n: int, m: int, low: int, high: int, total: Floats) -> Floats:
        """Return the coverage of links, 0 to about 1, and their cosine, weighed."""
        covered, back = _run_parts(self.covers, n, m, low, high)
        quality = (covered + back) / np.maximum(total, 1e-9)
        if self.cosines is not None and self.norms is not None:
            quality = quality + self._cosine(n, m, low, high)
        return quality

    def sureness(self, source: tuple[int, int], target: tuple[int, int]) -> float:
        """Return how sure the link of two ranges of units is, or that one range is a gap.

        0 to 1, by how its coverage compares with that of the document's anchors.
        """
        (row, low), (column, high) = source, target
        n, m = low - row, high - column
        if not n:
            rest = self._single[:, column]
        elif not m:
            rest = self._single[row]
        else:
            return _share(self.quality_of(source, target) / self.usual)
        return _share(1 - float(rest.max(initial=0.0)) / self.usual)

    def quality_of(self, source: tuple[int, int], target: tuple[int, int]) -> float:
        """Return the quality of the link of two ranges of units."""
        (row, low), (column, high) = source, target
        n, m = low - row, high - column
        if n == m == 1:
            return float(self._single[row, column])
        mass = self._sums(self.masses, n, m, low, low + 1)
        return float(self.quality(n, m, low, low + 1, mass[0] + mass[1])[0, column])

    def unlikeness_of(self, source: tuple[int, int], target: tuple[int, int]) -> float:
        """Return how far the lengths of two ranges of units are from what is expected."""
        n, m, low = source[1] - source[0], target[1] - target[0], source[1]
        return float(self._unlikeness(n, m, low, low + 1)[0, target[0]])

    @property
    def usual(self) -> float:
        """The quality of a sure link."""
        usual = USUAL_COVER
        if self.cosines is not None:
            usual += USUAL_COSINE * self.evidence.prices.cosine
        return usual

    @cached_property
    def _single(self) -> Floats:
        """The quality of all 1-1 links."""
        mass = self._sums(self.masses, 1, 1, 1, self.counts[0] + 1)
        return self.quality(1, 1, 1, self.counts[0] + 1, mass[0] + mass[1])

    @cached_property
    def doubtful(self) -> NDArray[np.bool_]:
        """Whether two units rather stand opposite each other by chance, each left alone.

        So it is where they share hardly more than other units near them do: what neighbours have in
        common is the matter they speak of. Where one of these shares as much, they are so the more.
        Shape: (source units, target units).
        """
        prices, end = self.evidence.prices, self.counts[0] + 1
        if not prices.doubt:
            return np.zeros(self.counts, bool)
        mass = self._sums(self.masses, 1, 1, 1, end)
        root = np.sqrt((mass[0] + mass[1]) / 2)
        odds = (self._single - self._near - prices.doubt) * root
        odds += prices.trust + prices.doubt_traits * self.traits
        odds -= prices.doubt_length * self._unlikeness(1, 1, 1, end)
        odds -= prices.rival * np.maximum(_LEAD - self._lead, 0.0) * root
        return np.asarray(odds < 0)

    @cached_property
    def _near(self) -> Floats:
        """What other units near either of two have in common with them, for all two units."""
        rows, columns = _sums_near(self._single, 0), _sums_near(self._single, 1)
        counts = (_sums_near(np.ones((size, 1)), 0) for size in self.counts)
        around = next(counts) + next(counts).T + _USUAL_NEAR
        return np.asarray((rows + columns) / around)

    @cached_property
    def _lead(self) -> Floats:
        """How far two units share more than either does with any other near, for all two units."""
        rivals = np.maximum(_best_near(self._single, 0), _best_near(self._single, 1))
        return np.asarray(self._single - rivals)

    def swap_worth(self, low: int, high: int) -> Floats:
        """Return the worth of two 1-1 links that cross, with source ends *low* to before *high*.

        Shape: (source ends, target ends from 2 on).
        """
        single = self.shape_worth(1, 1, low - 1, high)
        return single[:-1, 1:] + single[1:, :-1] - self.evidence.prices.swap

    def _cosine(self, n: int, m: int, low: int, high: int) -> Floats:
        dots, norms = self.cosines, self.norms
        if dots is None or norms is None or self.grounds is None:
            return np.zeros(1)
        box = dots[low:high, m:] - dots[low - n : high - n, m:]
        box = box - dots[low:high, :-m] + dots[low - n : high - n, :-m]
        scale = norms[0][n - 1, low:high, None] * norms[1][m - 1, None, m:]
        factor = self.evidence.prices.cosine * self.evidence.reliance.cosine
        rows, columns = self._sums(self.grounds, n, m, low, high)
        return factor * (box / np.maximum(scale, 1e-9) - rows / (2 * n) - columns / (2 * m))

    def _joint_price(self, n: int, m: int, low: int, high: int) -> Floats:
        """Return what it costs that units stand in one run: poor ones, and unlike ones."""
        prices = self.evidence.prices
        parts = _run_parts(self.weak, n, m, low, high)
        price = prices.weak * (parts[0] * (n > 1) + parts[1] * (m > 1))
        first, second = self.mixed
        changes = (first[low - 1 : high - 1] - first[low - n : high - n])[:, None]
        changes = changes + (second[m - 1 :] - second[: len(second) + 1 - m])[None, :]
        return np.asarray(price + prices.role * self.evidence.reliance.role * changes)

    def _contradictions(self, n: int, m: int, low: int, high: int) -> Floats:
        """Return 1 where both sides have figures that the other lacks, else 0."""
        missing = _run_parts(self.figures, n, m, low, high)
        return np.minimum(np.minimum(*missing), 1.0)

    def _unlikeness(self, n: int, m: int, low: int, high: int) -> Floats:
        """Return how far the lengths are from what is expected."""
        prices, ratio = self.evidence.prices, self.evidence.reliance.ratio
        source, target = self._sums(self.lengths, n, m, low, high)
        expected = ratio * source
        spread = prices.spread * (expected + target) / 2 + _SPREAD_PRIOR
        return np.log1p((target - expected) ** 2 / (2 * spread))

    def _sums(
        self, sums: tuple[Floats, Floats], n: int, m: int, low: int, high: int
    ) -> tuple[Floats, Floats]:
        source, target = sums
        return (
            (source[low:high] - source[low - n : high - n])[:, None],
            (target[m:] - target[:-m])[None, :],
        )


def _run_parts(
    sums: tuple[Floats, Floats], n: int, m: int, low: int, high: int
) -> tuple[Floats, Floats]:
    """Return the sums over the source units, and over the target units, of *n*:*m* links."""
    source, target = sums
    own = source[m - 1, low:high, m - 1 :] - source[m - 1, low - n : high - n, m - 1 :]
    back = target[n - 1, m:, low - 1 : high - 1] - target[n - 1, :-m, low - 1 : high - 1]
    return own, back.T


def trait_worth(evidence: Evidence, source: Ints, target: Ints) -> Floats:
    """Return what numbers and roles say of each two units, by how reliable they are."""
    traits = (
        [evidence.sides[0].traits[i] for i in source],
        [evidence.sides[1].traits[j] for j in target],
    )
    prices, reliance = evidence.prices, evidence.reliance
    numbers = _agreement(*([trait.number for trait in side] for side in traits))
    roles = _agreement(*([(trait.role, trait.level) for trait in side] for side in traits))
    return prices.number * reliance.number * numbers + prices.role * reliance.role * (roles - 1) / 2


def _weakness(excess: Floats, masses: Floats, least: float) -> Floats:
    """Return running sums of how far units stay below the *least* coverage, 0 to 1.5 each."""
    shares = excess / np.maximum(masses, 1e-9)[:, None]
    return _summed(np.clip((least - shares) / max(least, 1e-9), 0.0, 1.5), 1)


def _sums_near(values: Floats, axis: int) -> Floats:
    """Return the sums over the neighbours along *axis*, up to six each way."""
    count = values.shape[axis]
    sums = _summed(values, axis)
    places = np.arange(count)
    first, last = np.maximum(places - _NEAR, 0), np.minimum(places + _NEAR + 1, count)
    return np.asarray(sums.take(last, axis) - sums.take(first, axis) - values)


def _best_near(values: Floats, axis: int) -> Floats:
    """Return the greatest of the neighbours along *axis*, up to six each way."""
    values = np.moveaxis(values, axis, 0)
    best = np.full(values.shape, -np.inf)
    for step in range(1, min(_NEAR + 1, len(values))):
        np.maximum(best[step:], values[:-step], out=best[step:])
        np.maximum(best[:-step], values[step:], out=best[:-step])
    return np.moveaxis(best, 0, axis)


def _share(value: float) -> float:
    return round(min(max(value, 0.0), 1.0), 4)


def _changes(side: Side, units: Ints) -> Floats:
    """Return, for each of *units*, how many up to it have another role than the one before."""
    roles = [side.traits[unit].role for unit in units]
    return np.cumsum([0.0, *(a != b for a, b in pairwise(roles))])[: len(roles)]


def _agreement(source: Sequence[Hashable], target: Sequence[Hashable]) -> Floats:
    """Return 1 where two values agree, -1 where they differ, 0 where one is None."""
    ids = {value: place for place, value in enumerate(dict.fromkeys([*source, *target]))}
    first = np.array([ids[value] for value in source], np.int64)
    second = np.array([ids[value] for value in target], np.int64)
    known = np.outer([value is not None for value in source], [v is not None for v in target])
    return np.where(known, np.where(first[:, None] == second[None, :], 1.0, -1.0), 0.0)


def _pooled(
    evidence: Evidence, source: Ints, target: Ints
) -> tuple[Floats | None, tuple[Floats, Floats] | None]:
    if evidence.wording.tokens is None or not evidence.prices.cosine:
        return None, None
    sums = evidence.wording.tokens.sums[0][source], evidence.wording.tokens.sums[1][target]
    dots = (sums[0] @ sums[1].T).astype(np.float64)
    return _summed(_summed(dots), 1), (
        _run_norms(sums[0], evidence.run),
        _run_norms(sums[1], evidence.run),
    )


def _summed_grounds(evidence: Evidence, source: Ints, target: Ints) -> tuple[Floats, Floats] | None:
    grounds = evidence.cosine_grounds
    return grounds and (_summed(grounds[0][source]), _summed(grounds[1][target]))


def _run_norms(sums: Floats, run: int) -> Floats:
    """Return the norm of each run's sum, by its length and the unit after its end."""
    running = _summed(sums.astype(np.float64))
    norms = np.ones((run, len(running)))
    for size in range(1, run + 1):
        norms[size - 1, size:] = np.linalg.norm(running[size:] - running[:-size], axis=1)
    return norms


def _summed(values: Floats, axis: int = 0) -> Floats:
    """Return the running sums of *values* along *axis*, from 0."""
    sums = np.cumsum(values, axis=axis, dtype=np.float64)
    shape = list(sums.shape)
    shape[axis] = 1
    return np.concatenate([np.zeros(shape), sums], axis=axis)
