"""Tell moved from missing: what is left over here may stand, left over as well, elsewhere.

Words are linked within clauses that correspond. A phrase that a translator carried into the next
clause is left over twice: here it seems omitted, there added. So all left-over phrases of a text
are laid side by side, and two that render each other are one thing that moved. Only left-over words
are compared, and only within some forty sentence links: a phrase that far off would not be taken
for the same by a reader either.

How like two phrases are is read off their content words: vectors, lexicon, and the same name or
figure. What that is worth was fitted to phrases of news translations moved on purpose, among others
that were not (`benchmarks/accuracy/moved.py`).
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from paraalign.align.words.evidence import WordEvidence, WordVectors
from paraalign.align.words.groups import Floats
from paraalign.align.words.keys import word_keys
from paraalign.align.words.known import is_content
from paraalign.encode.tokens import Tokens
from paraalign.lexicon.protocol import Lexicon
from paraalign.model import Document, Link, Span

__all__ = ["Likeness", "Moved", "find_moved", "iter_likenesses", "likeness_features"]

_FARTHEST = 40  # sentence links between a phrase and what may be the same
_BLOCK = 64  # source phrases compared at a time
_LEAST = (
    0.4  # probability from which two phrases are taken for one, if neither has a better partner
)
_CHANCE_COSINE, _SPREAD = 0.25, 0.4  # of words that are not, and that are, each other's rendering
_KNOWN = 0.8  # what an entry of the lexicon, or the same name, is worth by itself
_ALIKE = 0.25  # likeness from which two words may render each other
_WORTH_A_LOOK = 0.3  # share of the words of the shorter phrase that have such a word

Phrases = Sequence[range]


class Moved(NamedTuple):
    """Words that are left over on either side, by index, and render each other.

    *score* is the probability, 0 to 1, that they do.
    """

    source: range
    target: range
    score: float


class Likeness(NamedTuple):
    """How alike two left-over phrases are.

    Attributes:
        phrases: Which, by place among those given, source then target.
        source: The source words from the first to the last that has a partner.
        target: Likewise the target words.
        support: Likeness of the pairs of words that are each other's best, summed.
        counts: Content words in either phrase.
        distance: Sentence links between the two.
    """

    phrases: tuple[int, int]
    source: range
    target: range
    support: float
    counts: tuple[int, int]
    distance: float


def find_moved(evidence: WordEvidence, phrases: tuple[Phrases, Phrases]) -> tuple[Moved, ...]:
    r"""Return which of the left-over *phrases* of either side render each other, in source order.

    *phrases* are ranges of word indices, those of source and target, in any order; each comes back
    at most once, cut to the part that is found again. Cost: linear in their number.

    >>> from paraalign.model import Link
    >>> from paraalign.read import read_text
    >>> from paraalign.segment import segment
    >>> fr = segment(read_text("Nous allons à Hanoï.\nEnsuite nous dormons."), "fr")
    >>> vi = segment(read_text("Chúng tôi đi.\nSau đó chúng tôi ngủ ở Hà Nội."), "vi")
    >>> links = (Link((0,), (0,)), Link((1,), (1,)))
    >>> [place] = [n for n, word in enumerate(vi.words) if word.text == "Hà Nội"]
    >>> left = [range(3, 4)], [range(place, place + 1)]
    >>> find_moved(WordEvidence(fr, vi, links), left)[0].source
    range(3, 4)
    """
    encoded = evidence.tokens is not None
    likenesses = iter_likenesses(evidence, phrases)
    scored = [(_probability(each, encoded=encoded), each) for each in likenesses]
    taken: tuple[set[int], set[int]] = set(), set()
    found = []
    for score, each in sorted(scored, key=lambda pair: (-pair[0], pair[1].distance, pair[1])):
        one, other = each.phrases
        if score >= _LEAST and one not in taken[0] and other not in taken[1]:
            taken[0].add(one)
            taken[1].add(other)
            found.append(Moved(each.source, each.target, round(score, 3)))
    return tuple(sorted(found, key=lambda moved: (moved.source.start, moved.target.start)))


def iter_likenesses(evidence: WordEvidence, phrases: tuple[Phrases, Phrases]) -> Iterator[Likeness]:
    """Yield the likeness of each two *phrases* that share enough words to be worth a look."""
    pools = tuple(
        _Pool.of(document, ranges, _places(evidence.sentences, side))
        for side, (document, ranges) in enumerate(zip(evidence.documents, phrases, strict=True))
    )
    if not (pools[0].phrases and pools[1].phrases):
        return
    table = _Table((pools[0], pools[1]), evidence.tokens, evidence.lexicon)
    for start in range(0, len(pools[0].phrases), _BLOCK):
        yield from table.compared(start, min(start + _BLOCK, len(pools[0].phrases)))


def likeness_features(each: Likeness) -> dict[str, float]:
    """Return what the probability that *each* is one phrase that moved is judged by."""
    shorter, longer = sorted(each.counts)
    return {
        "support": float(np.log1p(each.support)),
        "shorter": each.support / shorter,
        "longer": each.support / longer,
        "far": float(np.log1p(each.distance)),
    }


def _probability(each: Likeness, *, encoded: bool) -> float:
    weights = _weights()["encoder" if encoded else "plain"]
    logit = weights["bias"]
    logit += sum(weights[name] * value for name, value in likeness_features(each).items())
    return float(1.0 / (1.0 + np.exp(-logit)))


def _places(sentences: tuple[Link, ...], side: int) -> dict[int, int]:
    """Return the number of the link of each sentence of the *side*."""
    return {
        sentence: number
        for number, link in enumerate(sentences)
        for sentence in (link.target if side else link.source)
    }


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Pool:
    """The content words of the left-over phrases of one side, by place in the text.

    Attributes:
        document: The document.
        phrases: The phrases that have content words.
        numbers: Their places among those given.
        places: The number of the sentence link that each stands in. Shape: (phrases,).
        words: The content words of all. Shape: (words,).
        bounds: Where the words of each phrase start, and the end. Shape: (phrases + 1,).
    """

    document: Document
    phrases: list[range]
    numbers: list[int]
    places: NDArray[np.int64]
    words: NDArray[np.int64]
    bounds: NDArray[np.int64]

    @classmethod
    def of(cls, document: Document, ranges: Phrases, places: dict[int, int]) -> "_Pool":
        ordered = sorted(range(len(ranges)), key=lambda n: (ranges[n].start, ranges[n].stop))
        content = {n: [w for w in ranges[n] if _says(document, w)] for n in ordered}
        kept = [n for n in ordered if content[n]]
        sentences = [document.words[content[n][0]].sentence for n in kept]
        return cls(
            document=document,
            phrases=[ranges[n] for n in kept],
            numbers=kept,
            places=np.array([places.get(sentence, -1) for sentence in sentences], np.int64),
            words=np.array([w for n in kept for w in content[n]], np.int64),
            bounds=np.cumsum([0, *(len(content[n]) for n in kept)]),
        )

    def keys(self, lexicon: Lexicon | None) -> Iterator[tuple[int, str | int, float]]:
        """Yield the keys of the words, by place among *words*, with how much each is worth."""
        places = {int(word): place for place, word in enumerate(self.words)}
        for phrase in self.phrases:
            forms = [self.document.words[w].text for w in phrase]
            for key, run in word_keys(forms, self.document.lang):
                for word in run:
                    if phrase[word] in places:
                        yield places[phrase[word]], key, 1.0
        if lexicon is not None:
            yield from self._entries(lexicon)

    def _entries(self, lexicon: Lexicon) -> Iterator[tuple[int, int, float]]:
        view, words = self.document.view, self.document.words
        spans = [Span(words[p[0]].span.start, words[p[-1]].span.end) for p in self.phrases]
        index = lexicon.index([self.document.read(span) for span in spans], self.document.lang)
        ranges = [view.range(words[int(word)].span) for word in self.words]
        firsts = [view.range(span)[0] for span in spans]
        ends = np.array([end for _, end in ranges])
        for token, key, strength in zip(index.words, index.keys, index.strengths, strict=True):
            start = firsts[index.texts[token]] + int(index.starts[token])
            place = int(np.searchsorted(ends, start, side="right"))
            if place < len(ranges) and ranges[place][0] <= start:
                yield place, int(key), float(strength)


class _Table:
    """What speaks for each two left-over words, computed block by block."""

    def __init__(
        self,
        pools: tuple[_Pool, _Pool],
        tokens: tuple[Tokens, Tokens] | None,
        lexicon: Lexicon | None,
    ) -> None:
        self._pools = pools
        self._vectors: list[Floats] | None = None
        if tokens is not None and len(tokens[0].words) and len(tokens[1].words):
            self._vectors = [
                WordVectors(pool.document, own).at(pool.words.tolist())
                for pool, own in zip(pools, tokens, strict=True)
            ]
        self._known: defaultdict[int, dict[int, float]] = _joined(
            pools[0].keys(lexicon), pools[1].keys(lexicon)
        )

    def compared(self, start: int, stop: int) -> Iterator[Likeness]:
        """Yield the likenesses of the source phrases *start* to *stop* to those near them."""
        one, other = self._pools
        near = other.places
        first, last = one.places[start:stop].min(), one.places[start:stop].max()
        picked = np.flatnonzero((near >= first - _FARTHEST) & (near <= last + _FARTHEST))
        if not len(picked):
            return
        low, high = int(picked[0]), int(picked[-1]) + 1
        rows = slice(int(one.bounds[start]), int(one.bounds[stop]))
        columns = slice(int(other.bounds[low]), int(other.bounds[high]))
        alike = self._alike(rows, columns)
        tops = one.bounds[start:stop] - rows.start, other.bounds[low:high] - columns.start
        shares = _shares(alike >= _ALIKE, *tops)
        distances = np.abs(one.places[start:stop, None] - near[None, low:high])
        for i, j in np.argwhere((shares >= _WORTH_A_LOOK) & (distances <= _FARTHEST)):
            cell = (start + int(i), low + int(j))
            yield self._likeness(cell, alike[self._cut(cell, rows, columns)], distances[i, j])

    def _cut(self, cell: tuple[int, int], rows: slice, columns: slice) -> tuple[slice, slice]:
        first, second = (
            slice(*(pool.bounds[[phrase, phrase + 1]] - base).tolist())
            for pool, phrase, base in zip(
                self._pools, cell, (rows.start, columns.start), strict=True
            )
        )
        return first, second

    def _likeness(self, cell: tuple[int, int], alike: Floats, distance: float) -> Likeness:
        best = (alike == alike.max(axis=1, keepdims=True)) & (alike == alike.max(axis=0))
        mutual = best & (alike >= _ALIKE)
        found = [np.flatnonzero(mutual.any(axis=1 - side)) for side in (0, 1)]
        cut = [
            pool.words[pool.bounds[phrase] + places]
            for pool, phrase, places in zip(self._pools, cell, found, strict=True)
        ]
        return Likeness(
            phrases=(self._pools[0].numbers[cell[0]], self._pools[1].numbers[cell[1]]),
            source=range(int(cut[0][0]), int(cut[0][-1]) + 1),
            target=range(int(cut[1][0]), int(cut[1][-1]) + 1),
            support=float((alike * mutual).max(axis=int(alike.shape[0] < alike.shape[1])).sum()),
            counts=alike.shape,
            distance=float(distance),
        )

    def _alike(self, rows: slice, columns: slice) -> Floats:
        alike = np.zeros((rows.stop - rows.start, columns.stop - columns.start))
        if self._vectors is not None:
            cosines = self._vectors[0][rows] @ self._vectors[1][columns].T
            alike = np.clip((cosines - _CHANCE_COSINE) / _SPREAD, 0.0, 1.0)
        for row in range(rows.start, rows.stop):
            for column, value in self._known[row].items():
                if columns.start <= column < columns.stop:
                    cell = row - rows.start, column - columns.start
                    alike[cell] = 1.0 - (1.0 - alike[cell]) * (1.0 - _KNOWN * value)
        return alike


def _shares(
    alike: NDArray[np.bool_], rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> Floats:
    """Return for each two phrases how much of either has a like word in the other, the higher.

    *rows* and *columns* are where the phrases begin. Shape: (source phrases, target phrases).
    """
    values = alike.astype(np.float64)
    sizes = [
        np.diff(np.append(tops, end))
        for tops, end in zip((rows, columns), alike.shape, strict=True)
    ]
    onward = np.add.reduceat(np.maximum.reduceat(values, columns, axis=1), rows, axis=0)
    back = np.add.reduceat(np.maximum.reduceat(values, rows, axis=0), columns, axis=1)
    return np.maximum(onward / sizes[0][:, None], back / sizes[1][None, :])


def _joined(
    one: Iterator[tuple[int, str | int, float]], other: Iterator[tuple[int, str | int, float]]
) -> defaultdict[int, dict[int, float]]:
    """Return how well each two words are known to render each other, from the keys they share."""
    places: dict[str | int, list[tuple[int, float]]] = defaultdict(list)
    for place, key, worth in other:
        places[key].append((place, worth))
    known: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for place, key, worth in one:
        for partner, value in places.get(key, ()):
            known[place][partner] = max(known[place].get(partner, 0.0), worth * value)
    return known


@cache
def _weights() -> dict[str, dict[str, float]]:
    path = resources.files("paraalign.align.words") / "elsewhere.json"
    found: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _says(document: Document, word: int) -> bool:
    return is_content(document.words[word].text, document.lang)
