"""Phrases left over on both sides: which of them moved, and what always holds."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import tokens_of
from hypothesis import given, settings
from hypothesis import strategies as st

from paraalign.align.words.elsewhere import Moved, find_moved
from paraalign.align.words.evidence import WordEvidence
from paraalign.encode.tokens import Tokens
from paraalign.lexicon import load_lexicon
from paraalign.model import Document, Link
from paraalign.read import read_text
from paraalign.segment import segment

CASES = json.loads((Path(__file__).parent / "cases" / "elsewhere.json").read_text("utf-8"))
WORDS = ["santé", "Hanoï", "accord", "le", "2023", ",", "école", "12"]


def lines(texts: list[str], lang: str) -> Document:
    return segment(read_text("\n".join(texts), format="txt"), lang, units="lines")


def one_to_one(count: int) -> tuple[Link, ...]:
    return tuple(Link((n,), (n,)) for n in range(count))


def words_of(document: Document, phrase: str) -> range:
    start = document.text.index(phrase)
    found = [
        n
        for n, word in enumerate(document.words)
        if word.span.start < start + len(phrase) and word.span.end > start
    ]
    return range(found[0], found[-1] + 1)


def said(document: Document, words: range) -> str:
    first, last = document.words[words[0]].span, document.words[words[-1]].span
    return document.text[first.start : last.end]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_cases_move_as_they_say(case: dict[str, Any]) -> None:
    source, target = lines(case["source"], "fr"), lines(case["target"], "vi")
    left = (
        [words_of(source, phrase) for phrase in case["left"][0]],
        [words_of(target, phrase) for phrase in case["left"][1]],
    )
    links = one_to_one(len(case["source"]))
    lexicon = load_lexicon("fr", "vi")
    found = find_moved(WordEvidence(source, target, links, lexicon=lexicon), left)
    assert [[said(source, m.source), said(target, m.target)] for m in found] == case["moved"]


def test_what_stands_far_off_is_not_the_same() -> None:
    gap = ["Bien."] * 60
    source, target = lines(["Hanoï.", *gap], "fr"), lines([*gap, "Hà Nội."], "vi")
    left = [words_of(source, "Hanoï")], [words_of(target, "Hà Nội")]
    assert find_moved(WordEvidence(source, target, one_to_one(61)), left) == ()


def test_the_nearer_of_two_like_phrases_is_taken() -> None:
    source = lines(["Hanoï.", "Bien.", "Bien."], "fr")
    target = lines(["Tốt.", "Hà Nội.", "Hà Nội."], "vi")
    places = [n for n, word in enumerate(target.words) if word.text == "Hà Nội"]
    left = [words_of(source, "Hanoï")], [range(n, n + 1) for n in places]
    found = find_moved(WordEvidence(source, target, one_to_one(3)), left)
    assert [moved.target.start for moved in found] == [places[0]]


def word_tokens(document: Document, meanings: dict[str, int]) -> Tokens:
    return tokens_of(document, [meanings.get(word.text, 0) for word in document.words])


@pytest.mark.parametrize(("meaning", "count"), [(3, 1), (5, 0)])
def test_vectors_alone_tell_what_moved(meaning: int, count: int) -> None:
    source, target = lines(["blorf zig", "mot"], "fr"), lines(["tol", "blarg zug"], "vi")
    tokens = (
        word_tokens(source, {"blorf": 3, "zig": 4}),
        word_tokens(target, {"blarg": meaning, "zug": meaning + 1}),
    )
    left = [range(2)], [words_of(target, "blarg zug")]
    found = find_moved(WordEvidence(source, target, one_to_one(2), tokens), left)
    assert len(found) == count


def test_nothing_left_over_is_nothing_moved() -> None:
    source, target = lines(["Hanoï."], "fr"), lines(["Hà Nội."], "vi")
    left: tuple[list[range], list[range]] = ([range(1)], [])
    assert find_moved(WordEvidence(source, target, one_to_one(1)), left) == ()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=1, max_size=5),
    st.data(),
)
def test_moved_words_lie_inside_what_was_left_over_and_come_once(
    rows: list[list[str]], data: st.DataObject
) -> None:
    texts = [" ".join(row) for row in rows]
    source, target = lines(texts, "fr"), lines(texts[::-1], "fr")
    left = tuple(
        [
            range(start, data.draw(st.integers(start + 1, len(document.words))))
            for start in data.draw(st.sets(st.integers(0, len(document.words) - 1), max_size=4))
        ]
        for document in (source, target)
    )
    links = one_to_one(len(texts))
    found = find_moved(WordEvidence(source, target, links), (left[0], left[1]))
    assert list(found) == sorted(found, key=lambda m: (m.source.start, m.target.start))
    assert len(found) <= min(map(len, left))
    for moved in found:
        assert is_inside(moved, left)
        assert 0.4 <= moved.score <= 1.0


def is_inside(moved: Moved, left: tuple[list[range], ...]) -> bool:
    return all(
        any(set(words) <= set(phrase) for phrase in phrases)
        for words, phrases in zip(moved[:2], left, strict=True)
    )
