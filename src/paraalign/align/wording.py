"""What two texts share word by word, worked out once for sentences, and by that for clauses.

A clause renders a word as well as the best of its sentences does. So what costs time, comparing all
tokens and looking all words up, is done by sentence; for clauses the sentences are taken together.

>>> from paraalign.align.units import Side, Trait
>>> from paraalign.model import Span
>>> spans = [Span(0, 5), Span(6, 11)]
>>> sides = [Side.of(lang, ["Hanoï", "Paris"], [Trait()] * 2, spans) for lang in ("fr", "vi")]
>>> wording = Wording.of(*sides, tokens=None, lexicon=None)
>>> wording.covers[0].best(np.arange(2), np.arange(2))[0].tolist()
[[1.0, 0.0], [0.0, 1.0]]
>>> whole = np.array([0, 2])
>>> wording.grouped((whole, whole)).covers[0].best(np.arange(1), np.arange(1))[0].tolist()
[[1.0], [1.0]]
"""

from dataclasses import dataclass, replace

import numpy as np

from paraalign.align.cover import Cover, DenseCover, Floats, Ints, densify, reduce_runs
from paraalign.align.lexical import Keys, LexicalCover
from paraalign.align.units import Side
from paraalign.align.vectors import TokenCover
from paraalign.encode.tokens import Tokens
from paraalign.lexicon.protocol import Lexicon

__all__ = ["Wording"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Wording:
    """The covers of two sides.

    Attributes:
        words: The cover by words.
        tokens: The cover by token vectors, if there is one.
        covers: Those at hand, that by token vectors first, worked out where that is not too much.
    """

    words: LexicalCover
    tokens: TokenCover | None
    covers: tuple[Cover, ...]

    @classmethod
    def of(
        cls,
        source: Side,
        target: Side,
        *,
        tokens: tuple[Tokens, Tokens] | None,
        lexicon: Lexicon | None,
    ) -> "Wording":
        """Return what *source* and *target* share in *tokens* and words."""
        vectors = None if tokens is None else TokenCover.of(source, target, tokens)
        words = LexicalCover.of(source, target, lexicon)
        found = (words,) if vectors is None else (vectors, words)
        return cls(words=words, tokens=vectors, covers=tuple(densify(cover) for cover in found))

    @property
    def teachable(self) -> bool:
        """Whether nothing knows what words of one language mean in the other."""
        return self.tokens is None and not self.words.renders

    def with_words(self, words: LexicalCover) -> "Wording":
        """Return the same with *words* as the cover by words."""
        return replace(self, words=words, covers=(*self.covers[:-1], densify(words)))

    def grouped(self, groups: tuple[Ints, Ints]) -> "Wording":
        """Return the same for *groups* of units: where each begins, and the end, both sides."""
        words = _grouped_words(self.words, groups)
        vectors = None if self.tokens is None else _grouped_tokens(self.tokens, groups)
        covers = [_grouped_cover(self.covers[-1], words, groups)]
        if vectors is not None:
            covers.insert(0, _grouped_cover(self.covers[0], vectors, groups))
        return Wording(words=words, tokens=vectors, covers=tuple(covers))


def _bounds(cover: Cover, groups: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    return cover.bounds[0][groups[0]], cover.bounds[1][groups[1]]


def _grouped_words(cover: LexicalCover, groups: tuple[Ints, Ints]) -> LexicalCover:
    keys = _grouped_keys(cover.keys[0], groups[0]), _grouped_keys(cover.keys[1], groups[1])
    return replace(cover, bounds=_bounds(cover, groups), keys=keys)


def _grouped_keys(keys: Keys, groups: Ints) -> Keys:
    return keys._replace(units=np.searchsorted(groups, keys.units, side="right") - 1)


def _grouped_tokens(cover: TokenCover, groups: tuple[Ints, Ints]) -> TokenCover:
    sums = (
        reduce_runs(np.add, cover.sums[0], groups[0]),
        reduce_runs(np.add, cover.sums[1], groups[1]),
    )
    return replace(cover, bounds=_bounds(cover, groups), sums=sums)


def _grouped_cover(done: Cover, cover: Cover, groups: tuple[Ints, Ints]) -> Cover:
    """Return the *cover* of groups worked out, from what is *done* for their units if it is."""
    if not isinstance(done, DenseCover):
        return densify(cover)
    return replace(
        done,
        bounds=cover.bounds,
        forward=_best_of(done.forward, groups[1]),
        backward=_best_of(done.backward, groups[0]),
    )


def _best_of(table: Floats, groups: Ints) -> Floats:
    return reduce_runs(np.maximum, table, groups, axis=1)
