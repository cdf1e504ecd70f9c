"""Which strings are Vietnamese syllables: an onset, a rime, and a tone that the rime allows.

A syllable that ends in c, ch, p or t is either sharp or heavy; k, gh and ngh stand before e, ê, i
only; the onset qu takes no further u. What breaks these rules is a foreign word or a slip.

>>> [text for text in ("nghị", "hỗ", "khuỷu", "hộit", "cac", "ka") if not is_syllable(text)]
['hộit', 'cac', 'ka']
"""

import unicodedata
from functools import lru_cache

__all__ = ["bare", "is_syllable", "tone_of"]

_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
_ONSETS = tuple(
    "ngh nh ng gh gi kh ph th tr ch qu b c d đ g h k l m n p r s t v x".split()  # noqa: SIM905
)
_RIMES = frozenset(
    ["a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "ă", "ăc", "ăm", "ăn", "ăng", "ăp", "ăt", "â", "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây", "e", "ec", "em", "en", "eng", "eo", "ep", "et", "ê", "êch", "êm", "ên", "ênh", "êp", "êt", "êu", "i", "ia", "ich", "im", "in", "inh", "ip", "it", "iu", "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu", "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay", "oăc", "oăm", "oăn", "oăng", "oăt", "oc", "oe", "oen", "oeo", "oet", "oi", "om", "on", "ong", "ooc", "oong", "op", "ot", "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt", "ơ", "ơi", "ơm", "ơn", "ơp", "ơt", "ơu", "u", "ua", "uân", "uâng", "uât", "uây", "uc", "ui", "um", "un", "ung", "up", "ut", "uê", "uêch", "uênh", "uêu", "uôc", "uôi", "uôm", "uôn", "uông", "uôt", "uơ", "uy", "uya", "uych", "uynh", "uyên", "uyêt", "uyt", "uyu", "uyn", "ư", "ưa", "ưc", "ưi", "ưm", "ưn", "ưng", "ưt", "ưu", "ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt", "ươu", "y", "yê", "yêm", "yên", "yêng", "yêt", "yêu", "ynh", "ych", "yt", "uyp", "êng", "ôông"]
)
_STOPS = ("c", "ch", "p", "t")
_FRONT = "eêiy"


@lru_cache(maxsize=65536)
def is_syllable(text: str) -> bool:
    """Tell whether *text* is spelled as a Vietnamese syllable can be, in either tone style."""
    letters, tone = bare(text)
    onset = next((each for each in _ONSETS if letters.startswith(each)), "")
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
    if rime not in _RIMES or (tone and tone not in _TONES.values()):
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
    if onset == "q":
        return False
    return not (onset == "p" and rime[0] in "ơ")
