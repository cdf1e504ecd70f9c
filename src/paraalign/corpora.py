"""The texts that ship with paraalign, and the gold made for them.

A tool that claims to find divergences should come with texts to try it on. `declaration` gives the
two versions of the first of them; `registry` names every file with its origin, licence and
SHA-256, which is checked whenever a file is loaded.

>>> french, vietnamese = declaration()
>>> french.view.text[:18]
'DECLARATION FINALE'
"""

import hashlib
import json
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from paraalign.errors import InputError
from paraalign.read import Reading, read_text

__all__ = ["Entry", "bilingual", "declaration", "gold", "load", "press", "registry"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file that ships with paraalign.

    Attributes:
        name: Path in the collection, such as "declaration/fr.md".
        description: What it is.
        lang: ISO 639-1 code, "fr+vi" for a file that holds both, "" for gold.
        origin: Where it is from.
        licence: Under what terms it ships.
        sha256: Of its bytes, in hexadecimal digits.
        bytes: Its size.
    """

    name: str
    description: str
    lang: str
    origin: str
    licence: str
    sha256: str
    bytes: int


@cache
def registry() -> dict[str, Entry]:
    """Return every file of the collection, by name.

    >>> registry()["declaration/vi.md"].lang
    'vi'
    """
    tables = tomllib.loads(_folder().joinpath("registry.toml").read_text("utf-8"))
    return {name: Entry(name=name, **table) for name, table in tables.items()}


def load(name: str) -> str:
    """Return the text of the file *name*, its checksum verified.

    Raises:
        InputError: If there is no such file, or it is not what the registry says.

    >>> load("press/en.txt").split()[:2]
    ['date', '2023-04-16']
    """
    entry = registry().get(name)
    if entry is None:
        message = f"no text {name!r} ships with paraalign; there are {', '.join(registry())}"
        raise InputError(message)
    content = _folder().joinpath(*name.split("/")).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest != entry.sha256:
        message = f"{name}: SHA-256 is {digest}, the registry says {entry.sha256}"
        raise InputError(message)
    return content.decode("utf-8")


def declaration() -> tuple[Reading, Reading]:
    """Return the French and the Vietnamese version of the declaration.

    >>> len(declaration())
    2
    """
    return _reading("declaration/fr.md"), _reading("declaration/vi.md")


def bilingual() -> Reading:
    """Return the one file that holds both versions of the declaration.

    >>> bilingual().format
    'txt'
    """
    return _reading("declaration/bilingual.txt")


def press() -> Reading:
    """Return the English press report of the same conference, no version of the declaration.

    >>> "Toulouse" in press().view.text
    True
    """
    return _reading("press/en.txt")


def gold(name: str) -> list[dict[str, Any]]:
    """Return the gold of the declaration: *name* is "clauses", "divergences" or "wordalign".

    Spans in "divergences" count code points of the texts as given.

    >>> len(gold("clauses"))
    16
    """
    records: list[dict[str, Any]] = json.loads(load(f"declaration/{name}.json"))
    return records


def _reading(name: str) -> Reading:
    return read_text(load(name), format=name.rpartition(".")[2], path=name)


def _folder() -> Traversable:
    """Return the folder of the collection: in the package, or, in a checkout, at its top."""
    packed = files("paraalign").joinpath("data", "corpora")
    return packed if packed.is_dir() else Path(__file__).parents[2] / "corpora"
