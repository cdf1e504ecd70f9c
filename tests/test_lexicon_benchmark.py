"""The committed figures of the lexicon hold on what the repository itself has."""

import importlib.util
import re
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from paraalign.lexicon import load_lexicon
from paraalign.lexicon.bilingual import TableLexicon
from paraalign.lexicon.table import Pairs

ROOT = Path(__file__).parents[1]
COMMITTED = (ROOT / "benchmarks/accuracy/lexicon.md").read_text(encoding="utf-8")
TOLERANCE = 0.051
"""Points by which a figure may fall short: they are committed to one tenth."""


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    path = ROOT / "benchmarks/accuracy/lexicon.py"
    spec = importlib.util.spec_from_file_location("lexicon_benchmark", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def shipped() -> TableLexicon:
    loaded = load_lexicon("fr", "vi")
    assert loaded
    return loaded


def committed_row(name: str) -> list[str]:
    rows = re.findall(rf"^\| {re.escape(name)} \|.*$", COMMITTED, re.MULTILINE)
    return [cell.strip() for cell in rows[-1].strip("|").split("|")]


def shares(row: str) -> list[float]:
    """Return French and Vietnamese coverage and the share matched, in per cent."""
    cells = [cell.strip().rstrip("%") for cell in row.strip("|").split("|")]
    return [float(cells[place]) for place in (2, 5, 7)]


def measured(benchmark: ModuleType, lexicon: TableLexicon, judge: TableLexicon) -> list[float]:
    counts = benchmark.measure_coverage(lexicon, benchmark.read_declaration(), judge)
    return shares(benchmark.coverage_row("declaration", counts, counts))


def has_dropped(committed: list[float], now: list[float]) -> bool:
    return any(new < old - TOLERANCE for old, new in zip(committed, now, strict=True))


def test_no_figure_of_the_declaration_has_dropped(
    benchmark: ModuleType, shipped: TableLexicon
) -> None:
    committed = shares("|".join(committed_row("declaration")))
    assert not has_dropped(committed, measured(benchmark, shipped, shipped))


def test_a_lexicon_that_lost_one_pair_in_ten_is_noticed(
    benchmark: ModuleType, shipped: TableLexicon
) -> None:
    kept = np.arange(len(shipped.table.pairs.lefts)) % 10 > 0
    pairs = Pairs._make(column[kept] for column in shipped.table.pairs)
    poorer = replace(shipped, table=replace(shipped.table, pairs=pairs))
    committed = shares("|".join(committed_row("declaration")))
    assert has_dropped(committed, measured(benchmark, poorer, shipped))


def test_look_gives_as_many_renderings_as_committed(
    benchmark: ModuleType, shipped: TableLexicon
) -> None:
    assert benchmark.look_total(shipped) >= int(committed_row("all")[2])


def test_the_figures_are_those_of_the_shipped_file(benchmark: ModuleType) -> None:
    assert benchmark.package_digest() in COMMITTED
