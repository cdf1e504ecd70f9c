"""A cross-encoder: reads a text beside its translation and doubts what only one of them says.

The encoder reads each text alone, so that it can't tell a word that the translation passes over
from one that it renders by other words. Here five more layers read both at once. Each token first
meets the mean of the tokens that are most like it in the other text, and what tells how like and
how sure that is (soft alignment: Parikh et al. 2016, "A Decomposable Attention Model"). Then the
tokens of both stand in one row, each sees all others, and ends in one figure.

The layers began as the encoder's last ones and learned on from divergences made on purpose in
French, Vietnamese and English texts (`benchmarks/accuracy/fit_cross.py`; after Briakou and Carpuat
2020, "Detecting Fine-Grained Cross-Lingual Semantic Divergences without Supervision by Learning to
Rank"). The weights, most of them in 8-bit integers, are in `cross.npz`.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import groupby
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from paraalign.encode.graph import Graph
from paraalign.encode.int8 import Int8, Steps
from paraalign.encode.layers import Layers, Product
from paraalign.encode.session import open_session

__all__ = [
    "CrossEncoder",
    "CrossWeights",
    "Meeting",
    "cross_graph",
    "load_cross_encoder",
    "meeting",
    "side_by_side",
]

_STEP = 8  # lengths are padded to a multiple of it
_BATCH = 1024  # places in a batch, padding included
_DECIMALS = 5
_FIGURES = 6
_SHARPNESS = 0.05  # difference of cosines at which a token is e times as likely a partner
_READ = frozenset({"e5", "e5-fp32"})  # encoders whose vectors these layers read

_Floats: TypeAlias = NDArray[np.float32]
_Doubles: TypeAlias = NDArray[np.float64]
_Pair: TypeAlias = tuple[NDArray[np.floating[Any]], NDArray[np.floating[Any]]]


def load_cross_encoder(encoder: str) -> "CrossEncoder | None":
    """Return the cross-encoder for token vectors of *encoder*, None if there is none.

    >>> load_cross_encoder("none") is None
    True
    """
    return _loaded() if encoder in _READ else None


class CrossEncoder:
    """The cross-encoder over the *weights* given, those that ship unless given."""

    def __init__(self, weights: "CrossWeights | None" = None, *, thread_count: int = 2) -> None:
        self._weights = weights or CrossWeights.stored()
        product = Int8(self._weights.steps)
        self._session = open_session(cross_graph(self._weights, product), thread_count)

    def odds(self, pairs: Sequence[_Pair], means: _Pair) -> list[tuple[_Floats, _Floats]]:
        """Return for the tokens of both texts of each pair how far the other lacks what they say.

        A pair is the `words` vectors of two texts, shapes (tokens, dimensions) each; *means* are
        the mean vectors of the documents that they are from, shapes (dimensions,). What returns is
        in log odds, shapes (tokens,) each. It depends on the pair and the means alone.

        >>> cross = load_cross_encoder("e5")
        >>> mean, nothing = np.zeros(384), np.zeros((0, 384))
        >>> [side.shape for side in cross.odds([(nothing, nothing)], (mean, mean))[0]]
        [(0,), (0,)]
        """
        found: dict[int, _Floats] = {}
        for batch in _iter_batches(pairs):
            states = [meeting(pairs[n], means) for n in batch]
            found |= dict(zip(batch, self._run(states), strict=True))
        return [(found[n][: len(one)], found[n][len(one) :]) for n, (one, _) in enumerate(pairs)]

    def _run(self, batch: Sequence["Meeting"]) -> list[_Floats]:
        sizes = [len(each.sides) for each in batch]
        (odds,) = self._session.run(["odds"], side_by_side(batch, _padded(sizes[0])))
        return [row[:size, 0] for row, size in zip(odds, sizes, strict=True)]


class Meeting(NamedTuple):
    """Two texts in a row, each token with its partners in the other.

    Attributes:
        vectors: The vectors of the tokens. Shape: (tokens of both, dimensions).
        changes: What to add to each for the mean of its partners. Shape: likewise.
        figures: How like the partners are, and how sure that is. Shape: (tokens of both, 6).
        sides: 1 in the first column for a token of the first text, in the second for one of the
            second. Shape: (tokens of both, 2).
    """

    vectors: _Floats
    changes: _Floats
    figures: _Floats
    sides: _Floats


def meeting(pair: _Pair, means: _Pair) -> Meeting:
    """Let the texts of *pair* meet; *means* as in `CrossEncoder.odds`.

    Sums of floats depend a little on how many threads there are, so these are rounded.
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

    Shapes: (tokens, tokens of the other text), (tokens, 6).
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


