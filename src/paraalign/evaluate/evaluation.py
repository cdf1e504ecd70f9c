"""Score a report against what people found, so that anyone can measure on texts of their own.

>>> from paraalign import Options, check, corpora
>>> report = check(*corpora.declaration(), options=Options(encoder="none"))
>>> evaluation = evaluate(report, corpora.gold("divergences"), corpora.gold("clauses"))
>>> evaluation.links[0].sure
16
>>> evaluation.findings[0].precision > 0.5
True
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from paraalign.errors import MissingExtraError, OptionError
from paraalign.evaluate.divergences import (
    FindingFigures,
    WordFigures,
    place,
    score_findings,
    score_words,
)
from paraalign.evaluate.gold import read_gold
from paraalign.evaluate.links import LinkFigures, score_unit_links, score_word_links
from paraalign.evaluate.reports import read_report, report_of
from paraalign.model import Kind, Report

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["MEANING", "Evaluation", "evaluate"]

GoldFile: TypeAlias = str | Path | Sequence[Any] | Mapping[str, Any]

MEANING = frozenset(
    {
        Kind.OMISSION,
        Kind.ADDITION,
        Kind.MISTRANSLATION,
        Kind.ENTITY,
        Kind.NUMBER,
        Kind.UNTRANSLATED,
    }
)
TABLES = {
    "words": (
        "lang",
        "words",
        "marked",
        "average_precision",
        "best_f1",
        "area_under_curve",
        "precision",
        "recall",
        "f1",
        "baseline_precision",
        "baseline_f1",
    ),
    "findings": (
        "group",
        "records",
        "recall",
        "partial_recall",
        "named",
        "findings",
        "precision",
        "partial_precision",
    ),
    "links": ("level", "sure", "given", "precision", "recall", "error_rate", "false_gaps"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """How a report meets the gold.

    Attributes:
        words: Of source and target, where the gold holds divergences.
        findings: All, by kind, by severity.
        links: Of units and words, as far as the gold has them.
        unplaced: Records of the gold that quote what neither text holds; they are left out.
    """

    words: tuple[WordFigures, ...] = ()
    findings: tuple[FindingFigures, ...] = ()
    links: tuple[LinkFigures, ...] = ()
    unplaced: int = 0

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return the rows of the *table* "words", "findings" or "links", by the names of columns.

        Raises:
            OptionError: If there is no such table.
        """
        if table not in TABLES:
            message = f"unknown table {table!r}; allowed are {', '.join(TABLES)}"
            raise OptionError(message)
        return [
            {name: getattr(each, name) for name in TABLES[table]} for each in getattr(self, table)
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return all figures as plain lists and dicts, shares with four decimals."""
        tables = {name: [_rounded(row) for row in self.rows(name)] for name in TABLES}
        return {**tables, "unplaced": self.unplaced}

    def to_frame(self, table: str = "findings") -> "DataFrame":
        """Return the *table* "words", "findings" or "links" for pandas.

        Raises:
            MissingExtraError: If pandas is not installed (extra `frame`).
            OptionError: If there is no such table.
        """
        rows = self.rows(table)
        try:
            import pandas as pd  # noqa: PLC0415 - an extra
        except ImportError as error:
            message = "tables need pandas; pip install 'paraalign[frame]'"
            raise MissingExtraError(message) from error
        return pd.DataFrame(rows, columns=list(TABLES[table]))

    def lines(self) -> Iterator[str]:
        """Yield the figures as lines of text, a table after the other."""
        for name, columns in TABLES.items():
            rows = [[_shown(row[column]) for column in columns] for row in self.rows(name)]
            if rows:
                heads = [column.replace("_", " ") for column in columns]
                yield from _aligned([heads, *rows])
                yield ""
        yield from [f"records without a place: {self.unplaced}"] if self.unplaced else []

    def _repr_html_(self) -> str:
        """Show the tables in a notebook's cell."""
        return "".join(_table(name, self.rows(name)) for name in TABLES if getattr(self, name))


def evaluate(
    report: Report | Mapping[str, Any] | str | Path,
    *golds: GoldFile,
    kinds: Collection[Kind] = MEANING,
    min_confidence: float = 0.0,
    doubts: tuple[Sequence[float], Sequence[float]] | None = None,
) -> Evaluation:
    """Score *report* against *golds*: divergences, links of units, links of words.

    Args:
        report: A report, its JSON file, or that parsed.
        golds: Files, or what is parsed of them; `docs/evaluate.md` tells the formats.
        kinds: Kinds of divergence whose words count as marked, and whose findings flag words; words
            of other records are left out. Default: those that change what is said.
        min_confidence: Findings below it are left out, 0 to 1.
        doubts: How much each word of source and target is doubted, to rank them by; without it
            words are ranked by the surest finding on them, then by how weakly they are linked.

    Raises:
        InputError: If report or gold can't be read, or do not belong together.
    """
    scored = _least(_loaded(report), min_confidence)
    langs = scored.source.lang, scored.target.lang
    result = Evaluation()
    for gold in golds:
        read = read_gold(gold, langs)
        if read.records is not None:
            records, unplaced = place(read, (scored.source, scored.target))
            words = tuple(
                score_words(scored, records, side, kinds=kinds, doubts=doubts and doubts[side])
                for side in (0, 1)
            )
            findings = score_findings(scored, records)
            result = replace(result, words=words, findings=findings, unplaced=unplaced)
        links = [score_word_links(scored, read.words)] if read.words else []
        if read.links is not None and read.units is not None:
            links.append(score_unit_links(scored, read.units, read.links))
        result = replace(result, links=(*result.links, *links))
    return result


def _loaded(report: Report | Mapping[str, Any] | str | Path) -> Report:
    if isinstance(report, Report):
        return report
    return read_report(report) if isinstance(report, str | Path) else report_of(report)


def _least(report: Report, confidence: float) -> Report:
    kept = tuple(each for each in report.findings if each.confidence >= confidence)
    return replace(report, findings=kept)


def _rounded(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: round(value, 4) if isinstance(value, float) else value for name, value in row.items()
    }


def _shown(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        first, *rest = (
            cell.rjust(width) if n else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join([first, *rest])


def _table(name: str, rows: Sequence[Mapping[str, Any]]) -> str:
    head = "".join(f"<th>{escape(column.replace('_', ' '))}</th>" for column in TABLES[name])
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(_shown(value))}</td>" for value in row.values()) + "</tr>"
        for row in rows
    )
    return (
        f"<table><caption>{name}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )
