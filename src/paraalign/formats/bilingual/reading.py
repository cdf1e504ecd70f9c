"""Tell a bilingual file by its ending, and open it.

| ending | holds |
|---|---|
| .tmx | a translation memory |
| .xlf .xliff .sdlxliff .mqxliff | XLIFF 1.2 or 2.x |
| .po .pot | a message catalogue |
| .tsv .csv .xlsx | a table of two columns |

>>> is_pair_file("memory.TMX"), is_pair_file("text.md")
(True, False)
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from os import PathLike
from pathlib import PurePath

from paraalign.formats.bilingual.pair import Langs, PairFile

__all__ = ["PAIR_ENDINGS", "is_pair_file", "open_pairs"]

_XML, _PO, _TABLES = (f"paraalign.formats.bilingual.{name}" for name in ("xml", "po", "tables"))
OPENERS: Mapping[str, tuple[str, str]] = {
    ".tmx": (_XML, "open_tmx"),
    ".xlf": (_XML, "open_xliff"),
    ".xliff": (_XML, "open_xliff"),
    ".sdlxliff": (_XML, "open_xliff"),
    ".mqxliff": (_XML, "open_xliff"),
    ".po": (_PO, "open_po"),
    ".pot": (_PO, "open_po"),
    ".tsv": (_TABLES, "open_table"),
    ".csv": (_TABLES, "open_table"),
    ".xlsx": (_TABLES, "open_sheet"),
}
PAIR_ENDINGS = tuple(OPENERS)


def is_pair_file(path: object) -> bool:
    """Tell whether *path* is one whose ending says that it holds pairs."""
    return isinstance(path, str | PathLike) and PurePath(path).suffix.lower() in OPENERS


def open_pairs(path: str | PathLike[str], langs: Langs = (None, None)) -> PairFile:
    """Return the bilingual file *path*; *langs* say which languages, where the caller knows.

    Raises:
        InputError: If it can't be read or is not what its ending says.
    """
    module, name = OPENERS[PurePath(path).suffix.lower()]
    opener: Callable[[str, Langs], PairFile] = getattr(import_module(module), name)
    return opener(str(path), langs)
