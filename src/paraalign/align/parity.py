"""Whether two texts are versions of each other at all, and how much of them corresponds.

Any two texts can be linked somehow, and a list of thousand omissions helps no one who took the
wrong file. So before anything is reported, three things are asked of the links: how much of the
texts' words they account for beyond what unrelated runs of the same texts would, how many units
prefer their partner above all others, and whether these stand in one order. Versions of a text do
well in all three, however damaged; texts on one subject share words, but not their order.

>>> chance(Signs(cover=0.0, cosine=0.0, preferred=0.1, ordered=0.2)) < 0.1
True
"""

from dataclasses import dataclass
from math import exp
from typing import NamedTuple

import numpy as np

from paraalign.align.anchors import longest_chain
from paraalign.align.evidence import Evidence, weigh
from paraalign.align.units import sentence_side
from paraalign.encode.tokens import Tokens
from paraalign.lexicon.protocol import Lexicon
from paraalign.model import Bitext

__all__ = ["Parity", "Signs", "chance", "measure_parity", "read_signs"]

_PARALLEL = 0.5


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
        cosine: Mean cosine of linked units, by mass.
        preferred: Share of the units of the shorter text that are anchors.
        ordered: Share of the anchors that stand in one order.
    """

    cover: float
    cosine: float
    preferred: float
    ordered: float


def measure_parity(
    bitext: Bitext, *, tokens: tuple[Tokens, Tokens] | None, lexicon: Lexicon | None
) -> Parity:
    """Return whether the two documents of *bitext* are versions of each other.

    >>> from paraalign.model import Document, Links
    >>> from paraalign.views import View
    >>> empty = Document(view=View.of(""), lang="fr")
    >>> measure_parity(Bitext(empty, empty, Links()), tokens=None, lexicon=None).parallel
    False
    """
    signs = read_signs(bitext, tokens=tokens, lexicon=lexicon)
    found = chance(signs)
    return Parity(round(found, 4), found >= _PARALLEL)


def chance(signs: Signs) -> float:
    """Return the chance that texts with these *signs* are versions of each other.

    >>> chance(Signs(cover=0.3, cosine=0.4, preferred=0.8, ordered=1.0)) > 0.9
    True
    """
    total = 10 * signs.cover + 4 * signs.preferred * signs.ordered - 3
    return 1 / (1 + exp(-total))


def read_signs(
    bitext: Bitext, *, tokens: tuple[Tokens, Tokens] | None, lexicon: Lexicon | None
) -> Signs:
    """Return the signs that the sentences of *bitext* show."""
    sides = sentence_side(bitext.source), sentence_side(bitext.target)
    if not len(sides[0]) or not len(sides[1]):
        return Signs(0.0, 0.0, 0.0, 0.0)
    evidence = weigh(sides, tokens=tokens, lexicon=lexicon, preset="parity", run=1)
    chain = longest_chain(evidence.anchors)
    return Signs(
        cover=_chain_cover(evidence, chain),
        cosine=_chain_cosine(evidence, chain),
        preferred=len(evidence.anchors) / min(len(sides[0]), len(sides[1])),
        ordered=len(chain) / max(len(evidence.anchors), 1),
    )


def _chain_cover(evidence: Evidence, chain: list[tuple[int, int]]) -> float:
    """Return the raw coverage of the chain by mass of the shorter text."""
    if not chain:
        return 0.0
    rows, columns = np.array(chain).T
    excess = evidence.excess(rows, columns)
    covered = float(np.diagonal(excess.single()).sum()) / evidence.reliance.covers[0]
    return max(covered / float(2 * min(mass.sum() for mass in evidence.masses) + 1e-9), 0.0)


def _chain_cosine(evidence: Evidence, chain: list[tuple[int, int]]) -> float:
    if evidence.tokens is None or not chain:
        return 0.0
    rows, columns = np.array(chain).T
    pair = evidence.tokens.sums[0][rows], evidence.tokens.sums[1][columns]
    norms = np.linalg.norm(pair[0], axis=1) * np.linalg.norm(pair[1], axis=1)
    return float(((pair[0] * pair[1]).sum(axis=1) / np.maximum(norms, 1e-9)).mean())
