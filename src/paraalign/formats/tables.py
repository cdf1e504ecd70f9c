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
from collections.abc import Iterable
from pathlib import PurePath

from paraalign.model import Document, Report
from paraalign.report.rows import document_rows, rows_of

__all__ = ["csv_text", "defused", "document_csv", "document_tsv", "table_named", "tsv_text"]

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
