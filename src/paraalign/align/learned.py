"""Renderings that the two texts teach by themselves, where no lexicon knows their languages.

Two texts that are linked in first outline, by names, figures, cognates and lengths, are a small
parallel corpus. What stands in one link again and again renders each other, and with these
renderings the texts are linked once more (Moore 2002; Varga et al. 2005 for hunalign). Words are
taken by their first five letters, so that their endings do not part them, and translated by the
first model of Brown et al. (1993), both ways: a word that another one explains better is not
explained twice.

>>> from paraalign.align.units import Side, Trait
>>> from paraalign.model import Span
>>> texts = ["neige et camp", "neige bleue", "le camp"], ["Schnee und Lager", "Schnee", "das Lager"]
>>> sides = [Side.of(lang, unit, [Trait()] * 3, [Span(0, 1)] * 3)
...          for lang, unit in zip(("fr", "de"), texts)]
>>> found = learn_renderings(*sides, [Link((i,), (i,)) for i in range(3)])
>>> [(one.source, one.target) for one in found]
[('camp', 'lager'), ('neige', 'schne')]
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from paraalign.align.cover import Floats, Ints, gather
from paraalign.align.evidence import Evidence
from paraalign.align.lexical import Keys
from paraalign.align.units import Side
from paraalign.letters import unmarked
from paraalign.model import Link

__all__ = ["Rendering", "learn_renderings", "link_learning", "rendering_keys"]

_STEM = 5
_STEPS = 5
_FIRST_CHANCE = 0.1
_NULL = 0.02
_PRIOR = 0.3
_LEAST_CHANCE = 0.1
_LEAST_COUNT = 1.0
_LEAST_LINKS = 2
_MOST_LINKS = 4_000
_MOST_CELLS = 6_000


class Rendering(NamedTuple):
    """Two beginnings of words that render each other, and how surely, 0 to 1."""

    source: str
    target: str
    strength: float


class _Cells(NamedTuple):
    """All pairs of words that stand in one link.

    Attributes:
        links: The link. Shape of this and the others: (pairs of words,).
        stems: The stems of the two words, as numbers.
        tokens: The two words themselves, numbered over all links.
    """

    links: Ints
    stems: tuple[Ints, Ints]
    tokens: tuple[Ints, Ints]


def link_learning(evidence: Evidence, link: Callable[[Evidence], list[Link]]) -> list[Link]:
    """Return what *link* makes of *evidence*, and of what its own links teach, if need be.

    A second round teaches nothing more (Text+Berg, NTREX).
    """
    links = link(evidence)
    renderings = learn_renderings(*evidence.sides, links) if evidence.wording.teachable else []
    if not renderings:
        return links
    keys = rendering_keys(evidence.sides, renderings)
    return link(evidence.with_words(evidence.wording.words.extended(keys)))


def learn_renderings(source: Side, target: Side, links: Sequence[Link]) -> list[Rendering]:
    """Return what *links* between units of *source* and *target* teach, by stems.

    Of long texts at most 4,000 links are looked at, evenly spread.
    """
    names, ids = zip(*(_stems(side) for side in (source, target)), strict=True)
    cells = _cells((source, target), ids, links)
    pairs, which = np.unique(cells.stems[0] * len(names[1]) + cells.stems[1], return_inverse=True)
    stems = pairs // max(len(names[1]), 1), pairs % max(len(names[1]), 1)
    chances, counts = zip(
        *(_translate(which, stems[own], cells.tokens[1 - own]) for own in (0, 1)), strict=True
    )
    strengths = np.sqrt(chances[0] * chances[1])
    sure = (strengths >= _LEAST_CHANCE) & (np.minimum(*counts) >= _LEAST_COUNT)
    sure &= _link_counts(which, cells.links, len(pairs)) >= _LEAST_LINKS
    found = [
        Rendering(names[0][stems[0][at]], names[1][stems[1][at]], float(strengths[at]))
        for at in np.flatnonzero(sure)
    ]
    return sorted(found)


def rendering_keys(sides: tuple[Side, Side], renderings: Sequence[Rendering]) -> tuple[Keys, Keys]:
    """Return a key for each of *renderings* on the words of both *sides* that have its stems."""
    strengths = np.array([one.strength for one in renderings], np.float32)
    return (
        _places(sides[0], [one.source for one in renderings], strengths),
        _places(sides[1], [one.target for one in renderings], np.ones_like(strengths)),
    )


def _stems(side: Side) -> tuple[list[str], Ints]:
    """Return the stems of *side*, and the number of that of each word."""
    numbers: dict[str, int] = {}
    ids = [numbers.setdefault(unmarked(word.text)[:_STEM], len(numbers)) for word in side.words]
    return list(numbers), np.array(ids, np.int64)


def _cells(sides: tuple[Side, Side], ids: tuple[Ints, Ints], links: Sequence[Link]) -> _Cells:
    """Return the pairs of words of *links*; of all, or of as many as are enough."""
    chosen = [link for link in links if not link.is_gap]
    chosen = chosen[:: -(-len(chosen) // _MOST_LINKS) or 1]
    columns: list[tuple[Ints, ...]] = [(np.zeros(0, np.int64),) * 5]
    for number, link in enumerate(chosen):
        first, _ = gather(sides[0].bounds, np.array(link.source))
        second, _ = gather(sides[1].bounds, np.array(link.target))
        if len(first) * len(second) <= _MOST_CELLS:
            rows, others = np.repeat(first, len(second)), np.tile(second, len(first))
            numbers = np.full(len(rows), number)
            columns.append((numbers, ids[0][rows], ids[1][others], rows, others))
    found = [np.concatenate(column) for column in zip(*columns, strict=True)]
    return _Cells(found[0], (found[1], found[2]), (found[3], found[4]))


def _translate(which: Ints, given: Ints, tokens: Ints) -> tuple[Floats, Floats]:
    """Return how likely each pair's stem stands for the stem *given*, and how often it does.

    *which* says what pair each cell is, *tokens* which word of the other side it is to explain.
    """
    chances = np.full(len(given), _FIRST_CHANCE)
    counts = np.zeros(len(given))
    for _ in range(_STEPS):
        shares = chances[which]
        totals = np.bincount(tokens, shares) + _NULL
        counts = np.bincount(which, shares / totals[tokens], len(given)).astype(np.float64)
        chances = counts / (np.bincount(given, counts)[given] + _PRIOR)
    return chances, counts


def _link_counts(which: Ints, links: Ints, count: int) -> Ints:
    """Return in how many links each of *count* pairs stands."""
    step = int(links.max(initial=0)) + 1
    return np.bincount(np.unique(which * step + links) // step, minlength=count)


def _places(side: Side, wanted: Sequence[str], strengths: Floats) -> Keys:
    """Return the keys 0, 1, … on the words of *side* with the stems *wanted*."""
    names, ids = _stems(side)
    numbers = {name: number for number, name in enumerate(names)}
    order = np.argsort(ids, kind="stable")
    bounds = np.searchsorted(ids[order], np.arange(len(names) + 1))
    rows, inner = gather(bounds, np.array([numbers[stem] for stem in wanted], np.int64))
    places = order[rows]
    keys = np.repeat(np.arange(len(wanted)), np.diff(inner))
    units = np.searchsorted(side.bounds, places, side="right") - 1
    return Keys(units, places, keys, strengths[keys])
