import io
from dataclasses import replace

import pytest
from report_builder import document, finding, report, small_report
from rich.console import Console

from paraalign.model import Kind, Link, Report
from paraalign.report.text import render, render_document
from paraalign.report.verdict import counts, sizes


def shown(of: Report, *, width: int = 100, is_verbose: bool = False) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    render(of, console, is_verbose=is_verbose)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_verdict_is_said_first() -> None:
    assert shown(small_report()).startswith("Two versions of one text")
    assert shown(small_report(parallel=False)).startswith("The two texts are not versions")


def test_every_clause_has_a_row_and_gaps_are_said() -> None:
    lines = shown(small_report()).splitlines()
    assert [line.split()[:2] for line in lines if "gap" in line] == [["3", "—"], ["—", "4"]]


def test_findings_show_both_quotes_in_context_and_the_message() -> None:
    text = shown(small_report())
    assert "se réunissent le [12 mai 2023]." in text
    assert "họp ngày [13 tháng 5] năm 2023." in text
    assert "The number of '12 mai 2023' <against> '13 tháng 5' & more." in text


def test_context_does_not_leave_the_clause() -> None:
    lines = shown(small_report()).splitlines()
    quote = next(line for line in lines if "[Règlement <intérieur>]" in line)
    assert "Les membres" not in quote


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_width_is_respected(width: int) -> None:
    from rich.cells import cell_len  # noqa: PLC0415 - only here

    assert max(cell_len(line) for line in shown(small_report(), width=width).splitlines()) <= width


def test_nothing_in_a_text_steers_the_terminal() -> None:
    source, target = document("Un \x1b[31mrouge\x07.", "fr"), document("[bold]Một[/bold].", "vi")
    found = finding((source, target), Kind.DEFECT, "rouge", "Một")
    text = shown(report(source, target, [Link((0,), (0,))], [found]))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "[bold]" in text


def test_ids_and_signature_are_shown_on_demand_only() -> None:
    assert "number.test" in shown(small_report(), is_verbose=True)
    assert "number.test" not in shown(small_report())


def test_a_finding_about_the_whole_text_has_no_clause() -> None:
    whole = replace(small_report().findings[0], source_clause=None, target_clause=None)
    assert "whole text" in shown(replace(small_report(), findings=(whole,)))


def test_a_clause_tree_is_shown_with_its_labels() -> None:
    console = Console(file=io.StringIO(), width=80, color_system=None)
    render_document(small_report().source, console)
    assert isinstance(console.file, io.StringIO)
    assert "title" in console.file.getvalue()


def test_counts_are_the_gravest_first() -> None:
    assert counts(small_report().findings) == "11 findings: 1 critical, 6 major, 4 minor."


def test_sizes_say_where_a_version_starts_in_a_file_of_two() -> None:
    source = small_report().source
    assert sizes(source) == "4 clauses, 5 sentences, 35 words"
    assert sizes(replace(source, offset=1200)).endswith("from character 1,200 of the file")


def test_evidence_is_shown_where_asked() -> None:
    line = "scores: 0.25, 0.1235"
    assert line in shown(small_report(), is_verbose=True)
    assert line not in shown(small_report())
