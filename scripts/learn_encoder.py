"""Learn the figures that the encoder ships: rounding steps of its products, means of languages.

Both come from running the encoder in 32-bit floats over sample lines, one a line in a file per
language. Writes `e5-steps.npz` and `e5-means.npz` into `src/paraalign/encode`:

    python scripts/learn_encoder.py fr=fr.txt vi=vi.txt en=en.txt

The figures shipped were learned from 1,500 lines each of the French and Vietnamese of translated
software, manuals and help pages (at least five words a line), and from 1,007 lines of English news
(NTREX-128); the steps from the first 600 lines of each, and their ranges also from every piece of
the vocabulary, shuffled: a piece like "[7]" drives one dimension to ten times what words do.
"""

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession

from paraalign.encode.e5 import E5
from paraalign.encode.e5file import PRODUCTS, E5File, weights_path
from paraalign.encode.graph import Graph
from paraalign.encode.int8 import Steps
from paraalign.encode.layers import exact_product, layer_graph
from paraalign.encode.pieces import Tokenizer

_FOLDER = Path(__file__).parent.parent / "src/paraalign/encode"
_STEP_LINES = 600
_PIECES = 500
_ALPHAS = (0.0, 0.3, 0.5, 0.7, 0.85, 1.0)  # how much of a dimension's size its step takes up

Floats = NDArray[np.float32]


def main() -> None:
    """Learn from the files named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", nargs="+", metavar="LANG=FILE", help="lines of one language")
    arguments = parser.parse_args()
    lines = {}
    for text in arguments.texts:
        lang, _, path = text.partition("=")
        lines[lang] = Path(path).read_text("utf-8").splitlines()
    learn_steps([line for group in lines.values() for line in group[:_STEP_LINES]])
    learn_means(lines)


def learn_means(lines: dict[str, list[str]]) -> None:
    """Write the mean token vector of each language, for words and for sentences."""
    encoder = E5()
    means = {}
    for lang, group in lines.items():
        encoded = encoder.encode(group)
        layers = [[text.words for text in encoded], [text.sentences for text in encoded]]
        means[lang] = np.stack([np.concatenate(layer).mean(axis=0) for layer in layers])
    np.savez(_FOLDER / "e5-means.npz", **means)  # type: ignore[arg-type]


def learn_steps(lines: list[str]) -> None:
    """Write the rounding steps of every product."""
    file = E5File(weights_path())
    inputs = Inputs(file)
    for line in lines:
        inputs.add(inputs.cut(line), is_sample=True)
    for ids in all_pieces(file):
        inputs.add(ids, is_sample=False)
    learned: dict[str, list[Steps]] = {name: [] for name in PRODUCTS}
    for name, rows in inputs.rows.items():
        sample = np.concatenate(rows)
        low, high = inputs.ranges[name]
        weights, _ = file.product(name)
        learned[name.partition(".")[2]].append(best_steps(sample, low, high, weights))
    stored = {name: np.stack([step.sizes for step in steps]) for name, steps in learned.items()}
    zeros = {
        f"{name}.zeros": np.array([step.zero for step in steps], np.uint8)
        for name, steps in learned.items()
    }
    np.savez(_FOLDER / "e5-steps.npz", **stored, **zeros)  # type: ignore[arg-type]


def all_pieces(file: E5File) -> list[NDArray[np.int64]]:
    """Return every piece of the vocabulary, shuffled, in texts of about forty."""
    pieces = np.random.default_rng(1).permutation(len(file.vocabulary.scores))
    return np.array_split(pieces, len(pieces) // 40)


class Inputs:
    """What goes into each product over many texts: a sample of rows, and the range by dimension.

    Attributes:
        rows: The sample, by the name of the product.
        ranges: Lowest and highest value of each dimension, by the name of the product.
    """

    def __init__(self, file: E5File) -> None:
        self.rows: dict[str, list[Floats]] = {}
        self.ranges: dict[str, tuple[Floats, Floats]] = {}
        self._file = file
        self._tokenizer = Tokenizer(file.vocabulary)
        self._states: dict[str, str] = {}
        self._rng = np.random.default_rng(1)
        layer_graph(file, self._tap)
        model = layer_graph(file, self._tap, [*dict.fromkeys(self._states.values())])
        self._session = InferenceSession(model)

    def _tap(self, graph: Graph, state: str, name: str, weights: Floats, bias: Floats) -> str:
        self._states[name] = state
        return exact_product(graph, state, name, weights, bias)

    def cut(self, line: str) -> NDArray[np.int64]:
        """Return the pieces of *line* as the encoder takes them."""
        return self._tokenizer.cut("query: " + line).ids[:_PIECES]

    def add(self, pieces: NDArray[np.int64], *, is_sample: bool) -> None:
        """Run the *pieces* through the layers; note what goes into each product."""
        ids = np.array([0, *pieces, 2])
        embeddings = self._file.embeddings(ids) + self._file.positions[: len(ids)]
        feed = {"embeddings": embeddings[None], "mask": np.ones((1, len(ids)), np.int32)}
        picked = self._rng.choice(len(ids), 2)
        states = self._session.run([*self._states.values()], feed)
        for name, (rows,) in zip(self._states, states, strict=True):
            if is_sample:
                self.rows.setdefault(name, []).append(rows[picked])
            low, high = self.ranges.get(name, (rows[0], rows[0]))
            self.ranges[name] = np.minimum(low, rows.min(0)), np.maximum(high, rows.max(0))


def best_steps(rows: Floats, low: Floats, high: Floats, weights: Floats) -> Steps:
    """Return the steps with which the product of *rows* and *weights* changes least."""
    exact = rows @ weights.T
    candidates = [candidate_steps(low, high, weights, alpha) for alpha in _ALPHAS]
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


def _rounded(rows: Floats, weights: Floats, steps: Steps) -> Floats:
    levels = np.clip(np.rint(rows / steps.sizes) + steps.zero, 0, 255) - steps.zero
    stepped = weights * steps.sizes
    scales = np.abs(stepped).max(axis=1, keepdims=True) / 127
    product: Floats = levels @ (np.rint(stepped / scales) * scales).T
    return product


if __name__ == "__main__":
    main()
