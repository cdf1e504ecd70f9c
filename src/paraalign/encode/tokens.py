"""The tokens of a whole document, encoded once, for every later step to use.

Each sentence is encoded alone (its neighbours leak into pooled vectors otherwise), and the tokens
of all stand in one table, in text order, with spans in the text as given. The vector of any run of
sentences is then a difference of running sums.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from paraalign.encode.protocol import Encoder, TokenVectors
from paraalign.model import Document
from paraalign.views import Offsets

__all__ = ["Tokens", "encode_document"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Tokens:
    """The token table of a document.

    Attributes:
        starts: Where each token starts, in code points of the text as given. Shape: (tokens,).
        ends: Where it ends. Shape: (tokens,).
        sentences_of: Index of the sentence that holds it, never falling. Shape: (tokens,).
        words: Vectors for linking words. Shape: (tokens, dimensions).
        sentences: Vectors for linking sentences. Shape: (tokens, dimensions).
        weights: How much each token says. Shape: (tokens,).
    """

    starts: Offsets
    ends: Offsets
    sentences_of: NDArray[np.int32]
    words: NDArray[np.float32]
    sentences: NDArray[np.float32]
    weights: NDArray[np.float32]


def encode_document(document: Document, encoder: Encoder) -> Tokens:
    """Encode every sentence of *document* with *encoder*, in one call."""
    texts = [document.read(sentence.span) for sentence in document.sentences]
    encoded = encoder.encode(texts)
    spans = [_given_spans(document, index, tokens) for index, tokens in enumerate(encoded)]
    starts = np.concatenate([start for start, _ in spans] or [np.zeros(0, np.int32)])
    ends = np.concatenate([end for _, end in spans] or [np.zeros(0, np.int32)])
    counts = [len(tokens.starts) for tokens in encoded]
    return Tokens(
        starts=starts,
        ends=ends,
        sentences_of=np.repeat(np.arange(len(encoded), dtype=np.int32), counts),
        words=_stack([tokens.words for tokens in encoded]),
        sentences=_stack([tokens.sentences for tokens in encoded]),
        weights=np.concatenate([tokens.weights for tokens in encoded] or [np.zeros(0, np.float32)]),
    )


def _given_spans(document: Document, index: int, tokens: TokenVectors) -> tuple[Offsets, Offsets]:
    first, _ = document.view.range(document.sentences[index].span)
    view = document.view
    return view.starts[tokens.starts + first], view.ends[tokens.ends + first - 1]


def _stack(parts: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    return np.concatenate(parts) if parts else np.zeros((0, 0), np.float32)
