"""What is seen of a word: each column says what its name says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from paraalign.align.words.evidence import WordEvidence
from paraalign.align.words.links import WordTable, word_tables
from paraalign.checks.context import Side
from paraalign.checks.coverage.features import Look, around, columns, usual_of
from paraalign.lexicon import load_lexicon
from paraalign.model import Document, Link
from paraalign.read import read_text
from paraalign.segment import segment

WORDS = ["patrimoine", "le", "droit", "Hanoï", "12", "–", "🌍", "culture", "pas", "e\u0301cole"]
OTHERS = ["di sản", "quyền", "Hà Nội", "12", "–", "🌍", "văn hóa", "không", "của"]


def table_of(source: str, target: str) -> WordTable:
    documents = lines(source, "fr"), lines(target, "vi")
    lexicon = load_lexicon("fr", "vi")
    (table,) = word_tables(
        WordEvidence(*documents, (Link((0,), (0,)),), tokens=None, lexicon=lexicon)
    )
    return table


def lines(text: str, lang: str) -> Document:
    return segment(read_text(text, format="txt"), lang, units="lines")


def seen(source: str, target: str, which: Side = Side.SOURCE) -> dict[str, dict[str, float]]:
    look = Look(table=table_of(source, target), which=which)
    found = columns(look)
    forms = look.side.forms
    return {form: {name: float(found[name][n]) for name in found} for n, form in enumerate(forms)}


def test_a_word_whose_rendering_stands_there_is_rendered() -> None:
    found = seen("le patrimoine culturel", "di sản")
    assert found["patrimoine"]["rendered"] > 0.5
    assert found["culturel"]["rendered"] == 0.0


def test_both_sides_are_looked_at_from_their_own() -> None:
    found = seen("le patrimoine", "di sản giao thông", Side.TARGET)
    assert found["di sản"]["known"] > found["giao thông"]["known"]


@pytest.mark.parametrize(
    ("form", "name", "expected"),
    [
        ("le", "content", 0.0),
        ("Hanoï", "content", 1.0),
        ("Hanoï", "capital", 1.0),
        ("Hanoï", "same", 1.0),
        ("12", "figure", 1.0),
        ("le", "figure", 0.0),
        ("Hanoï", "length", 5.0),
    ],
)
def test_the_kind_of_a_word_is_told(form: str, name: str, expected: float) -> None:
    assert seen("le 12 Hanoï", "12 Hà Nội")[form][name] == expected


def test_a_missed_word_is_one_that_usually_has_a_rendering() -> None:
    table = table_of("le patrimoine culturel", "di sản")
    usual = {"fr": {"": 0.5, "culturel": 0.9}}
    look = Look(table=table, which=Side.SOURCE, usual_rendered=usual)
    missed = dict(zip(look.side.forms, columns(look)["missed"], strict=True))
    assert missed["culturel"] == pytest.approx(0.9)
    assert missed["patrimoine"] < 0.0


def test_a_language_without_figures_has_the_mean_of_the_others() -> None:
    side = table_of("le patrimoine", "di sản").target
    assert usual_of(side, {"fr": {"": 0.2}, "en": {"": 0.4}}).tolist() == pytest.approx([0.3])


def test_around_keeps_its_own_value_where_nothing_counts() -> None:
    values, none = np.array([1.0, 2.0, 3.0]), np.zeros(3)
    assert around(values, none, 2).tolist() == [1.0, 2.0, 3.0]
    assert around(values, np.ones(3), 1, own=False).tolist() == [2.0, 2.0, 2.0]


@examples(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
    st.lists(st.sampled_from(OTHERS), min_size=1, max_size=6),
)
def test_every_column_has_a_finite_value_a_word(source: list[str], target: list[str]) -> None:
    table = table_of(" ".join(source), " ".join(target))
    for which in Side:
        look = Look(table=table, which=which)
        for name, values in columns(look).items():
            assert values.shape == (len(look.side.words),), name
            assert np.isfinite(values).all(), name
