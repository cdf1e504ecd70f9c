"""Which endings of a file's name there are; light, so that a command line can look first."""

from collections.abc import Sequence
from os import PathLike, fspath
from pathlib import PurePath

from paraalign.errors import OptionError

__all__ = ["DOCUMENT_ENDINGS", "ENDINGS", "format_of"]

ENDINGS = ("json", "html", "md", "xlsx", "tsv", "csv", "tmx", "xlf", "xliff", "sarif")
DOCUMENT_ENDINGS = ("json", "tsv", "csv")


def format_of(path: str | PathLike[str], *, allowed: Sequence[str] = ENDINGS) -> str:
    """Return the format that the ending of *path* chooses, without its dot.

    Raises:
        OptionError: If the ending is not among those *allowed*.

    >>> format_of("Report.JSON")
    'json'
    """
    ending = PurePath(path).suffix
    name = ending.removeprefix(".").lower()
    if name not in allowed:
        found = f"unknown ending {ending!r}" if ending else "no ending"
        choices = ", ".join(f".{choice}" for choice in allowed)
        message = f"{found} in {fspath(path)!r}; allowed are {choices}"
        raise OptionError(message)
    return name
