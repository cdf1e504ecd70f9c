"""Words of the languages that have no rules of ours: spaCy cuts them.

spaCy knows some seventy languages. Loading it takes about a second, which the languages that we are
made for need not pay: their rules are data (see `paraalign.langs`).

>>> text = "Die Gemeinden z.B. in Köln, 3 km."
>>> [text[start:end] for start, end in cut(text, "de")]
['Die', 'Gemeinden', 'z.B.', 'in', 'Köln', ',', '3', 'km', '.']
"""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

__all__ = ["cut"]

_ANY = "xx"  # spaCy's code for a language it has no rules for


def cut(text: str, lang: str) -> list[tuple[int, int]]:
    """Return the ranges of the words and signs of *text*, in order, covering all but white space.

    >>> cut("Hola, mundo", "es")
    [(0, 4), (4, 5), (6, 11)]
    """
    doc = _tokenizer(lang)(text)
    return [(token.idx, token.idx + len(token)) for token in doc if not token.text.isspace()]


@lru_cache(maxsize=8)
def _tokenizer(lang: str) -> "Tokenizer":
    import spacy  # noqa: PLC0415 - heavy

    try:
        return spacy.blank(lang).tokenizer
    except ImportError:  # no such language, or one whose tokenizer needs a package of its own
        return spacy.blank(_ANY).tokenizer
