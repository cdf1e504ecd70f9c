"""Learn how to round what goes into a product of 8-bit integers (see `paraalign.encode.int8`).

Each dimension gets a step of its own, and its weights are multiplied by that step, so the size of a
dimension can be left to the inputs, to the weights, or shared (SmoothQuant, Xiao et al. 2023). Of
several ways to share it, that is kept by which a sample of products changes least:

    inputs = Inputs()
    inputs.add("l0.q", rows, picked)  # as often as there is text
    inputs.steps("l0.q", weights)
"""

import numpy as np
from numpy.typing import NDArray

from paraalign.encode.int8 import Steps

ALPHAS = (0.0, 0.3, 0.5, 0.7, 0.85, 1.0)  # how much of a dimension's size its step takes up
LEVELS = 127

Floats = NDArray[np.float32]


class Inputs:
    """What goes into each product over many texts: a sample of rows, and the range by dimension.

    Attributes:
        rows: The sample, by the name of the product.
        ranges: Lowest and highest value of each dimension, by the name of the product.
    """

    def __init__(self) -> None:
        self.rows: dict[str, list[Floats]] = {}
        self.ranges: dict[str, tuple[Floats, Floats]] = {}

    def add(self, name: str, rows: Floats, picked: NDArray[np.int64]) -> None:
        """Note that *rows* go into the product *name*, and those *picked* of them as a sample."""
        if len(picked):
            self.rows.setdefault(name, []).append(rows[picked])
        low, high = self.ranges.get(name, (rows[0], rows[0]))
        self.ranges[name] = np.minimum(low, rows.min(0)), np.maximum(high, rows.max(0))

    def steps(self, name: str, weights: Floats) -> Steps:
        """Return the steps with which the product *name* of the sample and *weights* changes least.

        Shape of *weights*: (outputs, inputs).
        """
        return best_steps(np.concatenate(self.rows[name]), *self.ranges[name], weights)


def best_steps(rows: Floats, low: Floats, high: Floats, weights: Floats) -> Steps:
    """Return the steps with which the product of *rows* and *weights* changes least."""
    exact = rows @ weights.T
    candidates = [candidate_steps(low, high, weights, alpha) for alpha in ALPHAS]
    return min(
        candidates, key=lambda steps: float(((_rounded(rows, weights, steps) - exact) ** 2).sum())
    )


def candidate_steps(low: Floats, high: Floats, weights: Floats, alpha: float) -> Steps:
    """Return steps that take up the share *alpha* of the size of each dimension."""
    size = np.maximum(np.maximum(-low, high), 1e-4)
    weight = np.maximum(np.abs(weights).max(axis=0), 1e-4)
    steps = size**alpha / weight ** (1 - alpha)
    bottom, top = (low / steps).min(), (high / steps).max()
    level = (top - bottom) / 255
    return Steps((steps * level).astype(np.float32), int(np.rint(-bottom / level)))


def levels_of(weights: Floats, steps: Steps) -> tuple[Floats, Floats]:
    """Return the levels, -127 to 127, of *weights* times their steps, and the scale of each row.

    Shapes: (outputs, inputs), (outputs,).
    """
    stepped = weights * steps.sizes
    scales = np.abs(stepped).max(axis=1) / LEVELS
    levels = np.rint(stepped / np.where(scales == 0, 1, scales)[:, None])
    return levels.astype(np.float32), scales.astype(np.float32)


def _rounded(rows: Floats, weights: Floats, steps: Steps) -> Floats:
    inputs = np.clip(np.rint(rows / steps.sizes) + steps.zero, 0, 255) - steps.zero
    levels, scales = levels_of(weights, steps)
    product: Floats = inputs @ (levels * scales[:, None]).T
    return product
