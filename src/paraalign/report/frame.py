"""Give a report as pandas tables: findings, links, clauses.

In a notebook one sorts, counts and joins. Each table has the columns of the TSV of the same name,
numbers as numbers, so that what is learnt of one serves for the other.

>>> from paraalign.model import Bitext, Document, Links, Report
>>> from paraalign.views import View
>>> french, vietnamese = (Document(view=View.of(""), lang=lang) for lang in ("fr", "vi"))
>>> bitext = Bitext(french, vietnamese, Links())
>>> report = Report(bitext=bitext, findings=(), parallel=True, similarity=1.0, signature={})
>>> list(findings(report).columns)[:4]
['id', 'kind', 'severity', 'confidence']
"""

from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING

from paraalign.errors import MissingExtraError, OptionError
from paraalign.model import Report
from paraalign.report.pairs import clause_pairs
from paraalign.report.rows import document_rows, rows_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["clauses", "findings", "frame", "links", "parity"]

NUMBERS = ("confidence", "score", "source_start", "source_end", "target_start", "target_end")
PLACES = ("index", "level", "parent", "start", "end")
PARITY = (
    "source_words",
    "target_words",
    "source_covered",
    "target_covered",
    "share",
    "open",
    "findings",
)
TABLES = ("findings", "links", "clauses", "sentences", "words", "parity")


def frame(report: Report, table: str = "findings") -> "pd.DataFrame":
    """Return the *table* of *report*: findings, clauses, parity, or links at some level.

    Raises:
        MissingExtraError: If pandas is not installed.
        OptionError: If there is no such table.
    """
    if table not in TABLES:
        message = f"unknown table {table!r}; allowed are {', '.join(TABLES)}"
        raise OptionError(message)
    tables = {"findings": findings, "clauses": clauses, "parity": parity}
    return tables[table](report) if table in tables else links(report, level=table)


def findings(report: Report) -> "pd.DataFrame":
    """Return the findings of *report*, in reading order.

    Raises:
        MissingExtraError: If pandas is not installed.
    """
    return _frame(rows_of(report, "findings"), NUMBERS)


def links(report: Report, *, level: str = "links") -> "pd.DataFrame":
    """Return the links of *report*.

    Args:
        report: Where they stand.
        level: "clauses", "sentences", "words", or "links" (default): clauses, and sentences
            inside them.

    Raises:
        MissingExtraError: If pandas is not installed.
    """
    return _frame(rows_of(report, level), NUMBERS)


def clauses(report: Report) -> "pd.DataFrame":
    """Return the clauses of both texts of *report*, the source first; `side` says which.

    Raises:
        MissingExtraError: If pandas is not installed.
    """
    sides = {"source": report.source, "target": report.target}
    tables = {side: _frame(document_rows(doc), PLACES) for side, doc in sides.items()}
    table: pd.DataFrame = _pandas().concat(tables, names=["side", None])
    return table.reset_index(level="side")


def parity(report: Report) -> "pd.DataFrame":
    """Return how far each clause of *report* and its counterpart cover each other.

    Those with the most open words, which need attention most, come first.

    Raises:
        MissingExtraError: If pandas is not installed.
    """
    rows = [
        (pair.label, *pair.parity, pair.parity.share, pair.parity.open, len(pair.findings))
        for pair in sorted(clause_pairs(report), key=lambda pair: -pair.parity.open)
    ]
    table: pd.DataFrame = _pandas().DataFrame(rows, columns=["clause", *PARITY])
    return table


def _frame(rows: Iterator[tuple[str, ...]], numbers: tuple[str, ...]) -> "pd.DataFrame":
    pandas = _pandas()
    header = next(rows)
    table: pd.DataFrame = pandas.DataFrame(list(rows), columns=list(header))
    for name in table.columns.intersection(list(numbers)):
        table[name] = pandas.to_numeric(table[name], errors="coerce")
    return table


def _pandas() -> ModuleType:
    try:
        import pandas as pd  # noqa: PLC0415 - an extra
    except ImportError as error:
        message = "tables need pandas; pip install 'paraalign[frame]'"
        raise MissingExtraError(message) from error
    return pd
