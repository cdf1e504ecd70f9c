"""Clauses are linked by what they say, however they are numbered or ordered."""

import json
from pathlib import Path
from typing import Any

import pytest
from align_builder import document
from hypothesis import given, settings
from hypothesis import strategies as st

from paraalign.align.clauses import link_clauses
from paraalign.align.comparison import Comparison
from paraalign.align.options import AlignOptions
from paraalign.lexicon import load_lexicon
from paraalign.model import Clause, Document, Link, Role
from paraalign.read import read_text
from paraalign.segment import segment

CASES = json.loads((Path(__file__).parent / "cases/clause_links.json").read_text("utf-8"))
WORDS = (
    "maison",
    "2023",
    "Hanoï",
    "eau",
    "liberté",
    "droit",
    "coopération",
    "ville",
    "12",
    "projet",
)
UNITS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join), max_size=9)


def links(source: Document, target: Document, *, lexicon: bool = False) -> tuple[Link, ...]:
    words = load_lexicon(source.lang, target.lang) if lexicon else None
    return link_clauses(Comparison(source, target, None, words), options=AlignOptions())


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_clauses_link_by_content(case: dict[str, Any]) -> None:
    source, target = document(case["source"], "fr"), document(case["target"], "vi")
    found = links(source, target, lexicon=True)
    assert [[list(link.source), list(link.target)] for link in found] == case["expected"]


@settings(deadline=None, max_examples=25)
@given(UNITS, UNITS)
def test_every_clause_is_in_exactly_one_link(first: list[str], second: list[str]) -> None:
    source, target = document(first, "fr"), document(second, "en")
    found = links(source, target)
    assert sorted(i for link in found for i in link.source) == list(range(len(first)))
    assert sorted(j for link in found for j in link.target) == list(range(len(second)))
    assert all(0 <= link.score <= 1 for link in found)
    starts = [link.source[0] for link in found if link.source]
    assert starts == sorted(starts)


@settings(deadline=None, max_examples=12)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8, unique=True))
def test_a_text_links_to_itself_one_to_one(words: list[str]) -> None:
    units = [f"{word} {index + 100} {word}{word}" for index, word in enumerate(words)]
    found = links(document(units, "fr"), document(units, "en"))
    assert [link[:2] for link in found] == [((i,), (i,)) for i in range(len(units))]


def test_swapped_arguments_mirror_the_links() -> None:
    case = CASES[0]
    source, target = document(case["source"], "fr"), document(case["target"], "vi")
    there = {link[:2] for link in links(source, target, lexicon=True)}
    back = {link[:2][::-1] for link in links(target, source, lexicon=True)}
    assert there == back


def test_an_empty_side_leaves_gaps_only() -> None:
    found = links(document(["Un.", "Deux."], "fr"), document([], "vi"))
    assert [link[:2] for link in found] == [((0,), ()), ((1,), ())]


def test_same_input_same_links() -> None:
    case = CASES[5]
    pair = document(case["source"], "fr"), document(case["target"], "vi")
    assert links(*pair, lexicon=True) == links(*pair, lexicon=True)


def with_section(units: list[str], lang: str, lead: int) -> Document:
    flat = document(units, lang)
    opened = flat.clauses[lead]
    section = Clause(span=opened.span, number=opened.number, label="section", role=Role.SECTION)
    clauses = (*flat.clauses[:lead], section, *flat.clauses[lead:])
    return Document(view=flat.view, lang=lang, clauses=clauses)


def test_sections_follow_the_leaves_that_open_them() -> None:
    case = CASES[2]
    source, target = with_section(case["source"], "fr", 1), with_section(case["target"], "vi", 1)
    found = [link[:2] for link in links(source, target, lexicon=True)]
    assert found == [((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), (3,))]


def test_a_section_without_counterpart_joins_the_link_of_its_leaf() -> None:
    case = CASES[2]
    source, target = with_section(case["source"], "fr", 1), document(case["target"], "vi")
    found = [link[:2] for link in links(source, target, lexicon=True)]
    assert found == [((0,), (0,)), ((1, 2), (1,)), ((3,), (2,))]


BODY = (
    "Chacun a droit à la liberté d'expression.\n\nLe gouvernement protège l'eau et la culture.",
    "Mọi người đều có quyền tự do ngôn luận.\n\nChính phủ bảo vệ nước và văn hóa.",
)


def titled(title: str, which: int) -> Document:
    text = f"# {title}\n\n{BODY[which]}" if title else BODY[which]
    return segment(read_text(text, format="md"), ("fr", "vi")[which])


def test_titles_that_share_no_word_are_linked() -> None:
    source, target = (
        titled("Parité dev/prod", 0),
        titled("Sự tương đồng giữa thực tế và vận hành", 1),
    )
    assert {link[:2] for link in links(source, target, lexicon=True)} == {
        ((n,), (n,)) for n in range(3)
    }


def test_a_title_that_the_other_lacks_stands_alone() -> None:
    source, target = titled("Parité dev/prod", 0), titled("", 1)
    assert ((0,), ()) in {link[:2] for link in links(source, target, lexicon=True)}
