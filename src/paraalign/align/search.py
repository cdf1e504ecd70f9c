"""From evidence to links: the monotone search, stretch by stretch, and what moved across it.

Texts run in parallel, so the best monotone path comes first. Long texts are cut where anchors
follow one another and those around stand in line, and each stretch is searched in full: memory
stays bounded by the longest stretch, time by the sum. What the path leaves over on both sides may
have moved: leftover units that account for each other well are linked across.

>>> cut_stretches([], 3, 2)
[(range(0, 3), range(0, 2))]
"""

from collections.abc import Callable, Iterator, Sequence
from math import isqrt
from typing import NamedTuple

import numpy as np

from paraalign.align.anchors import Pairs, longest_chain, near_anchors
from paraalign.align.cover import Ints
from paraalign.align.edges import trim_edges
from paraalign.align.evidence import Evidence
from paraalign.align.monotone import Gaps, Step, find_path
from paraalign.align.worth import Window
from paraalign.model import Link

__all__ = ["cut_stretches", "find_links"]

_STRETCH = 60
_WHOLE = 300
_LONGEST = 1000
_STEADY = 3
_DRIFT = 3
_MOST_LEFTOVERS = 600


def find_links(  # noqa: PLR0913 - what to link, by what, and how
    evidence: Evidence,
    source: Sequence[int],
    target: Sequence[int],
    *,
    anchors: Pairs | None = None,
    crossing: bool,
    progress: Callable[[int, int], object] | None = None,
) -> list[Link]:
    """Return the links of the units *source* and *target*, each unit in exactly one.

    They stand in source order, gaps of the target where they fall between. With *anchors*, pairs
    of units, long texts are cut at them; *crossing* allows links of blocks that moved. *progress*
    is called after each stretch with how many source units are done, and of how many.
    """
    links: list[Link] = []
    if anchors and max(len(source), len(target)) > _WHOLE:
        anchors = _closer(evidence, anchors)
    units = np.array(source, np.int64), np.array(target, np.int64)
    for rows, columns in cut_stretches(anchors or [], len(source), len(target)):
        stretch = units[0][rows.start : rows.stop], units[1][columns.start : columns.stop]
        links.extend(_link_stretch(evidence, *stretch, crossing=crossing))
        if progress:
            progress(rows.stop, len(source))
    return _link_moved(evidence, links) if crossing else links


def cut_stretches(
    anchors: Pairs, source_count: int, target_count: int
) -> list[tuple[range, range]]:
    """Return the stretches to search one by one, cut in the midst of steady runs of *anchors*.

    Texts of moderate length are not cut. Where no anchors are, a stretch may stay long; beyond a
    million pairs of units it is cut in proportion.

    >>> cut_stretches([(i, i) for i in range(400)], 400, 400)[0]
    (range(0, 60), range(0, 60))
    """
    cuts = [(0, 0)]
    if max(source_count, target_count) > _WHOLE:
        for cut in _steady_places(longest_chain(sorted(anchors))):
            if max(cut[0] - cuts[-1][0], cut[1] - cuts[-1][1]) >= _STRETCH:
                cuts.append(cut)
    ends = [*cuts[1:], (source_count, target_count)]
    return [
        stretch
        for start, end in zip(cuts, ends, strict=True)
        for stretch in _in_proportion(start, end)
    ]


def _closer(evidence: Evidence, anchors: Pairs) -> Pairs:
    """Return *anchors*, or those that words show near their chain, if these are more."""
    return max(near_anchors(evidence.wording.words, anchors), anchors, key=len)


def _steady_places(chain: Pairs) -> Iterator[tuple[int, int]]:
    """Yield anchors right after another whose neighbours in the *chain* stand in line with them."""
    places = np.array(chain, np.int64).reshape(-1, 2)
    offsets = places[:, 0] - places[:, 1]
    for index in range(_STEADY, len(chain) - _STEADY):
        around = offsets[index - _STEADY : index + _STEADY] - offsets[index]
        if (places[index] - places[index - 1] == 1).all() and np.abs(around).max() <= _DRIFT:
            yield chain[index]


def _in_proportion(start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[range, range]]:
    pairs = (end[0] - start[0]) * (end[1] - start[1])
    count = isqrt(max(pairs - 1, 0)) // _LONGEST + 1
    rows = np.linspace(start[0], end[0], count + 1).astype(int).tolist()
    columns = np.linspace(start[1], end[1], count + 1).astype(int).tolist()
    for index in range(count):
        yield range(rows[index], rows[index + 1]), range(columns[index], columns[index + 1])


