"""The tokens of a whole document, encoded once, for every later step to use.

Each sentence is encoded alone (its neighbours leak into pooled vectors otherwise), and the tokens
of all stand in one table, in text order, with spans in the text as given. The vector of any run of
sentences is then a difference of running sums.

A token takes 1.5 kB, in half precision, which links words and sentences as well as single does. The
vectors of a long document, beyond a quarter of a gigabyte, go to a temporary file that is mapped
into memory and gone when it is no longer used.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from tempfile import TemporaryFile
from typing import IO

import numpy as np
from numpy.typing import NDArray

from paraalign.encode.protocol import Encoder, TokenVectors
from paraalign.model import Document
from paraalign.views import Offsets

__all__ = ["Tokens", "encode_document", "encode_documents"]

_CHUNK = 512  # sentences encoded at a time
_IN_MEMORY = 1 << 27  # bytes of vectors for words, and as many for sentences


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Tokens:
    """The token table of a document.

    Attributes:
        starts: Where each token starts, in code points of the text as given. Shape: (tokens,).
        ends: Where it ends. Shape: (tokens,).
        sentences_of: Index of the sentence that holds it, never falling. Shape: (tokens,).
        words: Vectors for linking words, in half precision. Shape: (tokens, dimensions).
        sentences: Vectors for linking sentences, likewise. Shape: (tokens, dimensions).
        weights: How much each token says. Shape: (tokens,).
    """

    starts: Offsets
    ends: Offsets
    sentences_of: NDArray[np.int32]
    words: NDArray[np.float16]
    sentences: NDArray[np.float16]
    weights: NDArray[np.float32]


def encode_document(
    document: Document, encoder: Encoder, *, progress: Callable[[int, int], object] | None = None
) -> Tokens:
    """Encode every sentence of *document* with *encoder*; else as `encode_documents`."""
    return encode_documents([document], encoder, progress=progress)[0]


def encode_documents(
    documents: Sequence[Document],
    encoder: Encoder,
    *,
    progress: Callable[[int, int], object] | None = None,
) -> tuple[Tokens, ...]:
    """Encode every sentence of *documents*, which count as one series, with *encoder*.

    Takes time in proportion to the length of the texts.

    Args:
        documents: The documents, cut into sentences.
        encoder: The encoder.
        progress: Is called after every 512 sentences with how many are done, and of how many.
    """
    gathered = [_Gathered(document) for document in documents]
    series = [(own, index) for own in gathered for index in range(len(own.document.sentences))]
    for start in range(0, len(series), _CHUNK):
        chunk = series[start : start + _CHUNK]
        encoded = iter(encoder.encode([own.text(index) for own, index in chunk]))
        for own, part in groupby(chunk, key=itemgetter(0)):
            own.add([(index, next(encoded)) for _, index in part])
        if progress:
            progress(start + len(chunk), len(series))
    return tuple(own.tokens() for own in gathered)


class _Gathered:
    """The tokens of *document* while they are gathered."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._places: list[_Places] = []
        self._words, self._sentences = _Rows(), _Rows()

    def text(self, index: int) -> str:
        """Return the text of the sentence *index*."""
        return self.document.read(self.document.sentences[index].span)

    def add(self, encoded: Sequence[tuple[int, TokenVectors]]) -> None:
        """Add the tokens of the next sentences, each with its index."""
        self._words.add(tokens.words for _, tokens in encoded)
        self._sentences.add(tokens.sentences for _, tokens in encoded)
        self._places += [_Places.of(self.document, *each) for each in encoded]

    def tokens(self) -> Tokens:
        """Return the token table."""
        return _table(self._places, self._words.stack(), self._sentences.stack())


@dataclass(frozen=True, slots=True, eq=False)
class _Places:
    """Where the tokens of a sentence stand in the text as given, and how much they say."""

    starts: Offsets
    ends: Offsets
    weights: NDArray[np.float32]

    @classmethod
    def of(cls, document: Document, index: int, tokens: TokenVectors) -> "_Places":
        view = document.view
        first, _ = view.range(document.sentences[index].span)
        starts, ends = view.starts[tokens.starts + first], view.ends[tokens.ends + first - 1]
        return cls(starts, ends, tokens.weights)


def _table(
    places: list[_Places], words: NDArray[np.float16], sentences: NDArray[np.float16]
) -> Tokens:
    none = [_Places(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32))]
    counts = [len(place.starts) for place in places]
    return Tokens(
        starts=np.concatenate([place.starts for place in places or none]),
        ends=np.concatenate([place.ends for place in places or none]),
        sentences_of=np.repeat(np.arange(len(places), dtype=np.int32), counts),
        words=words,
        sentences=sentences,
        weights=np.concatenate([place.weights for place in places or none]),
    )


class _Rows:
    """Rows of vectors one after the other: in memory, or in a temporary file if there are many."""

    def __init__(self) -> None:
        self._parts: list[NDArray[np.float16]] = []
        self._file: IO[bytes] | None = None
        self._width = 0

    def add(self, parts: Iterable[NDArray[np.float32]]) -> None:
        """Add the rows of *parts*."""
        self._parts += (part.astype(np.float16) for part in parts)
        if sum(part.nbytes for part in self._parts) > _IN_MEMORY:
            self._file = self._file or TemporaryFile()  # noqa: SIM115 - lives as long as its map
            self._write(self._file)

    def stack(self) -> NDArray[np.float16]:
        """Return all rows. Shape: (rows, width)."""
        if self._file is None:
            return np.concatenate(self._parts) if self._parts else np.zeros((0, 0), np.float16)
        self._write(self._file)
        rows = np.asarray(np.memmap(self._file, np.float16, mode="r"))
        self._file.close()
        return rows.reshape(-1, self._width)

    def _write(self, file: IO[bytes]) -> None:
        for part in self._parts:
            self._width = part.shape[1]
            file.write(part.tobytes())
        self._parts = []
        file.flush()
