"""The options, the words and the evidence that alignment rests on."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from align_builder import document
from hypothesis import given
from hypothesis import strategies as st

from paraalign.align.anchors import find_anchors, longest_chain
from paraalign.align.cover import Floats, gather, reduce_runs, run_sums
from paraalign.align.evidence import weigh
from paraalign.align.forms import likeness, split_words
from paraalign.align.lexical import LexicalCover
from paraalign.align.options import AlignOptions, load_weights
from paraalign.align.search import cut_stretches, find_links
from paraalign.align.units import body_start, sentence_side
from paraalign.align.vectors import TokenCover
from paraalign.align.wording import Wording
from paraalign.encode.tokens import Tokens
from paraalign.errors import OptionError
from paraalign.letters import unmarked
from paraalign.lexicon import load_lexicon
from paraalign.lexicon.protocol import Lexicon
from paraalign.model import Document


@pytest.mark.parametrize("wrong", [{"preset": "strict"}, {"units": "words"}, {"run": 9}])
def test_options_refuse_what_is_not_allowed(wrong: dict[str, Any]) -> None:
    with pytest.raises(OptionError, match="allowed"):
        AlignOptions(**wrong)


@pytest.mark.parametrize("kind", ["encoder+lexicon", "encoder", "lexicon", "form"])
def test_gaps_are_dearer_for_a_corpus(kind: str) -> None:
    assert load_weights("corpus", kind).null > load_weights("parity", kind).null


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    for word in split_words(text):
        assert unmarked(word.text) == unmarked(split_words(text[word.start : word.end])[0].text)


def test_likeness_is_one_for_equal_words_only() -> None:
    degrees = likeness(["nation", "papier"], ["nation", "papiers"])
    assert degrees[0, 0] == 1
    assert 0.8 < degrees[1, 1] < 1


@pytest.mark.parametrize(
    ("text", "number", "start"),
    [("3.2. Texte", "3.2", 5), ("Texte 3", None, 0), ("En 2023, les 3 villes", "3", 0)],
)
def test_printed_numbers_are_set_apart(text: str, number: str | None, start: int) -> None:
    assert body_start(text, number) == start


@given(st.lists(st.integers(0, 3), max_size=6))
def test_stretches_reduce_as_sums_do(counts: list[int]) -> None:
    bounds = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    values = np.arange(float(bounds[-1]))
    sums = reduce_runs(np.add, values, bounds)
    assert sums.tolist() == [values[a:b].sum() for a, b in pairwise(bounds)]
    assert gather(bounds, np.arange(len(counts)))[0].tolist() == list(range(int(bounds[-1])))


def test_longer_runs_never_render_less() -> None:
    best = np.random.default_rng(1).random((5, 7))
    sums = run_sums(best, np.ones(5), np.array([0, 2, 5]), 4)
    assert (np.diff(sums, axis=0) >= 0).all()


def covers(first: str, second: str, lexicon: Lexicon | None = None) -> tuple[Floats, Floats]:
    return LexicalCover.of(
        sentence_side(document([first], "fr")), sentence_side(document([second], "vi")), lexicon
    ).best(np.array([0]), np.array([0]))


def test_names_meet_across_spellings() -> None:
    assert covers("Hanoï", "Hà Nội")[0].max() == 1
    assert covers("Hanoï", "Huế")[0].max() == 0


def test_renderings_need_the_lexicon() -> None:
    lexicon = load_lexicon("fr", "vi")
    assert covers("patrimoine", "di sản", lexicon)[0].max() > 0.5
    assert covers("patrimoine", "di sản")[0].max() == 0


def tokens_of(units: list[str], lang: str, vectors: Floats) -> tuple[Document, Tokens]:
    doc = document(units, lang)
    starts = np.array([sentence.span.start for sentence in doc.sentences], np.int32)
    ends = np.array([sentence.span.end for sentence in doc.sentences], np.int32)
    states = np.array(vectors, np.float16)
    return doc, Tokens(
        starts=starts,
        ends=ends,
        sentences_of=np.arange(len(starts), dtype=np.int32),
        words=states,
        sentences=states,
        weights=np.ones(len(starts), np.float32),
    )


def test_vectors_link_where_no_word_is_shared() -> None:
    states = np.eye(6)
    units = [f"aaaa{letter}" for letter in "bcdefg"]
    source, first = tokens_of(units, "fr", states)
    target, second = tokens_of([unit[::-1] for unit in units[:5]], "vi", states[:5])
    sides = sentence_side(source), sentence_side(target)
    evidence = weigh(sides, Wording.of(*sides, tokens=(first, second), lexicon=None))
    evidence = evidence.priced("parity", 2)
    found = find_links(evidence, range(6), range(5), crossing=False)
    assert [link[:2] for link in found] == [((i,), (i,)) for i in range(5)] + [((5,), ())]
    cover = TokenCover.of(*sides, (first, second))
    assert cover.best(np.arange(6), np.arange(5))[0].shape == (6, 5)


def test_anchors_prefer_each_other() -> None:
    source = sentence_side(document(["Paris 2023", "Hanoï 1945", "eau"], "fr"))
    target = sentence_side(document(["nước", "Paris 2023", "Hà Nội 1945"], "vi"))
    found = find_anchors(source, target, LexicalCover.of(source, target, None), None)
    assert found == [(0, 1), (1, 2)]


@given(st.permutations(range(8)))
def test_chain_rises_on_both_sides(order: list[int]) -> None:
    chain = longest_chain(list(enumerate(order)))
    assert chain == sorted(chain)
    assert [target for _, target in chain] == sorted(target for _, target in chain)


@given(st.integers(0, 900), st.integers(0, 900), st.integers(0, 1))
def test_stretches_hold_every_unit_once(source: int, target: int, anchored: int) -> None:
    anchors = [(i, i) for i in range(min(source, target))] if anchored else []
    stretches = cut_stretches(anchors, source, target)
    assert [i for rows, _ in stretches for i in rows] == list(range(source))
    assert [j for _, columns in stretches for j in columns] == list(range(target))


def test_a_long_text_is_cut_and_linked_alike() -> None:
    units = [f"mot{index} nombre {index * 7 + 1000} fin{index % 9}" for index in range(700)]
    sides = (
        sentence_side(document(units, "fr")),
        sentence_side(document(units[:300] + units[330:], "en")),
    )
    evidence = weigh(sides, Wording.of(*sides, tokens=None, lexicon=None)).priced("parity", 2)
    assert len(cut_stretches(evidence.anchors, 700, 670)) > 2
    found = find_links(evidence, range(700), range(670), anchors=evidence.anchors, crossing=False)
    gaps = [link.source[0] for link in found if not link.target]
    assert gaps == list(range(300, 330))
