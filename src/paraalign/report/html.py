"""Show a report as one page: both texts face to face, and what a reviser should look at.

The page is one file that needs nothing else and asks the network for nothing. Rows, marks and the
list of findings are written here, so that it reads without a script too; the script adds filters,
the keyboard, decisions and the word under the pointer.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from paraalign.messages import messages_in
from paraalign.model import Document, Finding, Kind, Report, Severity, Span
from paraalign.report.facing import Row, facing, in_reading_order, label_of, text_of
from paraalign.report.kinds import LETTERS, kind_counts
from paraalign.report.marking import ONE_SIDED, marks_by_span, side_of
from paraalign.report.overview import by_kind, first
from paraalign.report.parity import Parity, clause_parity
from paraalign.report.plain import plain, shown
from paraalign.report.stretches import Mark, cut
from paraalign.report.templates import asset, template
from paraalign.report.verdict import counts, sizes, verdict, word_counts
from paraalign.report.wordmap import word_map

__all__ = ["render"]

FAINT = 0.35  # confidence below which a mark is paler
SHORT = 36  # characters of a quote in the head
BRIEF = 26  # likewise where there are many
LISTED = 100  # findings, and rows, that stand in the page from the start; the others wait as text
CHUNK = 50  # rows that are fetched at once
NAMED = 60  # clauses that the head names one by one; of more it draws a map and names the neediest
NEEDIEST = 12
COLUMNS = 400  # of the map, at most
SAID = (  # by the script
    "comment_on",
    "decided",
    "decision_on",
    "decisions_read",
    "is_accepted",
    "is_intended",
    "is_open",
    "is_rejected",
    "meanings",
    "no_counterpart",
    "no_decisions",
    "not_kept",
    "some_of",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of shown text with the findings on it, ready for the template.

    Attributes:
        text: The stretch; "" for a point where something is missing.
        kinds: Class names, the gravest finding first.
        numbers: Of its findings, as the page numbers them.
        badges: What is printed before it, of each finding that starts here: its number, letter and
            number, kind, and what that is called.
    """

    text: str
    kinds: str = ""
    numbers: str = ""
    badges: tuple[tuple[int, str, Kind, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A sentence as shown; *index* counts the sentences of its side."""

    index: int
    pieces: tuple[Piece, ...]


def render(report: Report) -> str:
    """Return *report* as a self-contained HTML page."""
    return template("page.html.j2").render(_Page(report).content())


class _Page:
    """All that the template needs of one report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.messages = messages_in(report.message_lang)
        self.findings = in_reading_order(report)
        linked = zip(facing(report), clause_parity(report), strict=True)
        self.rows = [(row, parity) for row, parity in linked if not row.is_section]
        self.shown = {
            "source": [span for row, _ in self.rows for line in row.lines for span in line.source],
            "target": [span for row, _ in self.rows for line in row.lines for span in line.target],
        }
        self.index = {
            side: {s: i for i, s in enumerate(spans)} for side, spans in self.shown.items()
        }
        self.words = {side: word_counts(self._side(side)) for side in self.shown}
        self.marks = {side: self._marks(side) for side in self.shown}
        self.begun: set[tuple[str, int]] = set()

    def content(self) -> dict[str, Any]:
        """Return the names that the template uses."""
        report = self.report
        rows = [self._row(number, *row) for number, row in enumerate(self.rows, start=1)]
        return {
            "report": report,
            "ui": report.message_lang,
            "say": self.messages.say,
            "verdict": verdict(report),
            "first": [self._phrase(number, SHORT) for number in first(self.findings)],
            "counts": counts(self.findings, self.messages),
            "documents": [self._document(side) for side in ("source", "target")],
            "rows": rows[:LISTED],
            "chunks": [rows[at : at + CHUNK] for at in range(LISTED, len(rows), CHUNK)],
            "clauses": self._clauses(rows),
            "is_long": len(rows) > NAMED,
            "columns": _columns(rows) if len(rows) > NAMED else [],
            "row_count": len(rows),
            "gap_count": sum(row["is_gap"] for row in rows),
            "findings": [self._finding(n, f) for n, f in enumerate(self.findings, start=1)],
            "listed": LISTED,
            "kinds": [(*each, self._kind(each[0])) for each in kind_counts(self.findings)],
            "severities": [(str(each), self._severity(each)) for each in reversed(Severity)],
            "signature": [(key, shown(plain(value))) for key, value in report.signature.items()],
            "data": self._data(),
            "words": word_map(report, self.index),
            "style": asset("page.css"),
            "script": asset("page.js"),
        }

    def _side(self, side: str) -> Document:
        return self.report.source if side == "source" else self.report.target

    def _marks(self, side: str) -> dict[Span, list[Mark]]:
        shown = sorted(self.shown[side])
        return dict(marks_by_span(self._side(side), shown, self.findings, side=side))

    def _document(self, side: str) -> dict[str, str]:
        document = self._side(side)
        return {
            "side": side,
            "name": document.path or self.messages.say(f"report.{side}-text"),
            "lang": document.lang,
            "sizes": sizes(document, self.messages),
        }

    def _kind(self, kind: Kind) -> str:
        return self.messages.say(f"kind.{kind}")

    def _severity(self, severity: Severity) -> str:
        return self.messages.say(f"severity.{severity}")

    def _name(self, side: str, clauses: Iterable[int]) -> str:
        """Return how a person names the *clauses* of *side*; "" where there are none."""
        return self.messages.clause(label_of(self._side(side), clauses))

    def _row(self, number: int, row: Row, parity: Parity) -> dict[str, Any]:
        return {
            "number": number,
            "source": self._name("source", row.source),
            "target": self._name("target", row.target),
            "is_gap": row.is_gap,
            "score": row.link.score,
            "weight": max((int(self.findings[i - 1].severity) for i in row.findings), default=0),
            "findings": row.findings,
            "need": parity.need,
            "parity": "" if parity.share is None else self.messages.share(parity.share),
            "words": " | ".join(str(count) for count in self._word_counts(row)),
            "sentences": f"{_sentences(row, 'source')} | {_sentences(row, 'target')}",
            "lines": [self._line(line.source, line.target) for line in row.lines],
        }

    def _word_counts(self, row: Row) -> Iterator[int]:
        for side, clauses in (("source", row.source), ("target", row.target)):
            yield sum(self.words[side].get(clause, 0) for clause in clauses)

    def _line(self, source: Sequence[Span], target: Sequence[Span]) -> dict[str, list[Cell]]:
        return {
            "source": [self._cell("source", span) for span in source],
            "target": [self._cell("target", span) for span in target],
        }

    def _cell(self, side: str, span: Span) -> Cell:
        text = self._side(side).read(span)
        stretches = cut(text, self.marks[side].get(span, ()))
        pieces = tuple(self._piece(side, part.text, part.marks) for part in stretches)
        return Cell(self.index[side][span], pieces)

    def _piece(self, side: str, text: str, numbers: tuple[int, ...]) -> Piece:
        if not numbers:
            return Piece(text)
        found = sorted(numbers, key=lambda number: (-self.findings[number - 1].severity, number))
        kinds: dict[str, None] = dict.fromkeys(
            f"k-{self.findings[number - 1].kind}" for number in found
        )
        if max(self.findings[number - 1].confidence for number in found) < FAINT:
            kinds["faint"] = None
        badges = tuple(self._badges(side, numbers))
        return Piece(text, " ".join(kinds), " ".join(map(str, found)), badges)

    def _badges(self, side: str, numbers: tuple[int, ...]) -> Iterator[tuple[int, str, Kind, str]]:
        for number in numbers:
            if (side, number) not in self.begun:
                self.begun.add((side, number))
                finding = self.findings[number - 1]
                badge = f"{LETTERS[finding.kind]}{number}"
                yield number, badge, finding.kind, self._kind(finding.kind)

    def _clauses(self, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the *rows* to name in the head: all, or the neediest, in text order."""
        if len(rows) > NAMED:
            found = sorted(rows, key=lambda row: -row["need"])[:NEEDIEST]
            rows = sorted((row for row in found if row["need"]), key=lambda row: row["number"])
        most = max((row["need"] for row in rows), default=0) or 1
        return [
            {
                **row,
                "share": row["need"] / most,
                "phrases": [
                    self._phrase(n, BRIEF) for n in by_kind(row["findings"], self.findings)
                ],
            }
            for row in rows
        ]

    def _phrase(self, number: int, size: int) -> dict[str, Any]:
        """Return what the head says of finding *number*: a badge, and the words in question."""
        finding = self.findings[number - 1]
        source, target = self._quotes(finding)
        side = "source" if source else "target"
        return {
            "number": number,
            "kind": finding.kind,
            "letter": LETTERS[finding.kind],
            "label": self._label(finding),
            "text": _shortened(source or target, size),
            "other": _shortened(target, size) if source else "",
            "lang": self._side(side).lang,
            "is_alone": bool(source) != bool(target) and finding.kind not in ONE_SIDED,
            "message": finding.message,
        }

    def _finding(self, number: int, finding: Finding) -> dict[str, Any]:
        source, target = self._quotes(finding)
        return {
            "number": number,
            "finding": finding,
            "letter": LETTERS[finding.kind],
            "kind": self._kind(finding.kind),
            "severity": self._severity(finding.severity),
            "share": self.messages.share(finding.confidence),
            "label": self._label(finding),
            "is_one_sided": finding.kind in ONE_SIDED,
            "source": source,
            "target": target,
            "message": finding.message,
            "evidence": [(k, shown(plain(v))) for k, v in finding.evidence.items()],
        }

    def _quotes(self, finding: Finding) -> tuple[str, str]:
        source, target = (
            text_of(self._side(side), side_of(finding, side)[0], joint=" … ")
            for side in ("source", "target")
        )
        return source, target

    def _label(self, finding: Finding) -> str:
        sides = (("source", finding.source_clause), ("target", finding.target_clause))
        labels = [self._name(side, [index]) for side, index in sides if index is not None]
        return labels[0] if labels else self.messages.say("report.whole-text")

    def _data(self) -> dict[str, Any]:
        key = "|".join(document.path or "" for document in (self.report.source, self.report.target))
        facts = [
            [f.id, f.kind, str(f.severity), int(f.severity), round(f.confidence, 4), self._label(f)]
            for f in self.findings
        ]
        rows = {n: place for place, (row, _) in enumerate(self.rows, 1) for n in row.findings}
        for number, fact in enumerate(facts, start=1):
            fact.append(rows.get(number, 0))
        texts = {name.replace("-", "_"): say for name, say in self.messages.table("page").items()}
        texts |= {"no_counterpart": self.messages.say("report.no-counterpart")}
        return {
            "key": key,
            "findings": facts,
            "listed": LISTED,
            "chunk": CHUNK,
            "texts": {name: texts[name] for name in SAID},
        }


def _columns(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the columns of the map: a row each, or as many neighbours as one must stand for."""
    size = -(-len(rows) // COLUMNS)
    parts = [rows[at : at + size] for at in range(0, len(rows), size)]
    return [
        {
            "weight": max(row["weight"] for row in part),
            "source": any(row["source"] for row in part),
            "target": any(row["target"] for row in part),
            "lacks_source": any(not row["source"] for row in part),
            "lacks_target": any(not row["target"] for row in part),
        }
        for part in parts
    ]


def _shortened(text: str, size: int) -> str:
    return text if len(text) <= size else text[: size - 1].rstrip(" …") + " …"


def _sentences(row: Row, side: str) -> int:
    return sum(len(line.source if side == "source" else line.target) for line in row.lines)
