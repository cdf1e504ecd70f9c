"""A lexicon in which a user's glossary outranks ours.

Required and admitted renderings come first and match with full score; forbidden ones are never
offered and never match. Where there is no lexicon for the pair, the glossary serves alone.

>>> from paraalign.lexicon.glossary import Term
>>> glossary = Glossary("house.csv", ("fr", "vi"), (Term("commune", "xã", "required"),))
>>> GlossedLexicon(glossary).matches("la commune", "ở xã này")
[Match(source=(3, 10), target=(2, 4), score=1.0, is_term=False)]
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from paraalign.lexicon.bilingual import TableLexicon
from paraalign.lexicon.folding import Token, fold_text
from paraalign.lexicon.glossary import Glossary, Term, join_glossaries
from paraalign.lexicon.protocol import Lexicon, Match, Rendering, WordIndex

__all__ = ["GlossedLexicon", "with_glossaries"]

SHARES = {"required": 1.0, "admitted": 0.5}
"""The probability that a user's rendering is shown with."""


@dataclass(frozen=True, eq=False, repr=False)
class GlossedLexicon:
    """The *glossary* of a user over the lexicon *base*, or alone."""

    glossary: Glossary
    base: TableLexicon | None = None

    def __repr__(self) -> str:
        """Show the name."""
        return f"GlossedLexicon({self.name!r})"

    @property
    def name(self) -> str:
        """The glossary's name and size, and the base's name."""
        count = len(self.terms)
        own = f"{self.glossary.name} ({count} {'term' if count == 1 else 'terms'})"
        return f"{own} over {self.base.name}" if self.base else own

    @property
    def langs(self) -> tuple[str, str]:
        """Source and target language."""
        return self.glossary.langs

    @property
    def terms(self) -> tuple[Term, ...]:
        """The user's terms, for checks that look for required and forbidden ones."""
        return self.glossary.terms

    def renderings(self, text: str) -> list[Rendering]:
        """Return what the source term *text* translates to: the user's renderings first."""
        return self._rendered(text, 0, self._allowed.renderings(text) if self._allowed else ())

    def reverse_renderings(self, text: str) -> list[Rendering]:
        """Return what the target term *text* translates to: the user's terms first."""
        return self._rendered(
            text, 1, self._allowed.reverse_renderings(text) if self._allowed else ()
        )

    def matches(self, source: str, target: str) -> list[Match]:
        """Return the matches of the base, without forbidden ones, and of the user's terms."""
        found = self._allowed.matches(source, target) if self._allowed else []
        kept = {match[:2]: match for match in found}
        left, right = self._uses(source, 0), self._uses(target, 1)
        for place, start, end in left:
            for other, other_start, other_end in right:
                if place == other:
                    match = Match(
                        (start, end),
                        (other_start, other_end),
                        1.0,
                        is_term=" " in source[start:end],
                    )
                    kept[match[:2]] = match
        return [kept[places] for places in sorted(kept)]

    def index(self, texts: Sequence[str], lang: str) -> WordIndex:
        """Return the index of the base, without forbidden pairs, with the user's keys, below 0."""
        side = self.langs.index(lang)
        base = self._allowed.index(texts, lang) if self._allowed else _bare_index(texts, lang)
        rows = {
            (int(text), int(start)): row
            for row, (text, start) in enumerate(zip(base.texts, base.starts, strict=True))
        }
        words, keys = [], []
        for number, text in enumerate(texts):
            for place, start, end in self._uses(text, side):
                inside = [rows[number, at] for at in range(start, end) if (number, at) in rows]
                words += inside
                keys += [-1 - place] * len(inside)
        return _extended(base, words, keys)

    @cached_property
    def _keys(self) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        keys: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
        for place, term in enumerate(self.terms):
            for side, text in enumerate(term[:2]):
                keys[side].setdefault(self._key(text, side), []).append(place)
        return keys

    @cached_property
    def _allowed(self) -> TableLexicon | None:
        forbidden = [term[:2] for term in self.terms if term.status == "forbidden"]
        return self.base.without(forbidden) if self.base and forbidden else self.base

    def _key(self, text: str, side: int) -> str:
        return " ".join(key for key, _ in self._canonical(text, side))

    def _canonical(self, text: str, side: int) -> list[tuple[str, Token]]:
        lang = self.langs[side]
        lemma = _canonical_of(self.base, lang)
        return [(lemma(token.key), token) for token in fold_text(text, lang)]

    def uses(self, text: str, side: int) -> list[tuple[Term, int, int]]:
        """Return the user's terms in *text* with their places, forbidden ones too.

        *side* is 0 for a source text, 1 for a target text.

        >>> glossary = Glossary("house.csv", ("fr", "vi"), (Term("commune", "làng", "forbidden"),))
        >>> [(each[0].status, each[1:]) for each in GlossedLexicon(glossary).uses("ở làng", 1)]
        [('forbidden', (2, 6))]
        """
        return [(self.terms[at], start, end) for at, start, end in self._all_uses(text, side)]

    def _uses(self, text: str, side: int) -> list[tuple[int, int, int]]:
        uses = self._all_uses(text, side)
        return [each for each in uses if self.terms[each[0]].status != "forbidden"]

    def _all_uses(self, text: str, side: int) -> list[tuple[int, int, int]]:
        tokens = self._canonical(text, side)
        keys = self._keys[side]
        longest = max((key.count(" ") + 1 for key in keys), default=0)
        return [
            (place, tokens[first][1].start, tokens[last][1].end)
            for first in range(len(tokens))
            for last in range(first, min(first + longest, len(tokens)))
            for place in keys.get(" ".join(key for key, _ in tokens[first : last + 1]), ())
            if all(token.joins for _, token in tokens[first + 1 : last + 1])
        ]

    def _rendered(self, text: str, side: int, others: Sequence[Rendering]) -> list[Rendering]:
        key = self._key(text, side)
        own = [self.terms[place] for place in self._keys[side].get(key, ())]
        own.sort(key=lambda term: term.status != "required")
        allowed = [term for term in own if term.status != "forbidden"]
        taken = {self._key(term[1 - side], 1 - side) for term in own}
        shown = [
            Rendering(term[1 - side], SHARES[term.status], 1.0, "term", term.domain, "user")
            for term in allowed
        ]
        return shown + [other for other in others if self._key(other.text, 1 - side) not in taken]


