r"""Words of a text as keys that compare equal wherever readers see the same word.

Vietnamese spells one syllable in several ways: composed or decomposed, with the tone mark on the
first or the second vowel (hòa, hoà), with i or y (kỹ, kĩ). French elides (l'eau), ties œ, writes
capitals. Entries and texts are folded alike, so none of this keeps a word from its entry; the
places are always those of the text as given.

>>> [fold_syllable(text) for text in ("hòa", "hoà", "HOÀ", "Kỹ", "kĩ", "quý", "thúy", "thuý")]
['hoa2', 'hoa2', 'hoa2', 'ki4', 'ki4', 'qui1', 'thuy1', 'thuy1']
>>> [token.key for token in fold_text("L’œuvre de l'État", "fr")]
["l'", 'oeuvre', 'de', "l'", 'état']
"""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

import regex

__all__ = ["Token", "fold", "fold_syllable", "fold_text", "fold_word"]

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_FRENCH = regex.compile(
    r"aujourd['’]hui|(?<![\p{L}\p{M}])(?:[cdjlmnst]|(?:jus|lors|puis|quoi|pres|quel)?qu)['’]"
    r"|[\p{L}\p{M}\p{N}]+",
    regex.IGNORECASE,
)
_TONES = {"̀": "2", "́": "1", "̉": "3", "̃": "4", "̣": "5"}
_ONSET_Y = regex.compile(r"(?<=^(?:[bcdđghklmnprstvx]h?))y$|(?<=^qu)y")
LONGEST_JOINT = 3
_JOINTS = frozenset(" \t\n\u00a0\u202f-‐‑–'’")


class Token(NamedTuple):
    """A word of a text.

    Attributes:
        key: What it compares by.
        start: First character, in code points of the text as given.
        end: Character after its last.
        joins: Whether nothing but blanks or hyphens parts it from the token before.
    """

    key: str
    start: int
    end: int
    joins: bool


@lru_cache(maxsize=65536)
def fold_syllable(text: str) -> str:
    """Return the key of one Vietnamese syllable: letters without tone, then the tone as a digit.

    >>> fold_syllable("nghị"), fold_syllable("đi"), fold_syllable("NATO")
    ('nghi5', 'đi', 'nato')
    """
    letters = unicodedata.normalize("NFD", text).lower()
    tone = "".join(_TONES[char] for char in letters if char in _TONES)
    bare = unicodedata.normalize("NFC", "".join(char for char in letters if char not in _TONES))
    return _ONSET_Y.sub("i", bare) + tone


@lru_cache(maxsize=65536)
def fold_word(text: str) -> str:
    """Return the key of one French word.

    >>> fold_word("Œuvre"), fold_word("ETAT"), fold_word("qu’")
    ('oeuvre', 'etat', "qu'")
    """
    lower = unicodedata.normalize("NFC", text).lower()
    return lower.replace("œ", "oe").replace("æ", "ae").replace("’", "'")


def fold_text(text: str, lang: str) -> list[Token]:
    """Return the tokens of *text*, read as the language *lang*, in order.

    >>> [(token.key, token.start, token.joins) for token in fold_text("Hoà bình, tự do", "vi")]
    [('hoa2', 0, False), ('binh2', 4, True), ('tư5', 10, False), ('do', 13, True)]
    """
    pattern = _FRENCH if lang == "fr" else _WORD
    fold_token = fold_syllable if lang == "vi" else fold_word
    tokens: list[Token] = []
    done = -1
    for match in pattern.finditer(text):
        start, end = match.span()
        joins = done >= 0 and start - done <= LONGEST_JOINT and _JOINTS.issuperset(text[done:start])
        tokens.append(Token(fold_token(match.group()), start, end, joins))
        done = end
    return tokens


def fold(text: str, lang: str) -> str:
    """Return the key of a whole word or term *text* of the language *lang*.

    >>> fold("Ủy ban nhân dân", "vi") == fold("uỷ  ban nhân dân", "vi")
    True
    """
    return " ".join(token.key for token in fold_text(text, lang))
