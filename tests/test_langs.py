"""The records of the languages are whole and consistent."""

import pytest
import regex

from paraalign import langs

CODES = ["fr", "vi", "en", "xx"]


@pytest.mark.parametrize("code", CODES)
def test_a_record_knows_its_code(code: str) -> None:
    assert langs.get(code).code == code


def test_a_language_without_a_record_gets_the_neutral_one() -> None:
    assert langs.get("tlh").code == "xx"
    assert langs.get("../fr").code == "xx"


def test_a_regional_code_gets_its_language() -> None:
    assert langs.get("fr-CA").code == "fr"


@pytest.mark.parametrize("code", CODES)
def test_patterns_compile(code: str) -> None:
    language = langs.get(code)
    for pattern in (*language.closings, *(p for group in language.tokens.values() for p in group)):
        regex.compile(
            regex.escape(pattern) if pattern in language.tokens["exceptions"] else pattern
        )


@pytest.mark.parametrize("code", CODES)
def test_abbreviations_end_in_a_stop_or_are_signs(code: str) -> None:
    kinds = langs.get(code).abbreviations
    assert set(kinds.values()) == {"bound", "numbered", "free"}
    assert all(word == word.lower() for word in kinds)


@pytest.mark.parametrize("code", ["fr", "vi", "en"])
def test_function_words_are_many_and_in_lower_case(code: str) -> None:
    words = langs.function_words(code)
    assert len(words) > 100
    assert all(word == word.lower().strip() and word for word in words)


@pytest.mark.parametrize(
    ("code", "word"), [("fr", "maison"), ("vi", "hợp tác"), ("en", "house"), ("vi", "văn hóa")]
)
def test_content_words_are_no_function_words(code: str, word: str) -> None:
    assert word not in langs.function_words(code)


@pytest.mark.parametrize("code", ["fr", "vi", "en"])
def test_the_same_things_are_named_in_every_language(code: str) -> None:
    kinds = {section.kind for section in langs.get(code).section_words}
    assert {"annex", "part", "title", "chapter", "section", "article", "clause"} <= kinds


@pytest.mark.parametrize("code", ["fr", "vi", "en"])
def test_there_are_twelve_months(code: str) -> None:
    assert len(langs.get(code).months) == 12
