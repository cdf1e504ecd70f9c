r"""Write a report as JSON, as the contract with other programs says.

The schema stands beside this module (`report.schema.json`). Offsets count code points of the texts
as given. Bytes depend on the report alone: keys stand in a fixed order, scores have four decimals,
and lists have an item a line, so that two reports can be compared with a line-by-line diff.

>>> print(layout({"links": {"clauses": [{"source": [0]}], "words": []}}))
{
 "links": {
  "clauses": [
   {"source": [0]}
  ],
  "words": []
 }
}
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from paraalign.model import Clause, Document, Finding, Kind, Link, Report, Severity, Span
from paraalign.report.parity import Parity, clause_parity, parity
from paraalign.report.plain import DECIMALS, plain

__all__ = ["document_object", "dumps", "dumps_document", "layout", "report_object"]

SCHEMA = "paraalign.report/1"
OPEN_DEPTH = 3  # containers nested deeper than this stand on one line


def dumps(report: Report) -> str:
    """Return *report* as JSON text, with a line feed at its end."""
    return layout(report_object(report)) + "\n"


def dumps_document(document: Document) -> str:
    """Return one segmented *document* as JSON text, as `source` stands in a report."""
    return layout(document_object(document)) + "\n"


def report_object(report: Report) -> dict[str, Any]:
    """Return *report* as plain lists and dicts, as the contract's schema describes them."""
    return {
        "schema": SCHEMA,
        "unit": "code point",
        "signature": plain(report.signature),
        "summary": _summary(report),
        "findings": [_finding(report, finding) for finding in report.findings],
        "links": {
            "clauses": list(_clause_links(report)),
            "sentences": [_link(link) for link in report.links.sentences],
            "words": list(_word_links(report)),
        },
        "source": document_object(report.source),
        "target": document_object(report.target),
    }


def document_object(document: Document) -> dict[str, Any]:
    """Return *document* as plain lists and dicts; `offset` is where it starts in its file."""
    text = document.text.encode("utf-8", "surrogatepass")
    return {
        "path": document.path,
        "lang": document.lang,
        "offset": document.offset,
        "sha256": hashlib.sha256(text).hexdigest(),
        "text": document.text,
        "clauses": [_clause(clause) for clause in document.clauses],
        "sentences": [
            {"clause": sentence.clause, "start": sentence.span.start, "end": sentence.span.end}
            for sentence in document.sentences
        ],
    }


def layout(value: Any, depth: int = 0) -> str:  # noqa: ANN401 - any JSON value
    """Return *value* as JSON text: an item a line down to a fixed depth, compact below it."""
    if not isinstance(value, dict | list) or not value or depth >= OPEN_DEPTH:
        return json.dumps(value, ensure_ascii=False)
    margin = " " * (depth + 1)
    if isinstance(value, dict):
        items = [f"{json.dumps(key)}: {layout(item, depth + 1)}" for key, item in value.items()]
        return "{\n" + ",\n".join(margin + item for item in items) + f"\n{' ' * depth}}}"
    items = [layout(item, depth + 1) for item in value]
    return "[\n" + ",\n".join(margin + item for item in items) + f"\n{' ' * depth}]"


def _summary(report: Report) -> dict[str, Any]:
    kinds = Counter(finding.kind for finding in report.findings)
    severities = Counter(finding.severity for finding in report.findings)
    return {
        "parallel": bool(report.parallel),
        "similarity": _share(report.similarity),
        "parity": _parity(parity(report)),
        "findings": len(report.findings),
        "kinds": {str(kind): kinds[kind] for kind in Kind},
        "severities": {str(severity): severities[severity] for severity in Severity},
        "gaps": sum(link.is_gap for link in report.links.clauses),
    }


def _finding(report: Report, finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "check": finding.check,
        "kind": str(finding.kind),
        "severity": str(finding.severity),
        "confidence": _share(finding.confidence),
        "clauses": {"source": finding.source_clause, "target": finding.target_clause},
        "source": [_span(report.source, span) for span in finding.source],
        "target": [_span(report.target, span) for span in finding.target],
        "source_at": finding.source_at,
        "target_at": finding.target_at,
        "message": finding.message,
        "evidence": plain(finding.evidence),
    }


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "number": clause.number,
        "label": clause.label,
        "role": str(clause.role),
        "level": clause.level,
        "parent": clause.parent,
        "start": clause.span.start,
        "end": clause.span.end,
    }


def _span(document: Document, span: Span) -> dict[str, Any]:
    return {"start": int(span.start), "end": int(span.end), "text": document.given(span)}


def _link(link: Link) -> dict[str, Any]:
    return {
        "source": [int(index) for index in link.source],
        "target": [int(index) for index in link.target],
        "score": _share(link.score),
    }


def _clause_links(report: Report) -> Iterable[dict[str, Any]]:
    for link, found in zip(report.links.clauses, clause_parity(report), strict=True):
        yield {**_link(link), "parity": _parity(found)}


def _parity(found: Parity) -> float | None:
    """Return the share of content words that is covered, None where there are none."""
    return None if found.share is None else _share(found.share)


def _word_links(report: Report) -> Iterable[dict[str, Any]]:
    for link in report.links.words:
        source, target = report.source.words[link.source], report.target.words[link.target]
        score = _share(link.score)
        yield {"source": list(source.span), "target": list(target.span), "score": score}


def _share(score: float) -> float:
    return round(min(max(float(score), 0.0), 1.0), DECIMALS)
