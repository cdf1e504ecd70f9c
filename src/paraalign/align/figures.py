"""Figures that contradict each other: two lines alike in all but their numbers are two lines.

Lists of articles, versions or advisories repeat one wording with other figures, and an encoder
takes 4105 for much the same as 4106. So figures count apart, and so do names of files and settings,
which are copied as they are: where both sides of a link have one that the other lacks, they
contradict. One on one side alone does not, since versions spell out numbers as they like.

>>> from paraalign.align.units import Side, Trait
>>> from paraalign.model import Span
>>> sides = [Side.of(lang, [f"CVE-2015-{n}"], [Trait()], [Span(0, 13)]) for lang, n in
...          (("fr", 4105), ("vi", 4106))]
>>> figures = Figures.of(*sides)
>>> [missing[0].tolist() for missing in figures.missing(np.array([0]), np.array([0]), 1)]
[[[1.0]], [[1.0]]]
"""

import re
from dataclasses import dataclass

import numpy as np

from paraalign.align.cover import Floats, Ints, gather, run_sums
from paraalign.align.units import Side

__all__ = ["Figures"]

_COPIED = re.compile(
    r"(?<![^\s(\[<])(?=[!-~]{6})(?=\S*[a-z])[a-z0-9.+-]*[/_][\w/.+-]*\w", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Figures:
    """The figures of two sides.

    Attributes:
        values: A number for each different figure, one after the other, both sides.
        bounds: Where the figures of each unit start, and the end, both sides.
    """

    values: tuple[Ints, Ints]
    bounds: tuple[Ints, Ints]

    @classmethod
    def of(cls, source: Side, target: Side) -> "Figures":
        """Return the figures in the words of *source* and *target*."""
        names: dict[str, int] = {}
        pairs = [_figures(side, names) for side in (source, target)]
        return cls(values=(pairs[0][0], pairs[1][0]), bounds=(pairs[0][1], pairs[1][1]))

    def missing(self, source: Ints, target: Ints, run: int) -> tuple[Floats, Floats]:
        """Return how many figures of each unit the runs of the other side lack, both ways.

        Shapes: (run lengths, source units, target units) and the mirror; see `run_sums`.
        """
        return _missing(self, 0, (source, target), run), _missing(self, 1, (target, source), run)


def _figures(side: Side, names: dict[str, int]) -> tuple[Ints, Ints]:
    values, counts = [], [0]
    for unit, text in enumerate(side.texts):
        words = side.words[side.bounds[unit] : side.bounds[unit + 1]]
        found = [word.text.lstrip("0") for word in words if word.text.isdigit()]
        found += [match.group() for match in _COPIED.finditer(text)]
        values += [names.setdefault(name, len(names)) for name in found]
        counts.append(len(values))
    return np.array(values, np.int64), np.array(counts, np.int64)


def _missing(figures: Figures, own: int, units: tuple[Ints, Ints], run: int) -> Floats:
    places, bounds = gather(figures.bounds[own], units[0])
    others, other_bounds = gather(figures.bounds[1 - own], units[1])
    values, found = figures.values[own][places], figures.values[1 - own][others]
    kinds, ids = np.unique(np.concatenate([values, found]), return_inverse=True)
    table = np.zeros((len(kinds), len(units[1])), np.float32)
    owners = np.repeat(np.arange(len(units[1])), np.diff(other_bounds))
    table[ids[len(values) :], owners] = 1.0
    weights = np.ones(len(values), np.float32)
    shared = run_sums(table[ids[: len(values)]], weights, bounds, run)
    return np.asarray(np.diff(bounds)[None, :, None] - shared)
