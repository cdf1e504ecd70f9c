"""Read tables of two columns: TSV, CSV and XLSX, row by row.

A first row that names the columns, by "source" and "target" or by language codes, is a header and
chooses them; without one, the first two columns are meant. A column "id" names the rows.

>>> columns(["id", "FR", "vi"])
Columns(id=0, source=1, target=2, langs=('fr', 'vi'))
>>> columns(["Bonjour", "Xin chào"]) is None
True
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from paraalign.errors import MissingExtraError
from paraalign.formats.bilingual.pair import Langs, Pair, PairFile, broken, primary
from paraalign.langs import is_known

__all__ = ["Columns", "columns", "open_sheet", "open_table"]

NAMES = {"source": "source", "source_text": "source", "target": "target", "target_text": "target"}
TWO = 2
Rows: TypeAlias = Callable[[str], Iterator[list[str]]]


class Columns(NamedTuple):
    """Which columns of a table hold what, and in which languages."""

    id: int | None
    source: int
    target: int
    langs: Langs


PLAIN = Columns(None, 0, 1, (None, None))


def columns(header: Sequence[str]) -> Columns | None:
    """Return what the *header* of a table names, or None where it is no header."""
    names = [cell.strip().lower() for cell in header]
    named = {NAMES[name]: place for place, name in enumerate(names) if name in NAMES}
    found = names.index("id") if "id" in names else None
    if len(named) == TWO:
        return Columns(found, named["source"], named["target"], (None, None))
    codes = [(n, primary(name)) for n, name in enumerate(names) if is_known(primary(name) or "")]
    if len(codes) > TWO:  # "id" is a language too, Indonesian
        codes = [(place, code) for place, code in codes if place != found]
    if len(codes) != TWO:
        return None
    (first, source), (second, target) = codes
    return Columns(found if found not in (first, second) else None, first, second, (source, target))


def open_table(path: str, langs: Langs) -> PairFile:
    """Return the rows of the TSV or CSV file *path*.

    Raises:
        InputError: If it can't be read, is not UTF-8, or has one column.
    """
    return _opened(path, langs, _text_rows)


def open_sheet(path: str, langs: Langs) -> PairFile:
    """Return the rows of the first sheet of the workbook *path*.

    Raises:
        InputError: If it can't be read or has one column.
        MissingExtraError: If openpyxl is not installed (extra `xlsx`).
    """
    return _opened(path, langs, _sheet_rows)


def _opened(path: str, langs: Langs, rows: Rows) -> PairFile:
    first = next(rows(path), [])
    if len(first) < TWO:
        raise broken(path, "one column; two are needed, source and target")
    named = columns(first)
    chosen = named or PLAIN
    found = langs[0] or chosen.langs[0], langs[1] or chosen.langs[1]
    return PairFile(path, found, lambda: _pairs(rows(path), chosen, has_header=named is not None))


def _pairs(rows: Iterator[list[str]], chosen: Columns, *, has_header: bool) -> Iterator[Pair]:
    for number, row in enumerate(rows, start=1):
        if number == 1 and has_header:
            continue
        cells = [*row, *[""] * (max(chosen.source, chosen.target, chosen.id or 0) + 1 - len(row))]
        name = cells[chosen.id] if chosen.id is not None else ""
        yield Pair(name or f"row {number}", cells[chosen.source], cells[chosen.target])


def _text_rows(path: str) -> Iterator[list[str]]:
    is_tab = path.lower().endswith(".tsv")
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:  # noqa: PTH123 - by rows
            if is_tab:
                yield from (line.rstrip("\r\n").split("\t") for line in file)
            else:
                yield from csv.reader(file)
    except OSError as error:
        raise broken(path, (error.strerror or str(error)).lower()) from error
    except UnicodeDecodeError as error:
        raise broken(path, f"not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except csv.Error as error:
        raise broken(path, f"no CSV ({error})") from error


def _sheet_rows(path: str) -> Iterator[list[str]]:
    try:
        import openpyxl  # noqa: PLC0415 - an extra
    except ImportError as error:
        message = "reading XLSX needs openpyxl; pip install 'paraalign[xlsx]'"
        raise MissingExtraError(message) from error
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except OSError as error:
        raise broken(path, (error.strerror or str(error)).lower()) from error
    except Exception as error:
        raise broken(path, f"no XLSX workbook ({error})") from error
    try:
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield ["" if cell is None else str(cell) for cell in row]
    finally:
        book.close()
