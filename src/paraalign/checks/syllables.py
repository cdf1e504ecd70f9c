"""Which strings are Vietnamese syllables: an onset, a rime, and a tone that the rime allows.

A syllable that ends in c, ch, p or t is either sharp or heavy; k, gh and ngh stand before e, ê, i
only; the onset qu takes no further u. What breaks these rules is a foreign word or a slip.

>>> [text for text in ("nghị", "hỗ", "khuỷu", "hộit", "cac", "ka") if not is_syllable(text)]
['hộit', 'cac', 'ka']
"""

import unicodedata
from functools import lru_cache

from paraalign.checks.wordlists import word_list

__all__ = ["bare", "is_syllable", "tone_of"]

_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
_STOPS = ("c", "ch", "p", "t")
_FRONT = "eêiy"


@lru_cache(maxsize=65536)
def is_syllable(text: str) -> bool:
    """Tell whether *text* is spelled as a Vietnamese syllable can be, in either tone style."""
    letters, tone = bare(text)
    onsets = word_list("onsets", "vi")
    onset = max((each for each in onsets if letters.startswith(each)), key=len, default="")
    return any(
        _fits(head, letters[len(head) :], tone) for head in {onset, onset[:1], ""} if letters
    )


def tone_of(text: str) -> str:
    """Return the tone mark of *text*, "" for the level tone or for more than one mark.

    >>> tone_of("nghị"), tone_of("hoa")
    ('nặng', '')
    """
    return bare(text)[1]


def bare(text: str) -> tuple[str, str]:
    """Return *text* in lower case without its tone mark, and the tone.

    >>> bare("Hội")
    ('hôi', 'nặng')
    """
    letters = unicodedata.normalize("NFD", text.lower())
    tones = [_TONES[char] for char in letters if char in _TONES]
    kept = "".join(char for char in letters if char not in _TONES)
    return unicodedata.normalize("NFC", kept), "".join(tones)


def _fits(onset: str, rime: str, tone: str) -> bool:
    if rime not in word_list("rimes", "vi") or (tone and tone not in _TONES.values()):
        return False
    if onset == "gi" and not rime:
        return True
    if rime.endswith(_STOPS) and tone not in ("sắc", "nặng"):
        return False
    return _is_spelled(onset, rime)


def _is_spelled(onset: str, rime: str) -> bool:
    if onset in {"k", "gh", "ngh"}:
        return rime[0] in _FRONT
    if onset in ("c", "ng"):
        return rime[0] not in _FRONT
    return onset != "q"
