"""Show a report in a notebook's cell: the verdict, the sizes, the gravest and surest findings.

A cell is no place for a whole page: it is stored with the notebook and shown between two others. So
it holds a few lines and one table, in a few kilobytes; `formats.write` gives the page.
"""

from collections.abc import Iterator

from paraalign.messages import messages_in
from paraalign.model import Finding, Report
from paraalign.report.facing import in_reading_order
from paraalign.report.overview import rank
from paraalign.report.plain import plain as as_plain
from paraalign.report.plain import shown
from paraalign.report.rows import FINDING_COLUMNS, finding_cells
from paraalign.report.templates import template
from paraalign.report.verdict import attention, counts, sizes, verdict

__all__ = ["finding_html", "html", "mimebundle", "plain"]

SHOWN = 12  # findings in a cell
COLUMNS = ("clause", "kind", "severity")  # before those of the two texts and of the message
QUOTE = 120  # characters of a quote or message in a cell


def mimebundle(report: Report) -> dict[str, str]:
    """Return *report* as a notebook asks for it: by MIME type, HTML and plain text."""
    return {"text/html": html(report), "text/plain": plain(report)}


def plain(report: Report) -> str:
    """Return *report* in three lines."""
    messages = messages_in(report.message_lang)
    names = "; ".join(
        f"{doc.path or messages.say('report.text')} ({doc.lang}): {sizes(doc, messages)}"
        for doc in (report.source, report.target)
    )
    return "\n".join((verdict(report), names, counts(report.findings, messages)))


def html(report: Report) -> str:
    """Return *report* as a piece of HTML for a cell: a dozen findings at most, by `rank`."""
    gravest = sorted(in_reading_order(report), key=rank)[:SHOWN]
    messages = messages_in(report.message_lang)
    documents = [
        {
            "lang": document.lang,
            "name": document.path or messages.say("report.text"),
            "sizes": sizes(document, messages),
        }
        for document in (report.source, report.target)
    ]
    return template("cell.html.j2").render(
        parallel=report.parallel,
        verdict=verdict(report),
        attention=attention(report),
        documents=documents,
        columns=[messages.say(f"report.{name}") for name in (*COLUMNS, "message")],
        counts=counts(report.findings, messages),
        some=messages.say("report.gravest", {"shown": len(gravest), "count": len(report.findings)}),
        rows=[list(_cells(report, finding)) for finding in gravest],
    )


def finding_html(finding: Finding) -> str:
    """Return one *finding* as a piece of HTML for a cell: what, how sure, why, on what evidence."""
    evidence = [(name, shown(as_plain(value))) for name, value in finding.evidence.items()]
    return template("finding.html.j2").render(finding=finding, evidence=evidence)


def _cells(report: Report, finding: Finding) -> Iterator[str]:
    messages = messages_in(report.message_lang)
    cell = dict(zip(FINDING_COLUMNS, finding_cells(report, finding), strict=True))
    label = messages.clause(cell["source_label"] or cell["target_label"])
    yield label or messages.say("report.whole-text")
    yield f"{messages.say(f'kind.{finding.kind}')}, {messages.share(finding.confidence)}"
    yield messages.say(f"severity.{finding.severity}")
    for name in ("source_text", "target_text", "message"):
        text = cell[name]
        yield text if len(text) <= QUOTE else text[: QUOTE - 1].rstrip() + "…"
