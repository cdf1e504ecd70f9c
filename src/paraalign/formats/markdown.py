"""Write a report as Markdown: the verdict, the findings, then the texts face to face."""

import re
from collections.abc import Iterable, Iterator

from paraalign.model import Finding, Report
from paraalign.report.facing import Row, facing, in_reading_order, label_of, text_of
from paraalign.report.rows import FINDING_COLUMNS, finding_cells
from paraalign.report.verdict import counts, sizes, verdict

__all__ = ["dumps"]


def dumps(report: Report) -> str:
    """Return *report* as Markdown, its tables as GitHub's Markdown has them."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    source, target = report.source, report.target
    yield f"# {_inline(verdict(report))}"
    yield ""
    for document in (source, target):
        yield f"- {_inline(document.path or 'text')} ({document.lang}): {sizes(document)}"
    yield f"- {counts(report.findings)}"
    yield from ("", "## Findings", "")
    for number, finding in enumerate(in_reading_order(report), start=1):
        yield from _finding(report, finding, number)
    yield from ("", "## Texts", "")
    yield f"| | {source.lang} | {target.lang} | | findings |"
    yield "|---|---|---|---|---|"
    for row in facing(report):
        if not row.is_section:
            yield _table_row(_cells(report, row))


def _finding(report: Report, finding: Finding, number: int) -> Iterator[str]:
    cell = dict(zip(FINDING_COLUMNS, finding_cells(report, finding), strict=True))
    label = _inline(cell["source_label"] or cell["target_label"] or "whole text")
    kind = f"{finding.severity} {finding.kind}, {finding.confidence:.0%}"
    yield f"{number}. **{label}** · {kind} · `{finding.id}`  "
    for lang, text in (
        (report.source.lang, cell["source_text"]),
        (report.target.lang, cell["target_text"]),
    ):
        yield f"   {lang}: {_inline(text) or '—'}  "
    yield f"   {_inline(finding.message)}"


def _cells(report: Report, row: Row) -> Iterable[str]:
    source, target = report.source, report.target
    yield label_of(source, row.source) or "—"
    for document, clauses in ((source, row.source), (target, row.target)):
        yield text_of(document, (document.clauses[index].span for index in clauses)) or "—"
    yield label_of(target, row.target) or "—"
    yield ", ".join(map(str, row.findings))


def _table_row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(_inline(cell) for cell in cells) + " |"


def _inline(text: str) -> str:
    """Return *text* on one line, with what Markdown or HTML would read as markup escaped."""
    flat = " ".join(text.split())
    escaped = re.sub(r"([\\`*_{}\[\]<>|~$])", r"\\\1", flat.replace("&", "&amp;"))
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+#])", r"\\\1", escaped))
