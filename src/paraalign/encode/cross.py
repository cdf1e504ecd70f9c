"""A cross-encoder: reads a text beside its translation and doubts what only one of them says.

The encoder reads each text alone, so that it can't tell a word that the translation passes over
from one that it renders by other words. Here each token first meets its likeliest partners in the
other text (`meeting`). Then five more layers read both texts at once: their tokens stand in one
row, each sees all others, and ends in one figure.

The layers began as the encoder's last ones and learned on from divergences made on purpose in
French, Vietnamese and English texts (`benchmarks/accuracy/fit_cross.py`; after Briakou and Carpuat
2020, "Detecting Fine-Grained Cross-Lingual Semantic Divergences without Supervision by Learning to
Rank"). The weights, most of them in 8-bit integers, are in `cross.npz`.
"""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from paraalign.encode.batches import iter_batches, padded
from paraalign.encode.graph import Graph
from paraalign.encode.int8 import Int8, Steps
from paraalign.encode.layers import Layers, Product
from paraalign.encode.meeting import FIGURES, Meeting, Pair, meeting, side_by_side
from paraalign.encode.session import open_session

__all__ = [
    "CrossEncoder",
    "CrossWeights",
    "cross_graph",
    "load_cross_encoder",
]

# The threads of numpy stay awake after a product and would take turns with those of onnxruntime.
_AHEAD = 16  # batches whose texts meet before any of them is run
_READ = frozenset({"e5", "e5-fp32"})  # encoders whose vectors these layers read

_Floats: TypeAlias = NDArray[np.float32]


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

    def odds(self, pairs: Sequence[Pair], means: Pair) -> list[tuple[_Floats, _Floats]]:
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
        batches = list(iter_batches([len(one) + len(other) for one, other in pairs]))
        for start in range(0, len(batches), _AHEAD):
            some = batches[start : start + _AHEAD]
            states = [[meeting(pairs[n], means) for n in batch] for batch in some]
            for batch, each in zip(some, states, strict=True):
                found |= dict(zip(batch, self._run(each), strict=True))
        return [(found[n][: len(one)], found[n][len(one) :]) for n, (one, _) in enumerate(pairs)]

    def _run(self, batch: Sequence["Meeting"]) -> list[_Floats]:
        sizes = [len(each.sides) for each in batch]
        (odds,) = self._session.run(["odds"], side_by_side(batch, padded(sizes[0])))
        return [row[:size, 0] for row, size in zip(odds, sizes, strict=True)]


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


def cross_graph(weights: CrossWeights, product: Product) -> bytes:
    """Return the cross-encoder as an ONNX model that multiplies by *product*.

    It takes the fields of a `Meeting` (pairs, places, …) and `mask` (pairs, places: 1 where a token
    stands), and gives `odds` (pairs, places, 1).
    """
    widths = (weights.width, weights.width, FIGURES, 2)
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
    return graph.model({"odds": given})


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