def _link_stretch(
    evidence: Evidence, source: Ints, target: Ints, *, crossing: bool
) -> Iterator[Link]:
    if not len(source) or not len(target):
        yield from (Link((int(unit),), ()) for unit in source)
        yield from (Link((), (int(unit),)) for unit in target)
        return
    window = Window.of(evidence, source, target, swaps=crossing and evidence.run > 1)
    gaps = Gaps.even(len(source), len(target), evidence.prices.null)
    for step in find_path(len(source), len(target), window.shapes, window.block, gaps):
        for part in _uncrossed(step, window):
            for piece in trim_edges(part, window, source, target):
                for one in _undoubted(piece, window):
                    yield _link(one, window, source, target)


def _uncrossed(step: Step, window: Window) -> list[Step]:
    """Return *step*, or the two links that cross in it."""
    if not window.swaps or step.shape != len(window.shapes) - 1:
        return [step]
    (row, _), (column, _) = step.source, step.target
    return [
        Step((row, row + 1), (column + 1, column + 2), 0),
        Step((row + 1, row + 2), (column, column + 1), 0),
    ]


def _undoubted(step: Step, window: Window) -> list[Step]:
    """Return *step*, or two gaps where a link of two units is in doubt."""
    (row, low), (column, high) = step.source, step.target
    if low - row != 1 or high - column != 1 or not window.doubtful[row, column]:
        return [step]
    return [Step((row, low), (column, column), -1), Step((low, low), (column, high), -1)]


def _link(step: Step, window: Window, source: Ints, target: Ints) -> Link:
    rows, columns = slice(*step.source), slice(*step.target)
    return Link(
        tuple(source[rows].tolist()),
        tuple(target[columns].tolist()),
        window.sureness(step.source, step.target),
    )


class _Moved(NamedTuple):
    """A link across: ranges among the leftovers, and its worth."""

    worth: float
    source: tuple[int, int]
    target: tuple[int, int]


def _link_moved(evidence: Evidence, links: list[Link]) -> list[Link]:
    """Return *links* with leftover units linked that account for each other."""
    source = np.array([link.source[0] for link in links if not link.target], np.int64)
    target = np.array([link.target[0] for link in links if not link.source], np.int64)
    if not 0 < len(source) <= _MOST_LEFTOVERS or not 0 < len(target) <= _MOST_LEFTOVERS:
        return links
    window = Window.of(evidence, source, target)
    chosen = _choose(_candidates(window, source, target))
    found = [_link(Step(move.source, move.target, 0), window, source, target) for move in chosen]
    return _with_moved(links, found)


def _candidates(window: Window, source: Ints, target: Ints) -> Iterator[_Moved]:
    """Yield the links worth enough of one unit, or two that follow one another, a side."""
    for n, m in ((1, 1), (1, 2), (2, 1)):
        if n > min(window.evidence.run, len(source)) or m > min(window.evidence.run, len(target)):
            continue
        worth = window.shape_worth(n, m, n, len(source) + 1)
        for row, column in np.argwhere(worth > window.evidence.prices.move):
            units = source[row : row + n], target[column : column + m]
            if all((np.diff(side) == 1).all() for side in units):
                places = (int(row), int(row) + n), (int(column), int(column) + m)
                yield _Moved(float(worth[row, column]), *places)


def _choose(candidates: Iterator[_Moved]) -> list[_Moved]:
    """Return the best of *candidates*, no unit in two."""
    taken: tuple[set[int], set[int]] = (set(), set())
    chosen = []
    for move in sorted(candidates, key=lambda move: (-move.worth, move.source, move.target)):
        units = set(range(*move.source)), set(range(*move.target))
        if not units[0] & taken[0] and not units[1] & taken[1]:
            chosen.append(move)
            taken[0].update(units[0])
            taken[1].update(units[1])
    return chosen


def _with_moved(links: list[Link], found: list[Link]) -> list[Link]:
    """Return *links* with those *found* in place of the gaps of their units."""
    by_source = {link.source[0]: link for link in found}
    taken = {unit for link in found for unit in link.target}
    later = {unit for link in found for unit in link.source[1:]}
    kept = []
    for link in links:
        if not link.target and link.source[0] in by_source:
            kept.append(by_source[link.source[0]])
        elif not link.is_gap or not (taken & set(link.target) or later & set(link.source)):
            kept.append(link)
    return kept
