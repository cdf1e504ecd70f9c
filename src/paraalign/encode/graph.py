"""The twelve layers of the encoder as a graph that onnxruntime runs, made from the weights.

Nothing is converted beforehand and nothing cached: the graph is written in the wire format of ONNX
when the encoder is loaded, in a tenth of a second. The weights stay in their 4 bits: the operator
MatMulNBits takes the very blocks of the file, and multiplies them with activations rounded to 8
bits within the same blocks of 32. So no rounding depends on what else is in the batch.

A layer is BERT's (Devlin et al. 2019): attention and a feed-forward step, each added to what went
in and then normalised. The embedding table stays outside: the graph is fed the embeddings of the
pieces, and gives the states after layers 6 and 7 (their mean) and after the last.
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from paraalign.encode import wire
from paraalign.encode.e5file import BLOCK, E5File

__all__ = ["layer_graph"]

_WORD_LAYERS = (6, 7)
_FUSED = frozenset({"Gelu", "MatMulNBits", "MultiHeadAttention", "SkipLayerNormalization"})
_TENSOR_KINDS = {"float32": 1, "uint8": 2, "int32": 6, "int64": 7}  # TensorProto.DataType
_FLOAT, _INT32 = _TENSOR_KINDS["float32"], _TENSOR_KINDS["int32"]
_INT8_ACTIVATIONS = 4  # accuracy level of MatMulNBits
_MICROSOFT = "com.microsoft"
_OPSETS = (("", 17), (_MICROSOFT, 1))
_IR_VERSION = 8

_Attributes: TypeAlias = Sequence[tuple[str, int] | tuple[str, float]]


def layer_graph(file: E5File) -> bytes:
    """Return the layers of *file* as an ONNX model.

    It takes `embeddings` (texts, places, width) and `mask` (texts, places: 1 where a piece stands),
    and gives `words` and `sentences` (texts, places, width).
    """
    graph = _Graph(file)
    state = graph.node("LayerNormalization", ["embeddings", *graph.norm("emb.ln")], graph.epsilon)
    states = [state]
    for number in range(file.layer_count):
        states.append(_layer(graph, f"l{number}", states[-1]))
    both = graph.node("Add", [states[number] for number in _WORD_LAYERS])
    half = graph.tensor("half", np.array([0.5], np.float32))
    graph.node("Mul", [both, half], output="words")
    graph.node("Identity", [states[-1]], output="sentences")
    return graph.model()


def _layer(graph: "_Graph", layer: str, state: str) -> str:
    """Add the *layer* after *state*; return the name of its own."""
    projected = graph.product(state, layer, ["q", "k", "v"])
    query, key, value = graph.split(projected, layer)
    seen = graph.attention(query, key, value)
    state = graph.add_norm(state, graph.product(seen, layer, ["ao"]), f"{layer}.aln")
    inner = graph.node("Gelu", [graph.product(state, layer, ["fi"])])
    return graph.add_norm(state, graph.product(inner, layer, ["fo"]), f"{layer}.oln")


class _Graph:
    """An ONNX graph in the making, over the tensors of *file*."""

    def __init__(self, file: E5File) -> None:
        self._file = file
        self.epsilon = [("epsilon", float(file.epsilon))]
        self._nodes: list[bytes] = []
        self._tensors: list[bytes] = []

    def product(self, state: str, layer: str, names: list[str]) -> str:
        """Multiply *state* with the matrices *names* of *layer*, side by side; add their biases."""
        width = self._file.inner_width if names == ["fo"] else self._file.width
        matrices = [self._file.blocks(f"{layer}.{name}.w", width) for name in names]
        levels = np.concatenate([matrix.levels() for matrix in matrices])
        scales = np.concatenate([matrix.scales() for matrix in matrices])
        bias = np.concatenate([self._file.floats(f"{layer}.{name}.b") for name in names])
        name = f"{layer}.{names[0]}"
        weights = [
            self.tensor(f"{name}.levels", levels[..., ::2] | levels[..., 1::2] << 4),
            self.tensor(f"{name}.scales", scales.reshape(-1)),
        ]
        return self.node(
            "MatMulNBits",
            [state, *weights, "", "", self.tensor(f"{name}.bias", bias)],
            [
                ("K", width),
                ("N", len(bias)),
                ("bits", 4),
                ("block_size", BLOCK),
                ("accuracy_level", _INT8_ACTIVATIONS),
            ],
        )

    def split(self, projected: str, layer: str) -> list[str]:
        """Split what is *projected* in three."""
        outputs = [f"{layer}.{name}" for name in ("query", "key", "value")]
        sizes = self.tensor(f"{layer}.sizes", np.full(3, self._file.width, np.int64))
        self._nodes.append(_node("Split", [projected, sizes], outputs, [("axis", 2)]))
        return outputs

    def attention(self, query: str, key: str, value: str) -> str:
        """Let each place of the *query* look at the *key* and *value* of all that hold a piece."""
        heads = [("num_heads", self._file.head_count)]
        return self.node("MultiHeadAttention", [query, key, value, "", "mask"], heads)

    def add_norm(self, state: str, change: str, norm: str) -> str:
        """Add *change* to *state* and normalise the sum."""
        return self.node("SkipLayerNormalization", [state, change, *self.norm(norm)], self.epsilon)

    def norm(self, name: str) -> list[str]:
        """Return the names of gain and bias of the normalisation *name*."""
        return [self.tensor(part, self._file.floats(part)) for part in (f"{name}.w", f"{name}.b")]

    def node(
        self, kind: str, inputs: list[str], attributes: _Attributes = (), output: str = ""
    ) -> str:
        """Add a node of the *kind* given; return the name of what it gives."""
        output = output or f"{kind}.{len(self._nodes)}"
        self._nodes.append(_node(kind, inputs, [output], attributes))
        return output

    def tensor(self, name: str, values: NDArray[np.generic]) -> str:
        """Add the constant *name*; return its name."""
        dimensions = [wire.integer(1, size) for size in values.shape]
        kind = wire.integer(2, _TENSOR_KINDS[values.dtype.name])
        raw = wire.block(9, values.tobytes())
        self._tensors.append(wire.block(5, *dimensions, kind, wire.text(8, name), raw))
        return name

    def model(self) -> bytes:
        """Return the finished ModelProto."""
        state = ("texts", "places", self._file.width)
        graph = [*self._nodes, wire.text(2, "layers"), *self._tensors]
        graph += [_value(11, "embeddings", _FLOAT, state), _value(11, "mask", _INT32, state[:2])]
        graph += [_value(12, "words", _FLOAT, state), _value(12, "sentences", _FLOAT, state)]
        opsets = [
            wire.block(8, wire.text(1, name), wire.integer(2, number)) for name, number in _OPSETS
        ]
        return b"".join([wire.integer(1, _IR_VERSION), *opsets, wire.block(7, *graph)])


def _node(kind: str, inputs: list[str], outputs: list[str], attributes: _Attributes) -> bytes:
    names = [*(wire.text(1, name) for name in inputs), *(wire.text(2, name) for name in outputs)]
    domain = wire.text(7, _MICROSOFT if kind in _FUSED else "")
    settings = [_attribute(name, value) for name, value in attributes]
    return wire.block(1, *names, wire.text(4, kind), *settings, domain)


def _attribute(name: str, value: int | float) -> bytes:  # noqa: PYI041 - they are told apart
    if isinstance(value, float):
        return wire.block(5, wire.text(1, name), wire.real(2, value), wire.integer(20, 1))
    return wire.block(5, wire.text(1, name), wire.integer(3, value), wire.integer(20, 2))


def _value(number: int, name: str, kind: int, shape: tuple[str | int, ...]) -> bytes:
    sizes = [
        wire.integer(1, size) if isinstance(size, int) else wire.text(2, size) for size in shape
    ]
    dimensions = [wire.block(1, size) for size in sizes]
    tensor = wire.block(1, wire.integer(1, kind), wire.block(2, *dimensions))
    return wire.block(number, wire.text(1, name), wire.block(2, tensor))
