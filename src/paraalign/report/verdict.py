"""Say in one line each what a report comes to: the verdict, the sizes, the counts."""

from collections import Counter
from collections.abc import Iterable

from paraalign.model import Document, Finding, Report, Severity

__all__ = ["counts", "sizes", "verdict", "word_counts"]


def verdict(report: Report) -> str:
    """Return whether the two texts of *report* are versions of each other, with the similarity."""
    share = f"similarity {report.similarity:.0%}"
    if report.parallel:
        return f"Two versions of one text ({share})."
    return f"The two texts are not versions of each other ({share})."


def sizes(document: Document) -> str:
    """Return how many clauses, sentences and words *document* has, and where it starts."""
    words = sum(not word.is_sign for word in document.words)
    parts = [
        _count(len(document.leaves()), "clause"),
        _count(len(document.sentences), "sentence"),
        _count(words, "word"),
    ]
    start = f"from character {document.offset:,} of the file" if document.offset else ""
    return ", ".join([*parts, start] if start else parts)


def counts(findings: Iterable[Finding]) -> str:
    """Return how many *findings* there are, by severity, the gravest first.

    >>> counts([])
    'No finding.'
    """
    found = Counter(finding.severity for finding in findings)
    if not found:
        return "No finding."
    parts = [f"{found[severity]} {severity}" for severity in reversed(Severity) if found[severity]]
    return f"{_count(found.total(), 'finding')}: {', '.join(parts)}."


def word_counts(document: Document) -> dict[int, int]:
    """Return how many words each leaf clause of *document* has, by index; signs do not count."""
    found = Counter(
        document.sentences[word.sentence].clause for word in document.words if not word.is_sign
    )
    return dict(found)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
