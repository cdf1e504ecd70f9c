"""ONNX graphs written node by node, in the wire format that onnxruntime reads.

Fields: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.

>>> graph = Graph({"x": ("float32", ("n",))})
>>> two = graph.tensor(np.array([2], np.float32))
>>> _ = graph.node("Mul", ["x", two], output="y")
>>> from onnxruntime import InferenceSession
>>> session = InferenceSession(graph.model({"y": ("float32", ("n",))}))
>>> session.run(None, {"x": np.array([3, 4], np.float32)})[0].tolist()
[6.0, 8.0]
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from paraalign.encode import wire

__all__ = ["Graph", "Values"]

Values: TypeAlias = Mapping[str, tuple[str, Sequence[str | int]]]
"""What goes in or comes out: by name, the kind of number and the shape, names for free sizes."""

_Attributes: TypeAlias = Sequence[tuple[str, int] | tuple[str, float]]

_KINDS = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7}  # TensorProto.DataType
_MICROSOFT = "com.microsoft"
_FUSED = frozenset({"Gelu", "MatMulIntegerToFloat", "MultiHeadAttention", "SkipLayerNormalization"})
_OPSETS = (("", 17), (_MICROSOFT, 1))
_IR_VERSION = 8


class Graph:
    """A graph in the making, with the *inputs* given."""

    def __init__(self, inputs: Values) -> None:
        self._inputs = inputs
        self._nodes: list[bytes] = []
        self._tensors: list[bytes] = []

    def node(
        self, kind: str, inputs: Sequence[str], attributes: _Attributes = (), *, output: str = ""
    ) -> str:
        """Add a node of the *kind* given; return the name of its *output*."""
        output = output or f"{kind}{len(self._nodes)}"
        self.nodes(kind, inputs, [output], attributes)
        return output

    def nodes(
        self, kind: str, inputs: Sequence[str], outputs: Sequence[str], attributes: _Attributes
    ) -> None:
        """Add a node of the *kind* given with several *outputs*."""
        self._nodes.append(
            wire.block(
                1,
                *(wire.text(1, name) for name in inputs),
                *(wire.text(2, name) for name in outputs),
                wire.text(4, kind),
                *(_attribute(name, value) for name, value in attributes),
                wire.text(7, _MICROSOFT if kind in _FUSED else ""),
            )
        )

    def tensor(self, values: NDArray[np.generic]) -> str:
        """Add the constant *values*; return its name."""
        name = f"tensor{len(self._tensors)}"
        sizes = [wire.integer(1, size) for size in values.shape]
        kind = wire.integer(2, _KINDS[values.dtype.name])
        raw = wire.block(9, values.tobytes())
        self._tensors.append(wire.block(5, *sizes, kind, wire.text(8, name), raw))
        return name

    def model(self, outputs: Values) -> bytes:
        """Return the graph, finished with *outputs*, as a ModelProto."""
        ends = [_value(11, name, *self._inputs[name]) for name in self._inputs]
        ends += [_value(12, name, *outputs[name]) for name in outputs]
        opsets = [
            wire.block(8, wire.text(1, name), wire.integer(2, number)) for name, number in _OPSETS
        ]
        graph = wire.block(7, *self._nodes, wire.text(2, "graph"), *self._tensors, *ends)
        return b"".join([wire.integer(1, _IR_VERSION), *opsets, graph])


def _attribute(name: str, value: int | float) -> bytes:  # noqa: PYI041 - they are told apart
    if isinstance(value, float):
        return wire.block(5, wire.text(1, name), wire.real(2, value), wire.integer(20, 1))
    return wire.block(5, wire.text(1, name), wire.integer(3, value), wire.integer(20, 2))


def _value(number: int, name: str, kind: str, shape: Sequence[str | int]) -> bytes:
    dimensions = [
        wire.block(1, wire.integer(1, size) if isinstance(size, int) else wire.text(2, size))
        for size in shape
    ]
    tensor = wire.block(1, wire.integer(1, _KINDS[kind]), wire.block(2, *dimensions))
    return wire.block(number, wire.text(1, name), wire.block(2, tensor))
