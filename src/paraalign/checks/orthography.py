"""Spelling that is faulty by itself: French accents left out, Vietnamese tone marks in two styles.

A French word that is one only with its accents lacks them ("materiels"); words all in capitals are
house style. Vietnamese may write "hóa" or "hoá", but one text should keep to one.

>>> tone_style("hóa"), tone_style("hoá"), tone_style("nghị")
('old', 'new', '')
"""

import gzip
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from paraalign.checks.check import Check
from paraalign.checks.context import Context, Passage, Side
from paraalign.checks.defects import blemish
from paraalign.model import Finding, Kind, Role, Severity, Span

__all__ = ["CHECKS", "accented", "tone_style"]

_WORD = re.compile(r"[^\W\d_]+")
_OLD = re.compile("(?:o[\u0300\u0301\u0303\u0309\u0323][ae]|u[\u0300\u0301\u0303\u0309\u0323]y)$")
_NEW = re.compile("(?:o[ae][\u0300\u0301\u0303\u0309\u0323]|uy[\u0300\u0301\u0303\u0309\u0323])$")
_FORM = 4  # last letters, in which the forms of a word differ
_ENDINGS = ("", "s", "e", "es")  # what a listed word may take
_SHORTEST = 4  # letters; shorter words are too often codes or names
_EXCUSED = 0.5  # share of the other style from which a text has no style of its own


def find_missing_accents(context: Context) -> Iterator[Finding]:
    """Yield each French word that lacks an accent."""
    for side, passage in _passages(context, "fr"):
        for match in _WORD.finditer(passage.text):
            meant = accented(match[0]) if _is_plain(match[0]) else _with_capital(match[0])
            if meant:
                message = context.say("accent-missing", {"word": match[0], "meant": meant})
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
                message = context.say("tone-style", {"word": word})
                yield blemish("tone-style", side, span, message, 0.8)


def accented(word: str) -> str:
    """Return the French *word* with the accents that it lacks, or "" if it lacks none.

    >>> accented("materiels"), accented("table"), accented("xyzzy")
    ('matériels', '', '')
    """
    lowered = word.lower()
    for ending in _ENDINGS:
        stem = lowered.removesuffix(ending)
        meant = _accented_words().get(_bare(stem)) if lowered.endswith(ending) else None
        if meant and not stem.endswith("s"):
            return f"{meant}{ending}" if _lacks_accents(stem, meant) else ""
    return ""


def _lacks_accents(word: str, meant: str) -> bool:
    """Tell whether *word* is *meant* but for accents left out.

    A word that has accents already may be another form ("prépare", "préparé"): there the end counts
    as right. So does a last letter alone ("personnalise", "personnalisé").
    """
    if word[:-1] == meant[:-1] or any(
        one not in (other, _bare(other)) for one, other in zip(word, meant, strict=True)
    ):
        return False
    return word.isascii() or word[-_FORM:] == meant[-_FORM:]


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
    meant = accented(word)
    return f"É{meant[1:]}" if meant[:1] == "é" and meant[1:] == word[1:] else ""


def _is_plain(word: str) -> bool:
    """Tell whether *word* is worth a look: not short, not in capitals, no name."""
    return len(word) >= _SHORTEST and word.islower()


def _bare(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    return "".join(char for char in letters if not unicodedata.combining(char))


@lru_cache(maxsize=1)
def _accented_words() -> dict[str, str]:
    """Return the words that need accents, by their letters (`scripts/french_accents.py`)."""
    path = files("paraalign.checks") / "data" / "french-accents.tsv.gz"
    words = gzip.decompress(path.read_bytes()).decode().split()
    return {_bare(word): word for word in words}


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
        find_missing_accents,
    ),
    Check(
        "tone-style",
        Kind.DEFECT,
        Severity.MINOR,
        find_mixed_tone_styles,
    ),
)
