from pathlib import Path

import pytest
from report_builder import small_report

from paraalign.errors import InputError
from paraalign.report.decisions import Decisions, load_decisions, parse, without_rejected


def test_rejected_and_intended_findings_go_and_are_counted() -> None:
    report = small_report()
    first, second, third = (finding.id for finding in report.findings[:3])
    decided = Decisions({first: "reject", second: "intended", third: "accept"})
    left = without_rejected(report, decided)
    assert {finding.id for finding in left.findings} == {f.id for f in report.findings[2:]}
    assert left.signature["decisions"] == {"rejected": 2}


def test_decisions_on_other_texts_change_nothing() -> None:
    report = small_report()
    assert without_rejected(report, Decisions({"other": "reject"})).findings == report.findings


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"schema": "paraalign.decisions/2", "decisions": {}}',
        '{"schema": "paraalign.decisions/1", "decisions": []}',
        '{"schema": "paraalign.decisions/1", "decisions": {"a": {"decision": "maybe"}}}',
        '{"schema": "paraalign.decisions/1", "decisions": {"a": "reject"}}',
    ],
)
def test_what_holds_no_decisions_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe{"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "decisions.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError):
        load_decisions(path)
