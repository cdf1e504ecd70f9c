"""Messages come out as the wire format says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraalign.encode import wire
from paraalign.encode.graph import Graph


@given(st.integers(0, 2**63 - 1))
def test_a_varint_reads_back(value: int) -> None:
    encoded = wire.varint(value)
    assert sum((byte & 0x7F) << 7 * place for place, byte in enumerate(encoded)) == value
    assert [byte >> 7 for byte in encoded] == [1] * (len(encoded) - 1) + [0]


def test_a_graph_passes_the_checker_of_onnx() -> None:
    onnx = pytest.importorskip("onnx")
    graph = Graph({"x": ("float32", ("n", 2))})
    graph.node("LeakyRelu", ["x"], [("alpha", 0.5)], output="y")
    model = onnx.load_model_from_string(graph.model({"y": ("float32", ("n", 2))}))
    onnx.checker.check_model(model, full_check=True)


def test_a_graph_computes() -> None:
    from onnxruntime import InferenceSession  # noqa: PLC0415 - only here

    graph = Graph({"x": ("float32", ("n",))})
    graph.nodes("Split", ["x"], ["a", "b"], [("axis", 0)])
    graph.node("Add", ["a", graph.tensor(np.array([1, 2], np.float32))], output="y")
    session = InferenceSession(graph.model({"y": ("float32", ("m",))}))
    assert session.run(None, {"x": np.arange(4, dtype=np.float32)})[0].tolist() == [1, 3]
