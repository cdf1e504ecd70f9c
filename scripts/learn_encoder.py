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
import sys
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

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks" / "accuracy"))
from rounding import Inputs

_FOLDER = Path(__file__).parent.parent / "src/paraalign/encode"
_STEP_LINES = 600
_PIECES = 500

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
    runner = Runner(file)
    for line in lines:
        runner.add(runner.cut(line), is_sample=True)
    for ids in all_pieces(file):
        runner.add(ids, is_sample=False)
    learned: dict[str, list[Steps]] = {name: [] for name in PRODUCTS}
    for name in runner.inputs.rows:
        weights, _ = file.product(name)
        learned[name.partition(".")[2]].append(runner.inputs.steps(name, weights))
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


class Runner:
    """Runs texts through the layers of *file* and notes what goes into each product.

    Attributes:
        inputs: What went into each.
    """

    def __init__(self, file: E5File) -> None:
        self.inputs = Inputs()
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
            self.inputs.add(name, rows, picked if is_sample else picked[:0])


if __name__ == "__main__":
    main()
