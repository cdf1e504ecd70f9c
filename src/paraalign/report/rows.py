"""A report as rows of cells: its links, its findings, its clauses.

Tables on disk, sheets, data frames and notebooks all show the same columns; they are named here.

| table | rows |
|---|---|
| links | the clause links, each followed by the sentence links inside it |
| clauses, sentences | the links of one level |
| words | the word links |
| findings | the findings, in reading order |
"""

from collections.abc import Iterator

from paraalign.model import Document, Finding, Link, Report, Span
from paraalign.report.facing import Row, facing, in_reading_order, label_of, text_of

__all__ = [
    "CLAUSE_COLUMNS",
    "FINDING_COLUMNS",
    "LINK_COLUMNS",
    "WORD_COLUMNS",
    "document_rows",
    "finding_cells",
    "rows_of",
]

LINK_COLUMNS = (
    "level",
    "source",
    "target",
    "score",
    "source_label",
    "target_label",
    "source_text",
    "target_text",
)
WORD_COLUMNS = (
    "source_start",
    "source_end",
    "target_start",
    "target_end",
    "score",
    "source_text",
    "target_text",
)
FINDING_COLUMNS = (
    "id",
    "kind",
    "severity",
    "confidence",
    "source_label",
    "target_label",
    "source_text",
    "target_text",
    "message",
    "check",
)
CLAUSE_COLUMNS = (
    "index",
    "number",
    "label",
    "role",
    "level",
    "parent",
    "start",
    "end",
    "text",
)


def rows_of(report: Report, table: str) -> Iterator[tuple[str, ...]]:
    """Yield the header, then the rows, of one *table* of *report*."""
    if table == "findings":
        yield FINDING_COLUMNS
        for finding in in_reading_order(report):
            yield finding_cells(report, finding)
    elif table == "words":
        yield from _word_rows(report)
    else:
        yield LINK_COLUMNS
        yield from _link_rows(report, table)


def finding_cells(report: Report, finding: Finding) -> tuple[str, ...]:
    """Return one *finding* of *report* as cells, in the order of `FINDING_COLUMNS`."""
    source = [finding.source_clause] if finding.source_clause is not None else []
    target = [finding.target_clause] if finding.target_clause is not None else []
    return (
        finding.id,
        str(finding.kind),
        str(finding.severity),
        f"{finding.confidence:.2f}",
        label_of(report.source, source),
        label_of(report.target, target),
        text_of(report.source, finding.source, joint=" … "),
        text_of(report.target, finding.target, joint=" … "),
        finding.message,
        finding.check,
    )


def document_rows(document: Document) -> Iterator[tuple[str, ...]]:
    """Yield a header, then a row a clause of *document*, sections without text."""
    yield CLAUSE_COLUMNS
    for index, clause in enumerate(document.clauses):
        yield (
            str(index),
            clause.number or "",
            clause.label,
            str(clause.role),
            str(clause.level),
            "" if clause.parent is None else str(clause.parent),
            str(clause.span.start),
            str(clause.span.end),
            document.read(clause.span) if document.is_leaf(index) else "",
        )


def _link_rows(report: Report, table: str) -> Iterator[tuple[str, ...]]:
    if table == "sentences":
        yield from (_sentence_cells(report, link) for link in report.links.sentences)
        return
    inside = _sentence_links_by_row(report) if table == "links" else {}
    for index, row in enumerate(facing(report)):
        yield _clause_cells(report, row)
        yield from (_sentence_cells(report, link) for link in inside.get(index, ()))


def _sentence_links_by_row(report: Report) -> dict[int, list[Link]]:
    source = {index: row for row, link in enumerate(report.links.clauses) for index in link.source}
    target = {index: row for row, link in enumerate(report.links.clauses) for index in link.target}
    inside: dict[int, list[Link]] = {}
    for link in report.links.sentences:
        clauses = [source.get(report.source.sentences[index].clause) for index in link.source]
        clauses += [target.get(report.target.sentences[index].clause) for index in link.target]
        row = next((place for place in clauses if place is not None), -1)
        inside.setdefault(row, []).append(link)
    return inside


def _clause_cells(report: Report, row: Row) -> tuple[str, ...]:
    link, source, target = row.link, report.source, report.target
    texts = (
        text_of(source, (source.clauses[index].span for index in row.source)),
        text_of(target, (target.clauses[index].span for index in row.target)),
    )
    labels = label_of(source, link.source), label_of(target, link.target)
    return ("section" if row.is_section else "clause", *_ids(link), *labels, *texts)


def _sentence_cells(report: Report, link: Link) -> tuple[str, ...]:
    source = [report.source.sentences[index] for index in link.source]
    target = [report.target.sentences[index] for index in link.target]
    labels = (
        label_of(report.source, dict.fromkeys(sentence.clause for sentence in source)),
        label_of(report.target, dict.fromkeys(sentence.clause for sentence in target)),
    )
    texts = (
        text_of(report.source, (sentence.span for sentence in source)),
        text_of(report.target, (sentence.span for sentence in target)),
    )
    return ("sentence", *_ids(link), *labels, *texts)


def _ids(link: Link) -> tuple[str, str, str]:
    source, target = (" ".join(map(str, side)) for side in (link.source, link.target))
    return source, target, f"{link.score:.4f}"


def _word_rows(report: Report) -> Iterator[tuple[str, ...]]:
    yield WORD_COLUMNS
    for link in report.links.words:
        source, target = report.source.words[link.source], report.target.words[link.target]
        numbers = (*_ends(source.span), *_ends(target.span), f"{link.score:.4f}")
        yield (*numbers, source.text, target.text)


def _ends(span: Span) -> tuple[str, str]:
    return str(span.start), str(span.end)
