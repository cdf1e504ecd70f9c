"""From a reading to a document: clauses with their numbers, sentences, words."""

from paraalign.segment.clauses import Units, segment

__all__ = ["Units", "segment"]
