"""Show one clause and its counterpart: what a reader turns over in a notebook.

A report holds indices and spans; a clause pair holds the two texts of one row, with the findings on
it, and shows itself in a cell.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from paraalign.model import Document, Finding, Report, Span
from paraalign.report.facing import Row, facing, in_reading_order, label_of, text_of
from paraalign.report.marking import marks_by_span
from paraalign.report.parity import Parity, clause_parity
from paraalign.report.stretches import cut
from paraalign.report.templates import template

__all__ = ["ClausePair", "clause_pairs"]


@dataclass(frozen=True, slots=True)
class ClausePair:
    """A clause link with its texts.

    Attributes:
        label: How a person names the clause; of the target where it has no source.
        source: Clean text, "" where the clause has no counterpart.
        target: Likewise.
        score: Of the link, 0 to 1.
        parity: How far the two sides cover each other; its `need` tells where to look first.
        findings: Those that stand in it, in text order.
    """

    label: str
    source: str
    target: str
    score: float
    parity: Parity
    findings: tuple[Finding, ...]
    _report: Report = field(repr=False, compare=False)
    _row: Row = field(repr=False, compare=False)

    @property
    def is_gap(self) -> bool:
        """Whether one side is empty."""
        return self._row.is_gap

    def _repr_html_(self) -> str:
        """Show both texts with their findings in a notebook's cell."""
        return template("pair.html.j2").render(
            label=self.label,
            score=self.score,
            is_gap=self.is_gap,
            sides=[self._side("source"), self._side("target")],
            findings=self.findings,
        )

    def _side(self, side: str) -> dict[str, Any]:
        document = self._report.source if side == "source" else self._report.target
        spans = [
            span
            for line in self._row.lines
            for span in (line.source if side == "source" else line.target)
        ]
        return {"lang": document.lang, "pieces": list(self._pieces(document, spans, side))}

    def _pieces(
        self, document: Document, spans: list[Span], side: str
    ) -> Iterator[tuple[str, str]]:
        marks = marks_by_span(document, sorted(spans), self.findings, side=side)
        for span in spans:
            for stretch in cut(document.read(span), marks.get(span, ())):
                yield stretch.text, ", ".join(map(str, stretch.marks))
            yield " ", ""


def clause_pairs(report: Report) -> tuple[ClausePair, ...]:
    """Return the clauses of *report* that hold text, each with its counterpart, in text order."""
    findings = in_reading_order(report)
    return tuple(
        _pair(report, row, parity, tuple(findings[number - 1] for number in row.findings))
        for row, parity in zip(facing(report), clause_parity(report), strict=True)
        if not row.is_section
    )


def _pair(report: Report, row: Row, parity: Parity, findings: tuple[Finding, ...]) -> ClausePair:
    source, target = report.source, report.target
    return ClausePair(
        label=label_of(source, row.source) or label_of(target, row.target),
        source=text_of(source, (source.clauses[index].span for index in row.source)),
        target=text_of(target, (target.clauses[index].span for index in row.target)),
        score=row.link.score,
        parity=parity,
        findings=findings,
        _report=report,
        _row=row,
    )
