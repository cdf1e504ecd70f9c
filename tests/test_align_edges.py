"""A unit at the edge of a link that brings nothing to it stands alone; one that does stays."""

from dataclasses import replace

import numpy as np
import pytest
from align_builder import document
from hypothesis import given
from hypothesis import strategies as st

from paraalign.align.comparison import Comparison
from paraalign.align.edges import own_stretch, trim_edges
from paraalign.align.monotone import Step
from paraalign.align.options import load_weights
from paraalign.align.worth import Window

SUBJECT = "alpha gamma delta"
COUNT = 12
PLACE = 5


def _own(index: int) -> str:
    """Return three words that only the unit *index* has."""
    letter = chr(ord("a") + index)
    return f"{letter}{letter}ixo kro{letter}{letter}mu zu{letter}{letter}ti"


UNITS = [f"{SUBJECT} {_own(index)}" for index in range(COUNT)]
JOINED = [*UNITS[:PLACE], f"{UNITS[PLACE]} {UNITS[PLACE + 1]}", *UNITS[PLACE + 2 :]]
LACKING = [*UNITS[: PLACE + 1], *UNITS[PLACE + 2 :]]
LACKING_FIRST = [*UNITS[:PLACE], *UNITS[PLACE + 1 :]]


def trimmed(
    source: list[str], target: list[str], step: Step, *, edge: float = 0.4
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the ranges of what comes of *step*."""
    comparison = Comparison(document(source, "fr"), document(target, "en"))
    evidence = comparison.sentences.priced("parity", 4)
    evidence = replace(evidence, prices=replace(evidence.prices, edge=edge, edge_trust=0.0))
    units = np.arange(len(source)), np.arange(len(target))
    window = Window.of(evidence, *units)
    return [piece[:2] for piece in trim_edges(step, window, *units)]


def joined(side: int) -> Step:
    """Return the link of two units with one, two on the *side* given."""
    ranges = [(PLACE, PLACE + 1), (PLACE, PLACE + 1)]
    ranges[side] = (PLACE, PLACE + 2)
    return Step(ranges[0], ranges[1], 0)


def ordered(side: int, own: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    return (other, own) if side else (own, other)


@pytest.mark.parametrize("side", [0, 1])
def test_units_rendered_together_stay_together(side: int) -> None:
    step = joined(side)
    assert trimmed(*ordered(side, UNITS, JOINED), step) == [step[:2]]


@pytest.mark.parametrize("side", [0, 1])
def test_a_last_unit_that_is_not_rendered_stands_alone(side: int) -> None:
    found = trimmed(*ordered(side, UNITS, LACKING), joined(side))
    alone, nothing = (PLACE + 1, PLACE + 2), (PLACE + 1, PLACE + 1)
    kept = (PLACE, PLACE + 1), (PLACE, PLACE + 1)
    assert found == [kept, (nothing, alone) if side else (alone, nothing)]


@pytest.mark.parametrize("side", [0, 1])
def test_a_first_unit_that_is_not_rendered_stands_alone(side: int) -> None:
    found = trimmed(*ordered(side, UNITS, LACKING_FIRST), joined(side))
    alone, nothing = (PLACE, PLACE + 1), (PLACE, PLACE)
    kept = (PLACE + 1, PLACE + 2), (PLACE, PLACE + 1)
    first, rest = ((nothing, alone), kept[::-1]) if side else ((alone, nothing), kept)
    assert found == [first, rest]


def test_links_are_left_as_they_are_without_a_price() -> None:
    step = joined(0)
    assert trimmed(UNITS, LACKING, step, edge=0.0) == [step[:2]]


@pytest.mark.parametrize("step", [Step((2, 3), (2, 3), 0), Step((2, 3), (2, 2), -1)])
def test_single_units_and_gaps_are_left_as_they_are(step: Step) -> None:
    assert trimmed(UNITS, UNITS, step) == [step[:2]]


@given(st.lists(st.floats(-5, 5), max_size=8))
def test_an_own_stretch_begins_at_the_edge(gains: list[float]) -> None:
    sums = [sum(gains[:count]) for count in range(len(gains) + 1)]
    found = own_stretch(np.array(gains, float).reshape(-1, 1))
    assert found.tolist() == pytest.approx([max(sums)])


def test_clauses_and_corpora_are_not_trimmed() -> None:
    assert load_weights("parity", "encoder+lexicon").edge == 0
    assert load_weights("corpus", "encoder+lexicon", sentences=True).edge == 0
    assert load_weights("parity", "encoder+lexicon", sentences=True).edge > 0
