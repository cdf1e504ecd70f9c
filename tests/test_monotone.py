"""The dynamic programme finds the best path and leaves no unit out."""

from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from paraalign.align.monotone import Gaps, Step, find_path

SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2))


def worths(seed: int, rows: int, columns: int) -> NDArray[np.float64]:
    table = np.random.default_rng(seed).normal(size=(len(SHAPES), rows + 1, columns + 1))
    for index, (n, m) in enumerate(SHAPES):
        table[index, :n] = -np.inf
        table[index, :, :m] = -np.inf
    return table


def path(table: NDArray[np.float64], gaps: Gaps) -> list[Step]:
    rows, columns = table.shape[1] - 1, table.shape[2] - 1
    return find_path(rows, columns, SHAPES, lambda low, high: table[:, low:high], gaps)


def value(steps: list[Step], table: NDArray[np.float64], gaps: Gaps) -> float:
    total = 0.0
    for step in steps:
        if step.shape >= 0:
            total += table[step.shape, step.source[1], step.target[1]]
        total -= gaps.source[slice(*step.source)].sum() if step.shape < 0 else 0.0
        total -= gaps.target[slice(*step.target)].sum() if step.shape < 0 else 0.0
    return total


def best_by_trial(table: NDArray[np.float64], gaps: Gaps) -> float:
    @cache
    def best(row: int, column: int) -> float:
        if row == column == 0:
            return 0.0
        found = [-np.inf]
        if row:
            found.append(best(row - 1, column) - gaps.source[row - 1])
        if column:
            found.append(best(row, column - 1) - gaps.target[column - 1])
        for index, (n, m) in enumerate(SHAPES):
            if n <= row and m <= column:
                found.append(best(row - n, column - m) + table[index, row, column])
        return max(found)

    return best(table.shape[1] - 1, table.shape[2] - 1)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10**6), st.integers(0, 7), st.integers(0, 7), st.floats(0.01, 2))
def test_path_is_as_good_as_the_best_of_all(
    seed: int, rows: int, columns: int, price: float
) -> None:
    table, gaps = worths(seed, rows, columns), Gaps.even(rows, columns, price)
    found = value(path(table, gaps), table, gaps)
    assert abs(found - best_by_trial(table, gaps)) < 1e-6


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.integers(0, 140), st.integers(0, 9))
def test_every_unit_is_in_exactly_one_step(seed: int, rows: int, columns: int) -> None:
    steps = path(worths(seed, rows, columns), Gaps.even(rows, columns, 0.5))
    assert [i for step in steps for i in range(*step.source)] == list(range(rows))
    assert [j for step in steps for j in range(*step.target)] == list(range(columns))


def test_dear_gaps_force_links_and_cheap_ones_leave_bad_links_out() -> None:
    table = np.full((4, 3, 3), -np.inf)
    table[0, 1, 1] = table[0, 2, 2] = -1.0
    assert [step.shape for step in path(table, Gaps.even(2, 2, 5.0))] == [0, 0]
    assert {step.shape for step in path(table, Gaps.even(2, 2, 0.1))} == {-1}
