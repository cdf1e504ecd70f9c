"""The cross-encoder: what one text lacks stands out, whatever else is read in the same call."""

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from onnxruntime import InferenceSession

from paraalign.encode import load_cross_encoder, load_encoder
from paraalign.encode.cross import CrossEncoder, CrossWeights, cross_graph
from paraalign.encode.layers import exact_product
from paraalign.encode.meeting import meeting, side_by_side

FAITHFUL = "Les États protègent la santé publique.", "Các quốc gia bảo vệ sức khỏe cộng đồng."
MORE = "Les États et les entreprises protègent la santé publique.", FAITHFUL[1]
ENGLISH = "The States protect public health.", "Les États et les entreprises protègent la santé."
LONG = " ".join([FAITHFUL[0]] * 12), " ".join([FAITHFUL[1]] * 12)
PAIRS = [FAITHFUL, MORE, ENGLISH, LONG, ("Oui.", "Vâng.")]
NOTHING = np.zeros((0, 384), np.float32)

Vectors = tuple[NDArray[np.float32], NDArray[np.float32]]


@cache
def cross() -> CrossEncoder:
    found = load_cross_encoder("e5")
    assert found is not None
    return found


@cache
def vectors(pair: tuple[str, str]) -> Vectors:
    encoder = load_encoder("e5")
    assert encoder is not None
    one, other = encoder.encode(pair)
    return one.words, other.words


@cache
def means() -> Vectors:
    sides = zip(*map(vectors, PAIRS[:2]), strict=True)
    one, other = (np.concatenate(side).mean(axis=0) for side in sides)
    return one, other


def odds(pair: tuple[str, str], encoder: CrossEncoder | None = None) -> Vectors:
    return (encoder or cross()).odds([vectors(pair)], means())[0]


def of_piece(pair: tuple[str, str], side: int, piece: str) -> float:
    encoder = load_encoder("e5")
    assert encoder is not None
    tokens = encoder.encode(pair)[side]
    start = pair[side].index(piece)
    inside = (tokens.starts < start + len(piece)) & (tokens.ends > start)
    return float(odds(pair)[side][inside].mean())


def test_there_is_one_for_the_encoders_that_it_reads_alone() -> None:
    assert load_cross_encoder("e5") is load_cross_encoder("e5-fp32")
    assert load_cross_encoder("none") is None
    assert load_cross_encoder("some/model") is None


@pytest.mark.parametrize(
    ("pair", "side", "alone", "shared"),
    [(MORE, 0, "les entreprises", "santé publique"), (ENGLISH, 1, "les entreprises", "la santé")],
    ids=["fr-vi", "en-fr"],
)
def test_what_the_other_text_lacks_stands_out(
    pair: tuple[str, str], side: int, alone: str, shared: str
) -> None:
    assert of_piece(pair, side, alone) > of_piece(pair, side, shared) + 1


def test_it_reads_the_other_text_too() -> None:
    there = MORE[0], "Các quốc gia và các doanh nghiệp bảo vệ sức khỏe cộng đồng."
    assert of_piece(there, 0, "entreprises") < of_piece(MORE, 0, "entreprises") - 1


def test_every_token_has_one_figure() -> None:
    for pair, found in zip(PAIRS, cross().odds([*map(vectors, PAIRS)], means()), strict=True):
        assert [side.shape for side in found] == [(len(side),) for side in vectors(pair)]
        assert all(np.isfinite(side).all() for side in found)


@settings(deadline=None, max_examples=15)
@given(st.lists(st.sampled_from(PAIRS), max_size=6))
def test_what_else_is_read_changes_no_bit(pairs: list[tuple[str, str]]) -> None:
    for pair, found in zip(pairs, cross().odds([*map(vectors, pairs)], means()), strict=True):
        assert all(np.array_equal(*sides) for sides in zip(found, odds(pair), strict=True))


@pytest.mark.parametrize("thread_count", [1, 3])
def test_the_number_of_threads_changes_no_bit(thread_count: int) -> None:
    other = CrossEncoder(thread_count=thread_count)
    for pair in PAIRS:
        same = zip(odds(pair, other), odds(pair), strict=True)
        assert all(np.array_equal(*sides) for sides in same)


def test_integers_stay_close_to_floats() -> None:
    weights = CrossWeights.stored()
    session = InferenceSession(cross_graph(weights, exact_product))
    for pair in PAIRS[:3]:
        found = meeting(vectors(pair), means())
        (exact,) = session.run(["odds"], side_by_side([found], len(found.sides)))
        assert np.abs(np.concatenate(odds(pair)) - exact[0, :, 0]).mean() < 0.15


@pytest.mark.parametrize("empty", [0, 1])
def test_a_text_may_be_empty(empty: int) -> None:
    full = vectors(FAITHFUL)[1 - empty]
    pair = (NOTHING, full) if empty == 0 else (full, NOTHING)
    found = cross().odds([pair], means())[0]
    assert found[empty].shape == (0,)
    assert np.isfinite(found[1 - empty]).all()


def test_no_pairs_give_nothing() -> None:
    assert cross().odds([], means()) == []


def test_the_weights_are_five_layers_in_integers() -> None:
    weights = CrossWeights.stored()
    assert weights.layer_count == 5
    names = [f"l{number}.{name}" for number in range(5) for name in ("q", "ao", "fi", "fo")]
    assert sorted(weights.steps) == sorted(names)
    shapes = [weights.product(name)[0].shape for name in names]
    assert all(a == b for a, b in pairwise(shapes[::4]))
