"""Weigh what speaks for each pair of words: vectors, lexicon, identity.

All evidence ends in one table of costs-to-be, in the units of a cosine: .2 for a rendering that
the lexicon lists, .3 for the same name or figure. The weights are those that linked six annotated
clauses best; they are rough on purpose.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from paraalign.align.words.groups import Floats, WordSide, iter_groups, token_slice
from paraalign.align.words.keys import same_words
from paraalign.encode.tokens import Tokens
from paraalign.lexicon.protocol import Lexicon
from paraalign.model import Document, Link

__all__ = ["Evidence", "WordEvidence", "WordVectors", "weigh"]

_LEXICON, _PART, _TERM, _SAME = 0.2, 0.1, 0.1, 0.3
_APART = -1.0  # a sign is no word
_KEPT = 4_000  # sentence links whose tables, some 100 MB, are kept


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Evidence:
    """What speaks for each pair of words of a group. Shapes: (source words, target words).

    Attributes:
        cosines: Likeness of the centred vectors, -1 to 1; 0 without an encoder.
        senses: Likewise of what the words mean in their sentences, by the encoder's last layer,
            which the other evidence outweighs wherever there is a lexicon; 0 if there is one.
        lexicon: How well the lexicon supports the pair, 0 to 1.
        same: 1 for the same name, figure, month or sign, else 0.
        total: All together, in units of a cosine.
    """

    cosines: Floats
    senses: Floats
    lexicon: Floats
    same: Floats
    total: Floats


Weighed: TypeAlias = tuple[WordSide, WordSide, Evidence]
"""The words of both sides of a group, and what speaks for each pair."""


@dataclass(frozen=True, slots=True, eq=False)
class WordEvidence:
    """What speaks for each pair of words of two documents, group by group of linked sentences.

    To be gone through as often as needed: the evidence of a short text is kept, that of a long one,
    which would fill the memory, is gathered again.

    Attributes:
        source: The source document.
        target: The target document.
        sentences: The links of their sentences.
        tokens: Token vectors of source and target, or None.
        lexicon: What words translate to, or None.
    """

    source: Document
    target: Document
    sentences: tuple[Link, ...]
    tokens: tuple[Tokens, Tokens] | None = None
    lexicon: Lexicon | None = None
    _kept: list[Weighed] = field(default_factory=list, init=False)

    @property
    def documents(self) -> tuple[Document, Document]:
        """The documents, source then target."""
        return self.source, self.target

    @property
    def is_kept(self) -> bool:
        """Whether the text is short enough for all of it to be kept."""
        return len(self.sentences) <= _KEPT

    def __iter__(self) -> Iterator[Weighed]:
        """Yield the words of either side of each group, and what speaks for their pairs."""
        if self._kept:
            yield from self._kept
            return
        made = self._made()
        if self.is_kept:
            self._kept.extend(made)
            made = iter(self._kept)
        yield from made

    def _made(self) -> Iterator[Weighed]:
        vectors = senses = None
        if self.tokens and len(self.tokens[0].words) and len(self.tokens[1].words):
            one, other = self.tokens
            vectors = WordVectors(self.source, one), WordVectors(self.target, other)
            if self.lexicon is None:
                senses = (
                    WordVectors(self.source, one, states=one.sentences),
                    WordVectors(self.target, other, states=other.sentences),
                )
        for sides in iter_groups(self.source, self.target, self.sentences):
            yield *sides, weigh(*sides, vectors=vectors, lexicon=self.lexicon, senses=senses)


class WordVectors:
    """Vectors of the words of one document, less the mean of the language."""

    def __init__(
        self, document: Document, tokens: Tokens, *, states: NDArray[np.floating[Any]] | None = None
    ) -> None:
        """Find the mean of *tokens*; the vectors of words are made group by group.

        *states* are their vectors, if not those for linking words. Shape: (tokens, dimensions).
        """
        self._document = document
        self._tokens = tokens
        self._states: NDArray[np.floating[Any]] = tokens.words if states is None else states
        self._mean = self._states.mean(axis=0, dtype=np.float64) if len(self._states) else 0.0

    def of(self, side: WordSide) -> Floats:
        """Return unit vectors of the words of *side*; zeros where a word has no token.

        Shape: (words, dimensions).
        """
        parts = [token_slice(self._tokens, sentence) for sentence in side.sentences]
        picked = np.concatenate([np.arange(part.start, part.stop) for part in parts])
        return self._means(side.words, picked)

    def at(self, words: Sequence[int]) -> Floats:
        """Return unit vectors of *words*, in text order, from anywhere in the document.

        Shape: (words, dimensions).
        """
        spans = [self._document.words[word].span for word in words]
        firsts = np.searchsorted(self._tokens.ends, [span.start for span in spans], side="right")
        lasts = np.searchsorted(self._tokens.starts, [span.end for span in spans], side="left")
        touched = [np.arange(*pair) for pair in zip(firsts, lasts, strict=True)]
        return self._means(words, np.unique(np.concatenate([np.arange(0), *touched])))

    def _means(self, words: Sequence[int], picked: NDArray[np.int64]) -> Floats:
        """Return the centred means of the tokens of each of *words*, all among those *picked*.

        Rows are added up one by one, which takes a third of the time of `cumsum` down columns.
        """
        states = self._states[picked].astype(np.float64)
        sums = np.array([*accumulate(states, initial=np.zeros(states.shape[1]))])
        spans = np.array([self._document.words[w].span for w in words]).reshape(-1, 2)
        first = np.searchsorted(self._tokens.ends[picked], spans[:, 0], side="right")
        last = np.searchsorted(self._tokens.starts[picked], spans[:, 1], side="left")
        last = np.maximum(first, last)
        counts = np.maximum(1, last - first)[:, None]
        vectors = (sums[last] - sums[first]) / counts - self._mean
        vectors[last == first] = 0.0
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float64)


def weigh(
    source: WordSide,
    target: WordSide,
    *,
    vectors: tuple[WordVectors, WordVectors] | None,
    lexicon: Lexicon | None,
    senses: tuple[WordVectors, WordVectors] | None = None,
) -> Evidence:
    """Return the evidence for the words of *source* and *target* to correspond."""
    shape = len(source.words), len(target.words)
    cosines, late = (
        pair[0].of(source) @ pair[1].of(target).T if pair else np.zeros(shape)
        for pair in (vectors, senses)
    )
    words, terms = _lexicon_tables(source, target, lexicon)
    same = np.zeros(shape)
    for i, j in same_words(source.forms, source.lang, target.forms, target.lang):
        same[i, j] = 1.0
    total = cosines + words * _LEXICON + terms * _TERM + same * _SAME
    total = np.where(source.signs()[:, None] == target.signs()[None, :], total, total + _APART)
    known = np.maximum(words, terms / 2)
    return Evidence(cosines=cosines, senses=late, lexicon=known, same=same, total=total)


def _lexicon_tables(
    source: WordSide, target: WordSide, lexicon: Lexicon | None
) -> tuple[Floats, Floats]:
    words = np.zeros((len(source.words), len(target.words)))
    terms = np.zeros_like(words)
    matches = lexicon.matches(source.text, target.text) if lexicon else []
    touched = (
        _touched(source, [match.source for match in matches]),
        _touched(target, [match.target for match in matches]),
    )
    for match, rows, columns in zip(matches, *touched, strict=True):
        table = terms if match.is_term else words
        share = match.score * (
            1.0 if _is_whole(target, columns, match.target) else _PART / _LEXICON
        )
        table[rows, columns] = np.maximum(table[rows, columns], share)
    return words, terms


def _touched(side: WordSide, places: Sequence[tuple[int, int]]) -> list[slice]:
    """Return the words of *side* at each of *places*, in characters of its text."""
    bounds = np.array(places, np.int64).reshape(-1, 2)
    firsts = np.searchsorted(side.ends, bounds[:, 0], side="right").tolist()
    lasts = np.searchsorted(side.starts, bounds[:, 1], side="left").tolist()
    return [slice(*pair) for pair in zip(firsts, lasts, strict=True)]


def _is_whole(side: WordSide, words: slice, place: tuple[int, int]) -> bool:
    """Tell whether the *words* hold nothing but the stretch at *place*."""
    if words.start >= words.stop:
        return False
    return bool(side.starts[words.start] >= place[0] and side.ends[words.stop - 1] <= place[1])
