"""Pieces stand where they say they stand, whatever the text."""

import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paraalign.encode.e5file import E5File, weights_path
from paraalign.encode.pieces import Tokenizer

CASES = json.loads((Path(__file__).parent / "cases/encode_pieces.json").read_text("utf-8"))

WORDS = st.sampled_from(
    [
        "Cités",
        "Unies",
        "Hà Nội",
        unicodedata.normalize("NFD", "Hội nghị hợp tác phi tập trung"),
        "«\u00a0 12 èmes\u00a0»",
        "l’homme",
        "…",
        "½",
        "ﬁn",
        "㍿",
        "한국어",
        unicodedata.normalize("NFD", "한국"),
        "\u200b",
        "\ufeff",
        "\u00ad",
        "😀",
        "👩‍👩‍👧",
        "\ud800",
        "\x00",
        "▁",
        "<s>",
        "</s>",
        "<mask>",
        "[7]",
        "\t\n",
    ]
)
TRIES = settings(deadline=None, max_examples=60)
TEXTS = st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join))


@cache
def tokenizer() -> Tokenizer:
    return Tokenizer(E5File(weights_path()).vocabulary)


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_a_text_is_cut_where_the_case_says(case: dict[str, Any]) -> None:
    pieces = tokenizer().cut(case["input"])
    spans = zip(pieces.starts.tolist(), pieces.ends.tolist(), strict=True)
    assert [case["input"][start:end] for start, end in spans] == case["expected"]


@TRIES
@given(TEXTS)
@example("")
@example(" \u3000\n")
def test_spans_are_in_order_and_within_the_text(text: str) -> None:
    pieces = tokenizer().cut(text)
    assert (pieces.starts < pieces.ends).all()
    assert (np.diff(pieces.starts) >= 0).all()
    assert (np.diff(pieces.ends) >= 0).all()
    assert not len(pieces.ends) or 0 <= pieces.starts[0] < pieces.ends[-1] <= len(text)


@TRIES
@given(TEXTS)
def test_every_letter_and_digit_is_covered(text: str) -> None:
    pieces = tokenizer().cut(text)
    covered = np.zeros(len(text), bool)
    for start, end in zip(pieces.starts, pieces.ends, strict=True):
        covered[start:end] = True
    missed = [char for char, done in zip(text, covered, strict=True) if not done]
    assert not [char for char in missed if unicodedata.category(char)[0] in "LN"]


@TRIES
@given(TEXTS)
def test_no_span_starts_or_ends_with_a_blank(text: str) -> None:
    pieces = tokenizer().cut(text)
    for start, end in zip(pieces.starts, pieces.ends, strict=True):
        assert text[start] != " "
        assert text[end - 1] != " "


@TRIES
@given(TEXTS)
def test_blanks_around_a_text_shift_its_pieces_and_change_nothing_else(text: str) -> None:
    bare, padded = tokenizer().cut(text), tokenizer().cut(f"  {text}\n ")
    assert bare.ids.tolist() == padded.ids.tolist()
    assert (bare.starts + 2).tolist() == padded.starts.tolist()
    assert (bare.ends + 2).tolist() == padded.ends.tolist()


@TRIES
@given(st.lists(WORDS).map(" ".join))
def test_the_two_normal_forms_have_the_same_pieces(text: str) -> None:
    composed, split = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert tokenizer().cut(composed).ids.tolist() == tokenizer().cut(split).ids.tolist()


def test_the_signs_of_the_model_are_plain_text_to_it() -> None:
    ids = tokenizer().cut("<s></s><pad><mask>").ids
    assert not set(ids.tolist()) & {0, 1, 2, 250001}
