"""Words are cut as each language needs it."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraalign.segment.syllables import fold, group
from paraalign.segment.words import cut

SYLLABLES = ("việt", "nam", "hợp", "tác", "địa", "phương", "quá", "trình", "xyz", "và")
CASES = json.loads((Path(__file__).parent / "cases" / "words.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cuts(case: dict[str, Any]) -> None:
    ranges = cut(case["text"], case["lang"])
    assert [case["text"][start:end] for start, end in ranges] == case["expected"]


def test_french_is_cut_as_spacy_cuts_it() -> None:
    # Compounds apart: which of them are one word is a choice of our own, stated in the cases.
    spacy = pytest.importorskip("spacy")
    text = (
        "Les 12èmes Assises (Hanoï, du 13 au 16 avril 2023) : qu'est-ce que l'Agenda 2030 ? "
        "Nous n'avons d'autre choix qu’aujourd'hui, pas demain ; y a-t-il « mieux » ? "
        "M. Dupont, vice-président de Lyon-Part-Dieu, av. J.-C., a versé 3,5 millions d'euros."
    )
    expected = [token.text for token in spacy.blank("fr")(text)]
    assert [text[start:end] for start, end in cut(text, "fr")] == expected


@given(st.text(max_size=300), st.sampled_from(["fr", "vi", "en", "xx"]))
def test_words_are_disjoint_in_order_and_hold_all_but_blanks(text: str, lang: str) -> None:
    ranges = cut(text, lang)
    held = "".join(text[start:end] for start, end in ranges)
    assert "".join(held.split()) == "".join(text.split())
    assert all(a[1] <= b[0] for a, b in pairwise(ranges))
    assert all(start < end for start, end in ranges)


@given(st.lists(st.sampled_from(SYLLABLES), max_size=40))
def test_groups_take_every_syllable_once(syllables: list[str]) -> None:
    assert sum(group(syllables)) == len(syllables)


@pytest.mark.parametrize(
    ("one", "other"), [("hòa", "hoà"), ("thủy", "thuỷ"), ("kỹ", "kĩ"), ("quý", "quí")]
)
def test_spellings_of_a_syllable_share_a_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_very_long_chunk_is_cut_in_time() -> None:
    assert len(cut("a." * 100_000, "fr")) == 200_000
