"""Units at the edge of a link that bring nothing to it.

A report often says one thing twice. Where one of the two sentences has no counterpart, the other's
attracts it too, and both end up in one link though only one is rendered there. A unit that is truly
rendered along with its neighbours has a stretch of the other side to itself, at its own end: words
that it accounts for better than the rest of the link does. What it brings is the weight of the best
such stretch, and other units near would bring some as well, by chance: if it brings hardly more
than they would, it stands alone.

>>> own_stretch(np.array([[0.5], [0.25], [-1.0], [0.5]])).tolist()
[0.75]
"""

from typing import NamedTuple

import numpy as np

from paraalign.align.cover import Floats, Ints, gather
from paraalign.align.evidence import Evidence
from paraalign.align.monotone import Step
from paraalign.align.worth import Window

__all__ = ["own_stretch", "trim_edges"]

_NEAR = 6


class _Edge(NamedTuple):
    """A unit at the edge of a link: how far it belongs there, the unit alone, and the rest."""

    odds: float
    last: bool
    alone: Step
    rest: Step


def trim_edges(step: Step, window: Window, source: Ints, target: Ints) -> list[Step]:
    """Return *step*, or what is left of it between the units at its edges that stand alone.

    *source* and *target* are the units of the *window*, in order.
    """
    before: list[Step] = []
    after: list[Step] = []
    while edges := _edges(step, window, (source, target)):
        worst = min(edges)
        if worst.odds >= 0:
            break
        if worst.last:
            after.insert(0, worst.alone)
        else:
            before.append(worst.alone)
        step = worst.rest
    return [*before, step, *after]


def own_stretch(gains: Floats) -> Floats:
    """Return the greatest sum of the first *gains*, of any number, for each column; at least 0."""
    return np.asarray(np.cumsum(gains, axis=0).max(axis=0, initial=0.0))


def _edges(step: Step, window: Window, units: tuple[Ints, Ints]) -> list[_Edge]:
    """Return the units at the edges of either side that has several, if they are to be judged."""
    ranges = step.source, step.target
    if not window.evidence.prices.edge or any(first == last for first, last in ranges):
        return []
    return [
        _edge(step, window, units, side=side, last=last)
        for side, (first, end) in enumerate(ranges)
        for last in (False, True)
        if end - first > 1
    ]


def _edge(step: Step, window: Window, units: tuple[Ints, Ints], *, side: int, last: bool) -> _Edge:
    """Return the first or *last* unit of one *side* of *step*, and how far it belongs there."""
    ranges = [step.source, step.target]
    own, place = ranges[side], ranges[1 - side][1 if last else 0]
    ranges[1 - side] = place, place
    ranges[side] = (own[1] - 1, own[1]) if last else (own[0], own[0] + 1)
    alone = Step(ranges[0], ranges[1], -1)
    kept = (own[0], own[1] - 1) if last else (own[0] + 1, own[1])
    rest = step._replace(target=kept) if side else step._replace(source=kept)
    run, other = (slice(*pair) for pair in (own, (step.source, step.target)[1 - side]))
    brought = _brought(window.evidence, side, units[side][run], units[1 - side][other], last=last)
    unit = units[side][own[1] - 1 if last else own[0]]
    mass = max(float(window.evidence.masses[side][unit]), 1e-9)
    return _Edge(_odds(window, step, rest, brought, mass), last, alone, rest)


def _odds(window: Window, step: Step, rest: Step, brought: float, mass: float) -> float:
    """Return how far a unit of weight *mass* belongs to *step*, below 0 if it does not.

    The *rest* of the link counts too: where it is poor, the whole link is in doubt.
    """
    prices = window.evidence.prices
    usual = brought / mass + prices.edge_rest * window.quality_of(rest.source, rest.target)
    likeness = window.unlikeness_of(rest.source, rest.target)
    likeness -= window.unlikeness_of(step.source, step.target)
    odds = (usual - prices.edge) * mass**0.5 + prices.edge_trust
    return float(odds + prices.edge_length * likeness)


def _brought(evidence: Evidence, side: int, run: Ints, other: Ints, *, last: bool) -> float:
    """Return what the first or *last* unit of *run* brings, beyond what units near would bring.

    That is what it accounts for of *other* better than the rest of the run, in one stretch.
    """
    place = len(run) - 1 if last else 0
    near = _near(run, len(evidence.masses[side]))
    columns = np.concatenate([run[[place]], near, np.delete(run, place)])
    total = np.zeros(1 + len(near))
    for index, cover in enumerate(evidence.covers):
        best = cover.best(*((other, columns) if side else (columns, other)))[1 - side]
        words, _ = gather(cover.bounds[1 - side], other)
        gains = best[:, : len(total)] - best[:, len(total) :].max(axis=1, keepdims=True)
        gains = gains * cover.weights[1 - side][words, None]
        total += evidence.factor(index) * own_stretch(gains[::-1] if last else gains)
    return float(total[0] - total[1:].mean()) if len(near) else float(total[0])


def _near(run: Ints, count: int) -> Ints:
    """Return the units up to six before and after *run*, of *count*."""
    first, last = int(run[0]), int(run[-1])
    before = np.arange(max(first - _NEAR, 0), first)
    return np.concatenate([before, np.arange(last + 1, min(last + 1 + _NEAR, count))])
