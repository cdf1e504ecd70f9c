"""Spelling that is faulty by itself: French accents left out, Vietnamese tone marks in two styles.

A French word that no list knows, but knows with an accent, lacks it ("materiels"); words all in
capitals are house style. Vietnamese may write "hóa" or "hoá", but one text should keep to one.

>>> tone_style("hóa"), tone_style("hoá"), tone_style("nghị")
('old', 'new', '')
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from paraalign.checks.check import Check
from paraalign.checks.context import Context, Passage, Side
from paraalign.checks.defects import blemish
from paraalign.model import Finding, Kind, Role, Severity, Span

__all__ = ["CHECKS", "accented", "tone_style"]

_WORD = re.compile(r"[^\W\d_]+")
_OLD = re.compile("(?:o[\u0300\u0301\u0303\u0309\u0323][ae]|u[\u0300\u0301\u0303\u0309\u0323]y)$")
_NEW = re.compile("(?:o[ae][\u0300\u0301\u0303\u0309\u0323]|uy[\u0300\u0301\u0303\u0309\u0323])$")
_ACCENTS = {"e": "éèê", "a": "àâ", "i": "îï", "o": "ô", "u": "ùû", "c": "ç"}
_SHORTEST = 4  # letters; shorter words are too often codes or names
_MOST = 2  # accents that one word may lack
_EXCUSED = 0.5  # share of the other style from which a text has no style of its own


def find_missing_accents(context: Context) -> Iterator[Finding]:
    """Yield each French word that lacks an accent."""
    for side, passage in _passages(context, "fr"):
        for match in _WORD.finditer(passage.text):
            meant = accented(match[0]) if _is_plain(match[0]) else _with_capital(match[0])
            if meant:
                message = f"“{match[0]}” lacks an accent: “{meant}”"
                yield blemish("accent-missing", side, passage.span(*match.span()), message, 0.85)


def find_mixed_tone_styles(context: Context) -> Iterator[Finding]:
    """Yield each Vietnamese syllable whose tone mark is placed in the rarer style of its text."""
    for side in Side:
        found: dict[str, list[tuple[str, Span]]] = {"old": [], "new": []}
        for each, passage in _passages(context, "vi"):
            for match in _WORD.finditer(passage.text) if each is side else ():
                if style := tone_style(match[0]):
                    found[style].append((match[0], passage.span(*match.span())))
        rare, usual = sorted(found.values(), key=len)
        if rare and len(rare) < _EXCUSED * len(usual):
            for word, span in rare:
                message = f"“{word}” places its tone mark unlike the rest of the text"
                yield blemish("tone-style", side, span, message, 0.8)


def accented(word: str) -> str:
    """Return the French *word* with the accents that it lacks, or "" if it lacks none.

    >>> accented("materiels"), accented("table"), accented("xyzzy")
    ('matériels', '', '')
    """
    if _is_known(word.lower()):
        return ""
    places = [place for place, char in enumerate(word.lower()) if char in _ACCENTS]
    for count in range(1, _MOST + 1):
        for chosen in combinations(places, count):
            for candidate in _with_accents(word, chosen):
                if _is_known(candidate.lower()):
                    return candidate
    return ""


def tone_style(word: str) -> str:
    """Return the style in which *word* places its tone: "old" (hóa), "new" (hoá) or ""."""
    letters = unicodedata.normalize("NFD", word.lower())
    if letters.startswith("qu") or any(char in letters for char in "\u0302\u0306\u031b"):
        return ""
    return "old" if _OLD.search(letters) else "new" if _NEW.search(letters) else ""


def _with_capital(word: str) -> str:
    """Return *word* with the accent that its capital E lacks ("État"), or ""."""
    if word[0] != "E" or not word[1:].islower() or len(word) < _SHORTEST:
        return ""
    meant = f"É{word[1:]}"
    return meant if _is_known(meant.lower()) else ""


def _with_accents(word: str, places: tuple[int, ...]) -> Iterator[str]:
    heads = [""]
    for place, char in enumerate(word):
        marks = _ACCENTS[char.lower()] if place in places else char
        cased = marks.upper() if char.isupper() else marks
        heads = [head + mark for head in heads for mark in cased]
    yield from heads


def _is_plain(word: str) -> bool:
    """Tell whether *word* is worth a look: ASCII, not short, not in capitals, no name."""
    return word.isascii() and len(word) >= _SHORTEST and word[1:].islower() and word[0].islower()


@lru_cache(maxsize=65536)
def _is_known(word: str) -> bool:
    import simplemma  # noqa: PLC0415  its French list takes a while to load

    return bool(simplemma.is_known(word, lang="fr"))


def _passages(context: Context, lang: str) -> Iterator[tuple[Side, Passage]]:
    for side in Side:
        document = context.documents[side]
        leaves = document.leaves() if document.lang == lang else ()
        for index in leaves:
            if document.clauses[index].role is not Role.CODE:
                yield side, context.clause(side, index)


CHECKS = (
    Check(
        "accent-missing",
        Kind.DEFECT,
        Severity.MINOR,
        "A French word lacks an accent.",
        find_missing_accents,
    ),
    Check(
        "tone-style",
        Kind.DEFECT,
        Severity.MINOR,
        "A Vietnamese tone mark is placed unlike the rest of the text.",
        find_mixed_tone_styles,
    ),
)
