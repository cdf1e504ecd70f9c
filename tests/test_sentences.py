"""Sentences end where a reader would end them."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraalign.segment.sentences import cut

CASES = json.loads((Path(__file__).parent / "cases" / "sentences.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cuts(case: dict[str, Any]) -> None:
    ranges = cut(case["text"], case["lang"])
    assert [case["text"][start:end] for start, end in ranges] == case["expected"]


def test_no_sentence_ends_inside_the_opening_mark() -> None:
    text = "Điều 5. Phạm vi. Luật này."
    ranges = cut(text, "vi", opening=8)
    assert [text[start:end] for start, end in ranges] == ["Điều 5. Phạm vi.", "Luật này."]


@given(
    st.text(alphabet="aB é.!?…;:,\n«»()\"'1 /đ", max_size=200),
    st.sampled_from(["fr", "vi", "en", "xx"]),
)
def test_sentences_are_disjoint_in_order_and_hold_all_but_blanks(text: str, lang: str) -> None:
    ranges = cut(text, lang)
    held = "".join(text[start:end] for start, end in ranges)
    assert "".join(held.split()) == "".join(text.split())
    assert all(a[1] <= b[0] for a, b in pairwise(ranges))
    assert all(start < end for start, end in ranges)
