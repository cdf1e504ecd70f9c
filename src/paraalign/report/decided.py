"""Read the decisions that a reviser wrote into the workbook of a report.

The findings' sheet has a column for the decision, with the three to choose from, and a column with
the ids. A reviser who sends the workbook back has decided as well as one who works in the page.
Headings and decisions are in the language of the report, so they are looked for in all of them.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from paraalign.errors import InputError, MissingExtraError
from paraalign.messages import message_langs, messages_in

__all__ = ["CHOICES", "choices_in", "read_workbook"]

CHOICES: Mapping[str, str] = {  # a decision, and the message that names it
    "accept": "page.accept",
    "reject": "page.reject",
    "intended": "page.intend",
}


def choices_in(lang: str) -> tuple[str, ...]:
    """Return what the decisions are called in the language *lang*, in the order of `CHOICES`.

    >>> choices_in("en")
    ('Accept', 'Reject', 'Intended')
    """
    return tuple(messages_in(lang).say(key) for key in CHOICES.values())


def read_workbook(path: Path) -> dict[str, str]:
    """Return the decisions in the workbook *path*, by id of the finding.

    Raises:
        InputError: If it is no workbook, has no sheet of findings, or holds an unknown decision.
        MissingExtraError: If openpyxl is not installed (extra `xlsx`).
    """
    for rows in _sheets(path):
        columns = {_meant(cell): place for place, cell in enumerate(next(rows, ()))}
        if {"id", "decision"} <= columns.keys():
            return dict(_decided(path, rows, columns["id"], columns["decision"]))
    message = f"{path}: no sheet with the columns id and decision; an exported report is needed"
    raise InputError(message)


def _sheets(path: Path) -> Iterator[Iterator[tuple[Any, ...]]]:
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 - an extra
    except ImportError as error:
        message = "reading XLSX needs openpyxl; pip install 'paraalign[xlsx]'"
        raise MissingExtraError(message) from error
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl lets through whatever its parsers raise
        message = f"{path}: no workbook ({error}); .xlsx or decisions as JSON are needed"
        raise InputError(message) from error
    try:
        yield from (sheet.iter_rows(values_only=True) for sheet in book.worksheets)
    finally:
        book.close()


def _decided(
    path: Path, rows: Iterator[tuple[Any, ...]], name: int, decision: int
) -> Iterator[tuple[str, str]]:
    for row in rows:
        said = str(row[decision] or "").strip()
        choice = _meanings().get(said.casefold())
        if said and choice is None:
            message = f"{path}: decision {said!r}; {', '.join(CHOICES)} are allowed"
            raise InputError(message)
        if choice and row[name]:
            yield str(row[name]), choice


def _meant(cell: object) -> str | None:
    """Return which of the two columns a heading is of, in whatever language."""
    for key in ("id", "decision"):
        if cell in {messages_in(lang).say(f"report.{key}") for lang in message_langs()}:
            return key
    return None


@cache
def _meanings() -> dict[str, str]:
    """Return the decision that each word for one means, in any language."""
    named = {choice: choice for choice in CHOICES}
    for lang in message_langs():
        names = zip(choices_in(lang), CHOICES, strict=True)
        named |= {name.casefold(): choice for name, choice in names}
    return named
