"""Two sentences that stand opposite each other are not linked for their subject alone."""

from dataclasses import replace

import numpy as np
import pytest
from align_builder import document

from paraalign.align.comparison import Comparison
from paraalign.align.evidence import Evidence
from paraalign.align.options import load_weights
from paraalign.align.search import find_links
from paraalign.align.worth import Window

TOPICS = ("alpha gamma delta", "omega sigma kappa")
FACING = 5


def pair(*, facing: bool) -> Evidence:
    """Return the evidence on 20 units of two subjects; two have no counterpart if *facing*."""
    units = [f"{TOPICS[index // 10]} {_own(index)}" for index in range(20)]
    others = list(units)
    if facing:
        others[FACING] = f"{TOPICS[0]} ukuhamba ubusuku emini"
    return Comparison(document(units, "fr"), document(others, "en")).sentences.priced("parity", 2)


def _own(index: int) -> str:
    """Return three words that only the unit *index* has."""
    letter = chr(ord("a") + index)
    return f"{letter}{letter}ixo kro{letter}{letter}mu zu{letter}{letter}ti"


def priced(evidence: Evidence, doubt: float) -> Evidence:
    prices = replace(evidence.prices, null=0.8, doubt=doubt, doubt_length=0.5, trust=0.0)
    return replace(evidence, prices=prices)


def linked(evidence: Evidence) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    return {link[:2] for link in find_links(evidence, range(20), range(20), crossing=False)}


def test_units_that_share_what_their_neighbours_share_stand_alone() -> None:
    assert ((FACING,), (FACING,)) in linked(priced(pair(facing=True), 0.0))
    found = linked(priced(pair(facing=True), 0.15))
    assert {((FACING,), ()), ((), (FACING,))} <= found
    assert {((i,), (i,)) for i in range(20) if i != FACING} <= found


def test_a_rival_near_adds_to_the_doubt() -> None:
    evidence = priced(pair(facing=False), 0.15)
    harsh = replace(evidence, prices=replace(evidence.prices, rival=5.0))
    places = np.arange(20), np.arange(20)
    assert not Window.of(harsh, *places).doubtful.diagonal().any()
    facing = priced(pair(facing=True), 0.0)
    spared = replace(facing.prices, doubt=1e-6, trust=0.5)
    odds = [replace(facing, prices=replace(spared, rival=rival)) for rival in (0.0, 5.0)]
    called = [bool(Window.of(one, *places).doubtful[FACING, FACING]) for one in odds]
    assert called == [False, True]


def test_units_that_share_more_stay_linked() -> None:
    assert linked(priced(pair(facing=False), 0.15)) == {((i,), (i,)) for i in range(20)}


@pytest.mark.parametrize("count", [1, 2])
def test_units_without_neighbours_are_doubted_by_what_they_share(count: int) -> None:
    texts = ["Hanoï 2023 w1x n1y", "Saigon 1945 w2x n2y"][:count]
    evidence = priced(
        Comparison(document(texts, "fr"), document(texts, "en")).sentences.priced("parity", 1), 0.15
    )
    window = Window.of(evidence, np.arange(count), np.arange(count))
    assert not window.doubtful.diagonal().any()


def test_clauses_and_corpora_are_not_doubted() -> None:
    assert load_weights("parity", "encoder+lexicon").doubt == 0
    assert load_weights("corpus", "encoder+lexicon", sentences=True).doubt == 0
