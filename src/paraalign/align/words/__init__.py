"""Word links: which word of one version renders which of the other, and which render none."""

from paraalign.align.words.evidence import WordEvidence
from paraalign.align.words.links import WordTable, link_words, word_tables

__all__ = ["WordEvidence", "WordTable", "link_words", "word_tables"]
