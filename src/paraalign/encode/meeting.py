"""Let the tokens of two texts meet: each with those of the other that are most like it.

What a translation leaves out is told by comparing, and a model that only sees two texts in a row
takes long to learn where to look. So each token is given the mean of the tokens most like it on the
other side, with figures on how like they are and how sure that is (soft alignment: Parikh et al.
2016, "A Decomposable Attention Model for Natural Language Inference").
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["FIGURES", "Meeting", "Pair", "meeting", "side_by_side"]

FIGURES = 6
"""How many figures there are on the partners of a token."""

Pair: TypeAlias = tuple[NDArray[np.floating[Any]], NDArray[np.floating[Any]]]
"""Something of a first text and of a second."""

_DECIMALS = 5
_SHARPNESS = 0.05  # difference of cosines at which a token is e times as likely a partner

_Floats: TypeAlias = NDArray[np.float32]
_Doubles: TypeAlias = NDArray[np.float64]


class Meeting(NamedTuple):
    """Two texts in a row, each token with its partners in the other.

    Attributes:
        vectors: The vectors of the tokens. Shape: (tokens of both, dimensions).
        changes: What to add to each for the mean of its partners. Shape: likewise.
        figures: How like the partners are, and how sure that is.
            Shape: (tokens of both, `FIGURES`).
        sides: 1 in the first column for a token of the first text, in the second for one of the
            second. Shape: (tokens of both, 2).
    """

    vectors: _Floats
    changes: _Floats
    figures: _Floats
    sides: _Floats


def meeting(pair: Pair, means: Pair) -> Meeting:
    """Let the texts of *pair* meet, the vectors of their tokens less the *means*.

    Sums of floats depend a little on how many threads there are, so these are rounded.

    >>> three = np.eye(3)  # tokens, of which the other text has two
    >>> meeting((three, three[:2]), (np.zeros(3), np.zeros(3))).figures[:, 0].tolist()
    [2.0, 2.0, -2.0, 2.0, 2.0]
    """
    texts = [side.astype(np.float64) for side in pair]
    one, other = (_units(side - mean) for side, mean in zip(texts, means, strict=True))
    likeness = one @ other.T
    changes, figures = [], []
    for seen, own, facing in ((likeness, *texts), (likeness.T, *texts[::-1])):
        shares, told = _met(seen)
        changes.append(shares @ facing - own if len(facing) else np.zeros_like(own))
        figures.append(told)
    sides = np.repeat(np.eye(2), [len(side) for side in texts], axis=0)
    parts = (np.concatenate(part) for part in (texts, changes, figures))
    return Meeting(*(part.round(_DECIMALS).astype(np.float32) for part in (*parts, sides)))


def side_by_side(batch: Sequence[Meeting], size: int) -> dict[str, NDArray[Any]]:
    """Return what the graph takes for the *batch*, all padded to *size* tokens."""
    feed: dict[str, NDArray[Any]] = {
        name: np.stack([np.pad(part, ((0, size - len(part)), (0, 0))) for part in parts])
        for name, parts in zip(Meeting._fields, zip(*batch, strict=True), strict=True)
    }
    return {**feed, "mask": feed["sides"].sum(axis=2).astype(np.int32)}


def _units(vectors: _Doubles) -> _Doubles:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-6), np.float64)


def _met(likeness: _Doubles) -> tuple[_Doubles, _Doubles]:
    """Return what share each token has of each it meets, and figures on how sure that is.

    Shapes: (tokens, tokens of the other text), (tokens, `FIGURES`).
    """
    if not likeness.size:
        return likeness, _nothing(len(likeness))
    shares = _softmax(likeness)
    ties = np.sqrt(np.maximum(shares * _softmax(likeness.T).T, 1e-12))
    best = ties.argmax(axis=1)
    ranked = np.sort(np.pad(likeness, ((0, 0), (1, 0)), constant_values=-1.0), axis=1)
    own, facing = (np.arange(size) / size for size in likeness.shape)
    figures = [
        ranked[:, -1] * 4 - 2,
        (ranked[:, -1] - ranked[:, -2]) * 5,
        ties.max(axis=1) * 3,
        np.abs(own - facing[best]) * 5,
        ties.argmax(axis=0)[best] == np.arange(len(best)),
        -(np.log(np.maximum(shares, 1e-9)) * shares).sum(axis=1),
    ]
    return shares, np.stack(figures, axis=1).astype(np.float64)


def _nothing(count: int) -> _Doubles:
    """Return the figures of tokens that nothing faces."""
    return np.tile(np.array([-6.0, 0, 0, 0, 0, 0]), (count, 1))


def _softmax(likeness: _Doubles) -> _Doubles:
    """Return the share of each column in its row."""
    raised = np.exp((likeness - likeness.max(axis=1, keepdims=True)) / _SHARPNESS)
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float64)
