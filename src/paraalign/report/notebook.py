"""Show a report in a notebook's cell: the verdict, the sizes, the gravest findings.

A cell is no place for a whole page: it is stored with the notebook and shown between two others. So
it holds a few lines and one table, in a few kilobytes; `formats.write` gives the page.
"""

from collections.abc import Iterator

from paraalign.model import Finding, Report
from paraalign.report.facing import in_reading_order
from paraalign.report.plain import plain as as_plain
from paraalign.report.plain import shown
from paraalign.report.rows import FINDING_COLUMNS, finding_cells
from paraalign.report.templates import template
from paraalign.report.verdict import counts, sizes, verdict

__all__ = ["finding_html", "html", "mimebundle", "plain"]

SHOWN = 12  # findings in a cell
QUOTE = 120  # characters of a quote or message in a cell


def mimebundle(report: Report) -> dict[str, str]:
    """Return *report* as a notebook asks for it: by MIME type, HTML and plain text."""
    return {"text/html": html(report), "text/plain": plain(report)}


def plain(report: Report) -> str:
    """Return *report* in three lines."""
    sides = (report.source, report.target)
    names = "; ".join(f"{doc.path or 'text'} ({doc.lang}): {sizes(doc)}" for doc in sides)
    return "\n".join((verdict(report), names, counts(report.findings)))


def html(report: Report) -> str:
    """Return *report* as a piece of HTML for a cell: at most a dozen findings, gravest first."""
    gravest = sorted(in_reading_order(report), key=_weight)[:SHOWN]
    documents = [
        {"lang": document.lang, "name": document.path or "text", "sizes": sizes(document)}
        for document in (report.source, report.target)
    ]
    return template("cell.html.j2").render(
        parallel=report.parallel,
        verdict=verdict(report),
        documents=documents,
        counts=counts(report.findings),
        rows=[list(_cells(report, finding)) for finding in gravest],
        total=len(report.findings),
    )


def finding_html(finding: Finding) -> str:
    """Return one *finding* as a piece of HTML for a cell: what, how sure, why, on what evidence."""
    evidence = [(name, shown(as_plain(value))) for name, value in finding.evidence.items()]
    return template("finding.html.j2").render(finding=finding, evidence=evidence)


def _weight(finding: Finding) -> tuple[int, float]:
    return -int(finding.severity), -finding.confidence


def _cells(report: Report, finding: Finding) -> Iterator[str]:
    cell = dict(zip(FINDING_COLUMNS, finding_cells(report, finding), strict=True))
    yield cell["source_label"] or cell["target_label"] or "whole text"
    yield f"{cell['kind']}, {finding.confidence:.0%}"
    for name in ("severity", "source_text", "target_text", "message"):
        text = cell[name]
        yield text if len(text) <= QUOTE else text[: QUOTE - 1].rstrip() + "…"
