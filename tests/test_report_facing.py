from dataclasses import replace

from report_builder import document, finding, report, small_report

from paraalign.model import Kind, Link, Role
from paraalign.report.facing import facing, in_reading_order, label_of, text_of


def test_there_is_a_row_a_clause_link_in_order() -> None:
    shown = small_report()
    assert [row.link for row in facing(shown)] == list(shown.links.clauses)


def test_every_sentence_is_shown_once() -> None:
    shown = small_report()
    spans = [span for row in facing(shown) for line in row.lines for span in line.source]
    assert spans == [sentence.span for sentence in shown.source.sentences]


def test_a_gap_has_an_empty_side() -> None:
    gaps = [row for row in facing(small_report()) if row.is_gap]
    assert [(bool(row.source), bool(row.target)) for row in gaps] == [(True, False), (False, True)]


def test_a_linked_row_is_no_gap() -> None:
    assert not facing(small_report())[0].is_gap


def test_rows_number_the_findings_in_reading_order() -> None:
    shown = small_report()
    numbers = [number for row in facing(shown) for number in row.findings]
    assert numbers == list(range(1, len(shown.findings) + 1))
    assert len(in_reading_order(shown)) == len(shown.findings)


def test_findings_about_the_whole_come_first() -> None:
    shown = small_report()
    whole = replace(shown.findings[-1], source_clause=None, target_clause=None, id="whole")
    shown = replace(shown, findings=(*shown.findings, whole))
    assert in_reading_order(shown)[0].id == "whole"


def test_a_clause_without_sentences_is_shown_whole() -> None:
    source, target = (
        replace(document("Un.", lang), sentences=(), words=()) for lang in ("fr", "vi")
    )
    rows = facing(report(source, target, [Link((0,), (0,))]))
    assert [text_of(source, line.source) for line in rows[0].lines] == ["Un."]


def test_a_section_is_a_row_without_text() -> None:
    source, target = document("Un.", "fr"), document("Một.", "vi")
    section = replace(source.clauses[0], role=Role.SECTION)
    source = replace(source, clauses=(section, source.clauses[0]))
    source = replace(source, sentences=tuple(s._replace(clause=1) for s in source.sentences))
    rows = facing(report(source, target, [Link((0,), ()), Link((1,), (0,))]))
    assert [row.is_section for row in rows] == [True, False]
    assert not rows[0].is_gap


def test_a_link_of_section_and_lead_shows_the_text_once() -> None:
    source, target = document("Un.", "fr"), document("Một.", "vi")
    section = replace(source.clauses[0], role=Role.SECTION)
    source = replace(source, clauses=(section, source.clauses[0]))
    source = replace(source, sentences=tuple(s._replace(clause=1) for s in source.sentences))
    rows = facing(report(source, target, [Link((0, 1), (0,))]))
    assert (len(rows), len(rows[0].lines)) == (1, 1)
    assert label_of(source, rows[0].source) == "title"


def test_a_quote_without_clean_text_is_shown_as_given() -> None:
    shown = small_report()
    defect = next(f for f in shown.findings if f.kind is Kind.DEFECT)
    assert text_of(shown.target, defect.target) == "<b>"


def test_a_finding_goes_to_the_row_of_its_target_where_it_has_no_source() -> None:
    source, target = document("Un.\n\nDeux.", "fr"), document("Một.\n\nHai.", "vi")
    found = replace(finding((source, target), Kind.ADDITION, "", "Hai"), source_clause=None)
    rows = facing(report(source, target, [Link((0,), (0,)), Link((1,), (1,))], [found]))
    assert [row.findings for row in rows] == [(), (1,)]
