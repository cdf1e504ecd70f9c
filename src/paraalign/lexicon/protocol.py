"""What the aligner and the checks ask of a lexicon: where renderings of words stand.

Matching is over the text of two stretches with character positions, so that it depends on no one's
choice of words. Candidates may overlap; who uses them decides.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

__all__ = ["Lexicon", "Match", "Rendering"]


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
