"""Products in 8-bit integers: three times as fast as in 32-bit floats, and the same everywhere.

Inputs are usually rounded by the range of what is in the batch; the vectors of a text would then
depend on its neighbours. So how they are rounded was learned beforehand, on text of the kind
(`scripts/learn_encoder`). A few dimensions are a hundred times as large as the rest, so each has a
step of its own, and its weights are multiplied by that step (after SmoothQuant, Xiao et al. 2023).
Sums of integers are exact, so neither batch nor threads nor processor change them.

>>> int8 = Int8({"p": Steps(np.full(2, 0.5, np.float32), 0)})
>>> graph = Graph({"x": ("float32", ("n", 2))})
>>> weights = np.array([[127, 0], [127, -127]], np.float32)
>>> name = int8(graph, "x", "p", weights, np.zeros(2, np.float32))
>>> from onnxruntime import InferenceSession
>>> session = InferenceSession(graph.model({name: ("float32", ("n", 2))}))
>>> session.run(None, {"x": np.array([[1, 2]], np.float32)})[0].tolist()
[[127.0, -127.0]]
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from paraalign.encode.e5file import PRODUCTS
from paraalign.encode.graph import Graph

__all__ = ["Int8", "Steps", "load_steps"]

_LEVELS = 127


class Steps(NamedTuple):
    """How the input of a product is rounded to 8 bits.

    Attributes:
        sizes: By how much each dimension rises from level to level. Shape: (dimensions,).
        zero: The level, 0 to 255, that stands for 0.
    """

    sizes: NDArray[np.float32]
    zero: int


def load_steps() -> dict[str, Steps]:
    """Return the steps learned for multilingual-e5-small, by the name of the product.

    >>> load_steps()["l0.fo"].sizes.shape
    (1536,)
    """
    with files("paraalign.encode").joinpath("e5-steps.npz").open("rb") as file:
        stored = dict(np.load(file))
    return {
        f"l{layer}.{name}": Steps(stored[name][layer], int(zero))
        for name in PRODUCTS
        for layer, zero in enumerate(stored[f"{name}.zeros"])
    }


class Int8:
    """A product in 8-bit integers with the *steps* given, by the name of the product."""

    def __init__(self, steps: Mapping[str, Steps]) -> None:
        self._steps = steps
        self._saturates = _saturates()

    def __call__(
        self,
        graph: Graph,
        state: str,
        name: str,
        weights: NDArray[np.float32],
        bias: NDArray[np.float32],
    ) -> str:
        """Add the product *name* of *state* and *weights*, plus *bias*, to *graph*."""
        sizes, zero = self._steps[name]
        stepped = weights * sizes
        scales = np.abs(stepped).max(axis=1) / _LEVELS
        levels = np.rint(stepped / np.where(scales == 0, 1, scales)[:, None]).T
        none, one = graph.tensor(np.array(zero, np.uint8)), graph.tensor(np.array(1, np.float32))
        scaled = graph.node("Mul", [state, graph.tensor(1 / sizes)])
        rounded = graph.node("QuantizeLinear", [scaled, one, none])
        left, right = [rounded, self._tensor(graph, levels)], self._tensor(graph, np.zeros(()))
        scale = graph.tensor(scales.astype(np.float32))
        inputs = [*left, one, scale, none, right, graph.tensor(bias)]
        return graph.node("MatMulIntegerToFloat", inputs)

    def _tensor(self, graph: Graph, levels: NDArray[np.floating]) -> str:
        if self._saturates:
            return graph.tensor((levels + 128).astype(np.uint8))
        return graph.tensor(levels.astype(np.int8))


@cache
def _saturates() -> bool:
    """Say whether this processor's sums overflow when it multiplies unsigned by signed bytes.

    Those without VNNI instructions add two products in 16 bits. They get unsigned weights instead,
    at half the speed and with the same results.
    """
    from onnxruntime import InferenceSession  # noqa: PLC0415 - heavy

    rows, inner, columns = 8, 64, 16
    graph = Graph({"x": ("uint8", (rows, inner))})
    levels = graph.tensor(np.full((inner, columns), _LEVELS, np.int8))
    graph.node("MatMulInteger", ["x", levels], output="y")
    session = InferenceSession(graph.model({"y": ("int32", (rows, columns))}))
    (product,) = session.run(None, {"x": np.full((rows, inner), 255, np.uint8)})
    return bool((product != 255 * _LEVELS * inner).any())
