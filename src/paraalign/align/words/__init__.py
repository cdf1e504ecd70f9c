"""Word links: which word of one version renders which of the other, and which render none."""

from paraalign.align.words.links import WordTable, link_words, word_tables

__all__ = ["WordTable", "link_words", "word_tables"]