class CrossWeights:
    """The weights of a cross-encoder, *stored* as arrays by name.

    A product is stored in the levels and steps that it is computed with (see `Int8`).

    Attributes:
        width: Dimensions of a token vector.
        head_count: Attention heads of a layer.
        epsilon: What layer normalisation adds to the variance.
    """

    width = 384
    head_count = 12
    epsilon = 1e-12

    def __init__(self, stored: dict[str, NDArray[Any]]) -> None:
        self._stored = stored

    @classmethod
    def stored(cls) -> "CrossWeights":
        """Return the weights that ship."""
        with files("paraalign.encode").joinpath("cross.npz").open("rb") as file:
            return cls(dict(np.load(file)))

    @property
    def layer_count(self) -> int:
        """How many layers there are."""
        return sum(name.endswith(".q.levels") for name in self._stored)

    @cached_property
    def steps(self) -> dict[str, Steps]:
        """How the input of each product is rounded."""
        ends = ".levels"
        names = [name.removesuffix(ends) for name in self._stored if name.endswith(ends)]
        return {
            name: Steps(self.floats(f"{name}.steps"), int(self._stored[f"{name}.zero"]))
            for name in names
        }

    def floats(self, name: str) -> _Floats:
        """Return the tensor *name*."""
        return self._stored[name].astype(np.float32)

    def product(self, name: str) -> tuple[_Floats, _Floats]:
        """Return weights and bias of the product *name*. Shapes: (outputs, inputs), (outputs,)."""
        scaled = self.floats(f"{name}.levels") * self.floats(f"{name}.scales")[:, None]
        return scaled / self.steps[name].sizes, self.floats(f"{name}.bias")


def cross_graph(weights: CrossWeights, product: Product, also: Sequence[str] = ()) -> bytes:
    """Return the cross-encoder as an ONNX model that multiplies by *product*.

    It takes the fields of a `Meeting` (pairs, places, …) and `mask` (pairs, places: 1 where a token
    stands), and gives `odds` (pairs, places, 1), and what *also* names.
    """
    widths = (weights.width, weights.width, _FIGURES, 2)
    inputs: dict[str, tuple[str, tuple[str | int, ...]]] = {
        name: ("float32", ("pairs", "places", width))
        for name, width in zip(Meeting._fields, widths, strict=True)
    }
    graph = Graph({**inputs, "mask": ("int32", ("pairs", "places"))})
    layers, state = Layers(graph, weights, product), _front(graph, weights)
    for number in range(weights.layer_count):
        state = layers.add(f"l{number}", state)
    column = graph.node("MatMul", [state, graph.tensor(weights.floats("out.w")[:, None])])
    graph.node("Add", [column, graph.tensor(weights.floats("out.b"))], output="odds")
    given = ("float32", ("pairs", "places", "columns"))
    return graph.model(dict.fromkeys(("odds", *also), given))


def _front(graph: Graph, weights: CrossWeights) -> str:
    """Add up what the layers are given; return its name."""
    tables = {
        "changes": weights.floats("partner").T,
        "figures": weights.floats("seen.w").T,
        "sides": weights.floats("sides") + weights.floats("seen.b"),
    }
    state = "vectors"
    for name, table in tables.items():
        state = graph.node("Add", [state, graph.node("MatMul", [name, graph.tensor(table)])])
    return state


@lru_cache(maxsize=1)
def _loaded() -> CrossEncoder:
    return CrossEncoder()


def _iter_batches(pairs: Sequence[_Pair]) -> Iterator[list[int]]:
    """Yield the places of *pairs* in batches of one padded length, the longest first."""
    sizes = [_padded(len(one) + len(other)) for one, other in pairs]
    ordered = sorted(range(len(pairs)), key=sizes.__getitem__, reverse=True)
    for size, group in groupby(ordered, sizes.__getitem__):
        same = list(group)
        count = max(1, _BATCH // max(1, size))
        yield from (same[start : start + count] for start in range(0, len(same), count))


def _padded(size: int) -> int:
    return -(-size // _STEP) * _STEP
