"""What shows itself in a notebook: clause pairs, findings, plots."""

import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from report_builder import document, report, small_report

from paraalign.errors import MissingExtraError, OptionError
from paraalign.report.plots import PLOTS

KIB = 1024


def test_pairs_hold_the_texts_and_findings_of_each_clause() -> None:
    pairs = small_report().pairs()
    assert [pair.label for pair in pairs] == ["title", "1", "2", "3", "4"]
    assert pairs[0].source == "Règlement <intérieur>"
    assert [str(finding.kind) for finding in pairs[0].findings] == ["mistranslation"]
    assert [pair.is_gap for pair in pairs] == [False, False, False, True, True]
    assert (pairs[3].target, pairs[4].source) == ("", "")


def test_a_pair_shows_both_texts_with_its_findings_marked() -> None:
    pair = small_report().pairs()[1]
    cell: Any = html.fromstring(pair._repr_html_())
    assert [mark.text for mark in cell.iter("mark")][:2] == ["12 mai 2023", "élisent "]
    assert len(cell.findall(".//li")) == len(pair.findings)
    assert "".join(cell.xpath("(//td)[1]//text()[not(parent::sup)]")).split() == pair.source.split()


def test_a_pair_escapes_what_texts_hold() -> None:
    cell = small_report().pairs()[0]._repr_html_()
    assert "<script>" not in cell
    assert "&lt;script&gt;" in cell


def test_a_finding_shows_what_why_and_on_what_evidence() -> None:
    cell = small_report().findings[0]._repr_html_()
    assert "<b>mistranslation</b>, major, 70 %" in cell
    assert "&lt;against&gt;" in cell
    assert "<dt>scores</dt>" in cell
    assert len(cell) < KIB


@pytest.mark.parametrize("name", PLOTS)
def test_each_plot_shows_and_saves_itself(name: str, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="draws the plots: pip install matplotlib")
    drawn = small_report().plot(name)
    assert drawn._repr_png_().startswith(b"\x89PNG")
    drawn.save(tmp_path / "plot.svg")
    assert "<svg" in (tmp_path / "plot.svg").read_text("utf-8")


def test_gaps_stand_on_the_edges_of_the_alignment() -> None:
    pytest.importorskip("matplotlib", reason="draws the plots: pip install matplotlib")
    axes: Any = small_report().plot("alignment").figure.axes[0]
    _, source, target = (dots.get_offsets().tolist() for dots in axes.collections)
    assert (source, target) == ([[4, -1]], [[-1, 4]])


def test_bars_count_the_findings_of_each_clause() -> None:
    pytest.importorskip("matplotlib", reason="draws the plots: pip install matplotlib")
    shown = small_report()
    axes: Any = shown.plot("findings").figure.axes[0]
    heights = sum(bar.get_height() for bar in axes.patches)
    assert heights == len(shown.findings)
    assert [label.get_text() for label in axes.get_xticklabels()] == ["title", "1", "2", "3", "4"]


def test_words_of_one_clause_are_drawn() -> None:
    pytest.importorskip("matplotlib", reason="draws the plots: pip install matplotlib")
    axes = small_report().plot("words", clause="2").figure.axes[0]
    assert axes.get_title() == "clause 2"
    assert axes.get_yticklabels()[1].get_text() == "Le"
    with pytest.raises(OptionError, match="no clause '9'"):
        small_report().plot("words", clause="9")


def test_a_report_without_anything_is_drawn_too() -> None:
    pytest.importorskip("matplotlib", reason="draws the plots: pip install matplotlib")
    empty = report(document("", "fr"), document("", "vi"), [])
    assert empty.plot("alignment")._repr_png_()
    assert empty.plot("findings")._repr_png_()
    with pytest.raises(OptionError, match="linked words"):
        empty.plot("words")


def test_an_unknown_plot_is_refused() -> None:
    with pytest.raises(OptionError, match="unknown plot 'pie'; allowed are alignment"):
        small_report().plot("pie")


def test_without_matplotlib_the_way_to_get_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'paraalign\[plots\]'"):
        small_report().plot()
