"""The words of two languages and what ties them, as read from a package file.

A `Side` knows the words and terms of one language and finds them in a text: French forms lead to
their lemmas, several words to a term, and candidates may overlap. A `Table` holds two sides and the
pairs between them, as arrays sorted by the left word, most usual rendering first.

>>> side = Side.of(["collectivité", "territoriale", "collectivité territoriale"])
>>> [(side.titles[use.word], use.start, use.end) for use in side.uses("une collectivité", "fr")]
[('collectivité', 4, 16)]
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from paraalign.letters import unmarked
from paraalign.lexicon.folding import Token, fold_text
from paraalign.lexicon.package import Part, read_parts

__all__ = ["Pairs", "Side", "Table", "Use"]

INSIDE = 0.6
"""What a word counts for that stands only inside a longer known word (văn in văn hóa)."""

OTHER_LEMMA = 0.85
"""What each lemma of a form counts for after its likeliest."""


_HYPHENS = frozenset({"-", "\u2010", "\u2011"})


class Use(NamedTuple):
    """A word of a side, found in a text.

    Attributes:
        word: Index of the word.
        start: First character.
        end: Character after its last.
        sureness: 0 to 1: lower for a less likely lemma, or inside a longer word.
    """

    word: int
    start: int
    end: int
    sureness: float


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Side:
    """The words of one language.

    Attributes:
        keys: The folded words and terms.
        titles: How people write them.
        weights: How telling each is, 0 to 1: the rarer the more. Shape: (words,).
        functions: Which are function words or particles. Shape: (words,).
        forms: For word forms, where in *form_lemmas* their words stand.
        form_offsets: Start of the words of each form. Shape: (forms + 1,).
        form_lemmas: Indices of words, likeliest first within a form.
    """

    keys: list[str]
    titles: list[str]
    weights: NDArray[np.float32]
    functions: NDArray[np.bool_]
    forms: Mapping[str, int]
    form_offsets: NDArray[np.int32]
    form_lemmas: NDArray[np.int32]

    @classmethod
    def of(cls, keys: Sequence[str]) -> "Side":
        """Return a side of the words *keys*, all alike telling, without other forms.

        >>> len(Side.of(["a", "b"]).ids)
        2
        """
        return cls(
            keys=list(keys),
            titles=list(keys),
            weights=np.ones(len(keys), np.float32),
            functions=np.zeros(len(keys), np.bool_),
            forms={},
            form_offsets=np.zeros(1, np.int32),
            form_lemmas=np.zeros(0, np.int32),
        )

    @classmethod
    def read(cls, parts: Mapping[str, Part], name: str) -> "Side":
        """Return the side *name* ("left" or "right") of a package's *parts*."""
        forms = _words(parts, f"{name}_forms")
        return cls(
            keys=_words(parts, f"{name}_keys"),
            titles=_words(parts, f"{name}_titles"),
            weights=np.asarray(parts[f"{name}_weights"], np.float32) / np.float32(255),
            functions=np.asarray(parts[f"{name}_functions"], np.bool_),
            forms=dict(zip(forms, range(len(forms)), strict=True)),
            form_offsets=np.asarray(parts[f"{name}_form_offsets"], np.int32),
            form_lemmas=np.asarray(parts[f"{name}_form_lemmas"], np.int32),
        )

    def lemmas(self, key: str) -> list[int]:
        """Return the words that the single token *key* may be a form of, likeliest first.

        >>> Side.of(["eau"]).lemmas("eau")
        [0]
        """
        form = self.forms.get(key)
        if form is not None:
            first, last = self.form_offsets[form], self.form_offsets[form + 1]
            return cast("list[int]", self.form_lemmas[first:last].tolist())
        word = self.ids.get(key)
        return [] if word is None else [word]

    def find(self, text: str, lang: str) -> list[int]:
        """Return the words that *text*, as a whole, is a form of, likeliest first.

        An elided article before it and a hyphen that the entry does without are passed over.

        >>> [Side.of(["eau", "coopérer"]).find(text, "fr") for text in ("l'eau", "co-opérer", "l'")]
        [[0], [1], []]
        """
        tokens = fold_text(text, lang)
        if len(tokens) == 1:
            return self.lemmas(tokens[0].key) or self._shouted(tokens[0].key, text)
        word = self.ids.get(" ".join(self.canonical(token.key) for token in tokens))
        if word is not None or not tokens:
            return [] if word is None else [word]
        if tokens[0].key.endswith("'"):
            return self.find(text[tokens[0].end :], lang)
        return self.lemmas("".join(token.key for token in tokens)) if _is_compound(text) else []

    def canonical(self, key: str) -> str:
        """Return what the token *key* is written as inside a term.

        >>> Side.of(["eau"]).canonical("eau")
        'eau'
        """
        lemmas = self.lemmas(key)
        return self.keys[lemmas[0]] if lemmas else key

    def uses(self, text: str, lang: str) -> list[Use]:
        """Return the words of *text*, in order of place; overlapping ones are all kept.

        Cost: linear in the text, times the longest term.
        """
        return self.uses_in(text, fold_text(text, lang))

    def uses_in(self, text: str, tokens: Sequence[Token]) -> list[Use]:
        """Return the words that the *tokens* of *text* are or make up, as `uses` does."""
        lemmas = [self.lemmas(token.key) for token in tokens]
        found = [
            Use(word, start, end, OTHER_LEMMA**rank)
            for (key, start, end, _), known in zip(tokens, lemmas, strict=True)
            for rank, word in enumerate(known or self._shouted(key, text[start:end]))
        ]
        terms = self._terms(tokens, lemmas)
        return _weigh_inside(found + terms + self._compounds(text, tokens))

    @cached_property
    def ids(self) -> dict[str, int]:
        """The index of each key."""
        return dict(zip(self.keys, range(len(self.keys)), strict=True))

    @cached_property
    def _reach(self) -> dict[str, int]:
        reach: dict[str, int] = {}
        for key in self.keys:
            first, blank, _ = key.partition(" ")
            if blank:
                reach[first] = max(reach.get(first, 0), key.count(" ") + 1)
        return reach

    @cached_property
    def _bare(self) -> dict[str, str]:
        bare: dict[str, str] = {}
        for key in (*self.ids, *self.forms):
            bare.setdefault(key if key.isascii() else unmarked(key), key)
        return bare

    def _shouted(self, key: str, text: str) -> list[int]:
        """Return the words that *key* may be without marks, where *text* is in capitals."""
        return self.lemmas(self._bare.get(key, "")) if text.isupper() and self.forms else []

    def _terms(self, tokens: Sequence[Token], lemmas: Sequence[list[int]]) -> list[Use]:
        canonical = [
            self.keys[known[0]] if known else token.key
            for token, known in zip(tokens, lemmas, strict=True)
        ]
        found = []
        for first, key in enumerate(canonical):
            longest = min(self._reach.get(key, 0), len(tokens) - first)
            for last in range(first + 1, first + longest):
                if not tokens[last].joins:
                    break
                word = self.ids.get(" ".join(canonical[first : last + 1]))
                if word is not None:
                    found.append(Use(word, tokens[first].start, tokens[last].end, 1.0))
        return found

    def _compounds(self, text: str, tokens: Sequence[Token]) -> list[Use]:
        """Return the words that the entries write without the hyphen that *text* has."""
        return [
            Use(word, first.start, last.end, OTHER_LEMMA**rank)
            for first, last in pairwise(tokens)
            if text[first.end : last.start] in _HYPHENS
            for rank, word in enumerate(self.lemmas(first.key + last.key))
        ]


