"""A lexicon over a table: look-up both ways and matching, in either direction.

>>> from paraalign.lexicon import load_lexicon
>>> lexicon = load_lexicon("fr", "vi")
>>> lexicon.renderings("patrimoine")[0].text
'di sản'
>>> [match.target for match in lexicon.matches("des patrimoines", "bảo vệ di sản")]
[(7, 13)]
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from paraalign.lexicon.folding import Token, fold, fold_text
from paraalign.lexicon.protocol import Match, Rendering, WordIndex
from paraalign.lexicon.table import Pairs, Side, Table, Use

__all__ = ["TableLexicon"]

VARIANT = "variant"
"""Origin of pairs that help matching and are not shown: renderings shortened by a particle."""

LEARNED = "learned"
"""Origin of pairs that no one wrote; they are shown last, since many come from interfaces."""

COMMON = 100.0
"""How much more usual the commonest word of a language is than the rarest, when shown."""

STEEPNESS = 1.5
"""Power of a rendering's place in its entry."""

UNSEEN = 0.05
"""Added to the share with which a pair was seen; all three were chosen on some sixty words."""

SMALL = 0.2
"""What a function word counts for beside other words."""

REMEMBERED = 512
"""Pairs of texts whose matches are remembered."""


@dataclass(frozen=True, eq=False, repr=False)
class TableLexicon:
    """A lexicon from the left to the right language of *table*, or back where *flipped*."""

    table: Table
    flipped: bool = False

    def __repr__(self) -> str:
        """Show the name."""
        return f"TableLexicon({self.name!r})"

    @property
    def name(self) -> str:
        """Name and version, for the signature."""
        return f"paraalign {'-'.join(self.table.langs)} {self.table.version}"

    @property
    def langs(self) -> tuple[str, str]:
        """Source and target language."""
        left, right = self.table.langs
        return (right, left) if self.flipped else (left, right)

    def renderings(self, text: str) -> list[Rendering]:
        """Return what the source word or term *text* translates to, most usual first.

        The order is that of the people who wrote the entry; what was only learned comes last.
        """
        return self._rendered(text, from_left=not self.flipped)

    def reverse_renderings(self, text: str) -> list[Rendering]:
        """Return what the target word or term *text* translates to, most usual first."""
        return self._rendered(text, from_left=self.flipped)

    def matches(self, source: str, target: str) -> list[Match]:
        """Return the entries of the *source* text with a rendering in the *target* text."""
        return list(self._remembered(source, target))

    @cached_property
    def _remembered(self) -> Callable[[str, str], tuple[Match, ...]]:
        """What `_matched` returns; checks ask for the same clauses one after another."""
        return lru_cache(maxsize=REMEMBERED)(self._matched)

    def _matched(self, source: str, target: str) -> tuple[Match, ...]:
        left, right = (target, source) if self.flipped else (source, target)
        found: dict[tuple[tuple[int, int], tuple[int, int]], float] = {}
        for use, other, score in self._pairings(left, right):
            places = (use.start, use.end), (other.start, other.end)
            key = places[::-1] if self.flipped else places
            found[key] = max(score, found.get(key, 0.0))
        return tuple(
            Match(*places, round(score, 4), is_term=" " in source[slice(*places[0])].strip())
            for places, score in sorted(found.items())
        )

    def without(self, pairs: Iterable[tuple[str, str]]) -> "TableLexicon":
        """Return this lexicon without *pairs* of a source term and a rendering of it.

        >>> from paraalign.lexicon import load_lexicon
        >>> lexicon = load_lexicon("fr", "vi").without([("patrimoine", "di sản")])
        >>> "di sản" in [one.text for one in lexicon.renderings("patrimoine")]
        False
        """
        codes = [code for pair in pairs for code in self._codes(*pair)]
        own = self.table.pairs
        kept = ~np.isin(own.lefts.astype(np.int64) * len(self.table.right.keys) + own.rights, codes)
        pairs_left = Pairs._make(column[kept] for column in own)
        return replace(self, table=replace(self.table, pairs=pairs_left))

    def _codes(self, source: str, target: str) -> list[int]:
        left, right = (target, source) if self.flipped else (source, target)
        sides, langs = (self.table.left, self.table.right), self.table.langs
        lefts, rights = (
            side.find(text, lang)
            for side, text, lang in zip(sides, (left, right), langs, strict=True)
        )
        return [one * len(self.table.right.keys) + other for one in lefts for other in rights]

    def index(self, texts: Sequence[str], lang: str) -> WordIndex:
        """Return the words of *texts* in *lang* with their keys."""
        is_left = lang == self.table.langs[0]
        side = self.table.left if is_left else self.table.right
        gathered = _Gathered()
        for number, text in enumerate(texts):
            tokens = fold_text(text, lang)
            gathered.add(number, tokens, side.uses_in(text, tokens), side)
        return gathered.index(len(texts), self._expand if is_left else _themselves)

    def _expand(self, words: NDArray[np.int64], sureness: NDArray[np.float64]) -> "_Expanded":
        """Return how many renderings each of the left *words* has, which, and how well they fit."""
        firsts = self._firsts[words]
        counts = self._firsts[words + 1] - firsts
        rows = np.arange(counts.sum()) + np.repeat(firsts - np.cumsum(counts) + counts, counts)
        strengths = self.table.pairs.strengths[rows] * np.repeat(sureness, counts)
        return counts, self.table.pairs.rights[rows], strengths

    def _pairs_of(self, word: int) -> tuple[list[int], list[float]]:
        if word not in self._read_pairs:
            rows, pairs = self._rows_of(word), self.table.pairs
            self._read_pairs[word] = pairs.rights[rows].tolist(), pairs.strengths[rows].tolist()
        return self._read_pairs[word]

    @cached_property
    def _read_pairs(self) -> dict[int, tuple[list[int], list[float]]]:
        return {}

    def _rows_of(self, word: int) -> slice:
        return slice(int(self._firsts[word]), int(self._firsts[word + 1]))

    @cached_property
    def _firsts(self) -> NDArray[np.int64]:
        words = np.arange(len(self.table.left.keys) + 1)
        return np.searchsorted(self.table.pairs.lefts, words)

    @cached_property
    def _by_right(self) -> NDArray[np.int64]:
        pairs = self.table.pairs
        return np.lexsort((pairs.lefts, -self._standing, pairs.rights))

    @cached_property
    def _sorted_rights(self) -> NDArray[np.int32]:
        return self.table.pairs.rights[self._by_right]

    @cached_property
    def _standing(self) -> NDArray[np.float64]:
        """How usual each pair is, seen from its right word: by place, left word and use."""
        lefts = self.table.pairs.lefts
        places = np.arange(len(lefts)) - self._firsts[lefts]
        usual = COMMON ** (1 - self.table.left.weights[lefts].astype(np.float64))
        standing: NDArray[np.float64] = usual / (places + 1.5) ** STEEPNESS
        return standing * (self.table.pairs.reverses + UNSEEN)

    def _rendered(self, text: str, *, from_left: bool) -> list[Rendering]:
        lang = self.table.langs[0 if from_left else 1]
        side = self.table.left if from_left else self.table.right
        exact = side.ids.get(fold(text, lang))
        words = sorted(side.find(text, lang), key=lambda word: word != exact)
        shown: dict[str, Rendering] = {}
        for word in words:
            for rendering in self._of_word(word, from_left=from_left):
                shown.setdefault(rendering.text, rendering)
        kept = [rendering for rendering in shown.values() if rendering.origin != VARIANT]
        return sorted(kept, key=lambda rendering: rendering.origin == LEARNED)

    def _of_word(self, word: int, *, from_left: bool) -> Iterator[Rendering]:
        rows = self._rows_of(word) if from_left else self._rows_of_right(word)
        names = self.table.names
        titles = (self.table.right if from_left else self.table.left).titles
        columns = (column[rows].tolist() for column in self.table.pairs)
        for left, right, onward, back, _, pos, domain, origin in zip(*columns, strict=True):
            ways = round(onward, 4), round(back, 4)
            yield Rendering(
                titles[right if from_left else left],
                *(ways if from_left else ways[::-1]),
                names["pos"][pos],
                names["domains"][domain],
                names["origins"][origin],
            )

    def _rows_of_right(self, word: int) -> NDArray[np.int64]:
        # the rows' own type: with another one, all of them are converted at every call
        ends = np.array([word, word + 1], self._sorted_rights.dtype)
        first, last = np.searchsorted(self._sorted_rights, ends)
        return self._by_right[first:last]

    def _pairings(self, left: str, right: str) -> Iterator[tuple[Use, Use, float]]:
        left_lang, right_lang = self.table.langs
        places: dict[int, list[Use]] = defaultdict(list)
        for other in self.table.right.uses(right, right_lang):
            places[other.word].append(other)
        for use in self.table.left.uses(left, left_lang):
            for key, strength in zip(*self._pairs_of(use.word), strict=True):
                if key in places:
                    weight = 0.4 + 0.6 * float(self.table.right.weights[key])
                    for other in places[key]:
                        yield use, other, strength * use.sureness * other.sureness * weight


