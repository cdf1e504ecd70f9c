import re
import sys

import pytest
from report_builder import declaration_report, small_report

from paraalign.errors import MissingExtraError, OptionError
from paraalign.report import frame, notebook


def test_findings_have_a_row_each_and_numbers_as_numbers() -> None:
    report = small_report()
    table = frame.frame(report)
    assert len(table) == len(report.findings)
    assert table["confidence"].mean() == pytest.approx(0.67, abs=0.01)


def test_links_hold_clauses_and_the_sentences_inside() -> None:
    report = small_report()
    table = frame.frame(report, "links")
    assert list(table["level"].unique()) == ["clause", "sentence"]
    assert len(table) == len(report.links.clauses) + len(report.links.sentences)
    assert len(frame.frame(report, "words")) == len(report.links.words)


def test_clauses_of_both_sides_stand_in_one_table() -> None:
    table = frame.frame(small_report(), "clauses")
    assert table["side"].value_counts().to_dict() == {"source": 4, "target": 4}
    assert table["start"].dtype.kind == "i"


def test_a_report_gives_its_tables_by_name() -> None:
    assert len(small_report().to_frame()) == 11
    assert small_report().to_frame("words")["source_start"].dtype.kind == "i"
    with pytest.raises(OptionError, match="unknown table 'other'; allowed are findings, links"):
        small_report().to_frame("other")


@pytest.mark.parametrize("table", frame.TABLES)
def test_polars_holds_the_same_tables(table: str) -> None:
    polars = pytest.importorskip("polars", reason="no polars here: pip install polars")
    held = small_report().to_frame(table, library="polars")
    assert isinstance(held, polars.DataFrame)
    pandas = small_report().to_frame(table)
    assert held.columns == list(pandas.columns)
    assert held.rows() == [
        tuple(None if cell != cell else cell for cell in row)  # noqa: PLR0124 - pandas' gaps
        for row in pandas.itertuples(index=False, name=None)
    ]


def test_another_library_is_refused() -> None:
    with pytest.raises(OptionError, match="unknown library 'arrow'; allowed are pandas, polars"):
        frame.frame(small_report(), library="arrow")


def test_without_polars_the_command_to_run_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingExtraError, match="pip install polars"):
        small_report().to_frame(library="polars")


def test_without_pandas_the_command_to_run_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'paraalign\[frame\]'"):
        frame.frame(small_report())


def test_a_cell_shows_the_gravest_first_and_is_small() -> None:
    cell = notebook.html(declaration_report())
    assert len(cell) < 20_000
    assert cell.index("critical") < cell.index("minor")
    assert re.search(r"12 of \d+ findings, the gravest and surest first", cell)


def test_a_cell_escapes_the_texts() -> None:
    cell = notebook.html(small_report())
    assert "&lt;against&gt;" in cell
    assert "<against>" not in cell


def test_a_cell_says_first_that_texts_are_no_versions() -> None:
    bundle = notebook.mimebundle(small_report(parallel=False))
    assert set(bundle) == {"text/html", "text/plain"}
    assert bundle["text/plain"].startswith("The two texts are not versions")
