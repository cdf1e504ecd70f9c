"""Read both sides of each group of words together, and keep what that tells of each word.

The cross-encoder takes a few hundred tokens at a time. A clause that has more is read in parts, cut
between sentence links; a link that has more by itself, in as many parts on either side.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from paraalign.align.words.groups import Floats, WordSide, token_slice
from paraalign.align.words.links import WordTable
from paraalign.encode.cross import CrossEncoder
from paraalign.encode.tokens import Tokens
from paraalign.model import Document

__all__ = ["read_across"]

_LONGEST = 512  # tokens of both sides read at a time
_CHUNK = 256  # tables whose vectors are gathered at a time
_UNKNOWN = -3.0  # log odds of a word without a token

_Places: TypeAlias = NDArray[np.int64]
_Part: TypeAlias = tuple[_Places, _Places]
_Odds: TypeAlias = tuple[NDArray[np.float32], NDArray[np.float32]]


def read_across(
    tables: Sequence[WordTable],
    documents: tuple[Document, Document],
    tokens: tuple[Tokens, Tokens],
    cross: CrossEncoder,
) -> list[WordTable]:
    """Return *tables* with `crossed`: how far the other side lacks what each word says."""
    means = _mean(tokens[0]), _mean(tokens[1])
    return [
        read
        for start in range(0, len(tables), _CHUNK)
        for read in _read(tables[start : start + _CHUNK], documents, tokens, means, cross)
    ]


def _read(
    tables: Sequence[WordTable],
    documents: tuple[Document, Document],
    tokens: tuple[Tokens, Tokens],
    means: tuple[Floats, Floats],
    cross: CrossEncoder,
) -> Iterator[WordTable]:
    parts = [list(_iter_parts(table, tokens)) for table in tables]
    one, other = tokens
    vectors = [
        (one.words[source], other.words[target]) for some in parts for source, target in some
    ]
    odds = iter(cross.odds(vectors, means))
    for table, some in zip(tables, parts, strict=True):
        sides = _of_sides(table, some, [next(odds) for _ in some], documents, tokens)
        yield replace(table, crossed=sides)


def _mean(tokens: Tokens) -> Floats:
    return np.asarray(tokens.words.mean(axis=0, dtype=np.float64), dtype=np.float64)


def _of_sides(
    table: WordTable,
    parts: Sequence[_Part],
    odds: Sequence[_Odds],
    documents: tuple[Document, Document],
    tokens: tuple[Tokens, Tokens],
) -> tuple[Floats, Floats]:
    """Return the figure of each word of *table*, whose *parts* were read with these *odds*."""
    source, target = (
        _of_words(
            side,
            documents[k],
            tokens[k],
            np.concatenate([part[k] for part in parts]),
            np.concatenate([part[k] for part in odds]),
        )
        for k, side in enumerate(table.sides)
    )
    return source, target


def _iter_parts(table: WordTable, tokens: tuple[Tokens, Tokens]) -> Iterator[_Part]:
    """Yield the tokens of both sides that are read together."""
    both = [_by_link(side, own) for side, own in zip(table.sides, tokens, strict=True)]
    gathered: list[list[_Places]] = [[], []]
    size = 0
    for link in sorted({*both[0], *both[1]}):
        pair = [side.get(link, np.zeros(0, np.int64)) for side in both]
        more = sum(map(len, pair))
        if size and size + more > _LONGEST:
            yield np.concatenate(gathered[0]), np.concatenate(gathered[1])
            gathered, size = [[], []], 0
        if more > _LONGEST:
            count = -(-more // _LONGEST)
            yield from zip(*(np.array_split(part, count) for part in pair), strict=True)
            continue
        for own, part in zip(gathered, pair, strict=True):
            own.append(part)
        size += more
    if size:
        yield np.concatenate(gathered[0]), np.concatenate(gathered[1])


def _by_link(side: WordSide, tokens: Tokens) -> dict[int, _Places]:
    """Return the tokens of *side* by the number of the sentence link that they stand in."""
    links = dict(zip(side.owners.tolist(), np.floor(side.places).astype(int).tolist(), strict=True))
    found: dict[int, list[_Places]] = {}
    for sentence in side.sentences:
        part = token_slice(tokens, sentence)
        if sentence in links:
            found.setdefault(links[sentence], []).append(np.arange(part.start, part.stop))
    return {link: np.concatenate(parts) for link, parts in found.items()}


def _of_words(
    side: WordSide, document: Document, tokens: Tokens, picked: _Places, odds: NDArray[np.float32]
) -> Floats:
    """Return the mean of the *odds* of the tokens *picked* over each word of *side*."""
    spans = np.array([document.words[word].span for word in side.words]).reshape(-1, 2)
    first = np.searchsorted(tokens.ends[picked], spans[:, 0], side="right")
    last = np.searchsorted(tokens.starts[picked], spans[:, 1], side="left")
    sums = np.concatenate([[0.0], np.cumsum(odds, dtype=np.float64)])
    counts = last - first
    means = (sums[np.maximum(first, last)] - sums[first]) / np.maximum(1, counts)
    return np.where(counts > 0, means, _UNKNOWN)
