"""Cleaning: what reads clean, what must stay, and that every character is accounted for."""

import unicodedata
from itertools import pairwise

import numpy as np
import pytest
from conftest import load_cases
from hypothesis import given
from hypothesis import strategies as st

from paraalign.clean import clean
from paraalign.views import Span, View

ODD_TEXT = st.lists(
    st.one_of(
        st.text(max_size=6),
        st.sampled_from([
            "<mark>", "</mark>", "&amp;", "\u00ad", "\u200b", "\u00a0", "e\u0301\u0302", "\r\n",
            "$(ng\\grave{a}y)$", "\\textbf{mot}", "12^{èmes}", "\\'e", "\\", "$", "^{", "}",
        ]),
    ),
    max_size=12,
).map("".join)  # fmt: skip


@pytest.mark.parametrize("case", load_cases("latex"))
def test_remains_of_latex_are_decoded_and_nothing_else(case: dict[str, str]) -> None:
    assert clean(View.of(case["input"])).text == case["expected"]


@pytest.mark.parametrize("case", load_cases("clean"))
def test_debris_is_read_through_and_nothing_else(case: dict[str, str]) -> None:
    assert clean(View.of(case["input"]), plain=True).text == case["expected"]


def test_each_decoded_character_maps_to_its_own_macro() -> None:
    given_text = r"le $(ng\grave{a}y)$"
    view = clean(View.of(given_text))
    span = view.span(view.text.index("à"), view.text.index("à") + 1)
    assert given_text[slice(*span)] == r"\grave{a}"


def test_what_is_dropped_is_on_record_with_its_reason() -> None:
    view = clean(View.of("ch<b>u</b>\u00ad 10^e"), plain=True)
    assert [drop.reason for drop in view.dropped] == ["tag", "tag", "soft hyphen", "LaTeX"]


def test_what_reads_otherwise_is_on_record_with_its_reason() -> None:
    view = clean(View.of("R&amp;D\u00a0!"), plain=True)
    assert [(each.text, each.reason) for each in view.replaced] == [
        ("&", "entity"),
        (" ", "no-break space"),
    ]


def test_a_mark_put_back_is_on_record() -> None:
    view = clean(View.of(r"Hà Nội; $(H\grave{a}\ N\^{o}i)$"))
    assert "LaTeX, mark restored" in [each.reason for each in view.replaced]


def test_code_is_not_searched_for_latex() -> None:
    text = r"\textbf{a} \textbf{b}"
    assert clean(View.of(text), verbatim=[Span(0, 10)]).text == r"\textbf{a} b"


def test_tags_stay_where_the_text_is_not_plain() -> None:
    assert clean(View.of("<b>a</b>")).text == "<b>a</b>"


@given(ODD_TEXT, st.booleans())
def test_offsets_never_fall_and_the_text_is_composed(text: str, plain: bool) -> None:  # noqa: FBT001
    view = clean(View.of(text), plain=plain)
    assert unicodedata.is_normalized("NFC", view.text)
    assert (np.diff(view.starts) >= 0).all()
    assert (np.diff(view.ends) >= 0).all()
    assert (view.starts <= view.ends).all()


@given(ODD_TEXT, st.booleans())
def test_each_character_is_kept_or_dropped_on_record(text: str, plain: bool) -> None:  # noqa: FBT001
    view = clean(View.of(text), plain=plain)
    seen = {place for drop in view.dropped for place in range(*drop.span)}
    seen |= {place for i in range(len(view.text)) for place in range(*view.span(i, i + 1))}
    assert all(text[place].isspace() for place in set(range(len(text))) - seen)


@given(ODD_TEXT)
def test_blanks_never_stand_together(text: str) -> None:
    view = clean(View.of(text))
    assert not any(one.isspace() and other.isspace() for one, other in pairwise(view.text))


@given(st.text(st.characters(categories=["L", "N", "Po", "Zs"], exclude_characters="\\$^&<")))
def test_cleaning_clean_text_changes_nothing(text: str) -> None:
    once = clean(View.of(text)).text
    assert clean(View.of(once)).text == once
