"""Trees: every row goes down its own way, and what is kept as lists comes back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraalign.checks.coverage.trees import Trees
from paraalign.checks.coverage.words import settings

STUMP = [[0, 0.5, 1, 2, 0.0], [0, 0, 1, 1, -1.0], [0, 0, 2, 2, 2.0]]
DEEP = [
    [1, 0.0, 1, 2, 0.0],
    [0, 0, 1, 1, 0.5],
    [0, 1.0, 3, 4, 0.0],
    [0, 0, 3, 3, 4.0],
    [0, 0, 4, 4, 8.0],
]
KEPT = {"names": ["a", "b"], "depth": 2, "trees": [STUMP, DEEP]}


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [(0.5, 0.0, -0.5), (0.6, 0.0, 2.5), (0.6, 1.0, 6.0), (2.0, 1.0, 10.0), (0.0, 1.0, 3.0)],
)
def test_the_leaves_reached_are_added_up(a: float, b: float, expected: float) -> None:
    seen = {"a": np.array([a]), "b": np.array([b])}
    assert Trees.of(KEPT).odds(seen).tolist() == [expected]


@given(st.lists(st.tuples(st.floats(-2, 2), st.floats(-2, 2)), max_size=8))
def test_rows_do_not_touch_each_other(rows: list[tuple[float, float]]) -> None:
    trees = Trees.of(KEPT)
    table = np.array(rows).reshape(-1, 2)
    together = trees.odds({"a": table[:, 0], "b": table[:, 1]})
    alone = [trees.odds({"a": row[:1], "b": row[1:]})[0] for row in table]
    assert together.tolist() == alone


def test_the_columns_asked_for_go_by_name() -> None:
    seen = {"unused": np.array([9.0]), "b": np.array([0.0]), "a": np.array([0.0])}
    assert Trees.of(KEPT).odds(seen).tolist() == [-0.5]


@pytest.mark.parametrize("mode", ["full", "lexicon"])
def test_the_shipped_trees_end_in_leaves(mode: str) -> None:
    trees = settings(mode)["trees"]
    for children in trees.children:
        reached = {0}
        for _ in range(trees.depth):
            reached = {int(child) for node in reached for child in children[node]}
        assert all(children[node].tolist() == [node, node] for node in reached)
