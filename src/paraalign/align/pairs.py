"""Whether the pairs that a file makes are pairs at all.

A catalogue of messages or a memory says itself what stands against what. To ask of it whether both
sides tell one story in one order, as of two texts, would be wrong: five hundred labels of buttons
do not, and are good pairs all the same; and one that slipped by a line tells the same story on both
sides. So only one thing is asked: how much of their words the pairs account for, beyond what
unrelated pairs of the same file would.

Good pairs of public catalogues account for .28 to .71, those shifted by a line for .00 to .23, and
where every second pair is wrong .15 to .48 (`benchmarks/accuracy/pairs.py`).
"""

from collections.abc import Iterable
from math import exp

from paraalign.align.comparison import Comparison
from paraalign.align.parity import Parity, chain_cover
from paraalign.model import Link

__all__ = ["measure_pairs"]

_PARALLEL = 0.5
_HALF = 0.18  # cover at which pairs are as likely as not
_SLOPE = 22.0
_FEW = 3  # pairs below which a file has too few others to hold each against


def measure_pairs(comparison: Comparison, links: Iterable[Link]) -> Parity:
    """Return whether *links*, one a sentence on each side, pair versions of each other.

    Where form is all there is to go by, which tells little of two languages, or where there are but
    one or two pairs, the file is believed.

    >>> from paraalign.model import Document
    >>> from paraalign.views import View
    >>> empty = Document(view=View.of(""), lang="fr")
    >>> measure_pairs(Comparison(empty, empty), []).parallel
    False
    """
    evidence = comparison.sentences.priced("parity", 1)
    pairs = [(link.source[0], link.target[0]) for link in links if not link.is_gap]
    if not pairs:
        return Parity(0.0, parallel=False)
    believed = comparison.sentences.kind == "form" or len(pairs) < _FEW
    half = 0.0 if believed else _HALF
    similarity = 1 / (1 + exp(_SLOPE * (half - chain_cover(evidence, pairs))))
    return Parity(round(similarity, 4), similarity >= _PARALLEL)
