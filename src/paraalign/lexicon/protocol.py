"""What the aligner and the checks ask of a lexicon: where renderings of words stand.

Matching is over the text of two stretches with character positions, so that it depends on no one's
choice of words. Candidates may overlap; who uses them decides.

Two ways in. `matches` says for one pair of texts what stands for what. To compare many units with
many, index each side once and ask `paraalign.lexicon.coverage` for the matrix: two words correspond
where they share a key, so no pair of texts is ever read twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Lexicon", "Match", "Rendering", "WordIndex"]


class Rendering(NamedTuple):
    """One rendering of a word or term.

    Attributes:
        text: The rendering, in the other language.
        probability: Of this rendering given the word, 0 to 1.
        reverse: Of the word given this rendering, 0 to 1.
        pos: Part of speech ("n", "v", "adj" …), or "".
        domain: "general", "law", "it" …
        origin: "hand", "learned" or "user".
    """

    text: str
    probability: float
    reverse: float
    pos: str = ""
    domain: str = "general"
    origin: str = "hand"


class Match(NamedTuple):
    """A word or term of the source text and a rendering of it found in the target text.

    Attributes:
        source: Half-open range of characters in the source text.
        target: Likewise in the target text.
        score: How telling the match is, 0 to 1: 1 for a usual rendering found whole.
        is_term: Whether the entry has several words on the source side.
    """

    source: tuple[int, int]
    target: tuple[int, int]
    score: float
    is_term: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class WordIndex:
    """The words of many texts of one language, with the keys by which they find their like.

    Attributes:
        text_count: How many texts.
        texts: Index of the text that holds each word, never falling. Shape: (words,).
        starts: First character of each word, in code points of its text. Shape: (words,).
        ends: Character after its last. Shape: (words,).
        weights: How telling each word is, 0 to 1; 0 for function words and for what the lexicon
            does not know (names, numbers). Shape: (words,).
        words: Index of the word that has each key; a word may have many. Shape: (keys,).
        keys: The keys: a number shared with the words of the other language that translate it.
            Shape: (keys,).
        strengths: How well the key stands for the word, 0 to 1. Shape: (keys,).
    """

    text_count: int
    texts: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    weights: NDArray[np.float32]
    words: NDArray[np.int32]
    keys: NDArray[np.int32]
    strengths: NDArray[np.float32]


class Lexicon(Protocol):
    """Whatever knows what words translate to, for one pair of languages."""

    @property
    def name(self) -> str:
        """Name and version, for the signature."""
        ...

    @property
    def langs(self) -> tuple[str, str]:
        """Source and target language, ISO 639-1."""
        ...

    def renderings(self, text: str) -> Sequence[Rendering]:
        """Return what the source word or term *text* translates to, most usual first."""
        ...

    def reverse_renderings(self, text: str) -> Sequence[Rendering]:
        """Return what the target word or term *text* translates to, most usual first."""
        ...

    def matches(self, source: str, target: str) -> list[Match]:
        """Return the entries of the *source* text that have a rendering in the *target* text.

        All places of both are given, by source place, then target place.
        """
        ...

    def index(self, texts: Sequence[str], lang: str) -> WordIndex:
        """Return the words of *texts*, which are in the source or the target language *lang*.

        Words that share a key with a word of an index of the other language may translate it.
        """
        ...
