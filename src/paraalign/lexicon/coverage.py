"""How much of one text the words of another account for, for all pairs of many texts at once.

Reading each pair of units word by word costs the product of their numbers. Here every text is
indexed once (`Lexicon.index`), and the rest is arithmetic over the keys that two indexes share.

>>> from paraalign.lexicon import load_lexicon
>>> lexicon = load_lexicon("fr", "vi")
>>> source = lexicon.index(["la paix et la liberté", "un bon repas"], "fr")
>>> target = lexicon.index(["hòa bình và tự do", "một bữa ăn ngon"], "vi")
>>> (coverage(source, target) > 0.5).tolist()
[[True, False], [False, True]]
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from paraalign.lexicon.protocol import WordIndex

__all__ = ["coverage", "hits", "overlap"]

SMOOTH = np.float32(0.5)
"""What a hit is smoothed by; anything from 0.3 to 1 ranks about alike."""

FLATNESS = np.float32(0.4)
"""Power of a word's weight in `overlap`; 0.3 to 0.5 rank alike, 1 ranks worse."""

_CHUNK = 1 << 21


def hits(source: WordIndex, target: WordIndex) -> NDArray[np.float32]:
    """Return how well each text of *target* renders each word of *source*, 0 to 1.

    Shape: (source words, target texts). Cost: that product in memory; the time grows with the
    keys in common, about 1 s for a thousand sentences against a thousand.

    >>> from paraalign.lexicon import load_lexicon
    >>> lexicon = load_lexicon("fr", "vi")
    >>> found = hits(lexicon.index(["la paix"], "fr"), lexicon.index(["hòa bình"], "vi"))
    >>> found.shape
    (2, 1)
    """
    keys, texts, strengths = _postings(target)
    firsts = np.searchsorted(keys, source.keys, side="left")
    counts = np.searchsorted(keys, source.keys, side="right") - firsts
    found = np.zeros((len(source.texts), target.text_count), np.float32)
    for start, stop in _chunks(counts):
        part = counts[start:stop]
        rows = np.repeat(np.arange(start, stop), part)
        within = np.arange(len(rows)) - np.repeat(np.cumsum(part) - part, part)
        places = firsts[rows] + within
        scores = source.strengths[rows] * strengths[places]
        np.maximum.at(found, (source.words[rows], texts[places]), scores)
    return found


def coverage(source: WordIndex, target: WordIndex) -> NDArray[np.float32]:
    """Return the share, by weight, of each *source* text that each *target* text renders, 0 to 1.

    Shape: (source texts, target texts). A text without known content words has coverage 0.
    """
    shares = _sums(source.texts, source.text_count, hits(source, target) * source.weights[:, None])
    totals = np.bincount(source.texts, source.weights, source.text_count)
    return (shares / np.maximum(totals, 1e-6)[:, None]).astype(np.float32)


def overlap(source: WordIndex, target: WordIndex) -> NDArray[np.float32]:
    """Return how much better than by chance each *source* and *target* text render each other.

    0 is no better than chance; a true pair has mostly 0.3 to 1. Each word's hit is set against its
    mean hit over all texts (a log ratio), so give it at least some ten texts a side.
    Shape: (source texts, target texts).

    >>> from paraalign.lexicon import load_lexicon
    >>> lexicon = load_lexicon("fr", "vi")
    >>> source = lexicon.index(["la paix", "un bon repas"], "fr")
    >>> target = lexicon.index(["hòa bình", "bữa ăn ngon"], "vi")
    >>> bool(overlap(source, target)[0, 0] > overlap(source, target)[0, 1])
    True
    """
    onward, back = _gains(source, target), _gains(target, source).T
    totals = _totals(source)[:, None] + _totals(target)[None, :]
    gains: NDArray[np.float32] = (onward + back) / np.maximum(totals, np.float32(1e-6))
    return gains


def _gains(source: WordIndex, target: WordIndex) -> NDArray[np.float32]:
    found = hits(source, target)
    chance = found.mean(axis=1, keepdims=True)
    gains = np.log((SMOOTH + found) / (SMOOTH + chance)) * (source.weights**FLATNESS)[:, None]
    return _sums(source.texts, source.text_count, gains)


def _totals(index: WordIndex) -> NDArray[np.float32]:
    return np.bincount(index.texts, index.weights**FLATNESS, index.text_count).astype(np.float32)


def _sums(texts: NDArray[np.int32], count: int, values: NDArray[np.float32]) -> NDArray[np.float32]:
    sums = np.zeros((count, values.shape[1]), np.float32)
    np.add.at(sums, texts, values)
    return sums


def _postings(
    index: WordIndex,
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]:
    texts = index.texts[index.words]
    order = np.lexsort((-index.strengths, texts, index.keys))
    keys, texts, strengths = index.keys[order], texts[order], index.strengths[order]
    first = np.ones(len(keys), np.bool_)
    first[1:] = (keys[1:] != keys[:-1]) | (texts[1:] != texts[:-1])
    return keys[first], texts[first], strengths[first]


def _chunks(counts: NDArray[np.int64]) -> list[tuple[int, int]]:
    ends = np.cumsum(counts)
    cuts = np.searchsorted(ends, np.arange(_CHUNK, int(ends[-1]) if len(ends) else 0, _CHUNK))
    edges = sorted({0, *cuts.tolist(), len(counts)})
    return list(pairwise(edges))
