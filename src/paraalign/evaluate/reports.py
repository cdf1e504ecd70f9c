"""Read a report back from its JSON, so that it can be scored, shown or written anew.

The JSON holds the texts as given, their clauses, sentences and links, and the findings. What it
leaves out, the clean reading and the words, is what reading and cutting the same text gives again.
"""

import json
from bisect import bisect_left
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from paraalign.errors import InputError
from paraalign.model import (
    Bitext,
    Clause,
    Document,
    Finding,
    Kind,
    Link,
    Links,
    Report,
    Role,
    Sentence,
    Severity,
    WordLink,
)
from paraalign.read import read_text
from paraalign.segment import cut_words
from paraalign.views import Span, View

__all__ = ["read_report", "report_of"]


def read_report(path: str | Path) -> Report:
    """Return the report in the JSON file *path*.

    Raises:
        InputError: If the file can't be read or holds no report.
    """
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        message = f"{path}: the report can't be read: {(error.strerror or str(error)).lower()}"
        raise InputError(message) from error
    except ValueError as error:
        message = f"{path}: no well-formed JSON: {error}"
        raise InputError(message) from error
    return report_of(data, name=str(path))


def report_of(data: Mapping[str, Any], *, name: str = "report") -> Report:
    """Return the report that the parsed JSON *data* holds; *name* is for messages.

    Raises:
        InputError: If it holds none.

    >>> report_of({})
    Traceback (most recent call last):
        ...
    paraalign.errors.InputError: report: no paraalign.report/1: 'schema' is missing
    """
    try:
        if data["schema"] != "paraalign.report/1":
            message = f"{name}: schema is {data['schema']!r}; paraalign.report/1 is needed"
            raise InputError(message)
        return _report(data)
    except (KeyError, TypeError) as error:
        what = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        message = f"{name}: no paraalign.report/1: {what}"
        raise InputError(message) from error


def _report(data: Mapping[str, Any]) -> Report:
    source, target = _document(data["source"]), _document(data["target"])
    clauses, sentences = (_links(data["links"][level]) for level in ("clauses", "sentences"))
    words = tuple(_word_links(data["links"]["words"], source, target))
    return Report(
        bitext=Bitext(source, target, Links(clauses, sentences, words)),
        findings=tuple(_finding(each) for each in data["findings"]),
        parallel=data["summary"]["parallel"],
        similarity=data["summary"]["similarity"],
        signature=MappingProxyType(dict(data["signature"])),
    )


def _document(data: Mapping[str, Any]) -> Document:
    text, path, lang = data["text"], data["path"], data["lang"]
    view = read_text(text, path=path).view if text.strip() else View.of(text)
    sentences = tuple(Sentence(each["clause"], _span(each)) for each in data["sentences"])
    return Document(
        view=view,
        lang=lang,
        path=path,
        offset=data.get("offset", 0),
        clauses=tuple(_clause(each) for each in data["clauses"]),
        sentences=sentences,
        words=cut_words(view, sentences, lang),
    )


def _clause(data: Mapping[str, Any]) -> Clause:
    return Clause(
        span=_span(data),
        number=data["number"],
        label=data["label"],
        role=Role(data["role"]),
        parent=data["parent"],
        level=data.get("level", 0),
    )


def _span(data: Mapping[str, Any]) -> Span:
    return Span(data["start"], data["end"])


def _links(rows: list[Mapping[str, Any]]) -> tuple[Link, ...]:
    return tuple(Link(tuple(row["source"]), tuple(row["target"]), row["score"]) for row in rows)


def _word_links(
    rows: list[Mapping[str, Any]], source: Document, target: Document
) -> list[WordLink]:
    starts = [[word.span.start for word in document.words] for document in (source, target)]
    return [
        WordLink(
            bisect_left(starts[0], row["source"][0]),
            bisect_left(starts[1], row["target"][0]),
            row["score"],
        )
        for row in rows
    ]


def _finding(data: Mapping[str, Any]) -> Finding:
    return Finding(
        kind=Kind(data["kind"]),
        severity=Severity[data["severity"].upper()],
        confidence=data["confidence"],
        message=data["message"],
        check=data.get("check", ""),
        source_clause=data["clauses"]["source"],
        target_clause=data["clauses"]["target"],
        source=tuple(_span(each) for each in data["source"]),
        target=tuple(_span(each) for each in data["target"]),
        source_at=data.get("source_at"),
        target_at=data.get("target_at"),
        evidence=MappingProxyType(dict(data.get("evidence", {}))),
        id=data["id"],
    )
