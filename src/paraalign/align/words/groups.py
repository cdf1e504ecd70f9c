"""Gather the words that may be linked: all words of one linked clause, both sides.

A word that moved to the next sentence of its clause is not missing, so the sentence links that
share a clause are taken together; where a word ought to stand is then told by the sentence links.
A clause too long for one table falls back to its sentence links one by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from paraalign.encode.tokens import Tokens
from paraalign.model import Document, Link

__all__ = ["Floats", "WordSide", "iter_groups"]

Floats = NDArray[np.float64]

_LARGEST_TABLE = 600_000  # cells; some 800 words a side


@dataclass(frozen=True, slots=False, eq=False, kw_only=True)
class WordSide:
    """The words of one side of a group.

    Attributes:
        words: Indices into the document's words, in text order.
        forms: Their clean forms.
        lang: ISO 639-1 code.
        text: The clean text of the sentences, a line feed between two.
        starts: First character of each word in *text*. Shape: (words,).
        ends: Character after its last. Shape: (words,).
        places: Where each word stands along the group's sentence links: the number of the link,
            and how far into it. Shape: (words,).
        owners: The sentence that holds each word. Shape: (words,).
        sentences: The sentences, in order.
    """

    words: tuple[int, ...]
    forms: tuple[str, ...]
    lang: str
    text: str
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    places: Floats
    owners: NDArray[np.int64]
    sentences: tuple[int, ...]

    def signs(self) -> NDArray[np.bool_]:
        """Return which of the words are signs. Shape: (words,)."""
        return self._signs

    @cached_property
    def _signs(self) -> NDArray[np.bool_]:
        flags = [not any(char.isalnum() for char in form) for form in self.forms]
        return np.array(flags, dtype=np.bool_)


def iter_groups(
    source: Document, target: Document, sentences: tuple[Link, ...]
) -> Iterator[tuple[WordSide, WordSide]]:
    """Yield both sides of every group of linked *sentences*, in source order.

    Groups that have no words on one side are left out: nothing in them can be linked.
    """
    cutters = _Sides(source), _Sides(target)
    for links in _clause_groups(source, target, sentences):
        for part in _fitting(links, *cutters):
            pair = cutters[0].side(part, 0), cutters[1].side(part, 1)
            if pair[0].words and pair[1].words:
                yield pair


def _fitting(links: list[Link], source: "_Sides", target: "_Sides") -> Iterator[list[Link]]:
    size = source.count(links, 0) * target.count(links, 1)
    if size <= _LARGEST_TABLE:
        yield links
        return
    yield from ([link] for link in links if not link.is_gap)


def _clause_groups(
    source: Document, target: Document, sentences: tuple[Link, ...]
) -> Iterator[list[Link]]:
    clauses = [_clauses(source, target, link) for link in sentences]
    groups: dict[tuple[int, int], set[int]] = {}
    for number, touched in enumerate(clauses):
        merged = {number}.union(*(groups.get(clause, ()) for clause in touched))
        groups |= {clause: merged for one in merged for clause in clauses[one]}
    for _, group in sorted({min(group): group for group in groups.values()}.items()):
        yield [sentences[number] for number in sorted(group)]


def _clauses(source: Document, target: Document, link: Link) -> list[tuple[int, int]]:
    found = [(0, source.sentences[i].clause) for i in link.source]
    return found + [(1, target.sentences[j].clause) for j in link.target]


class _Sides:
    """Cuts the sides of groups out of one document; word offsets are found once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        view = document.view
        starts = np.array([word.span.start for word in document.words], dtype=np.int64)
        ends = np.array([word.span.end for word in document.words], dtype=np.int64)
        self._starts = np.searchsorted(view.ends, starts, side="right")
        self._ends = np.searchsorted(view.starts, ends, side="left")
        sentences = np.array([word.sentence for word in document.words], dtype=np.int64)
        bounds = np.arange(len(document.sentences) + 1)
        self._bounds = np.searchsorted(sentences, bounds, side="left")

    def count(self, links: list[Link], side: int) -> int:
        return sum(self._size(sentence) for link in links for sentence in _units(link, side))

    def side(self, links: list[Link], side: int) -> WordSide:
        sentences = [(number, s) for number, link in enumerate(links) for s in _units(link, side)]
        sentences.sort(key=lambda item: item[1])
        parts = [self._sentence(s) for _, s in sentences]
        shifts = np.cumsum([0, *(len(text) + 1 for text, _ in parts)])
        words = [w for _, found in parts for w in found]
        firsts = np.array([self._first(s) for _, s in sentences], dtype=np.int64)
        sizes = np.array([len(found) for _, found in parts], dtype=np.int64)
        moved = np.repeat(shifts[:-1] - firsts, sizes)
        return WordSide(
            words=tuple(words),
            forms=tuple(self._document.words[w].text for w in words),
            lang=self._document.lang,
            text="\n".join(text for text, _ in parts),
            starts=self._starts[words] + moved,
            ends=self._ends[words] + moved,
            places=self._places(links, side, sentences),
            owners=np.array([self._document.words[w].sentence for w in words], dtype=np.int64),
            sentences=tuple(s for _, s in sentences),
        )

    def _sentence(self, sentence: int) -> tuple[str, range]:
        text = self._document.read(self._document.sentences[sentence].span)
        return text, range(int(self._bounds[sentence]), int(self._bounds[sentence + 1]))

    def _first(self, sentence: int) -> int:
        return self._document.view.range(self._document.sentences[sentence].span)[0]

    def _size(self, sentence: int) -> int:
        return int(self._bounds[sentence + 1] - self._bounds[sentence])

    def _places(self, links: list[Link], side: int, sentences: list[tuple[int, int]]) -> Floats:
        totals = [self.count([link], side) for link in links]
        done = [0] * len(links)
        places: list[float] = []
        for number, sentence in sentences:
            size = self._size(sentence)
            steps = (np.arange(size) + 0.5 + done[number]) / max(1, totals[number])
            places += (number + steps).tolist()
            done[number] += size
        return np.array(places, dtype=np.float64)


def _units(link: Link, side: int) -> tuple[int, ...]:
    return link.target if side else link.source


def token_slice(tokens: Tokens, sentence: int) -> slice:
    """Return the tokens of the *sentence*."""
    first, last = np.searchsorted(tokens.sentences_of, [sentence, sentence + 1])
    return slice(int(first), int(last))
