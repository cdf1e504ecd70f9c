"""Write a report as a workbook that revisers work in.

Three sheets: the texts face to face, a row a clause, empty cells red; the findings, with a column
for the decision and one for a comment; the run. Panes are frozen, columns filter, text wraps.
Nothing is ever a formula, and the same report gives the same bytes.
"""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from paraalign.messages import Messages, messages_in
from paraalign.model import Report
from paraalign.report.decided import choices_in
from paraalign.report.facing import Row, facing, in_reading_order, label_of, text_of
from paraalign.report.legal import legal
from paraalign.report.parity import Parity, clause_parity
from paraalign.report.plain import plain
from paraalign.report.rows import finding_cells
from paraalign.report.verdict import counts, sizes, verdict

__all__ = ["dumps"]

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - any fixed date; workbooks know no time zone
CELL_SIZE = 32_767  # characters that a cell can hold, says Excel
TEXT_COLUMNS = (
    ("clause", 10),
    ("source", 60),
    ("target", 60),
    ("clause", 10),
    ("link", 7),
    ("parity", 8),
    ("findings-column", 12),
)
FINDING_COLUMNS = (
    ("no", 5),
    ("clause", 10),
    ("clause", 10),
    ("kind", 14),
    ("severity", 10),
    ("confidence", 11),
    ("source", 36),
    ("target", 36),
    ("message", 50),
    ("decision", 12),
    ("comment", 30),
    ("id", 22),
)
DECISION_COLUMN = 9
LINE = 15.0  # points
HIGHEST = 409.0  # points that a row can have, says Excel


def dumps(report: Report) -> bytes:
    """Return *report* as an XLSX workbook."""
    buffer = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, settings) as book:
        book.set_properties({"title": "paraalign report", "created": CREATED})
        styles = {
            "head": book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
            "gap": book.add_format({"bg_color": "#F8D0CC", "valign": "top"}),
            "share": book.add_format({"num_format": "0%", "valign": "top"}),
        }
        writers = {"texts": _write_texts, "findings": _write_findings, "run": _write_run}
        for name, write in writers.items():
            write(book.add_worksheet(_said(report).say(f"report.{name}")), report, styles)
    return buffer.getvalue()


def _write_texts(sheet: Worksheet, report: Report, styles: dict[str, Format]) -> None:
    _head(sheet, _titles(report, TEXT_COLUMNS), styles["head"])
    number = 1
    for linked in zip(facing(report), clause_parity(report), strict=True):
        if not linked[0].is_section:
            number = _write_row(sheet, report, linked, number, styles)
    sheet.autofilter(0, 0, max(number - 1, 1), len(TEXT_COLUMNS) - 1)


def _said(report: Report) -> Messages:
    return messages_in(report.message_lang)


def _write_row(
    sheet: Worksheet,
    report: Report,
    linked: tuple[Row, Parity],
    number: int,
    styles: dict[str, Format],
) -> int:
    """Write one row from line *number* on; return the next line. Long texts take several."""
    source, target, clause = report.source, report.target, _said(report).clause
    row, parity = linked
    sides = ((source, row.source), (target, row.target))
    texts = [_parts(text_of(doc, (doc.clauses[i].span for i in side))) for doc, side in sides]
    for extra in range(max(map(len, texts))):
        line = number + extra
        _write(sheet, line, 0, clause(label_of(source, row.source)), styles["wrap"])
        for column, parts in enumerate(texts, start=1):
            text = parts[extra] if extra < len(parts) else ""
            _write(sheet, line, column, text, styles["wrap" if parts[0] else "gap"])
        _write(sheet, line, 3, clause(label_of(target, row.target)), styles["wrap"])
        sheet.write_number(line, 4, row.link.score, styles["share"])
        if parity.share is not None:
            sheet.write_number(line, 5, parity.share, styles["share"])
        numbers = ", ".join(map(str, row.findings))
        _write(sheet, line, 6, numbers, styles["wrap"])
        shown = ["", *(parts[extra] if extra < len(parts) else "" for parts in texts)]
        sheet.set_row(line, _height([*shown, "", "", "", numbers], TEXT_COLUMNS))
    return number + max(map(len, texts))


def _write_findings(sheet: Worksheet, report: Report, styles: dict[str, Format]) -> None:
    _head(sheet, _titles(report, FINDING_COLUMNS), styles["head"])
    findings, said = in_reading_order(report), _said(report)
    for number, finding in enumerate(findings, start=1):
        identity, kind, severity, _, *labels, first, second, message, _ = finding_cells(
            report, finding
        )
        named = said.say(f"kind.{kind}"), said.say(f"severity.{severity}")
        cells = [*map(said.clause, labels), *named, "", first, second, message, "", ""]
        sheet.write_number(number, 0, number, styles["wrap"])
        for column, cell in enumerate([*cells, identity], start=1):
            _write(sheet, number, column, cell[:CELL_SIZE], styles["wrap"])
        sheet.write_number(number, 5, finding.confidence, styles["share"])
        sheet.set_row(number, _height(["", *cells], FINDING_COLUMNS))
    last = max(len(findings), 1)
    sheet.autofilter(0, 0, last, len(FINDING_COLUMNS) - 1)
    choice = {"validate": "list", "source": list(choices_in(said.lang))}
    sheet.data_validation(1, DECISION_COLUMN, last, DECISION_COLUMN, choice)


def _write_run(sheet: Worksheet, report: Report, styles: dict[str, Format]) -> None:
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 90)
    for number, (name, value) in enumerate(_run(report)):
        _write(sheet, number, 0, name, styles["head"])
        _write(sheet, number, 1, value, styles["wrap"])


def _run(report: Report) -> Iterator[tuple[str, str]]:
    said = _said(report)
    yield said.say("report.verdict"), verdict(report)
    yield said.say("report.findings-column"), counts(report.findings, said)
    for side, document in (("source", report.source), ("target", report.target)):
        name = document.path or said.say("report.text")
        size = sizes(document, said)
        yield said.say(f"report.{side}"), f"{name} ({document.lang}): {size}"
    for key, value in report.signature.items():
        yield str(key), str(plain(value))


def _titles(report: Report, columns: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    langs = {"source": report.source.lang, "target": report.target.lang}
    say = _said(report).say
    return [(langs.get(name) or say(f"report.{name}"), width) for name, width in columns]


def _head(sheet: Worksheet, columns: Sequence[tuple[str, int]], style: Format) -> None:
    for index, (name, width) in enumerate(columns):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, name, style)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    if text:
        sheet.write_string(row, column, legal(text), style)
    else:
        sheet.write_blank(row, column, None, style)


def _height(cells: Sequence[str], columns: Sequence[tuple[str, int]]) -> float:
    """Return how many points high a row of *cells* is; not every program works that out itself."""
    lines = [
        sum(max(ceil(len(line) / width), 1) for line in cell.splitlines() or [""])
        for cell, (_, width) in zip(cells, columns, strict=False)
    ]
    return min(max(lines) * LINE, HIGHEST)


def _parts(text: str) -> list[str]:
    """Return *text* in parts that a cell can hold; of "" one empty part."""
    return [text[at : at + CELL_SIZE] for at in range(0, len(text), CELL_SIZE)] or [""]
