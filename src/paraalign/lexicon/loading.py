"""Find the lexicon for a pair of languages, or say that there is none.

>>> load_lexicon("fr", "vi").langs
('fr', 'vi')
>>> load_lexicon("de", "vi") is None
True
"""

from functools import cache
from importlib.resources import files

from paraalign.lexicon.bilingual import TableLexicon
from paraalign.lexicon.protocol import Lexicon
from paraalign.lexicon.table import Table

__all__ = ["lexicon_name", "load_lexicon"]

PACKAGES = {("fr", "vi"): "fr-vi.lexicon"}
"""The package file of each pair that has one."""


@cache
def load_lexicon(source_lang: str, target_lang: str) -> TableLexicon | None:
    """Return the lexicon from *source_lang* to *target_lang*, or None where there is none.

    It is read once (about 0.1 s) and shared by both directions.
    """
    if (source_lang, target_lang) in PACKAGES:
        return TableLexicon(_table(source_lang, target_lang))
    if (target_lang, source_lang) in PACKAGES:
        return TableLexicon(_table(target_lang, source_lang), flipped=True)
    return None


@cache
def _table(left: str, right: str) -> Table:
    place = files("paraalign.lexicon") / "data" / PACKAGES[left, right]
    return Table.read(place.read_bytes())


def lexicon_name(lexicon: Lexicon | None) -> str:
    """Return what the signature of a report says of *lexicon*: its name, or that there was none.

    >>> lexicon_name(load_lexicon("de", "vi"))
    'none'
    """
    return lexicon.name if lexicon else "none"
