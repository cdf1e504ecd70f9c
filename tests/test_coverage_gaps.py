"""Gaps: which stretches of weights are maximal, and which words have nothing facing them."""

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraalign.align.words.evidence import WordEvidence
from paraalign.align.words.links import WordTable, word_tables
from paraalign.checks.context import Side
from paraalign.checks.coverage.gaps import find_gaps, gap_features, gap_weights, maximal_segments
from paraalign.checks.coverage.words import doubts, settings
from paraalign.lexicon import load_lexicon
from paraalign.model import Link
from paraalign.read import read_text
from paraalign.segment import segment

WEIGHTS = st.lists(st.floats(-5, 5, allow_nan=False).map(lambda x: round(x, 2)), max_size=30)
ADDED = "Công dân có quyền bầu cử và quyền khiếu nại trước tòa án về mọi quyết định."


@cache
def table(source: str, target: str) -> WordTable:
    documents = (
        segment(read_text(source, format="txt"), "fr", units="lines"),
        segment(read_text(target, format="txt"), "vi", units="lines"),
    )
    (found,) = word_tables(
        WordEvidence(*documents, (Link((0,), (0,)),), tokens=None, lexicon=load_lexicon("fr", "vi"))
    )
    return found


def gaps(source: str, target: str, which: Side) -> list[str]:
    one, fitted = table(source, target), settings("lexicon")
    own = doubts(one, which, fitted)
    forms = own.side.forms
    return [" ".join(forms[g.start : g.end]) for g in find_gaps(one, which, own, fitted)]


def test_an_added_phrase_is_a_gap_on_its_side_alone() -> None:
    assert any("khiếu nại" in gap for gap in gaps("Les citoyens votent.", ADDED, Side.TARGET))
    assert gaps("Les citoyens votent.", ADDED, Side.SOURCE) == []


def test_a_faithful_sentence_has_no_gap() -> None:
    for side in Side:
        assert gaps("Le droit de vote.", "Quyền bầu cử.", side) == []


@pytest.mark.parametrize("side", list(Side))
def test_every_word_has_features_and_a_weight(side: Side) -> None:
    one, fitted = table("Les citoyens votent.", ADDED), settings("lexicon")
    own = doubts(one, side, fitted)
    assert {len(values) for values in gap_features(one, side, own).values()} == {len(own.scores)}
    assert len(gap_weights(one, side, own, fitted)) == len(own.scores)


def test_the_fit_knows_the_features() -> None:
    one = table("Les citoyens votent.", ADDED)
    for mode in ("full", "lexicon"):
        own = doubts(one, Side.TARGET, settings(mode))
        assert set(settings(mode)["gap"]["weights"]) == set(gap_features(one, Side.TARGET, own))


@given(WEIGHTS)
def test_segments_are_disjoint_ordered_and_positive(weights: list[float]) -> None:
    found = maximal_segments(weights)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert all(total > 0 for _, _, total in found)
    assert all(abs(sum(weights[start:end]) - total) < 1e-6 for start, end, total in found)


@given(WEIGHTS)
def test_no_segment_can_be_bettered_at_its_ends(weights: list[float]) -> None:
    for start, end, total in maximal_segments(weights):
        assert all(sum(weights[start:cut]) >= -1e-6 for cut in range(start + 1, end))
        assert all(sum(weights[cut:end]) >= -1e-6 for cut in range(start + 1, end))
        assert total >= max(weights[start:end]) - 1e-6


@given(WEIGHTS)
def test_every_positive_weight_is_in_a_segment(weights: list[float]) -> None:
    covered = {place for start, end, _ in maximal_segments(weights) for place in range(start, end)}
    assert all(place in covered for place, weight in enumerate(weights) if weight > 0)
