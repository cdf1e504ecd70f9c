"""Lay two texts out face to face: a row a clause link, a line a sentence link inside it.

Every report that a person reads has the same bones: what stands beside what, where one side is
empty, and which findings belong to which row. Links and findings speak in indices; this module
turns them, once, into rows in reading order, so that page, terminal, table and spreadsheet agree.

>>> Line(source=(Span(0, 4),), target=(), score=0.8).is_gap
True
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from paraalign.model import Document, Finding, Link, Report, Span

__all__ = ["Line", "Row", "facing", "in_reading_order", "label_of", "text_of"]


@dataclass(frozen=True, slots=True)
class Line:
    """Sentences that stand beside each other; an empty side is a gap.

    Attributes:
        source: Spans of the source sentences, in order.
        target: Spans of the target sentences, in order.
        score: Of the sentence link, or of the clause link where a clause has no sentences.
    """

    source: tuple[Span, ...]
    target: tuple[Span, ...]
    score: float

    @property
    def is_gap(self) -> bool:
        """Whether one side is empty."""
        return not (self.source and self.target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One clause link, ready to be shown.

    Attributes:
        link: The clause link itself.
        source: Indices of its leaf clauses on the source side.
        target: Likewise on the target side.
        lines: What stands beside what inside it, in order.
        findings: Numbers of its findings (places in `in_reading_order`, from 1).
    """

    link: Link
    source: tuple[int, ...]
    target: tuple[int, ...]
    lines: tuple[Line, ...]
    findings: tuple[int, ...] = ()

    @property
    def is_gap(self) -> bool:
        """Whether it holds text on one side only."""
        return bool(self.source) != bool(self.target)

    @property
    def is_section(self) -> bool:
        """Whether it links sections only, which have no text of their own."""
        return not (self.source or self.target)


def facing(report: Report) -> tuple[Row, ...]:
    """Return the rows of *report*, one a clause link, in reading order."""
    lines = _lines_by_link(report)
    findings = _findings_by_link(report)
    return tuple(
        Row(
            link=link,
            source=_leaves(report.source, link.source),
            target=_leaves(report.target, link.target),
            lines=tuple(lines[index]),
            findings=tuple(findings[index]),
        )
        for index, link in enumerate(report.links.clauses)
    )


def in_reading_order(report: Report) -> tuple[Finding, ...]:
    """Return the findings of *report* by row; those about the texts as a whole come first."""
    home = _homes(report)
    return tuple(sorted(report.findings, key=lambda finding: _row_of(finding, home)))


def label_of(document: Document, clauses: Iterable[int]) -> str:
    """Return how a person names the leaf *clauses* of *document*, joined by " + "."""
    return " + ".join(document.clauses[index].label for index in clauses)


def text_of(document: Document, spans: Iterable[Span], *, joint: str = " ") -> str:
    """Return the clean text of *spans* of *document*, joined by *joint*.

    A stretch without clean text, such as a dropped tag, is shown as given.
    """
    return joint.join(document.read(span) or document.given(span) for span in spans)


def _leaves(document: Document, clauses: Sequence[int]) -> tuple[int, ...]:
    return tuple(index for index in clauses if document.is_leaf(index))


def _homes(report: Report) -> tuple[dict[int, int], dict[int, int]]:
    source, target = {}, {}
    for row, link in enumerate(report.links.clauses):
        source.update(dict.fromkeys(link.source, row))
        target.update(dict.fromkeys(link.target, row))
    return source, target


def _row_of(finding: Finding, home: tuple[dict[int, int], dict[int, int]]) -> int:
    source, target = home
    if finding.source_clause is not None and finding.source_clause in source:
        return source[finding.source_clause]
    if finding.target_clause is not None and finding.target_clause in target:
        return target[finding.target_clause]
    return -1


def _findings_by_link(report: Report) -> dict[int, list[int]]:
    home = _homes(report)
    found: dict[int, list[int]] = defaultdict(list)
    for number, finding in enumerate(in_reading_order(report), start=1):
        found[_row_of(finding, home)].append(number)
    return found


def _lines_by_link(report: Report) -> dict[int, list[Line]]:
    lines: dict[int, list[Line]] = defaultdict(list)
    for row, link in _placed(report):
        lines[row].append(
            Line(
                tuple(report.source.sentences[index].span for index in link.source),
                tuple(report.target.sentences[index].span for index in link.target),
                link.score,
            )
        )
    bare = _without_sentences(report.source), _without_sentences(report.target)
    for row, link in enumerate(report.links.clauses):
        source = tuple(bare[0][index] for index in link.source if index in bare[0])
        target = tuple(bare[1][index] for index in link.target if index in bare[1])
        lines[row] += [Line(source, target, link.score)] if source or target else []
    return lines


def _placed(report: Report) -> Iterable[tuple[int, Link]]:
    source, target = _homes(report)
    for link in report.links.sentences:
        if link.source:
            yield source.get(report.source.sentences[link.source[0]].clause, -1), link
        elif link.target:
            yield target.get(report.target.sentences[link.target[0]].clause, -1), link


def _without_sentences(document: Document) -> dict[int, Span]:
    """Return the leaf clauses of *document* that were not cut into sentences, with their spans."""
    cut = {sentence.clause for sentence in document.sentences}
    return {index: document.clauses[index].span for index in document.leaves() if index not in cut}
