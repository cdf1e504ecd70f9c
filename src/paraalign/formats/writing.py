"""Choose the format of a file by its ending, and write it.

One table says what there is. A format is a function from a report to text or bytes; the ending of
the file's name chooses it, and for tables its stem too (see `paraalign.formats.tables`).

| ending | holds |
|---|---|
| .json | everything, as the contract with other programs says |
| .html | the page a reviser works in |
| .md | the same to read as Markdown |
| .xlsx | the sheets a reviser works in |
| .tsv .csv | a table: links, findings, clauses, sentences or words, by the file's name |
| .tmx | a translation memory, TMX 1.4b |
| .xlf | XLIFF 1.2 |
| .xliff | XLIFF 2.1 |
| .sarif | SARIF 2.1.0, for code review and CI |

>>> format_of("pair.tmx")
'tmx'
>>> format_of("pair.docx")
Traceback (most recent call last):
    ...
paraalign.errors.OptionError: unknown ending '.docx' in 'pair.docx'; allowed are .json, .html, \
.md, .xlsx, .tsv, .csv, .tmx, .xlf, .xliff, .sarif
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import NamedTuple

from paraalign.atomic import write_bytes
from paraalign.errors import OptionError
from paraalign.formats.endings import DOCUMENT_ENDINGS, ENDINGS, format_of
from paraalign.model import Document, Report

__all__ = ["dumps", "dumps_document", "format_of", "write", "write_document"]


class _Writer(NamedTuple):
    """Where a format's function stands; imported when it is used."""

    module: str
    function: str
    has_tables: bool = False


WRITERS: Mapping[str, _Writer] = {
    "json": _Writer("paraalign.formats.json", "dumps"),
    "html": _Writer("paraalign.report.html", "render"),
    "md": _Writer("paraalign.formats.markdown", "dumps"),
    "xlsx": _Writer("paraalign.formats.xlsx", "dumps"),
    "tsv": _Writer("paraalign.formats.tables", "tsv_text", has_tables=True),
    "csv": _Writer("paraalign.formats.tables", "csv_text", has_tables=True),
    "tmx": _Writer("paraalign.formats.tmx", "dumps"),
    "xlf": _Writer("paraalign.formats.xliff12", "dumps"),
    "xliff": _Writer("paraalign.formats.xliff21", "dumps"),
    "sarif": _Writer("paraalign.formats.sarif", "dumps"),
}
DOCUMENT_WRITERS: Mapping[str, _Writer] = {
    "json": _Writer("paraalign.formats.json", "dumps_document"),
    "tsv": _Writer("paraalign.formats.tables", "document_tsv"),
    "csv": _Writer("paraalign.formats.tables", "document_csv"),
}


def write(report: Report, path: str | PathLike[str]) -> None:
    """Write *report* to the file *path*, in the format that its ending chooses.

    The file is replaced in one step; on failure, what stood there stands as it was.

    Raises:
        OptionError: If the ending is unknown or the file can't be written.
    """
    place = Path(path)
    content = dumps(report, format_of(place), table=_table(place))
    write_bytes(place, encoded(content))


def dumps(report: Report, name: str, *, table: str = "links") -> str | bytes:
    """Return *report* in the format *name* ("json", "html", …): text, or bytes for "xlsx".

    Args:
        report: What to write.
        name: An ending of the table above, without its dot.
        table: For "tsv" and "csv": "links", "findings", "clauses", "sentences" or "words".

    Raises:
        OptionError: If there is no such format.
    """
    writer = WRITERS.get(name)
    if writer is None:
        message = f"unknown format {name!r}; allowed are {', '.join(ENDINGS)}"
        raise OptionError(message)
    function: Callable[..., str | bytes] = getattr(import_module(writer.module), writer.function)
    return function(report, table) if writer.has_tables else function(report)


def write_document(document: Document, path: str | PathLike[str]) -> None:
    """Write one segmented *document* to the file *path*: JSON, TSV or CSV, by its ending.

    Raises:
        OptionError: If the ending is unknown or the file can't be written.
    """
    name = format_of(path, allowed=DOCUMENT_ENDINGS)
    write_bytes(Path(path), encoded(dumps_document(document, name)))


def dumps_document(document: Document, name: str) -> str:
    """Return one segmented *document* in the format *name*: "json", "tsv" or "csv".

    Raises:
        OptionError: If there is no such format for a document.
    """
    writer = DOCUMENT_WRITERS.get(name)
    if writer is None:
        message = f"unknown format {name!r}; allowed are {', '.join(DOCUMENT_ENDINGS)}"
        raise OptionError(message)
    function: Callable[[Document], str] = getattr(import_module(writer.module), writer.function)
    return function(document)


def encoded(content: str | bytes) -> bytes:
    r"""Return *content* as bytes, text in UTF-8; half a surrogate pair is spelled out.

    >>> encoded("h\udc80")
    b'h\\udc80'
    """
    return content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content


def _table(path: Path) -> str:
    from paraalign.formats.tables import table_named  # noqa: PLC0415 - only for tables

    return table_named(path.stem)
