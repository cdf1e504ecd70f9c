"""Word links: what is linked, what is not, and what always holds."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paraalign.align.words import evidence
from paraalign.align.words.evidence import WordEvidence
from paraalign.align.words.groups import iter_groups
from paraalign.align.words.keys import same_words
from paraalign.align.words.known import learn_renderings
from paraalign.align.words.links import link_words, probabilities, word_tables
from paraalign.align.words.posterior import expected_places, posteriors
from paraalign.letters import name_key
from paraalign.lexicon import Lexicon, load_lexicon
from paraalign.model import Document, Link, WordLink
from paraalign.read import read_text
from paraalign.segment import segment
from paraalign.views import View

CASES = json.loads((Path(__file__).parent / "cases" / "word_links.json").read_text("utf-8"))
WORDS = [
    "Nous",
    "protégeons",
    "le",
    "patrimoine",
    "Hanoï",
    "2023",
    "–",
    "«",
    "e\u0301cole",
    "🌍",
    "12",
]


def lines(text: str, lang: str) -> Document:
    return segment(read_text(text, format="txt"), lang, units="lines")


def one_to_one(count: int) -> tuple[Link, ...]:
    return tuple(Link((n,), (n,)) for n in range(count))


def lexicon_for(langs: list[str]) -> Lexicon | None:
    return load_lexicon(*langs)


def linked(source: Document, target: Document, links: tuple[WordLink, ...]) -> set[tuple[str, str]]:
    return {(source.words[a].text, target.words[b].text) for a, b, _ in links}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_cases_are_linked_as_they_say(case: dict[str, Any]) -> None:
    source, target = (
        lines(case[k], lang) for k, lang in zip(("source", "target"), case["langs"], strict=True)
    )
    lexicon = lexicon_for(case["langs"])
    links = link_words(WordEvidence(source, target, one_to_one(1), tokens=None, lexicon=lexicon))
    found = linked(source, target, links)
    assert {tuple(pair) for pair in case["linked"]} <= found
    assert not {tuple(pair) for pair in case["apart"]} & found


def test_a_word_that_moved_to_another_sentence_of_its_clause_is_found() -> None:
    source = segment(read_text("Nous aimons Hanoï. La ville est grande."), "fr")
    target = segment(read_text("Chúng tôi yêu. Thành phố Hà Nội rất lớn."), "vi")
    assert len(source.sentences) == len(target.sentences) == 2
    links = link_words(
        WordEvidence(source, target, one_to_one(2), tokens=None, lexicon=load_lexicon("fr", "vi"))
    )
    assert ("Hanoï", "Hà Nội") in linked(source, target, links)


def test_words_of_unlinked_clauses_are_not_linked() -> None:
    source, target = lines("Hanoï\nParis", "fr"), lines("Paris\nHà Nội", "vi")
    links = link_words(WordEvidence(source, target, one_to_one(2)))
    assert links == ()


def test_gaps_alone_give_no_group() -> None:
    source, target = lines("Hanoï", "fr"), lines("Hà Nội", "vi")
    gaps = (Link((0,), ()), Link((), (0,)))
    assert list(iter_groups(source, target, gaps)) == []


def test_links_sharing_a_clause_are_one_group() -> None:
    source = segment(read_text("Un chat dort. Un chien mange. Un rat court."), "fr")
    target = segment(read_text("Con mèo ngủ. Con chó ăn. Con chuột chạy."), "vi")
    groups = list(iter_groups(source, target, one_to_one(3)))
    assert len(groups) == 1
    assert groups[0][0].places.tolist() == sorted(groups[0][0].places.tolist())
    assert groups[0][0].words == tuple(range(len(source.words)))


def test_every_word_of_a_side_stands_where_its_offsets_say() -> None:
    source, target = lines("Le droit de vote\nun élu", "fr"), lines("quyền bầu cử\nđại biểu", "vi")
    for group in iter_groups(source, target, one_to_one(2)):
        for side in group:
            found = [side.text[a:b] for a, b in zip(side.starts, side.ends, strict=True)]
            assert tuple(found) == side.forms


def test_what_the_text_keeps_linking_is_learned() -> None:
    source = lines("le blorf dort\nle blorf mange", "fr")
    target = lines("blarg ngủ\nblarg ăn", "vi")
    tables = word_tables(WordEvidence(source, target, one_to_one(2)))
    found = [np.zeros_like(table.posterior) for table in tables]
    for table in found:
        table[1, 0] = 0.9
    learned = learn_renderings(
        (table.source, table.target, value) for table, value in zip(tables, found, strict=True)
    )
    assert set(learned) == {("blorf", "blarg")}


def test_a_rendering_seen_once_is_not_learned() -> None:
    source, target = lines("le blorf dort", "fr"), lines("blarg ngủ", "vi")
    table = word_tables(WordEvidence(source, target, one_to_one(1)))[0]
    found = np.zeros_like(table.posterior)
    found[1, 0] = 0.9
    assert learn_renderings([(table.source, table.target, found)]) == {}


def test_expected_places_follow_the_neighbours_of_a_wrong_link() -> None:
    found = np.eye(9)
    found[4] = 0.0
    found[4, 0] = 0.2
    assert expected_places(found)[4] == pytest.approx(4.0)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12),
)
def test_scores_are_probabilities_and_links_stay_inside(one: list[str], other: list[str]) -> None:
    source, target = lines(" ".join(one), "fr"), lines(" ".join(other), "vi")
    for link in link_words(WordEvidence(source, target, one_to_one(1))):
        assert 0 <= link.source < len(source.words)
        assert 0 <= link.target < len(target.words)
        assert 0.0 <= link.score <= 1.0
        assert source.words[link.source].is_sign == target.words[link.target].is_sign


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 99))
def test_posteriors_are_shares(rows: int, columns: int, seed: int) -> None:
    source, target = lines("mot " * rows, "fr"), lines("từ " * columns, "vi")
    total = np.random.default_rng(seed).normal(size=(rows, columns))
    sides = next(iter_groups(source, target, one_to_one(1)))
    found, expected = posteriors(*sides, total)
    assert ((found >= 0) & (found <= 1)).all()
    assert ((expected >= 0) & (expected <= columns - 1)).all()


def test_the_same_input_gives_the_same_links() -> None:
    source, target = (
        lines("Le droit de vote est secret.", "fr"),
        lines("Quyền bầu cử là bí mật.", "vi"),
    )
    lexicon = load_lexicon("fr", "vi")
    first, second = (
        link_words(WordEvidence(source, target, one_to_one(1), tokens=None, lexicon=lexicon))
        for _ in range(2)
    )
    assert first == second
    assert list(first) == sorted(first)


def test_a_long_text_has_the_same_links_as_if_it_were_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = lines("le blorf dort\nle blorf mange\nHanoï", "fr")
    target = lines("blarg ngủ\nblarg ăn\nHà Nội", "vi")
    lexicon = load_lexicon("fr", "vi")
    done: list[tuple[int, int]] = []
    kept = link_words(
        WordEvidence(source, target, one_to_one(3), tokens=None, lexicon=lexicon),
        progress=lambda one, all_: done.append((one, all_)),
    )
    monkeypatch.setattr(evidence, "_KEPT", 0)
    again = link_words(WordEvidence(source, target, one_to_one(3), tokens=None, lexicon=lexicon))
    assert kept == again != ()
    assert done == [(1, 3), (2, 3), (3, 3)]


def test_empty_documents_have_no_links() -> None:
    empty = Document(view=View.of(""), lang="fr")
    assert link_words(WordEvidence(empty, empty, ())) == ()


def test_words_with_nothing_in_common_are_not_linked() -> None:
    source, target = lines("Paris", "fr"), lines("Hà Nội", "vi")
    table = word_tables(WordEvidence(source, target, one_to_one(1)))[0]
    assert table.posterior[0, 0] == pytest.approx(1.0)
    assert probabilities(table, encoded=False)[0, 0] == 0.0


@pytest.mark.parametrize(("one", "other"), [("Hanoï", "Hà Nội"), ("ĐÀ NẴNG", "Da Nang")])
def test_folding_drops_diacritics_and_blanks(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_same_words_are_found_whichever_side_is_given_first() -> None:
    one, other = ["avril", "douze", "Hanoï", "ONU"], ["tháng", "4", "12", "Hà", "Nội", "ONU"]
    forth = same_words(one, "fr", other, "vi")
    back = same_words(other, "vi", one, "fr")
    assert sorted((b, a) for a, b in back) == forth
    assert not set(forth) & set(product([2], [0, 1, 2]))
