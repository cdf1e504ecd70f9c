"""Say which findings mark which shown stretch of a document.

A finding has spans in the text as given; what is shown are sentences in their clean reading. This
module brings the two together for a whole document at once, so that a page of thousands of rows
costs one pass.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from paraalign.model import Document, Finding, Kind, Span
from paraalign.report.stretches import Mark, place, placed

__all__ = ["ONE_SIDED", "marks_by_span", "side_of"]

ONE_SIDED = (Kind.DEFECT, Kind.TRUNCATION)  # faults of one side, whatever the other says


def marks_by_span(
    document: Document, shown: Sequence[Span], findings: Sequence[Finding], *, side: str
) -> Mapping[Span, list[Mark]]:
    """Return the marks of each *shown* span, by span; marks are numbered as *findings*, from 1.

    Args:
        document: The document that the spans stand in.
        shown: What is shown of it: disjoint, in text order.
        findings: In the order that numbers them.
        side: "source" or "target": which spans of the findings count.
    """
    marks: dict[Span, list[Mark]] = defaultdict(list)
    starts, ends = [span.start for span in shown], [span.end for span in shown]
    for number, finding in enumerate(findings, start=1):
        for span in side_of(finding, side)[0]:
            first, last = bisect_right(ends, span.start), bisect_left(starts, span.end)
            cells = shown[first:last] or _nearest(shown, span)
            found = (placed(document, cell, number, span) for cell in cells)
            for cell, mark in zip(cells, found, strict=True):
                marks[cell] += [mark] if mark else []
    return marks


def side_of(finding: Finding, side: str) -> tuple[tuple[Span, ...], int | None]:
    """Return the spans of *finding* on one *side* and the clause they stand in.

    Where nothing corresponds, that is the empty span where the missing stretch would stand; but
    nothing is missing beside a fault of one side alone.
    """
    if side == "source":
        spans, point, clause = finding.source, finding.source_at, finding.source_clause
    else:
        spans, point, clause = finding.target, finding.target_at, finding.target_clause
    is_missing = point is not None and finding.kind not in ONE_SIDED
    return spans or ((Span(point or 0, point or 0),) if is_missing else ()), clause


def _nearest(shown: Sequence[Span], span: Span) -> Sequence[Span]:
    index = place(shown, span.start)
    if index is None or span.start < span.end:
        return ()
    return shown[index : index + 1]
