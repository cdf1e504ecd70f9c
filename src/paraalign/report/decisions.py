"""Keep what a reviser decided: a finding once rejected stays quiet on the next run.

The page of a report exports decisions as a JSON file, and its workbook has a column for them;
`--decisions` reads either back. A decision
belongs to the id of a finding, and ids depend on the finding's content alone, so it holds when
the text is edited elsewhere.

>>> text = '{"schema": "paraalign.decisions/1", "decisions": {"f1": {"decision": "reject"}}}'
>>> parse(text).is_rejected("f1")
True
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from paraalign.errors import InputError
from paraalign.model import Report
from paraalign.report.decided import CHOICES, read_workbook

__all__ = ["Decisions", "load_decisions", "parse", "without_rejected"]

SCHEMA = "paraalign.decisions/1"
QUIET = ("reject", "intended")


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided, by id of the finding: "accept", "reject" or "intended"."""

    by_id: Mapping[str, str]

    def is_rejected(self, finding_id: str) -> bool:
        """Tell whether the finding *finding_id* is not to be reported again."""
        return self.by_id.get(finding_id) in QUIET


def load_decisions(path: Path) -> Decisions:
    """Return the decisions in the file *path*: exported from the page, or a report's workbook.

    Raises:
        InputError: If it can't be read or holds no decisions.
        MissingExtraError: If it is a workbook and openpyxl is not installed (extra `xlsx`).
    """
    if path.suffix.lower() == ".xlsx":
        return Decisions(read_workbook(path))
    try:
        return parse(path.read_text("utf-8"), name=str(path))
    except OSError as error:
        message = f"{path}: {(error.strerror or str(error)).lower()}; a decisions file is needed"
        raise InputError(message) from error
    except UnicodeDecodeError as error:
        message = f"{path}: not UTF-8 at byte {error.start}; a decisions file is needed"
        raise InputError(message) from error


def parse(text: str, *, name: str = "decisions") -> Decisions:
    """Return the decisions in the JSON *text*; *name* is what messages call it.

    Raises:
        InputError: If it is no JSON, of another schema, or holds an unknown decision.
    """
    try:
        data = json.loads(text)
    except ValueError as error:
        message = f"{name}: not JSON ({error}); export decisions from the HTML report"
        raise InputError(message) from error
    entries = data.get("decisions") if isinstance(data, dict) else None
    if not isinstance(entries, dict) or data.get("schema") != SCHEMA:
        message = f"{name}: no decisions; a JSON object with schema {SCHEMA!r} is needed"
        raise InputError(message)
    return Decisions({key: _choice(entry, key, name) for key, entry in entries.items()})


def without_rejected(report: Report, decisions: Decisions) -> Report:
    """Return *report* without the findings that *decisions* reject; its signature counts them."""
    kept = tuple(f for f in report.findings if not decisions.is_rejected(f.id))
    rejected = len(report.findings) - len(kept)
    signature = {**report.signature, "decisions": {"rejected": rejected}}
    return replace(report, findings=kept, signature=signature)


def _choice(entry: object, key: str, name: str) -> str:
    choice = entry.get("decision") if isinstance(entry, dict) else None
    if choice not in CHOICES:
        message = f"{name}: finding {key!r} has decision {choice!r}; {', '.join(CHOICES)} allowed"
        raise InputError(message)
    return str(choice)
