"""What corresponds to what: clauses, sentences and words of two versions, and what stands alone."""

from paraalign.align.clauses import link_clauses
from paraalign.align.comparison import Comparison
from paraalign.align.options import AlignOptions
from paraalign.align.pairs import measure_pairs
from paraalign.align.parity import Parity, measure_parity
from paraalign.align.sentences import link_sentences
from paraalign.align.words import WordEvidence, link_words

__all__ = [
    "AlignOptions",
    "Comparison",
    "Parity",
    "WordEvidence",
    "link_clauses",
    "link_sentences",
    "link_words",
    "measure_pairs",
    "measure_parity",
]
