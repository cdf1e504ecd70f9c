"""Marks are read off the start of a line, and what is no mark is left alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from paraalign.segment import segment
from paraalign.segment.blocks import make_reading
from paraalign.segment.numbering import Irregularity, irregularities, marks, roman, value
from paraalign.segment.sequence import Line, decide

CASES = json.loads((Path(__file__).parent / "cases" / "numbering.json").read_text("utf-8"))
SHOWN = [case["label"] for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=SHOWN)
def test_the_likeliest_firm_reading_is_the_printed_mark(case: dict[str, Any]) -> None:
    found = marks(case["text"], case["lang"])
    firm = [mark for mark in found if mark.firm] or list(found)
    if case["number"] is None:
        assert not [mark for mark in found if mark.firm]
        assert decide([Line(case["text"], opens_block=True, before="")], case["lang"]) == [None]
    else:
        assert case["number"] in {mark.number for mark in firm}
        mark = next(mark for mark in found if mark.style == case["style"])
        assert list(mark.value) == case["value"]
        assert case["text"][: mark.length].strip()


@pytest.mark.parametrize("number", ["1", "3.3", "IV", "a", "đ", "premier", "1er", "Ier", "12 bis"])
def test_every_plain_number_has_a_value(number: str) -> None:
    assert value(number, "vi" if number == "đ" else "fr")


def test_values_compare_across_languages() -> None:
    assert value("e", "fr") == value("đ", "vi") == (5,)
    assert value("premier", "fr") == value("1", "vi") == value("I", "vi")


def test_what_counts_nothing_has_no_value() -> None:
    assert value("xyzzy", "fr") == ()
    assert value("", "fr") == ()


@pytest.mark.parametrize(
    ("numeral", "expected"), [("XIV", 14), ("iv", 4), ("IIX", None), ("", None)]
)
def test_roman_numerals(numeral: str, expected: int | None) -> None:
    assert roman(numeral) == expected


def read_marks(lines: list[str], lang: str, *, blocks: bool = True) -> list[str | None]:
    before = ["", *lines]
    given = [
        Line(line, opens_block=blocks or not index, before="" if blocks else before[index])
        for index, line in enumerate(lines)
    ]
    return [mark.number if mark else None for mark in decide(given, lang)]


def test_an_initial_without_siblings_is_a_name() -> None:
    assert read_marks(["A. Dupont est maire.", "Le texte suit."], "fr") == [None, None]


def test_letters_in_sequence_are_marks() -> None:
    assert read_marks(["A. Objet", "B. Champ"], "fr") == ["A", "B"]


def test_i_after_h_is_a_letter_and_before_ii_a_numeral() -> None:
    found = decide([Line(f"{c}) mot", opens_block=True, before="") for c in "ghij"], "fr")
    assert [mark.value for mark in found if mark] == [(7,), (8,), (9,), (10,)]
    lines = [Line(f"{c}) mot", opens_block=True, before="") for c in ("i", "ii", "iii")]
    assert [mark.value for mark in decide(lines, "fr") if mark] == [(1,), (2,), (3,)]


def test_a_number_that_opens_a_wrapped_line_is_no_mark() -> None:
    assert read_marks(["Le rapport cite la page", "12. Il est clair."], "fr", blocks=False) == [
        None,
        None,
    ]


def test_a_reference_cut_by_a_line_break_is_no_mark() -> None:
    lines = ["1. Le texte renvoie à l'article", "2. Il est clair.", "2. Il suit."]
    assert read_marks(lines, "fr", blocks=False) == ["1", None, "2"]


def test_a_list_in_one_block_is_cut_at_each_mark() -> None:
    lines = ["Objet :", "1. la forme ;", "2. le fond ;", "3. le lieu."]
    assert read_marks(lines, "fr", blocks=False) == [None, "1", "2", "3"]


def test_a_decimal_at_the_start_of_a_block_is_no_mark() -> None:
    assert read_marks(["3.5 millions de personnes", "Le texte suit."], "fr") == [None, None]


def test_broken_numbering_is_kept_and_listed() -> None:
    blocks = [f"{number}. Un texte assez long pour une phrase." for number in (1, 2, 4, 4, 3)]
    document = segment(make_reading(blocks), "fr")
    assert [clause.number for clause in document.clauses] == ["1", "2", "4", "4", "3"]
    assert irregularities(document) == (
        Irregularity(2, "gap", "2", "4"),
        Irregularity(3, "duplicate", "4", "4"),
        Irregularity(4, "order", "4", "3"),
    )


def test_sound_numbering_has_no_irregularities() -> None:
    blocks = ["Điều 1", "a) một;", "b) hai;", "c) ba;", "d) bốn;", "đ) năm;", "e) sáu.", "Điều 2"]
    assert irregularities(segment(make_reading(blocks), "vi")) == ()
