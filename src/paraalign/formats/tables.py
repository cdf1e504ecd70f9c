r"""Write links and findings as tables: TSV for programs, CSV for spreadsheets.

A table holds one kind of thing, and the name of the file says which: `findings.tsv` (or
`pair-findings.tsv`) holds the findings, `clauses.tsv` and `sentences.tsv` the links of one level,
`words.tsv` the word links; any other name, `links.tsv` first of all, holds the clause links, each
followed by the sentence links inside it. A gap is a row with one side empty.

In TSV, tabs and line ends inside a text become blanks and nothing else is changed. CSV is opened in
spreadsheets, which run what looks like a formula: such a cell is written behind an apostrophe.

>>> table_named("out/pair-findings")
'findings'
>>> table_named("report")
'links'
>>> defused("=1+1"), defused("-3,5 %"), defused("-3.5"), defused("trois")
("'=1+1", "'-3,5 %", '-3.5', 'trois')
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from paraalign.model import Document, Finding, Link, Report, Span
from paraalign.report.facing import Row, facing, in_reading_order, label_of, text_of

__all__ = [
    "FINDING_COLUMNS",
    "LINK_COLUMNS",
    "csv_text",
    "defused",
    "document_csv",
    "document_rows",
    "document_tsv",
    "finding_cells",
    "rows_of",
    "table_named",
    "tsv_text",
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
TABLES = ("findings", "clauses", "sentences", "words")


def table_named(stem: str) -> str:
    """Return which table a file whose name without ending is *stem* holds."""
    words = re.split(r"[^a-z]+", PurePath(stem).name.lower())
    return next((table for table in TABLES if table in words), "links")


def tsv_text(report: Report, table: str = "links") -> str:
    """Return one *table* of *report* as TSV: a header, then a row a line."""
    return _tsv(rows_of(report, table))


def csv_text(report: Report, table: str = "links") -> str:
    """Return one *table* of *report* as CSV (RFC 4180), cells safe for spreadsheets."""
    return _csv(rows_of(report, table))


def document_tsv(document: Document) -> str:
    """Return the clauses of one *document* as TSV."""
    return _tsv(document_rows(document))


def document_csv(document: Document) -> str:
    """Return the clauses of one *document* as CSV, cells safe for spreadsheets."""
    return _csv(document_rows(document))


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


def defused(cell: str) -> str:
    """Return *cell* so that no spreadsheet runs it as a formula; plain numbers stay."""
    is_number = re.fullmatch(r"[+-]?\d+(\.\d+)?", cell) is not None
    return (
        "'" + cell if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not is_number else cell
    )


def _tsv(rows: Iterable[tuple[str, ...]]) -> str:
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)


def _csv(rows: Iterable[tuple[str, ...]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([defused(cell) for cell in row] for row in rows)
    return buffer.getvalue()


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
