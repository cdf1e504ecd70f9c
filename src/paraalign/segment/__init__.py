"""From a reading to a document: clauses with their numbers, sentences, words."""

from paraalign.segment.clauses import Units, cut_words, segment

__all__ = ["Units", "cut_words", "segment"]
