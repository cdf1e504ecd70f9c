r"""Tell the language of a text by its commonest words, its letters and what they follow.

Titles, date lines and headings are short, and Vietnamese is often typed without its marks; so a
table of the commonest words is not enough, and whole words are judged by their trigrams of letters
too. Names weigh half: "Hanoï" says little. Learned from French–Vietnamese segment pairs, English
and German corpora, and for the rest from the stop words of spaCy (MIT) and the word lists of
simplemma (MIT).

>>> detect_language("Fait à Hanoï, le 15 avril 2023"), detect_language("Cong hoa xa hoi chu nghia")
('fr', 'vi')
>>> detect_language("12/3")
'und'
"""

import json
import math
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["LANGUAGES", "detect_language", "language_scores"]

LANGUAGES: Final = ("fr", "vi", "en", "de", "es", "it", "pt", "nl")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE_LENGTH = 40_000  # characters: more tells no more
_FLOOR = -10.5  # log probability of a trigram or word that was not seen
_WORD_SPREAD = 5.0  # how far one word may speak against a language: names are foreign
_WORD_BONUS = 1.0
_NAME_WEIGHT = 0.5
_LEAST_EVIDENCE = 1.2
_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the language of *text*, or "und" where nothing tells.

    Known are French, Vietnamese, English, German, Spanish, Italian, Portuguese and Dutch.

    >>> detect_language("The parties have agreed as follows")
    'en'
    """
    scores = language_scores(text[:_SAMPLE_LENGTH])
    order = np.argsort(scores)
    best = int(order[-1])
    if scores[best] - scores[order[-2]] < _LEAST_EVIDENCE:
        return "und"
    return LANGUAGES[best]


def language_scores(text: str) -> NDArray[np.float64]:
    """Return the log likelihood of *text* in each of `LANGUAGES`, against the average of them.

    >>> int(language_scores("các địa phương").argmax())
    1
    """
    total = np.zeros(len(LANGUAGES))
    composed = unicodedata.normalize("NFC", text)
    for match in _WORD.finditer(composed):
        word = match.group()
        is_name = word[0].isupper() and not word.isupper() and match.start() > 0
        total += _word_scores(word.lower()) * (_NAME_WEIGHT if is_name else 1.0)
    return total


@lru_cache(maxsize=20_000)
def _word_scores(word: str) -> NDArray[np.float64]:
    tables = _tables()
    trigrams = [f"^{word}$"[i : i + 3] for i in range(len(word))]
    scores = np.array(
        [
            _spelling(trigrams, tables["trigrams"][lang]) + _frequency(word, tables["words"][lang])
            for lang in LANGUAGES
        ]
    )
    if _VIETNAMESE.search(word):
        scores[LANGUAGES.index("vi")] += _WORD_SPREAD
    scores = np.maximum(scores, scores.max() - _WORD_SPREAD)
    centred: NDArray[np.float64] = scores - scores.mean()
    return centred


def _spelling(trigrams: list[str], table: Mapping[str, float]) -> float:
    return sum(table.get(trigram, _FLOOR) for trigram in trigrams) / math.sqrt(
        max(1, len(trigrams))
    )


def _frequency(word: str, table: Mapping[str, float]) -> float:
    return max(0.0, _WORD_BONUS + (table.get(word, -99.0) - _FLOOR) / 2)


@cache
def _tables() -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    text = files("paraalign.read").joinpath("languages.json").read_text(encoding="utf-8")
    tables: Mapping[str, Mapping[str, Mapping[str, float]]] = json.loads(text)
    return tables
