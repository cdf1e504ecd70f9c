"""The search of vecalign (Thompson and Koehn 2019), as sentweave carries it, for comparison.

Apache-2.0, `pip install sentweave`; run with the settings that its command line has.
"""

import importlib
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

MODULE = "sentweave"
MOST = 6  # units of both sides in a link
Bead: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]


def vecalign(overlaps: Sequence[NDArray[np.float32]]) -> list[Bead]:
    """Return the units that vecalign links, by the `runs` of source and target."""
    peer = importlib.import_module(f"{MODULE}.dp_utils")
    np.random.seed(42)  # noqa: NPY002 - the one that it draws from
    stack = peer.vecalign(
        *overlaps,
        final_alignment_types=peer.make_alignment_types(MOST),
        del_percentile_frac=0.2,
        width_over2=(MOST + 1) // 2 + 5,
        max_size_full_dp=300,
        costs_sample_size=20_000,
        num_samps_for_norm=100,
    )
    found = stack[0]["final_alignments"]
    return [(tuple(map(int, one)), tuple(map(int, other))) for one, other in found]


def runs(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the sums over runs of 1 to 5 units that end at each. Shape: (5, units, width).

    Where a run would start before the text, there are zeros.
    """
    sums = np.zeros((MOST - 1, *vectors.shape), np.float32)
    for size in range(1, MOST):
        sums[size - 1, size - 1 :] = sum(
            vectors[place : len(vectors) - size + 1 + place] for place in range(size)
        )
    return sums
