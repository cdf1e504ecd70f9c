"""Anchors stay dense in long texts, and long texts are cut only where both sides go on together."""

import random

import pytest

from paraalign.align.anchors import (
    Pairs,
    expected_places,
    find_anchors,
    longest_chain,
    near_anchors,
)
from paraalign.align.lexical import LexicalCover
from paraalign.align.search import cut_stretches
from paraalign.align.units import Side, Trait
from paraalign.model import Span

UNITS, MISSING = 2_400, range(1_000, 1_060)


def lines(chance: random.Random) -> list[str]:
    """Return lines of words of which most come again and again in a long text, few nearby."""
    words = ["".join(chance.choices("bcdfglmnprst", k=7)) for _ in range(700)]
    return [" ".join(chance.sample(words, 5)) for _ in range(UNITS)]


def side(texts: list[str], lang: str) -> Side:
    spans = [Span(0, len(text)) for text in texts]
    return Side.of(lang, texts, [Trait()] * len(texts), spans)


@pytest.fixture(scope="module")
def cover() -> LexicalCover:
    source = lines(random.Random(7))  # noqa: S311 - no secret
    target = [text for index, text in enumerate(source) if index not in MISSING]
    return LexicalCover.of(side(source, "fr"), side(target, "vi"), None)


def counterpart(unit: int) -> int | None:
    """Return the target unit of the source *unit*."""
    if unit in MISSING:
        return None
    return unit if unit < MISSING.start else unit - len(MISSING)


def right(pairs: Pairs) -> float:
    return sum(counterpart(i) == j for i, j in pairs) / max(len(pairs), 1)


@pytest.fixture(scope="module")
def near(cover: LexicalCover) -> Pairs:
    return near_anchors(cover, [(0, 0), (500, 500), (1_500, 1_440), (2_399, 2_339)])


def test_no_word_is_rare_in_the_whole_text(cover: LexicalCover) -> None:
    empty = side([""] * UNITS, "fr"), side([""] * (UNITS - len(MISSING)), "vi")
    assert len(find_anchors(*empty, cover, None)) < UNITS / 20


def test_nearby_many_are(near: Pairs) -> None:
    assert len(near) > 0.9 * (UNITS - len(MISSING))
    assert right(near) > 0.99


def test_long_texts_are_cut_at_counterparts(near: Pairs) -> None:
    stretches = cut_stretches(near, UNITS, UNITS - len(MISSING))
    assert len(stretches) > 20
    for rows, columns in stretches[1:]:
        assert counterpart(rows.start) == columns.start
    longest = max(len(rows) * len(columns) for rows, columns in stretches)
    assert longest < 200 * 200


def test_a_stray_anchor_cuts_nothing() -> None:
    anchors = [(i, i) for i in range(900)]
    anchors[400:402] = [(400, 410), (401, 411)]
    places = {(rows.start, columns.start) for rows, columns in cut_stretches(anchors, 900, 900)}
    assert all(row == column for row, column in places)


@pytest.mark.parametrize(("source", "target"), [(20_000, 30), (5_000, 5_000), (0, 4_000), (301, 1)])
def test_without_anchors_no_stretch_is_too_large(source: int, target: int) -> None:
    stretches = cut_stretches([], source, target)
    assert sum(len(rows) for rows, _ in stretches) == source
    assert sum(len(columns) for _, columns in stretches) == target
    assert all(len(rows) * len(columns) <= 1_010_000 for rows, columns in stretches)


def test_a_short_text_facing_a_long_one_is_not_cut() -> None:
    assert len(cut_stretches([], 20_000, 30)) == 1


def test_places_are_expected_between_anchors() -> None:
    assert expected_places([(2, 12)], 5, 15).tolist() == [0, 6, 12, 13, 14]
    assert longest_chain([(0, 3), (1, 1), (2, 2)]) == [(1, 1), (2, 2)]
