"""Write a report as Markdown: the verdict, the findings, then the texts face to face."""

import re
from collections.abc import Iterable, Iterator

from paraalign.messages import messages_in
from paraalign.model import Finding, Report
from paraalign.report.facing import Row, facing, in_reading_order, label_of, text_of
from paraalign.report.rows import FINDING_COLUMNS, finding_cells
from paraalign.report.verdict import attention, counts, sizes, verdict

__all__ = ["dumps"]

BLANKS = re.compile(r"[ \t\n\r\f\v\x85\u2028\u2029]+")  # not those that typography sets


def dumps(report: Report) -> str:
    """Return *report* as Markdown, its tables as GitHub's Markdown has them."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    source, target, messages = report.source, report.target, messages_in(report.message_lang)
    yield f"# {_inline(verdict(report))}"
    yield ""
    for document in (source, target):
        name = document.path or messages.say("report.text")
        yield f"- {_inline(name)} ({document.lang}): {sizes(document, messages)}"
    yield f"- {counts(report.findings, messages)}"
    yield from (f"- {_inline(line)}" for line in (attention(report),) if line)
    yield from ("", f"## {messages.say('report.findings')}", "")
    for number, finding in enumerate(in_reading_order(report), start=1):
        yield from _finding(report, finding, number)
    yield from ("", f"## {messages.say('report.texts')}", "")
    yield f"| | {source.lang} | {target.lang} | | {messages.say('report.findings-column')} |"
    yield "|---|---|---|---|---|"
    for row in facing(report):
        if not row.is_section:
            yield _table_row(_cells(report, row))


def _finding(report: Report, finding: Finding, number: int) -> Iterator[str]:
    messages = messages_in(report.message_lang)
    cell = dict(zip(FINDING_COLUMNS, finding_cells(report, finding), strict=True))
    place = messages.clause(cell["source_label"] or cell["target_label"])
    label = _inline(place or messages.say("report.whole-text"))
    named = messages.named(str(finding.kind), str(finding.severity))
    kind = f"{named}, {messages.share(finding.confidence)}"
    yield f"{number}. **{label}** · {kind} · `{finding.id}`  "
    for lang, text in (
        (report.source.lang, cell["source_text"]),
        (report.target.lang, cell["target_text"]),
    ):
        yield f"   {lang}: {_inline(text) or '—'}  "
    yield f"   {_inline(finding.message)}"


def _cells(report: Report, row: Row) -> Iterable[str]:
    source, target, messages = report.source, report.target, messages_in(report.message_lang)
    yield messages.clause(label_of(source, row.source)) or "—"
    for document, clauses in ((source, row.source), (target, row.target)):
        yield text_of(document, (document.clauses[index].span for index in clauses)) or "—"
    yield messages.clause(label_of(target, row.target)) or "—"
    yield ", ".join(map(str, row.findings))


def _table_row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(_inline(cell) for cell in cells) + " |"


def _inline(text: str) -> str:
    """Return *text* on one line, with what Markdown or HTML would read as markup escaped."""
    flat = BLANKS.sub(" ", text).strip()
    escaped = re.sub(r"([\\`*_{}\[\]<>|~$])", r"\\\1", flat.replace("&", "&amp;"))
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+#])", r"\\\1", escaped))
