"""Write the findings of a report as SARIF 2.1.0, for code review and CI tools.

Each finding points into the source file, and into the target file as a related place; where it
stands on the target side only, into the target file first. Columns count code points from 1.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from paraalign.messages import messages_in
from paraalign.model import Document, Finding, Kind, Report, Severity, Span
from paraalign.report.facing import in_reading_order
from paraalign.report.legal import legal
from paraalign.report.marking import side_of

__all__ = ["dumps"]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.MINOR: "note", Severity.MAJOR: "warning", Severity.CRITICAL: "error"}


def dumps(report: Report) -> str:
    """Return the findings of *report* as SARIF 2.1.0."""
    messages = messages_in(report.message_lang)
    places = _Places(report.source, "source"), _Places(report.target, "target")
    results = [_result(finding, places) for finding in in_reading_order(report)]
    driver = {
        "name": "paraalign",
        "version": str(report.signature.get("paraalign", "0")),
        "rules": [
            {"id": str(kind), "shortDescription": {"text": messages.say(f"kind.{kind}")}}
            for kind in Kind
        ],
    }
    run = {
        "tool": {"driver": driver},
        "language": messages.lang,
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


class _Places:
    """Turns spans of one document into places of a file."""

    def __init__(self, document: Document, side: str) -> None:
        self.uri = quote(legal(document.path or side), safe="/:")
        self.side = side
        self.offset = document.offset
        text = document.text
        self.starts = [0, *(place + 1 for place, char in enumerate(text) if char == "\n")]

    def of(self, finding: Finding) -> Iterator[dict[str, Any]]:
        """Yield the places of *finding*, in order."""
        spans, _ = side_of(finding, self.side)
        for span in spans:
            yield {
                "physicalLocation": {
                    "artifactLocation": {"uri": self.uri},
                    "region": self._region(span),
                }
            }

    def _region(self, span: Span) -> dict[str, int]:
        """Return the region of *span*; where lines before the text are unknown, by characters."""
        if self.offset:
            return {"charOffset": self.offset + span.start, "charLength": span.end - span.start}
        line, column = self._point(span.start)
        end_line, end_column = self._point(span.end)
        return {
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
        }

    def _point(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


def _result(finding: Finding, places: Iterable[_Places]) -> dict[str, Any]:
    source, target = (list(place.of(finding)) for place in places)
    first, second = (source, target) if finding.source or not target else (target, source)
    related = [{"id": number, **place} for number, place in enumerate(second, start=1)]
    return {
        "ruleId": str(finding.kind),
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": first[:1],
        "relatedLocations": [*({"id": 0, **place} for place in first[1:]), *related],
        "partialFingerprints": {"finding/v1": finding.id},
        "rank": round(finding.confidence * 100, 2),
    }
