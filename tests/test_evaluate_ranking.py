"""Rankings are scored as by hand, ties and edges included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraalign.evaluate.ranking import area_under_curve, average_precision, best_f1

PAIRS = st.lists(st.tuples(st.integers(0, 1), st.sampled_from([0.0, 0.1, 0.5, 0.9])), max_size=30)


def test_average_precision_is_the_mean_over_the_hits() -> None:
    assert average_precision([0, 1, 0, 1], [4, 3, 2, 1]) == pytest.approx((1 / 2 + 2 / 4) / 2)


def test_the_order_of_ties_is_worth_nothing() -> None:
    assert average_precision([1, 0], [1, 1]) == average_precision([0, 1], [1, 1]) == 0.5
    assert area_under_curve([1, 0], [1, 1]) == area_under_curve([0, 1], [1, 1]) == 0.5


def test_best_f1_is_that_of_the_best_threshold() -> None:
    assert best_f1([1, 1, 0, 0, 1], [5, 4, 3, 2, 1]) == pytest.approx(0.8)


def test_the_area_counts_pairs() -> None:
    assert area_under_curve([1, 0, 1, 0, 0], [5, 4, 3, 2, 1]) == pytest.approx(5 / 6)


def test_nothing_marked_has_no_figures() -> None:
    for labels in ([], [0, 0]):
        assert average_precision(labels, [0.5] * len(labels)) is None
        assert best_f1(labels, [0.5] * len(labels)) is None
    assert area_under_curve([1, 1], [0.1, 0.2]) is None


@given(PAIRS)
def test_figures_are_shares_and_a_perfect_ranking_reaches_one(
    pairs: list[tuple[int, float]],
) -> None:
    labels, scores = [label for label, _ in pairs], [score for _, score in pairs]
    for figure in (average_precision, best_f1, area_under_curve):
        found = figure(labels, scores)
        assert found is None or 0 <= found <= 1
        perfect = figure(labels, [float(label) for label in labels])
        assert perfect is None or perfect == pytest.approx(1)


@given(PAIRS)
def test_only_the_order_of_scores_counts(pairs: list[tuple[int, float]]) -> None:
    labels, scores = [label for label, _ in pairs], [score for _, score in pairs]
    for figure in (average_precision, best_f1, area_under_curve):
        assert figure(labels, scores) == figure(labels, [10 * score - 3 for score in scores])
