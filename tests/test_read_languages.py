"""Languages: told from short and from badly typed texts."""

import pytest
from conftest import load_cases
from hypothesis import given
from hypothesis import strategies as st

from paraalign.read.languages import LANGUAGES, detect_language


@pytest.mark.parametrize("case", load_cases("languages"))
def test_the_language_is_found(case: dict[str, str]) -> None:
    assert detect_language(case["input"]) == case["expected"]


@given(st.text())
def test_any_text_has_a_known_language_or_none(text: str) -> None:
    assert detect_language(text) in {*LANGUAGES, "und"}


@given(st.text(st.characters(exclude_categories=["L", "M"])))
def test_a_text_without_letters_has_no_language(text: str) -> None:
    assert detect_language(text) == "und"