class Pairs(NamedTuple):
    """What ties left words to right words: one row a pair, sorted by left word.

    Attributes:
        lefts: Index of the left word. Shape of this and all others: (pairs,).
        rights: Index of the right word.
        probabilities: Of the right word given the left, 0 to 1.
        reverses: Of the left word given the right, 0 to 1.
        strengths: How well a match of the two speaks for a translation, 0 to 1.
        pos: Index into the table's parts of speech.
        domains: Index into its domains.
        origins: Index into its origins.
    """

    lefts: NDArray[np.int32]
    rights: NDArray[np.int32]
    probabilities: NDArray[np.float32]
    reverses: NDArray[np.float32]
    strengths: NDArray[np.float32]
    pos: NDArray[np.uint8]
    domains: NDArray[np.uint8]
    origins: NDArray[np.uint8]


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Table:
    """Two sides and what ties them.

    Attributes:
        version: For the signature.
        langs: Language of the left and of the right side.
        left: The words of the left language.
        right: The words of the right language.
        pairs: What ties them.
        names: What the indices for "pos", "domains" and "origins" stand for.
        function_words: By language and key, the class of each function word and what stands for
            it in the other language ("-" where nothing does).
    """

    version: str
    langs: tuple[str, str]
    left: Side
    right: Side
    pairs: Pairs
    names: Mapping[str, list[str]]
    function_words: Mapping[tuple[str, str], tuple[str, str]]

    @classmethod
    def read(cls, data: bytes) -> "Table":
        """Return the table that the package file *data* holds."""
        parts = read_parts(data)
        version, left_lang, right_lang = _words(parts, "about")
        return cls(
            version=version,
            langs=(left_lang, right_lang),
            left=Side.read(parts, "left"),
            right=Side.read(parts, "right"),
            pairs=_pairs(parts),
            function_words=_function_words(parts),
            names={name: _words(parts, f"{name}_names") for name in ("pos", "domains", "origins")},
        )


def _words(parts: Mapping[str, Part], name: str) -> list[str]:
    return cast("list[str]", parts[name])


def _function_words(parts: Mapping[str, Part]) -> dict[tuple[str, str], tuple[str, str]]:
    rows = (line.split("\t") for line in _words(parts, "function_words"))
    return {(lang, key): (kind, rest) for lang, key, kind, rest in rows}


def _pairs(parts: Mapping[str, Part]) -> Pairs:
    def share(name: str, most: int) -> NDArray[np.float32]:
        return np.asarray(parts[name], np.float32) / np.float32(most)

    counts = np.asarray(parts["counts"], np.int32)
    return Pairs(
        lefts=np.repeat(np.arange(len(counts), dtype=np.int32), counts),
        rights=np.asarray(parts["rights"], np.int32),
        probabilities=share("probabilities", 65535),
        reverses=share("reverses", 65535),
        strengths=share("strengths", 255),
        pos=np.asarray(parts["pos"], np.uint8),
        domains=np.asarray(parts["domains"], np.uint8),
        origins=np.asarray(parts["origins"], np.uint8),
    )


def _weigh_inside(uses: Sequence[Use]) -> list[Use]:
    weighed = []
    reach = start = -1
    for use in _longest_first(uses):
        word, first, last, sureness = use
        covered = last <= reach and (first, last) != (start, reach)
        weighed.append(Use(word, first, last, sureness * INSIDE) if covered else use)
        if first >= reach:
            start, reach = first, last
    return sorted(weighed, key=lambda use: (use.start, use.end, use.word))


def _is_compound(text: str) -> bool:
    return " " not in text.strip() and any(hyphen in text for hyphen in _HYPHENS)


def _longest_first(uses: Sequence[Use]) -> list[Use]:
    return sorted(uses, key=lambda use: (use.start, -use.end, use.word))
