"""Weigh what is seen of a word: small decision trees, grown on divergences made on purpose.

Which sign tells depends on the others: that the lexicon offers no rendering near means much for a
word that nearly always has one, and nothing for a word whose partner is sure. Trees say such
things; they are grown by `benchmarks/accuracy/fit_coverage_words.py` (LightGBM) and kept as plain
numbers, so that nothing but numpy is needed here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Trees"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Trees:
    """Binary trees, all as deep as the deepest; the way down goes left up to the threshold.

    Attributes:
        names: The columns that are asked for.
        columns: Which column each node asks for. Shape: (trees, nodes).
        thresholds: Up to where the way goes left. Shape: (trees, nodes).
        children: Nodes to the left and right; a leaf is its own child. Shape: (trees, nodes, 2).
        values: What each leaf adds, in log odds. Shape: (trees, nodes).
        depth: How many steps lead to the deepest leaf.
    """

    names: tuple[str, ...]
    columns: NDArray[np.int64]
    thresholds: NDArray[np.float64]
    children: NDArray[np.int64]
    values: NDArray[np.float64]
    depth: int

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Trees":
        """Return the trees *kept* as lists of nodes (column, threshold, left, right, value).

        >>> kept = {"names": ["a"], "depth": 1, "trees": [[[0, 0.5, 1, 2, 0.0],
        ...     [0, 0.0, 1, 1, -1.0], [0, 0.0, 2, 2, 1.0]]]}
        >>> Trees.of(kept).odds({"a": np.array([0.2, 0.8])}).tolist()
        [-1.0, 1.0]
        """
        size = max(len(tree) for tree in kept["trees"])
        table = np.array([[*tree, *[[0.0] * 5] * (size - len(tree))] for tree in kept["trees"]])
        return cls(
            names=tuple(kept["names"]),
            columns=table[:, :, 0].astype(np.int64),
            thresholds=table[:, :, 1],
            children=table[:, :, 2:4].astype(np.int64),
            values=table[:, :, 4],
            depth=int(kept["depth"]),
        )

    def odds(self, seen: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
        """Return the sum of all trees for each row of the columns *seen*, in log odds."""
        table = _stacked(seen, self.names)
        count, size = self.values.shape
        cells = np.arange(len(table))[:, None] * table.shape[1]
        first = np.arange(count)[None, :] * size  # all nodes in one row
        columns, thresholds = self.columns.ravel(), self.thresholds.ravel()
        children = self.children.reshape(-1)
        nodes = np.repeat(first, len(table), axis=0)
        for _ in range(self.depth):
            asked = table.ravel().take(cells + columns.take(nodes))
            nodes = first + children.take(2 * nodes + (asked > thresholds.take(nodes)))
        return np.asarray(self.values.ravel().take(nodes).sum(axis=1), dtype=np.float64)


def _stacked(seen: Mapping[str, NDArray[np.float64]], names: Sequence[str]) -> NDArray[np.float64]:
    return np.stack([seen[name] for name in names], axis=1)
