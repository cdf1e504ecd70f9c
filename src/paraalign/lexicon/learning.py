"""Learn from translated segments how often each word is rendered by which.

Hand-written entries say what a word can be rendered by, not how often it is. A statistical word
alignment says so: IBM model 1 (Brown et al., 1993), trained by expectation maximisation in both
directions over French lemmas and Vietnamese words of up to four syllables, each segment weighed by
its domain so that prose counts for more than the labels of menus. The two directions are joined
word by word. Nothing is drawn at random: the same segments give the same figures.

>>> segments = [((0, 1), (5, 6)), ((0,), (5,)), ((1, 2), (6, 7))]
>>> corpus = Corpus.of(segments, [1.0, 1.0, 1.0])
>>> learned = learn(corpus, rounds=5)
>>> best = learned.onward[(learned.sources == 0) & (learned.targets == 5)]
>>> bool(best[0] > 0.8)
True
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["Corpus", "Learned", "learn"]

Segment: TypeAlias = tuple[Sequence[int], Sequence[int]]
Ints: TypeAlias = NDArray[np.int32]
Figures: TypeAlias = NDArray[np.float32]

EMPTY = 0.2
"""Share of a word's count that goes to nothing before learning begins."""


class Corpus(NamedTuple):
    """Every word of each segment with every word of its translation.

    Attributes:
        sources: Left word of each kind of pair. Shape: (kinds,).
        targets: Its right word. Shape: (kinds,).
        kinds: The kind of pair that each instance is. Shape: (instances,).
        source_places: Which left token of the corpus each instance has. Shape: (instances,).
        target_places: Which right token. Shape: (instances,).
        source_weights: What each left token counts for. Shape: (left tokens,).
        target_weights: What each right token counts for. Shape: (right tokens,).
    """

    sources: Ints
    targets: Ints
    kinds: Ints
    source_places: Ints
    target_places: Ints
    source_weights: Figures
    target_weights: Figures

    @classmethod
    def of(cls, segments: Sequence[Segment], weights: Sequence[float]) -> "Corpus":
        """Return the corpus of *segments* of word numbers, each counting by its weight."""
        lefts = np.array([len(left) for left, _ in segments], np.int64)
        rights = np.array([len(right) for _, right in segments], np.int64)
        source_places, target_places = _places(lefts, rights)
        left_words = _flat(left for left, _ in segments)
        right_words = _flat(right for _, right in segments)
        codes = left_words[source_places].astype(np.int64) << 32 | right_words[target_places]
        kinds, numbers = np.unique(codes, return_inverse=True)
        return cls(
            sources=(kinds >> 32).astype(np.int32),
            targets=(kinds & 0xFFFFFFFF).astype(np.int32),
            kinds=numbers.astype(np.int32),
            source_places=source_places,
            target_places=target_places,
            source_weights=np.repeat(np.array(weights, np.float32), lefts),
            target_weights=np.repeat(np.array(weights, np.float32), rights),
        )


class Learned(NamedTuple):
    """What was learned of each kind of pair.

    Attributes:
        sources: Left word. Shape of this and all others: (kinds,).
        targets: Right word.
        onward: Share of the left word's uses that the right word renders, 0 to 1.
        back: Share of the right word's uses that render the left word, 0 to 1.
        counts: How often, by weight, the two render each other.
    """

    sources: Ints
    targets: Ints
    onward: Figures
    back: Figures
    counts: Figures


def learn(corpus: Corpus, *, rounds: int = 6) -> Learned:
    """Return what *corpus* says of each kind of pair after the given *rounds* of learning.

    The counts of the two directions are joined by their geometric mean, which drops what only one
    of them believes (after Liang, Taskar and Klein, 2006). Cost: linear in the instances.
    """
    onward = _counts(corpus, corpus.target_places, corpus.target_weights, corpus.sources, rounds)
    back = _counts(corpus, corpus.source_places, corpus.source_weights, corpus.targets, rounds)
    counts = np.sqrt(onward * back)
    return Learned(
        corpus.sources,
        corpus.targets,
        _shares(counts, corpus.sources, _uses(corpus, source=True)),
        _shares(counts, corpus.targets, _uses(corpus, source=False)),
        counts.astype(np.float32),
    )


def _counts(
    corpus: Corpus, places: Ints, weights: Figures, givens: Ints, rounds: int
) -> NDArray[np.float64]:
    """Share each token at *places* among the words it may render; *givens* are these words."""
    table = np.ones(len(givens))
    counts: NDArray[np.float64] = table
    for _ in range(rounds):
        scores = table[corpus.kinds]
        totals = np.bincount(places, scores, len(weights))
        totals += EMPTY * np.bincount(places, minlength=len(weights)) * table.mean()
        shares = scores / totals[places] * weights[places]
        counts = np.bincount(corpus.kinds, shares, len(givens)).astype(np.float64)
        table = counts / np.maximum(np.bincount(givens, counts)[givens], 1e-9)
    return counts


def _uses(corpus: Corpus, *, source: bool) -> NDArray[np.float64]:
    words = (corpus.sources if source else corpus.targets)[corpus.kinds]
    places = corpus.source_places if source else corpus.target_places
    weights = corpus.source_weights if source else corpus.target_weights
    word_of = np.zeros(len(weights), np.int64)
    word_of[places] = words
    return np.bincount(word_of, weights).astype(np.float64)


def _shares(counts: NDArray[np.float64], words: Ints, uses: NDArray[np.float64]) -> Figures:
    sums = np.bincount(words, counts, len(uses))
    return (counts / np.maximum(np.maximum(sums, uses), 1e-9)[words]).astype(np.float32)


def _places(lefts: NDArray[np.int64], rights: NDArray[np.int64]) -> tuple[Ints, Ints]:
    left_starts = np.cumsum(lefts) - lefts
    right_starts = np.cumsum(rights) - rights
    sizes = lefts * rights
    segment = np.repeat(np.arange(len(sizes)), sizes)
    within = np.arange(len(segment)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    source = left_starts[segment] + within // rights[segment]
    target = right_starts[segment] + within % rights[segment]
    return source.astype(np.int32), target.astype(np.int32)


def _flat(parts: Iterable[Sequence[int]]) -> Ints:
    return np.array([word for part in parts for word in part], np.int32)
