"""How grave is it that these words have no counterpart? That depends on what they touch.

An obligation, a negation, a party or a number that is missing changes what is agreed: critical.
A phrase with content of its own is major, a single word a nuance.

>>> gravity("de la vie culturelle", "fr", 2).name
'MAJOR'
>>> gravity("doivent être consultés", "fr", 1).name
'CRITICAL'
"""

from paraalign.align.words.keys import figure_words
from paraalign.checks.names import find_names
from paraalign.checks.relations import cues_in
from paraalign.model import Severity

__all__ = ["gravity"]

_BINDING = ("obligation", "permission", "negation")
_PHRASE = 2  # content words from which it is more than a nuance
_SHORTEST_NAME = 3  # letters


def gravity(text: str, lang: str, content_count: int) -> Severity:
    """Return how grave it is that *text* has no counterpart; it has so many content words.

    >>> gravity("bien", "fr", 1).name
    'MINOR'
    """
    if cues_in(text, lang, _BINDING) or _has_figure(text, lang) or _has_party(text, lang):
        return Severity.CRITICAL
    return Severity.MAJOR if content_count >= _PHRASE else Severity.MINOR


def _has_figure(text: str, lang: str) -> bool:
    words = text.split()
    return any(char.isdigit() for char in text) or all(figure_words(words, lang) or [False])


def _has_party(text: str, lang: str) -> bool:
    """Tell whether a name stands in *text* elsewhere than at its start, where any word may."""
    if not any(char.isupper() for char in text[1:]):
        return False
    names = find_names(text, lang)
    return any(name.start > 0 and len(name.text) >= _SHORTEST_NAME for name in names)
