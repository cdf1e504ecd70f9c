"""An encoder that remembers on disk what it has encoded: the same texts come again and again."""

import hashlib
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from paraalign.encode.protocol import Encoder, TokenVectors
from paraalign.views import Offsets


class CachedEncoder:
    """*encoder* with a cache in the folder *place*; only vectors for linking sentences are kept."""

    def __init__(self, encoder: Encoder, place: Path) -> None:
        self.encoder = encoder
        key = hashlib.sha256(encoder.name.encode()).hexdigest()[:12]
        self.path = place / f"tokens-{key}.pickle"
        self.known: dict[str, Slim] = {}
        self.new = 0
        if self.path.exists():
            self.known = pickle.loads(self.path.read_bytes())  # noqa: S301 - our own file

    @property
    def name(self) -> str:
        """The encoder's name."""
        return self.encoder.name

    def encode(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return the token vectors of *texts*."""
        missing = [text for text in dict.fromkeys(texts) if text not in self.known]
        for text, vectors in zip(missing, self.encoder.encode(missing), strict=True):
            self.known[text] = _slim(vectors)
        self.new += len(missing)
        return [_widen(self.known[text]) for text in texts]

    def save(self) -> None:
        """Write the cache, if anything is new."""
        if self.new:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            partial = self.path.with_suffix(".part")
            partial.write_bytes(pickle.dumps(self.known, protocol=5))
            partial.replace(self.path)
            self.new = 0


class Slim(NamedTuple):
    """What is kept of the tokens of a text, in half precision."""

    starts: Offsets
    ends: Offsets
    sentences: NDArray[np.float16]
    weights: NDArray[np.float32]


def _slim(vectors: TokenVectors) -> Slim:
    states = vectors.sentences.astype(np.float16)
    return Slim(vectors.starts, vectors.ends, states, vectors.weights)


def _widen(slim: Slim) -> TokenVectors:
    states = slim.sentences.astype(np.float32)
    return TokenVectors(
        starts=slim.starts,
        ends=slim.ends,
        words=states[:, :0],
        sentences=states,
        weights=slim.weights,
    )
