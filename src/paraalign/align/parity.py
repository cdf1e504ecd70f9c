"""Whether two texts are versions of each other at all, and how much of them corresponds.

Any two texts can be linked somehow, and a list of thousand omissions helps no one who took the
wrong file. So before anything is reported, three things are asked of the links: how much of the
texts' words they account for beyond what unrelated runs of the same texts would, how many units
prefer their partner above all others, and whether these stand in one order. Versions of a text do
well in all three, however damaged; texts on one subject share words, but not their order.

>>> chance(Signs(cover=0.0, preferred=0.1, ordered=0.2, balance=1.0), "lexicon") < 0.1
True
"""

from dataclasses import dataclass
from math import exp, sqrt
from typing import NamedTuple

import numpy as np

from paraalign.align.anchors import longest_chain
from paraalign.align.comparison import Comparison
from paraalign.align.evidence import Evidence
from paraalign.align.units import Side

__all__ = ["Parity", "Signs", "chain_cover", "chance", "measure_parity", "read_signs"]

_PARALLEL = 0.5
_MOST_PAIRS = 512
_PAIRS = 16
_DIGITS = 3
_FEWEST_FIGURES = 4
_USUAL_FIGURES = 0.6
_HALF_KNOWN = 10
_WEIGHTS = {
    "encoder+lexicon": (11.82, 0.0, 2.12, 2.29, -4.51),
    "encoder": (10.71, 0.0, 1.99, 3.28, -3.99),
    "lexicon": (11.69, 3.85, 5.29, 3.35, -8.54),
    "form": (6.09, 3.39, 9.87, 5.02, -8.20),
}
"""Of cover, preference in order, balance, figures in common; and the constant."""


@dataclass(frozen=True, slots=True)
class Parity:
    """The verdict on two texts.

    Attributes:
        similarity: How much of the two texts corresponds, 0 to 1.
        parallel: Whether they are versions of each other.
    """

    similarity: float
    parallel: bool


class Signs(NamedTuple):
    """What speaks for two texts being versions of each other; each 0 to about 1.

    Attributes:
        cover: Share of the words that linked units render of each other beyond chance.
        preferred: Share of the units of the shorter text that are anchors.
        ordered: Share of the anchors that stand in one order.
        balance: Size of the smaller text in terms of the larger, or of their counts of sentences.
        figures: Share of the figures of three digits and more that both have, of the text with
            fewer; or None where it has too few to tell.
        known: How much text there is to go by: a text of ten words counts half.
    """

    cover: float
    preferred: float
    ordered: float
    balance: float
    figures: float | None = None
    known: float = 1.0


def measure_parity(comparison: Comparison) -> Parity:
    """Return whether the two documents of *comparison* are versions of each other.

    >>> from paraalign.model import Document
    >>> from paraalign.views import View
    >>> empty = Document(view=View.of(""), lang="fr")
    >>> measure_parity(Comparison(empty, empty)).parallel
    False
    """
    found = chance(read_signs(comparison), comparison.sentences.kind)
    return Parity(round(found, 4), found >= _PARALLEL)


def chance(signs: Signs, evidence: str) -> float:
    """Return the chance that texts with these *signs* are versions of each other.

    *evidence* is the kind at hand (see `load_weights`). The weights are those of a logistic
    regression over every second of 71 documents and stretches of one to five units of them, held
    against their own version, intact and damaged, and against other texts of the same makers. By
    form alone, two texts of different scripts can only be told by their figures and sizes. A few
    words say little either way, so what they say is drawn to an even chance.

    >>> chance(Signs(cover=0.4, preferred=0.8, ordered=1.0, balance=1.0), "lexicon") > 0.9
    True
    """
    cover, order, balance, figures, constant = _WEIGHTS[evidence]
    total = constant + cover * signs.cover + balance * signs.balance
    total += order * signs.preferred * signs.ordered
    if signs.figures is not None:
        total += figures * (signs.figures - _USUAL_FIGURES)
    return 1 / (1 + exp(-total * signs.known))


def read_signs(comparison: Comparison) -> Signs:
    """Return the signs that the sentences of *comparison* show."""
    evidence = comparison.sentences.priced("parity", 1)
    sides = evidence.sides
    if not len(sides[0]) or not len(sides[1]):
        return Signs(0.0, 0.0, 0.0, 0.0)
    chain = longest_chain(evidence.anchors)
    return Signs(
        cover=chain_cover(evidence, chain),
        preferred=len(evidence.anchors) / min(len(sides[0]), len(sides[1])),
        ordered=len(chain) / max(len(evidence.anchors), 1),
        balance=_balance(*sides),
        figures=_shared_figures(*sides),
        known=_known(*sides),
    )


def _balance(source: Side, target: Side) -> float:
    sizes = sorted((float(source.lengths.sum()), float(target.lengths.sum())))
    counts = sorted((len(source), len(target)))
    return min((sizes[0] + 1) / (sizes[1] + 1), counts[0] / counts[1])


def _known(source: Side, target: Side) -> float:
    fewer = min(len(source.words), len(target.words))
    return fewer / (fewer + _HALF_KNOWN)


def _shared_figures(source: Side, target: Side) -> float | None:
    """Return the share of figures in common, None where one side has fewer than four."""
    pair = _figures(source), _figures(target)
    fewer = min(len(pair[0]), len(pair[1]))
    return len(pair[0] & pair[1]) / fewer if fewer >= _FEWEST_FIGURES else None


def _figures(side: Side) -> set[str]:
    return {word.text for word in side.words if word.text.isdigit() and len(word.text) >= _DIGITS}


def chain_cover(evidence: Evidence, chain: list[tuple[int, int]]) -> float:
    """Return the raw coverage of the chain by the mean mass of the texts."""
    if not chain:
        return 0.0
    sample = [chain[n] for n in range(0, len(chain), -(-len(chain) // _MOST_PAIRS))]
    total = 0.0
    for first in range(0, len(sample), _PAIRS):
        rows, columns = np.array(sample[first : first + _PAIRS]).T
        total += float(np.diagonal(evidence.excess(rows, columns).single()).sum())
    covered = total * len(chain) / len(sample) / evidence.reliance.covers[0]
    source, target = (float(mass.sum()) for mass in evidence.masses)
    return max(covered / (2 * sqrt(source * target) + 1e-9), 0.0)
