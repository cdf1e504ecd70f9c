"""The tutorial runs from its first to its last cell, and shows what its text says it shows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

nbclient = pytest.importorskip("nbclient", reason="runs the tutorial: pip install nbclient")
nbformat = pytest.importorskip("nbformat", reason="reads the tutorial: pip install nbformat")
pytest.importorskip("ipykernel", reason="runs the tutorial's cells: pip install ipykernel")
pytest.importorskip("matplotlib", reason="draws the tutorial's plots: pip install matplotlib")
pytest.importorskip("pandas", reason="makes the tutorial's tables: pip install pandas")

TUTORIAL = Path(__file__).parents[1] / "docs" / "tutorial.ipynb"
CELL_SIZE = 60_000  # characters of HTML in an output


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """The code cells of the tutorial after its run."""
    notebook = nbformat.read(TUTORIAL, as_version=4)
    client = nbclient.NotebookClient(
        notebook,
        timeout=90,
        kernel_name="python3",
        resources={"metadata": {"path": str(tmp_path_factory.mktemp("run"))}},
    )
    client.execute()
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def shown(cells: list[Any], mime: str) -> Iterator[str]:
    for cell in cells:
        for output in cell.outputs:
            if mime in output.get("data", {}):
                yield output["data"][mime]


def test_every_cell_shows_something_and_none_warns(cells: list[Any]) -> None:
    assert [cell.source for cell in cells if not cell.outputs] == []
    kinds = {output.output_type for cell in cells for output in cell.outputs}
    assert kinds == {"execute_result"}


def test_reports_pairs_findings_and_plots_show_themselves(cells: list[Any]) -> None:
    pages = list(shown(cells, "text/html"))
    assert all(len(page) < CELL_SIZE for page in pages)
    assert sum("paraalign" in page for page in pages) == 5
    assert len(list(shown(cells, "image/png"))) == 3


def test_the_two_named_divergences_are_shown(cells: list[Any]) -> None:
    pages = "".join(shown(cells, "text/html"))
    assert "Cités Unies France" in pages
    assert "văn hóa" in pages


def test_the_press_report_is_told_from_a_version(cells: list[Any]) -> None:
    assert "not versions of each other" in cells[-1].outputs[0]["data"]["text/html"]
