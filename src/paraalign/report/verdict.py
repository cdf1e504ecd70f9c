"""Say in one line each what a report comes to: the verdict, the sizes, the counts."""

from collections import Counter
from collections.abc import Iterable

from paraalign.messages import Messages, messages_in
from paraalign.model import Document, Finding, Report, Severity
from paraalign.report.facing import label_of
from paraalign.report.parity import look_first, parity

__all__ = ["attention", "counts", "sizes", "verdict", "word_counts"]


def verdict(report: Report) -> str:
    """Return whether the two texts of *report* are versions of each other, with the similarity."""
    messages = messages_in(report.message_lang)
    share = messages.say("report.similarity", {"share": float(report.similarity)})
    key = "report.parallel" if report.parallel else "report.unrelated"
    return messages.say(key, {"similarity": share})


def attention(report: Report) -> str:
    """Return how much of the two texts of *report* is covered, and which clauses to look at first.

    "" where there is nothing to cover, and for texts that are no versions of each other.
    """
    share = parity(report).share
    if share is None or not report.parallel:
        return ""
    messages = messages_in(report.message_lang)
    said = messages.say("report.covered", {"share": share})
    links = [report.links.clauses[index] for index in look_first(report)]
    labels = [
        messages.clause(
            label_of(report.source, link.source) or label_of(report.target, link.target)
        )
        for link in links
    ]
    clauses = messages.series(labels)
    return f"{said} {messages.say('report.first', {'clauses': clauses})}" if labels else said


def sizes(document: Document, messages: Messages | None = None) -> str:
    """Return how many clauses, sentences and words *document* has, and where it starts.

    In the language of the *messages*, English without any.
    """
    say = (messages or messages_in("en")).say
    found = {
        "count.clause": len(document.leaves()),
        "count.sentence": len(document.sentences),
        "count.word": sum(not word.is_sign for word in document.words),
    }
    parts = [say(key, {"count": count}) for key, count in found.items()]
    start = [say("report.offset", {"place": document.offset})] if document.offset else []
    return ", ".join(parts + start)


def counts(findings: Iterable[Finding], messages: Messages | None = None) -> str:
    """Return how many *findings* there are, by severity, the gravest first.

    In the language of the *messages*, English without any.

    >>> counts([])
    'No finding.'
    """
    say = (messages or messages_in("en")).say
    found = Counter(finding.severity for finding in findings)
    if not found:
        return say("report.no-finding")
    parts = [
        say(f"count.{severity}", {"count": found[severity]})
        for severity in reversed(Severity)
        if found[severity]
    ]
    total = say("count.finding", {"count": found.total()})
    return say("report.found", {"findings": total, "severities": ", ".join(parts)})


def word_counts(document: Document) -> dict[int, int]:
    """Return how many words each leaf clause of *document* has, by index; signs do not count."""
    found = Counter(
        document.sentences[word.sentence].clause for word in document.words if not word.is_sign
    )
    return dict(found)
