"""What is covered by the other side counts, and clauses stand in the order of what does not."""

import json
from dataclasses import replace

import pytest
from conftest import build_document
from report_builder import small_report

from paraalign import formats
from paraalign.model import Bitext, Finding, Kind, Link, Links, Report, Severity, Span, WordLink
from paraalign.report.parity import Parity, clause_parity, look_first, parity
from paraalign.report.verdict import attention

SOURCE = ("Droit pays.", "Eau terre le feu.", "Soleil.")
TARGET = ("Quyền nước.", "Nước đất của lửa.", "Trăng.")
LINKS = [(0, 0), (1, 1), (3, 3), (4, 4)]  # words by index, signs counted; "feu" is in none


def report_with(*found: tuple[Kind, int, str]) -> Report:
    """Return a report with findings, each a kind, a side and a quote, of confidence .8."""
    documents = build_document(SOURCE, "fr"), build_document(TARGET, "vi")
    words = tuple(WordLink(one, other, 0.9) for one, other in LINKS)
    clauses = (Link((0,), (0,)), Link((1,), (1,)), Link((2,), ()), Link((), (2,)))
    findings = []
    for kind, side, quote in found:
        start = documents[side].text.index(quote)
        spans = (Span(start, start + len(quote)),)
        findings.append(
            Finding(
                kind=kind,
                severity=Severity.MAJOR,
                confidence=0.8,
                message="",
                check=f"coverage-{kind}",
                source=() if side else spans,
                target=spans if side else (),
            )
        )
    bitext = Bitext(*documents, Links(clauses, clauses, words))
    return Report(
        bitext=bitext, findings=tuple(findings), parallel=True, similarity=1.0, signature={}
    )


def test_linked_content_words_are_covered_and_function_words_do_not_count() -> None:
    first, second, *_ = clause_parity(report_with())
    assert first == Parity(2, 2, 2.0, 2.0)
    assert first.share == 1
    assert second == Parity(3, 3, 2.0, 2.0)  # "le" and "của" say nothing by themselves
    assert second.share == pytest.approx(4 / 6)


def test_a_doubted_word_is_covered_by_what_the_doubt_leaves() -> None:
    first = clause_parity(report_with((Kind.MISTRANSLATION, 0, "Droit")))[0]
    assert first.source_covered == pytest.approx(1.2)
    assert first.target_covered == 2


@pytest.mark.parametrize("kind", [Kind.DEFECT, Kind.TERMINOLOGY, Kind.STRUCTURE])
def test_a_fault_of_form_takes_nothing_away(kind: Kind) -> None:
    assert clause_parity(report_with((kind, 0, "Droit"))) == clause_parity(report_with())


def test_a_doubt_about_a_word_without_link_changes_nothing() -> None:
    assert clause_parity(report_with((Kind.OMISSION, 0, "feu"))) == clause_parity(report_with())


def test_a_clause_without_counterpart_has_no_parity() -> None:
    *_, missing, added = clause_parity(report_with())
    assert (missing.share, missing.open) == (0, 1)
    assert (added.share, added.open) == (0, 1)


def test_a_clause_without_words_has_no_share() -> None:
    assert Parity().share is None
    assert Parity().open == 0


def test_the_whole_is_the_sum_of_the_clauses() -> None:
    whole, parts = parity(report_with()), clause_parity(report_with())
    assert whole.open == pytest.approx(sum(part.open for part in parts))
    assert whole.share == pytest.approx(8 / 12)


def test_the_neediest_clauses_come_first_and_the_covered_not_at_all() -> None:
    assert look_first(report_with()) == (1,)  # one word is soon read
    fewer = replace(report_with().links, words=report_with().links.words[1:])
    less = replace(report_with(), bitext=replace(report_with().bitext, links=fewer))
    assert [round(part.need, 2) for part in clause_parity(less)][:2] == [0.5, 0.33]
    assert look_first(less) == (0, 1)
    covered = report_with()
    links = replace(covered.links, clauses=(Link((0,), (0,)),))
    assert look_first(replace(covered, bitext=replace(covered.bitext, links=links))) == ()


def test_the_summary_names_them() -> None:
    said = attention(report_with())
    assert said == "67% of the content words have a counterpart. Look first at 1."
    french = replace(report_with(), signature={"options": {"message_lang": "fr"}})
    assert attention(french).endswith("À voir en premier\u00a0: 1.")


def test_unrelated_texts_have_no_clause_to_look_at() -> None:
    assert attention(replace(report_with(), parallel=False)) == ""


def test_pairs_know_their_parity_and_the_table_is_sorted_by_need() -> None:
    report = report_with()
    assert [pair.parity for pair in report.pairs()] == list(clause_parity(report))
    table = report.to_frame("parity")
    assert list(table["share"]) == sorted(table["share"])
    assert list(table["open"]) == [1, 1, 2, 0]


def test_json_has_the_figure_of_the_whole_and_of_each_clause() -> None:
    written = json.loads(formats.dumps(small_report(), "json"))
    shares = [link["parity"] for link in written["links"]["clauses"]]
    assert len(shares) == len(small_report().links.clauses)
    assert all(share is None or 0 <= share <= 1 for share in shares)
    assert 0 <= written["summary"]["parity"] <= 1
