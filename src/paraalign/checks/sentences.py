"""Paragraphs whose sentences are not one for one, for houses that draft sentence for sentence.

>>> CHECKS[0].family
'sentence'
"""

from collections.abc import Iterator

from paraalign.checks.check import Check, finding
from paraalign.checks.context import Context, Side
from paraalign.model import Finding, Kind, Severity

__all__ = ["CHECKS", "find_uneven"]


def find_uneven(context: Context) -> Iterator[Finding]:
    """Yield each pair of linked clauses with more sentences on one side."""
    for pair in context.pairs:
        sentences = [
            [n for clause in pair.of(side) for n in context.sentences_of(side, clause)]
            for side in Side
        ]
        if len(sentences[0]) != len(sentences[1]) and all(sentences):
            ours, theirs = (
                context.messages.say("count.sentence", {"count": len(each)}) for each in sentences
            )
            spans = [
                tuple(context.documents[side].clauses[clause].span for clause in pair.of(side))
                for side in Side
            ]
            yield finding(
                check="sentence-count",
                kind=Kind.STRUCTURE,
                severity=Severity.MINOR,
                confidence=0.9,
                message=context.say(
                    "sentence-count", {"source_sentences": ours, "target_sentences": theirs}
                ),
                source=spans[0],
                target=spans[1],
            )


CHECKS = (
    Check(
        "sentence-count",
        Kind.STRUCTURE,
        Severity.MINOR,
        find_uneven,
    ),
)
