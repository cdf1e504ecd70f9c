"""Layers of an encoder as a graph, made from the weights each time it is loaded.

Nothing is converted beforehand and nothing cached: to write a graph takes a fifth of a second.
A layer is BERT's (Devlin et al. 2019): attention and a feed-forward step, each added to what went
in and then normalised.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from paraalign.encode.e5file import E5File
from paraalign.encode.graph import Graph

__all__ = ["Layers", "Product", "Weights", "exact_product", "layer_graph"]

_WORD_LAYERS = (6, 7)


class Weights(Protocol):
    """The weights of layers, by name."""

    @property
    def width(self) -> int:
        """Dimensions of a token vector."""
        ...

    @property
    def head_count(self) -> int:
        """Attention heads of a layer."""
        ...

    @property
    def epsilon(self) -> float:
        """What layer normalisation adds to the variance."""
        ...

    def floats(self, name: str) -> NDArray[np.float32]:
        """Return the tensor *name*. Shape: (count,)."""
        ...

    def product(self, name: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return weights and bias of the product *name* ("l0.q": layer 0, attention in)."""
        ...


class Product(Protocol):
    """A way to multiply: add what computes *state* times *weights* plus *bias* to *graph*."""

    def __call__(
        self,
        graph: Graph,
        state: str,
        name: str,
        weights: NDArray[np.float32],
        bias: NDArray[np.float32],
    ) -> str:
        """Return the name of the result; *name* is that of the product, as in "l0.q"."""
        ...


def layer_graph(file: E5File, product: Product, also: Sequence[str] = ()) -> bytes:
    """Return the layers of *file* as an ONNX model that multiplies by *product*.

    The embedding table stays outside: it takes `embeddings` (texts, places, width) and `mask`
    (texts, places: 1 where a piece stands). It gives `words`, the mean of the states after layers 6
    and 7, and `sentences`, those after the last (texts, places, width), and what *also* names.
    """
    shape = ("texts", "places", file.width)
    graph = Graph({"embeddings": ("float32", shape), "mask": ("int32", shape[:2])})
    layers = Layers(graph, file, product)
    states = [layers.norm("LayerNormalization", ["embeddings"], "emb.ln")]
    for number in range(file.layer_count):
        states.append(layers.add(f"l{number}", states[-1]))
    both = graph.node("Add", [states[number] for number in _WORD_LAYERS])
    half = graph.tensor(np.array([0.5], np.float32))
    graph.node("Mul", [both, half], output="words")
    graph.node("Identity", [states[-1]], output="sentences")
    given = ("float32", ("texts", "places", "width"))
    return graph.model(dict.fromkeys(("words", "sentences", *also), given))


def exact_product(
    graph: Graph,
    state: str,
    name: str,  # noqa: ARG001 - every product is named
    weights: NDArray[np.float32],
    bias: NDArray[np.float32],
) -> str:
    """Multiply in 32-bit floats."""
    product = graph.node("MatMul", [state, graph.tensor(weights.T)])
    return graph.node("Add", [product, graph.tensor(bias)])


class Layers:
    """Writes layers with these *weights* into *graph*, which has an input `mask`."""

    def __init__(self, graph: Graph, weights: Weights, product: Product) -> None:
        self._graph = graph
        self._weights = weights
        self._product = product
        self._epsilon = [("epsilon", float(weights.epsilon))]

    def add(self, layer: str, state: str) -> str:
        """Add the *layer* over *state*; return the name of the state after it."""
        seen = self._attention(self._multiply(state, f"{layer}.q"))
        change = self._multiply(seen, f"{layer}.ao")
        state = self.norm("SkipLayerNormalization", [state, change], f"{layer}.aln")
        inner = self._graph.node("Gelu", [self._multiply(state, f"{layer}.fi")])
        change = self._multiply(inner, f"{layer}.fo")
        return self.norm("SkipLayerNormalization", [state, change], f"{layer}.oln")

    def norm(self, kind: str, states: list[str], name: str) -> str:
        """Normalise the sum of *states*."""
        gain_and_bias = [self._weights.floats(part) for part in (f"{name}.w", f"{name}.b")]
        inputs = [*states, *map(self._graph.tensor, gain_and_bias)]
        return self._graph.node(kind, inputs, self._epsilon)

    def _multiply(self, state: str, name: str) -> str:
        return self._product(self._graph, state, name, *self._weights.product(name))

    def _attention(self, projected: str) -> str:
        """Let each place look at all that hold a piece."""
        parts = [f"{projected}.{part}" for part in ("query", "key", "value")]
        sizes = self._graph.tensor(np.full(3, self._weights.width, np.int64))
        self._graph.nodes("Split", [projected, sizes], parts, [("axis", 2)])
        heads = [("num_heads", self._weights.head_count)]
        return self._graph.node("MultiHeadAttention", [*parts, "", "mask"], heads)
