"""Reports are scored as by hand; a perfect one reaches 1 and an empty one nothing."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import build_document
from hypothesis import given
from hypothesis import strategies as st

import paraalign
from paraalign import Options, corpora
from paraalign.cli import main
from paraalign.errors import InputError, OptionError
from paraalign.evaluate import Evaluation, evaluate, read_report
from paraalign.evaluate.divergences import FindingFigures
from paraalign.model import (
    Bitext,
    Finding,
    Kind,
    Link,
    Links,
    Report,
    Severity,
    Span,
    WordLink,
)

SOURCE = ("Un deux trois quatre.", "Cinq six sept huit.")
TARGET = ("Một hai ba bốn.", "Năm sáu bảy tám.")


def report_of(
    found: Sequence[tuple[str, str, str]], links: Sequence[tuple[str, str]] = ()
) -> Report:
    """Return a report of findings, each a kind and a quote of either side ("" for none)."""
    documents = build_document(SOURCE, "fr"), build_document(TARGET, "vi")
    clauses = tuple(Link((n,), (n,)) for n in (0, 1))
    words = [
        WordLink(word_at(documents[0], source), word_at(documents[1], target), 0.9)
        for source, target in links
    ]
    findings = tuple(
        Finding(
            kind=Kind(kind),
            severity=Severity.MAJOR,
            confidence=0.5 + 0.1 * n,
            message="",
            check=f"coverage-{kind}",
            source=span_of(documents[0].text, source),
            target=span_of(documents[1].text, target),
        )
        for n, (kind, source, target) in enumerate(found)
    )
    bitext = Bitext(*documents, Links(clauses, clauses, tuple(words)))
    return Report(bitext=bitext, findings=findings, parallel=True, similarity=1.0, signature={})


def span_of(text: str, quote: str) -> tuple[Span, ...]:
    start = text.index(quote)
    return (Span(start, start + len(quote)),) if quote else ()


def word_at(document: paraalign.Document, text: str) -> int:
    return [word.text for word in document.words].index(text)


def record(kind: str, source: str, target: str, votes: int = 2) -> dict[str, Any]:
    return {"kind": kind, "severity": "major", "fr": source, "vi": target, "votes": votes}


def group(evaluation: Evaluation, name: str) -> FindingFigures:
    return next(each for each in evaluation.findings if each.group == name)


def test_words_are_scored_as_by_hand() -> None:
    report = report_of([("omission", "deux trois", ""), ("omission", "six", "")])
    found = evaluate(report, [record("omission", "trois quatre", ""), record("number", "huit", "")])
    words = found.words[0]
    assert (words.words, words.marked) == (8, 3)  # signs are not judged
    assert (words.precision, words.recall) == (1 / 3, 1 / 3)
    assert words.f1 == pytest.approx(1 / 3)
    # ranked: six (.6), then deux and trois (.5), then the five others, all without a link
    assert words.average_precision == pytest.approx((1 * (1 / 3) + 2 * (3 / 8)) / 3)
    assert words.best_f1 == pytest.approx(6 / 11)  # all eight words
    assert words.area_under_curve == pytest.approx((3.5 + 1.5 + 1.5) / 15)
    assert words.baseline_precision == 3 / 8
    assert words.baseline_f1 == pytest.approx(6 / 11)


def test_a_side_without_marks_has_no_figures_to_speak_of() -> None:
    found = evaluate(report_of([]), [record("omission", "trois", "")])
    assert found.words[1].average_precision is None
    assert found.words[1].baseline_f1 is None


def test_want_of_a_link_ranks_words_without_a_finding() -> None:
    linked = [("Un", "Một"), ("deux", "hai"), ("quatre", "bốn")]
    linked += [("Cinq", "Năm"), ("six", "sáu"), ("sept", "bảy"), ("huit", "tám")]
    found = evaluate(report_of([], linked), [record("omission", "trois", "")])
    assert found.words[0].average_precision == 1
    assert found.words[0].recall == 0


def test_given_doubts_rank_the_words() -> None:
    report = report_of([])
    doubts = tuple(
        [float(word.text == "trois") for word in d.words] for d in (report.source, report.target)
    )
    found = evaluate(report, [record("omission", "trois", "")], doubts=(doubts[0], doubts[1]))
    assert found.words[0].average_precision == found.words[0].area_under_curve == 1


def test_one_vote_is_left_out_and_other_kinds_too() -> None:
    gold = [
        record("omission", "trois", "", votes=2),
        record("omission", "six", "", votes=1),
        record("defect", "huit", "", votes=2),
    ]
    report = report_of([("omission", "trois", ""), ("omission", "six", "")])
    found = evaluate(report, gold)
    assert (found.words[0].words, found.words[0].marked) == (6, 1)
    assert found.words[0].precision == found.words[0].recall == 1
    every = evaluate(report, gold, kinds=[*Kind])
    assert (every.words[0].words, every.words[0].marked) == (7, 2)


def test_findings_are_scored_with_credit_for_overlap() -> None:
    report = report_of([("omission", "deux trois", ""), ("addition", "", "sáu bảy")])
    gold = [record("omission", "trois quatre", ""), record("mistranslation", "sept", "bảy")]
    found = evaluate(report, gold)
    everything = group(found, "all")
    assert (everything.records, everything.findings) == (2, 2)
    assert everything.recall == everything.precision == 1
    assert everything.partial_recall == everything.partial_precision == 0.5
    assert everything.named == 1
    assert group(found, "omission").partial_recall == 0.5
    assert group(found, "mistranslation").recall == 1
    assert group(found, "mistranslation").named == 0
    assert group(found, "mistranslation").precision is None
    assert group(found, "major").records == 2


def test_a_finding_on_what_one_reviser_saw_is_right_but_no_record_to_find() -> None:
    report = report_of([("omission", "trois", "")])
    found = group(evaluate(report, [record("omission", "trois", "", votes=1)]), "all")
    assert (found.records, found.recall, found.precision) == (0, None, 1)


def test_findings_below_the_asked_confidence_are_left_out() -> None:
    report = report_of([("omission", "deux", ""), ("omission", "six", "")])
    found = evaluate(report, [record("omission", "six", "")], min_confidence=0.55)
    assert group(found, "all").findings == 1


def test_unit_links_are_scored_in_pairs() -> None:
    report = report_of([])
    rows = [{"fr": SOURCE[0], "vi": TARGET[0]}, {"fr": SOURCE[1], "vi": TARGET[1]}]
    [links] = evaluate(report, rows).links
    assert (links.sure, links.given, links.precision, links.recall) == (2, 2, 1, 1)
    gap = Links((Link((0,), (1,)), Link((), (0,)), Link((1,), ())))
    wrong = replace(report, bitext=replace(report.bitext, links=gap))
    [links] = evaluate(wrong, rows).links
    assert (links.given, links.right, links.false_gaps) == (1, 0, 2)
    assert links.error_rate == 1


def test_word_links_are_scored_sure_and_possible() -> None:
    report = report_of([], [("Un", "Một"), ("deux", "hai"), ("trois", "bốn")])
    rows = [
        {
            "fr_tokens": ["Un", "deux", "trois", "quatre", "."],
            "vi_tokens": ["Một", "hai", "ba", "bốn", "."],
            "sure": [[0, 0], [2, 2]],
            "possible": [[1, 1]],
        }
    ]
    [links] = evaluate(report, rows).links
    assert (links.sure, links.given, links.right, links.found) == (2, 3, 2, 1)
    assert links.error_rate == pytest.approx(1 - (2 + 1) / (3 + 2))


def test_tables_come_as_dicts_lines_frames_and_html() -> None:
    report = report_of([("omission", "trois", "")])
    found = evaluate(
        report, [record("omission", "trois", "")], [{"fr": SOURCE[0], "vi": TARGET[0]}]
    )
    assert json.loads(json.dumps(found.to_dict()))["findings"][0]["recall"] == 1
    assert found.to_frame().loc[0, "group"] == "all"
    assert list(found.to_frame("words")["lang"]) == ["fr", "vi"]
    assert any(line.startswith("units") for line in found.lines())
    assert "<table>" in found._repr_html_()
    with pytest.raises(OptionError, match="words, findings, links"):
        found.rows("nonsense")


def perfect(rows: Sequence[dict[str, Any]], report: Report) -> Report:
    """Return *report* with the agreed records as its findings."""
    findings = tuple(
        Finding(
            kind=Kind(row["kind"]),
            severity=Severity[row["severity"].upper()],
            confidence=0.9,
            message="",
            check=f"coverage-{row['kind']}",
            source=tuple(Span(each["start"], each["end"]) for each in row["fr"]),
            target=tuple(Span(each["start"], each["end"]) for each in row["vi"]),
        )
        for row in rows
        if row["votes"] == 2
    )
    return replace(report, findings=findings)


@pytest.fixture(scope="module")
def aligned() -> Report:
    return paraalign.align(*corpora.declaration(), options=Options(encoder="none"))


def test_the_gold_itself_as_a_report_reaches_one(aligned: Report) -> None:
    rows = corpora.gold("divergences")
    found = evaluate(perfect(rows, aligned), rows)
    assert found.unplaced == 0
    for each in found.findings:
        assert each.recall in {1, None}
        assert each.partial_recall == pytest.approx(1) or not each.records
        assert each.precision in {1, None}
        assert each.named == each.records
    for words in found.words:
        assert words.average_precision == pytest.approx(1)
        assert words.f1 == words.best_f1 == words.area_under_curve == 1


def test_an_empty_report_finds_nothing(aligned: Report) -> None:
    found = evaluate(aligned, corpora.gold("divergences"))
    assert all(each.recall in {0, None} and each.precision is None for each in found.findings)
    assert all(words.f1 == 0 for words in found.words)


def test_the_declaration_has_the_known_share_of_marked_words(aligned: Report) -> None:
    found = evaluate(aligned, corpora.gold("divergences"))
    assert [round(words.baseline_precision or 0, 2) for words in found.words] == [0.2, 0.23]
    assert group(found, "omission").records == 15
    assert group(found, "all").records == 132


def test_the_gold_of_the_two_files_fits_the_one_file(aligned: Report) -> None:
    together = paraalign.align(corpora.bilingual(), options=Options(encoder="none"))
    golds = corpora.gold("divergences"), corpora.gold("clauses"), corpora.gold("wordalign")
    one, other = evaluate(aligned, *golds), evaluate(together, *golds)
    assert [each.words for each in one.words] == [each.words for each in other.words]
    assert [each.records for each in one.findings] == [each.records for each in other.findings]
    assert one.links == other.links


@given(st.lists(st.sampled_from(["Un", "deux trois", "quatre", "six sept", "huit"]), unique=True))
def test_more_right_findings_never_lower_recall(quotes: list[str]) -> None:
    gold = [record("omission", quote, "") for quote in ("Un deux", "six", "huit")]
    before = 0.0
    for count in range(len(quotes) + 1):
        report = report_of([("omission", quote, "") for quote in quotes[:count]])
        row = group(evaluate(report, gold), "all")
        assert before <= row.covered <= row.touched <= row.records
        assert row.inside <= row.touching <= row.findings
        before = row.covered


def test_a_report_read_back_from_json_is_the_same(tmp_path: Path) -> None:
    report = paraalign.check(*corpora.declaration(), options=Options(encoder="none"))
    report.save(tmp_path / "report.json")
    again = read_report(tmp_path / "report.json")
    assert again.source.words == report.source.words
    assert again.target.words == report.target.words
    assert [each.id for each in again.findings] == [each.id for each in report.findings]
    assert {link[:2] for link in again.links.words} == {link[:2] for link in report.links.words}
    again.save(tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "report.json").read_bytes()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "no well-formed JSON"),
        ("{}", "'schema' is missing"),
        ('{"schema": "other/1"}', "schema is 'other/1'"),
        ('{"schema": "paraalign.report/1"}', "'source' is missing"),
    ],
)
def test_what_is_no_report_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "report.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_report(tmp_path / "report.json")


def test_the_command_prints_tables_and_writes_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], aligned: Report
) -> None:
    aligned.save(tmp_path / "report.json")
    gold = tmp_path / "gold.json"
    gold.write_text(json.dumps(corpora.gold("divergences")), encoding="utf-8")
    args = ["evaluate", str(tmp_path / "report.json"), str(gold)]
    assert main(args) == 0
    assert "average precision" in capsys.readouterr().out
    assert main([*args, "-o", str(tmp_path / "figures.json")]) == 0
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert figures["findings"][0]["records"] == 132
    assert main([*args, "-o", "-.json"]) == 0
    assert json.loads(capsys.readouterr().out) == figures


def test_the_command_fails_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(tmp_path / "none.json"), str(tmp_path / "gold.json")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["evaluate", "report.json", "gold.json", "-o", "figures.txt"]) == 2
    assert "written as .json" in capsys.readouterr().err
