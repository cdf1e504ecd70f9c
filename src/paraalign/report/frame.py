"""Give a report as tables of pandas or polars: findings, links, clauses, parity.

In a notebook one sorts, counts and joins. Each table has the columns of the TSV of the same name,
numbers as numbers, so that what is learnt of one serves for the other. Columns are made once, as
plain lists; which library holds them is the caller's choice.

>>> from paraalign.model import Bitext, Document, Links, Report
>>> from paraalign.views import View
>>> french, vietnamese = (Document(view=View.of(""), lang=lang) for lang in ("fr", "vi"))
>>> bitext = Bitext(french, vietnamese, Links())
>>> report = Report(bitext=bitext, findings=(), parallel=True, similarity=1.0, signature={})
>>> list(frame(report).columns)[:4]
['id', 'kind', 'severity', 'confidence']
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any, TypeAlias

from paraalign.errors import MissingExtraError, OptionError
from paraalign.model import Report
from paraalign.report.pairs import clause_pairs
from paraalign.report.rows import document_rows, rows_of

__all__ = ["LIBRARIES", "TABLES", "frame"]

LIBRARIES = ("pandas", "polars")
TABLES = ("findings", "links", "clauses", "sentences", "words", "parity")
NUMBERS = {
    *("confidence", "score", "source_start", "source_end", "target_start", "target_end"),
    *("index", "level", "parent", "start", "end"),
}
PARITY = (
    "clause",
    "source_words",
    "target_words",
    "source_covered",
    "target_covered",
    "share",
    "open",
    "findings",
)

Columns: TypeAlias = dict[str, list[Any]]


def frame(report: Report, table: str = "findings", *, library: str = "pandas") -> Any:  # noqa: ANN401 - of either library
    """Return the *table* of *report*: findings, clauses, parity, or links at some level.

    Raises:
        MissingExtraError: If the *library*, "pandas" or "polars", is not installed.
        OptionError: If there is no such table or library.
    """
    _allow("table", table, TABLES)
    _allow("library", library, LIBRARIES)
    try:
        made = import_module(library)
    except ImportError as error:
        extra = "'paraalign[frame]'" if library == "pandas" else library
        message = f"tables need {library}; pip install {extra}"
        raise MissingExtraError(message) from error
    columns: Mapping[str, Callable[[Report], Columns]] = {"clauses": _clauses, "parity": _parity}
    return made.DataFrame(columns[table](report) if table in columns else _read(report, table))


def _allow(what: str, name: str, allowed: Iterable[str]) -> None:
    if name not in allowed:
        message = f"unknown {what} {name!r}; allowed are {', '.join(allowed)}"
        raise OptionError(message)


def _read(report: Report, table: str) -> Columns:
    return _columns(rows_of(report, table))


def _clauses(report: Report) -> Columns:
    """Return the clauses of both texts, the source first; `side` says which."""
    sides = [_columns(document_rows(document)) for document in (report.source, report.target)]
    first, second = (len(side["index"]) for side in sides)
    named: Columns = {"side": ["source"] * first + ["target"] * second}
    return named | {name: sides[0][name] + sides[1][name] for name in sides[0]}


def _parity(report: Report) -> Columns:
    """Return how far each clause and its counterpart cover each other, the neediest first."""
    rows = [
        (pair.label, *pair.parity, pair.parity.share, pair.parity.open, len(pair.findings))
        for pair in sorted(clause_pairs(report), key=lambda pair: -pair.parity.need)
    ]
    return {name: [row[place] for row in rows] for place, name in enumerate(PARITY)}


def _columns(rows: Iterator[tuple[str, ...]]) -> Columns:
    """Return *rows*, the first of which names the columns, as columns."""
    header, cells = next(rows), list(rows)
    columns: Columns = {name: [row[place] for row in cells] for place, name in enumerate(header)}
    for name in NUMBERS.intersection(columns):
        if name != "level" or "index" in columns:  # that of a link is a word
            columns[name] = [_number(cell) for cell in columns[name]]
    return columns


def _number(cell: str) -> float | None:
    """Return the number that a *cell* holds, whole where it is; None where it is empty."""
    if not cell:
        return None
    return int(cell) if cell.isdecimal() else float(cell)