def _themselves(words: NDArray[np.int64], sureness: NDArray[np.float64]) -> "_Expanded":
    return np.ones(len(words), np.int64), words, sureness


class _Gathered:
    """The tokens of many texts, with the uses that cover each, while an index is built."""

    def __init__(self) -> None:
        self.places: list[tuple[int, int, int]] = []
        self.weights: list[float] = []
        self.uses: list[tuple[int, Use]] = []

    def add(self, number: int, tokens: Sequence[Token], uses: Iterable[Use], side: Side) -> None:
        """Add the *tokens* of the text *number*, and the *uses* of words of the *side* in it."""
        starts = [token.start for token in tokens]
        first = len(self.places)
        self.places += [(number, token.start, token.end) for token in tokens]
        self.weights += [0.0] * len(tokens)
        for use in uses:
            reach = range(bisect_left(starts, use.start), bisect_left(starts, use.end))
            weight = float(side.weights[use.word])
            self._cover(first, reach, use, weight * (SMALL if side.functions[use.word] else 1.0))

    def index(self, count: int, expand: "_Expand") -> WordIndex:
        """Return the index of *count* texts whose words have the keys that *expand* gives."""
        used = np.array([use.word for _, use in self.uses], np.int64)
        sureness = np.array([use.sureness for _, use in self.uses], np.float64)
        counts, keys, strengths = expand(used, sureness)
        words = np.array([word for word, _ in self.uses], np.int32)
        places = np.array(self.places, np.int32).reshape(-1, 3)
        return WordIndex(
            text_count=count,
            texts=places[:, 0],
            starts=places[:, 1],
            ends=places[:, 2],
            weights=np.array(self.weights, np.float32),
            words=np.repeat(words, counts),
            keys=keys.astype(np.int32),
            strengths=strengths.astype(np.float32),
        )

    def _cover(self, first: int, reach: range, use: Use, weight: float) -> None:
        share = weight * use.sureness / len(reach)
        for place in reach:
            self.weights[first + place] = max(self.weights[first + place], share)
            self.uses.append((first + place, use))


_Expanded = tuple[NDArray[np.int64], NDArray[np.integer], NDArray[np.floating]]
_Expand = Callable[[NDArray[np.int64], NDArray[np.float64]], _Expanded]
