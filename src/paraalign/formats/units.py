"""Turn a report into translation units, as memories and exchange files know them.

A unit is a pair of texts: a sentence link where the text was cut into sentences, else a clause
link. Each knows its clause, its score and the findings that stand in it; none is dropped, a unit
with one empty side is a gap.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paraalign.model import Document, Finding, Report, Span
from paraalign.report.facing import Line, Row, facing, in_reading_order, label_of, text_of
from paraalign.report.marking import marks_by_span
from paraalign.report.stretches import Mark

__all__ = ["Group", "Unit", "groups", "note_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A pair of texts.

    Attributes:
        id: Stable within one report: "3.2" is the second unit of the third group.
        source: Clean text, "" in a gap.
        target: Likewise.
        score: Of the link, 0 to 1.
        findings: Those that stand in it.
        source_marks: Where they stand in *source*, numbered as they are, from 1; a point where
            something is missing.
        target_marks: Likewise in *target*.
    """

    id: str
    source: str
    target: str
    score: float
    findings: tuple[Finding, ...]
    source_marks: tuple[Mark, ...] = ()
    target_marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The units of one clause link.

    Attributes:
        id: Its place among the clause links, from 1.
        label: How a person names the clause; both sides where they differ.
        units: In order.
    """

    id: str
    label: str
    units: tuple[Unit, ...]


def groups(report: Report) -> Iterator[Group]:
    """Yield the clause links of *report* that hold text, each with its units, in order."""
    findings = in_reading_order(report)
    for number, row in enumerate(facing(report), start=1):
        if not row.is_section:
            found = [findings[index - 1] for index in row.findings]
            yield Group(
                id=str(number),
                label=_label(report, row),
                units=tuple(_units(report, row, number, found)),
            )


def note_of(finding: Finding) -> str:
    """Return *finding* in one line: kind, severity, confidence, message."""
    return f"{finding.kind} ({finding.severity}, {finding.confidence:.0%}): {finding.message}"


def _label(report: Report, row: Row) -> str:
    source, target = label_of(report.source, row.source), label_of(report.target, row.target)
    return (
        source
        if source == target or not target
        else target
        if not source
        else f"{source} | {target}"
    )


def _units(report: Report, row: Row, group: int, findings: list[Finding]) -> Iterator[Unit]:
    rest = list(findings)
    for number, line in enumerate(row.lines, start=1):
        is_last = number == len(row.lines)
        mine = [finding for finding in rest if is_last or _stands_in(finding, line)]
        rest = [finding for finding in rest if finding not in mine]
        yield Unit(
            id=f"{group}.{number}",
            source=text_of(report.source, line.source),
            target=text_of(report.target, line.target),
            score=line.score,
            findings=tuple(mine),
            source_marks=tuple(_marks(report.source, line.source, mine, "source")),
            target_marks=tuple(_marks(report.target, line.target, mine, "target")),
        )


def _marks(
    document: Document, spans: Sequence[Span], findings: Sequence[Finding], side: str
) -> Iterator[Mark]:
    """Yield the marks of *findings* in the text of *spans*, as `text_of` joins them."""
    found = marks_by_span(document, spans, findings, side=side)
    done = 0
    for span in spans:
        for number, start, end in found.get(span, ()):
            yield Mark(number, done + start, done + end)
        done += len(text_of(document, [span])) + 1


def _stands_in(finding: Finding, line: Line) -> bool:
    return _touches(finding.source, line.source) or _touches(finding.target, line.target)


def _touches(spans: tuple[Span, ...], lines: tuple[Span, ...]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in spans for b in lines)
