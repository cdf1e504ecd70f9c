r"""The lexicon's sources: tables of words and renderings that people write and mend.

`fr-vi.tsv` and `additions.tsv` give a lemma, its part of speech and its renderings, most usual
first; `senses.tsv` gives further renderings, which stand after those; `terms.tsv` and
`more-terms.tsv` give a term, its domain and its renderings;
`function-words.tsv` gives the grammatical words of both languages and what they stand for. A
rendering "-" says that the other language normally has nothing. `confirmed.tsv` names the pairs
that learning proposed and a reader let pass.

>>> read_row("eau\tn\tnước; nước uống", "words").renderings
('nước', 'nước uống')
"""

from pathlib import Path
from typing import NamedTuple

from paraalign.errors import InputError
from paraalign.lexicon.folding import fold

__all__ = [
    "FunctionWord",
    "Row",
    "read_confirmed",
    "read_function_words",
    "read_row",
    "read_rows",
    "read_sources",
]


class Row(NamedTuple):
    """One line of a source: a word or term, its part of speech, its domain, its renderings.

    *further* says that the renderings stand after those that the word has already.
    """

    text: str
    pos: str
    domain: str
    renderings: tuple[str, ...]
    further: bool = False


class FunctionWord(NamedTuple):
    """A grammatical word: its language, its class and what stands for it in the other language."""

    lang: str
    text: str
    kind: str
    renderings: tuple[str, ...]


def read_confirmed(path: Path) -> frozenset[tuple[str, str]] | None:
    """Return the keys of the learned pairs that a reader confirmed, or None without a table."""
    if not path.exists():
        return None
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return frozenset((fold(left, "fr"), fold(right, "vi")) for left, right in rows)


def read_function_words(path: Path) -> list[FunctionWord]:
    """Return the function words of the table at *path*; "-" among renderings says: nothing."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    rows = [line.split("\t") for line in lines]
    return [
        FunctionWord(lang, text, kind, tuple(part.strip() for part in rest.split(";")))
        for lang, text, kind, rest in (row for row in rows if not row[0].startswith("#"))
    ]


def read_row(line: str, kind: str) -> Row:
    r"""Return the row that *line* of a source of the *kind* "words", "senses" or "terms" gives.

    Raises:
        InputError: If the line has not three columns.

    >>> read_row("Conseil d'État\tlaw\tTham chính viện", "terms").domain
    'law'
    """
    cells = [cell.strip() for cell in line.rstrip("\n").split("\t")]
    if len(cells) != 3 or not cells[0]:  # noqa: PLR2004
        message = f"line {line!r} has {len(cells)} columns; allowed is word, class, renderings"
        raise InputError(message)
    text, label, rest = cells
    pos, domain = ("term", label) if kind == "terms" else (label, "general")
    renderings = tuple(part.strip() for part in rest.split(";") if part.strip() not in {"", "-"})
    return Row(text, pos, domain, renderings, further=kind == "senses")


def read_rows(path: Path, kind: str) -> list[Row]:
    """Return the rows of the source at *path*; empty lines and lines with # are left out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [read_row(line, kind) for line in lines if line.strip() and not line.startswith("#")]


def read_sources(folder: Path) -> list[Row]:
    """Return the rows of all sources in *folder*, in the order of their weight.

    Raises:
        InputError: If the folder has none of them.
    """
    kinds = {
        "fr-vi.tsv": "words",
        "additions.tsv": "words",
        "senses.tsv": "senses",
        "terms.tsv": "terms",
        "more-terms.tsv": "terms",
    }
    found = {name: kind for name, kind in kinds.items() if (folder / name).exists()}
    if not found:
        message = f"{folder}: found no table of words; allowed: {', '.join(kinds)}"
        raise InputError(message)
    return [row for name, kind in found.items() for row in read_rows(folder / name, kind)]
