"""The figures of the declaration do not drop: what benchmarks/README.md says of it still holds."""

from typing import Any

import pytest

import paraalign as pa
from paraalign.model import Finding, Report, Span

CONTENT = {"omission", "addition", "entity"}


@pytest.fixture(scope="module")
def report() -> Report:
    return pa.check(*pa.corpora.declaration())


def touches(finding: Finding, record: dict[str, Any]) -> bool:
    sides = ((finding.source, record["fr"]), (finding.target, record["vi"]))
    return any(
        span.start < gold.end and gold.start < span.end
        for spans, golds in sides
        for span in spans
        for gold in (Span(each["start"], each["end"]) for each in golds)
    )


def test_most_findings_touch_what_a_reviser_marked(report: Report) -> None:
    gold = pa.corpora.gold("divergences")
    touching = [f for f in report.findings if any(touches(f, record) for record in gold)]
    assert len(touching) / len(report.findings) >= 0.85


def test_most_of_what_both_revisers_marked_is_touched(report: Report) -> None:
    agreed = [
        record
        for record in pa.corpora.gold("divergences")
        if record["votes"] == 2 and record["kind"] in CONTENT
    ]
    found = [record for record in agreed if any(touches(f, record) for f in report.findings)]
    assert len(agreed) == 32
    assert len(found) >= 25


def test_the_list_stays_readable(report: Report) -> None:
    assert 60 <= len(report.findings) <= 130


def test_versions_of_one_structure_raise_no_structure(report: Report) -> None:
    assert not [finding for finding in report.findings if finding.kind == "structure"]
