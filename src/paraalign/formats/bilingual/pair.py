"""What a bilingual file gives: pairs of texts, each with the name its file has for it.

>>> Pair("greeting", "Bonjour", "Xin chào").target
'Xin chào'
>>> primary("fr-CA"), primary(None)
('fr', None)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from paraalign.errors import InputError

__all__ = ["Langs", "Pair", "PairFile", "broken", "primary"]

Langs: TypeAlias = tuple[str | None, str | None]


class Pair(NamedTuple):
    """Two texts that the file sets against each other; "" where it has none."""

    id: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class PairFile:
    """A bilingual file, open to be read as often as needed.

    Attributes:
        path: Its name.
        langs: ISO 639-1 codes of source and target, where the file or the caller says them.
        pairs: Reads the file from the start, a pair at a time.
    """

    path: str
    langs: Langs
    pairs: Callable[[], Iterator[Pair]]


def primary(tag: str | None) -> str | None:
    """Return the language of a language *tag*, in lower case; None of None."""
    return tag.replace("_", "-").split("-")[0].lower() if tag else None


def broken(path: str, what: str) -> InputError:
    """Return the error that the file *path* is not *what* it should be."""
    return InputError(f"{path}: {what}")