def with_glossaries(base: TableLexicon | None, glossaries: Sequence[Glossary]) -> Lexicon | None:
    """Return *base* below the *glossaries*, the first of them outranking the others.

    >>> with_glossaries(None, ()) is None
    True
    """
    return GlossedLexicon(join_glossaries(glossaries), base) if glossaries else base


def _canonical_of(base: TableLexicon | None, lang: str) -> Callable[[str], str]:
    if base is None:
        return str
    return (base.table.left if lang == base.table.langs[0] else base.table.right).canonical


def _bare_index(texts: Sequence[str], lang: str) -> WordIndex:
    tokens = [
        (number, token) for number, text in enumerate(texts) for token in fold_text(text, lang)
    ]
    none = np.zeros(0, np.int32)
    return WordIndex(
        text_count=len(texts),
        texts=np.array([number for number, _ in tokens], np.int32),
        starts=np.array([token.start for _, token in tokens], np.int32),
        ends=np.array([token.end for _, token in tokens], np.int32),
        weights=np.zeros(len(tokens), np.float32),
        words=none,
        keys=none,
        strengths=np.zeros(0, np.float32),
    )


def _extended(base: WordIndex, words: list[int], keys: list[int]) -> WordIndex:
    weights = base.weights.copy()
    weights[words] = 1.0
    return WordIndex(
        text_count=base.text_count,
        texts=base.texts,
        starts=base.starts,
        ends=base.ends,
        weights=weights,
        words=np.concatenate([base.words, np.array(words, np.int32)]),
        keys=np.concatenate([base.keys, np.array(keys, np.int32)]),
        strengths=np.concatenate([base.strengths, np.ones(len(words), np.float32)]),
    )
