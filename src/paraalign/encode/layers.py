"""The twelve layers of the encoder as a graph, made from the weights each time it is loaded.

Nothing is converted beforehand and nothing cached: to write the graph takes a fifth of a second.
A layer is BERT's (Devlin et al. 2019): attention and a feed-forward step, each added to what went
in and then normalised. The embedding table stays outside: the graph is fed the embeddings of the
pieces, and gives the states after layers 6 and 7 (their mean) and after the last.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from paraalign.encode.e5file import E5File
from paraalign.encode.graph import Graph

__all__ = ["PRODUCTS", "Product", "exact_product", "layer_graph", "weights_of"]

PRODUCTS = {"q": ("q", "k", "v"), "ao": ("ao",), "fi": ("fi",), "fo": ("fo",)}
"""The products of a layer (attention in and out, feed-forward in and out): the matrices of each."""

_WORD_LAYERS = (6, 7)


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

    It takes `embeddings` (texts, places, width) and `mask` (texts, places: 1 where a piece stands),
    and gives `words` and `sentences` (texts, places, width), and what *also* names.
    """
    shape = ("texts", "places", "width")
    outputs = ("words", "sentences", *also)
    return _Layers(file, product).graph.model(dict.fromkeys(outputs, ("float32", shape)))


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


class _Layers:
    """The layers of *file*, written into a graph."""

    def __init__(self, file: E5File, product: Product) -> None:
        self._file = file
        self._product = product
        shape = ("texts", "places", file.width)
        self.graph = Graph({"embeddings": ("float32", shape), "mask": ("int32", shape[:2])})
        self._epsilon = [("epsilon", float(file.epsilon))]
        states = [self._norm("LayerNormalization", ["embeddings"], "emb.ln")]
        for number in range(file.layer_count):
            states.append(self._layer(f"l{number}", states[-1]))
        self._give(states)

    def _give(self, states: list[str]) -> None:
        both = self.graph.node("Add", [states[number] for number in _WORD_LAYERS])
        half = self.graph.tensor(np.array([0.5], np.float32))
        self.graph.node("Mul", [both, half], output="words")
        self.graph.node("Identity", [states[-1]], output="sentences")

    def _layer(self, layer: str, state: str) -> str:
        seen = self._attention(self._multiply(state, f"{layer}.q"))
        change = self._multiply(seen, f"{layer}.ao")
        state = self._norm("SkipLayerNormalization", [state, change], f"{layer}.aln")
        inner = self.graph.node("Gelu", [self._multiply(state, f"{layer}.fi")])
        change = self._multiply(inner, f"{layer}.fo")
        return self._norm("SkipLayerNormalization", [state, change], f"{layer}.oln")

    def _multiply(self, state: str, name: str) -> str:
        return self._product(self.graph, state, name, *weights_of(self._file, name))

    def _attention(self, projected: str) -> str:
        """Let each place look at all that hold a piece."""
        parts = [f"{projected}.{part}" for part in ("query", "key", "value")]
        sizes = self.graph.tensor(np.full(3, self._file.width, np.int64))
        self.graph.nodes("Split", [projected, sizes], parts, [("axis", 2)])
        heads = [("num_heads", self._file.head_count)]
        return self.graph.node("MultiHeadAttention", [*parts, "", "mask"], heads)

    def _norm(self, kind: str, states: list[str], name: str) -> str:
        """Normalise the sum of *states*."""
        gain_and_bias = [self._file.floats(part) for part in (f"{name}.w", f"{name}.b")]
        return self.graph.node(
            kind, [*states, *map(self.graph.tensor, gain_and_bias)], self._epsilon
        )


def weights_of(file: E5File, name: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return weights and bias of the product *name* ("l0.q": layer 0, attention in) in *file*.

    Shapes: (outputs, inputs), (outputs,).
    """
    layer, _, product = name.partition(".")
    width = file.inner_width if product == "fo" else file.width
    names = [f"{layer}.{matrix}" for matrix in PRODUCTS[product]]
    weights = [file.blocks(f"{matrix}.w", width).dequantised() for matrix in names]
    biases = [file.floats(f"{matrix}.b") for matrix in names]
    return np.concatenate(weights), np.concatenate(biases)
