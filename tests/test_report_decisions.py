from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from report_builder import small_report

from paraalign import formats
from paraalign.errors import InputError
from paraalign.messages import message_langs
from paraalign.model import Report
from paraalign.report.decided import choices_in
from paraalign.report.decisions import Decisions, load_decisions, parse, without_rejected
from paraalign.report.facing import in_reading_order


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


def in_language(lang: str) -> Report:
    return replace(small_report(), signature={"options": {"message_lang": lang}})


def decide(path: Path, words: list[str]) -> None:
    book = openpyxl.load_workbook(path)
    for row, word in enumerate(words, start=2):
        book.worksheets[1].cell(row, 10).value = word
    book.save(path)


@pytest.mark.parametrize("lang", message_langs())
def test_decisions_in_the_workbook_are_read_in_any_language(tmp_path: Path, lang: str) -> None:
    report, path = in_language(lang), tmp_path / "report.xlsx"
    formats.write(report, path)
    decide(path, [*choices_in(lang), "", "reject"])
    read = load_decisions(path)
    ids = [finding.id for finding in in_reading_order(report)]
    expected = dict(zip(ids, ("accept", "reject", "intended"), strict=False)) | {ids[4]: "reject"}
    assert read.by_id == expected


def test_a_word_that_is_no_decision_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    formats.write(small_report(), path)
    decide(path, ["perhaps"])
    with pytest.raises(InputError, match="perhaps"):
        load_decisions(path)


def test_a_workbook_without_findings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(InputError, match="no sheet"):
        load_decisions(path)
    path.write_bytes(b"PK")
    with pytest.raises(InputError, match="no workbook"):
        load_decisions(path)
