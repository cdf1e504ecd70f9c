"""Score findings and words against divergences that people marked.

A word is marked if a record of the gold that all agree on quotes it, and left out of the score if
only others do: a divergence that one of two revisers saw is neither right nor wrong. A finding is
right as far as it stands on words of a record, and a record found as far as findings stand on its.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from paraalign.errors import InputError
from paraalign.evaluate.gold import Gold, Quote, Record
from paraalign.evaluate.placing import Index
from paraalign.evaluate.ranking import area_under_curve, average_precision, best_f1
from paraalign.model import Document, Kind, Report, Role, Severity, Span

__all__ = [
    "FindingFigures",
    "Placed",
    "WordFigures",
    "place",
    "score_findings",
    "score_words",
    "word_labels",
]

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Labels: TypeAlias = NDArray[np.int8]
Spans: TypeAlias = tuple[Span, ...]
Item: TypeAlias = tuple[int, int]

_GAPS = {"clause-missing", "clause-added"}  # structure to a check, omission to the words inside


class Placed(NamedTuple):
    """A record of the gold with the stretches of either text that it quotes."""

    kind: Kind
    severity: Severity | None
    is_agreed: bool
    spans: tuple[Spans, Spans]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFigures:
    """How well the words of one side are told apart.

    Attributes:
        lang: Language of the side.
        words: How many are judged: no signs, no code, none left out.
        marked: How many of them the gold marks.
        average_precision: Over the words ranked by doubt, 0 to 1; None where none is marked.
        best_f1: At the best threshold on doubt.
        area_under_curve: How often a marked word is doubted more than another; .5 is chance.
        precision: Of the words that findings stand on.
        recall: Likewise.
        f1: Likewise.
    """

    lang: str
    words: int
    marked: int
    average_precision: float | None
    best_f1: float | None
    area_under_curve: float | None
    precision: float | None
    recall: float | None
    f1: float | None

    @property
    def baseline_precision(self) -> float | None:
        """The average precision of flagging every word."""
        return _share(self.marked, self.words)

    @property
    def baseline_f1(self) -> float | None:
        """The F1 of flagging every word."""
        return _share(2 * self.marked, self.marked + self.words) if self.marked else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingFigures:
    """How findings meet the records of one group.

    Attributes:
        group: "all", a kind or a severity.
        records: How many the gold has that count.
        touched: How many of them any finding touches.
        covered: Share of their words that findings stand on, summed over records.
        named: How many are touched by a finding of the record's own kind.
        findings: How many findings there are.
        touching: How many touch a record of any kind.
        inside: Share of their words that stand in records, summed over findings.
    """

    group: str
    records: int
    touched: int
    covered: float
    named: int
    findings: int
    touching: int
    inside: float

    @property
    def recall(self) -> float | None:
        """Share of the records that are touched."""
        return _share(self.touched, self.records)

    @property
    def partial_recall(self) -> float | None:
        """The same, a record counting by the share of its words that is found."""
        return _share(self.covered, self.records)

    @property
    def precision(self) -> float | None:
        """Share of the findings that touch a record."""
        return _share(self.touching, self.findings)

    @property
    def partial_precision(self) -> float | None:
        """The same, a finding counting by the share of its words that is in records."""
        return _share(self.inside, self.findings)


def place(gold: Gold, documents: tuple[Document, Document]) -> tuple[tuple[Placed, ...], int]:
    """Return the records of *gold* with their places, and how many have none.

    Raises:
        InputError: If most have none: the gold is that of other texts.
    """
    sides = [_Side.of(document, gold, which) for which, document in enumerate(documents)]
    found = [_placed(record, sides) for record in gold.records or ()]
    placed = tuple(each for each in found if each)
    if len(placed) * 2 < len(found):
        missing = len(found) - len(placed)
        message = f"{missing} of {len(found)} records quote what the texts do not hold; wrong gold"
        raise InputError(message)
    return placed, len(found) - len(placed)


def score_words(
    report: Report,
    records: Sequence[Placed],
    side: int,
    *,
    kinds: Collection[Kind],
    doubts: Sequence[float] | None = None,
) -> WordFigures:
    """Return the figures of the words of *side* against *records* of the *kinds* given.

    *doubts*, one a word, rank the words; without them the confidence of the findings does.
    """
    document = report.target if side else report.source
    labels = word_labels(document, records, side, kinds)
    judged = _are_judged(document) & (labels >= 0)
    flagged = _flagged(report, side, kinds)
    ranks = _ranks(report, side, flagged) if doubts is None else np.asarray(doubts)
    marked, scores, reported = labels[judged], ranks[judged], flagged[judged] > 0
    hits = int((reported & (marked == 1)).sum())
    return WordFigures(
        lang=document.lang,
        words=int(judged.sum()),
        marked=int(marked.sum()),
        average_precision=average_precision(marked, scores),
        best_f1=best_f1(marked, scores),
        area_under_curve=area_under_curve(marked, scores),
        precision=_share(hits, int(reported.sum())),
        recall=_share(hits, int(marked.sum())),
        f1=_share(2 * hits, int(reported.sum() + marked.sum())),
    )


def score_findings(report: Report, records: Sequence[Placed]) -> tuple[FindingFigures, ...]:
    """Return the figures of the findings of *report*: all, by kind, then by severity."""
    documents = report.source, report.target
    found = [
        _Stretch(each.kind, each.severity, _items(documents, (each.source, each.target)))
        for each in report.findings
    ]
    gold = [
        _Stretch(each.kind, each.severity, _items(documents, each.spans), each.is_agreed)
        for each in records
    ]
    rows = [_figures(group, found, gold) for group in (None, *Kind, *reversed(Severity))]
    return tuple(row for row in rows if row.group == "all" or row.records or row.findings)


class _Stretch(NamedTuple):
    """A finding or a record, as the words it stands on."""

    kind: Kind
    severity: Severity | None
    items: frozenset[Item]
    is_agreed: bool = True

    def is_of(self, group: Kind | Severity | None) -> bool:
        """Tell whether it belongs to *group*; None is all."""
        return group is None or group in (self.kind, self.severity)

    def share(self, items: Collection[Item]) -> float:
        """Return the share of its words that is among *items*."""
        return len(self.items.intersection(items)) / max(1, len(self.items))


def _figures(
    group: Kind | Severity | None, found: Sequence[_Stretch], gold: Sequence[_Stretch]
) -> FindingFigures:
    marked = {item for each in gold for item in each.items}
    flagged = {item for each in found for item in each.items}
    ours = [each for each in found if each.is_of(group)]
    own = [each for each in gold if each.is_agreed and each.is_of(group)]
    return FindingFigures(
        group="all" if group is None else str(group),
        records=len(own),
        touched=sum(not each.items.isdisjoint(flagged) for each in own),
        covered=sum(each.share(flagged) for each in own),
        named=sum(_is_named(each, found) for each in own),
        findings=len(ours),
        touching=sum(not each.items.isdisjoint(marked) for each in ours),
        inside=sum(each.share(marked) for each in ours),
    )


def _is_named(record: _Stretch, found: Iterable[_Stretch]) -> bool:
    return any(
        each.kind is record.kind and not each.items.isdisjoint(record.items) for each in found
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """One document and where the gold's units and clauses are in it."""

    index: Index
    units: Sequence[range] | None
    clauses: dict[str, range]

    @classmethod
    def of(cls, document: Document, gold: Gold, which: int) -> "_Side":
        index = Index.of(document)
        units = index.homes(gold.units[which]) if gold.units else None
        clauses = {
            document.clauses[leaf].label: index.touched(document.clauses[leaf].span)
            for leaf in document.leaves()
        }
        return cls(index, units, clauses)

    def find(self, quote: Quote) -> Span | None:
        """Return where *quote* stands: at its offset, in its unit or clause, else anywhere."""
        text = self.index.document.text
        if quote.start is not None and text.startswith(quote.text, quote.start):
            return Span(quote.start, quote.start + len(quote.text))
        home = self._home(quote)
        near = quote.start if home is None else self._start(home)
        within = self.index.find(quote.text, home, quote.start) if home else None
        return within or self.index.find(quote.text, near=near) or _verbatim(text, quote, near)

    def _home(self, quote: Quote) -> range | None:
        if quote.unit is not None and self.units is not None and quote.unit < len(self.units):
            return self.units[quote.unit]
        return self.clauses.get(quote.clause or "")

    def _start(self, home: range) -> int:
        return self.index.span(home).start if home else 0


def _verbatim(text: str, quote: Quote, near: int | None) -> Span | None:
    """Return where the *quote* stands in the *text* as given, markup and all."""
    starts = []
    place = text.find(quote.text)
    while place >= 0:
        starts.append(place)
        place = text.find(quote.text, place + 1)
    start = min(starts, key=lambda each: abs(each - (near or 0)), default=None)
    return None if start is None else Span(start, start + len(quote.text))


def _placed(record: Record, sides: Sequence[_Side]) -> Placed | None:
    source, target = (
        tuple(span for quote in quotes if (span := side.find(quote)))
        for quotes, side in zip(record.quotes, sides, strict=True)
    )
    if not (source or target):
        return None
    return Placed(record.kind, record.severity, record.is_agreed, (source, target))


def word_labels(
    document: Document, records: Iterable[Placed], side: int, kinds: Collection[Kind]
) -> Labels:
    """Return for each word of *side* 1 if *records* mark it, 0 if not, -1 if it is left out."""
    labels = np.zeros(len(document.words), dtype=np.int8)
    ordered = sorted(records, key=lambda each: each.is_agreed and each.kind in kinds)
    for record in ordered:
        for span in record.spans[side]:
            labels[_words(document, span)] = 1 if record.is_agreed and record.kind in kinds else -1
    return labels


def _are_judged(document: Document) -> Bools:
    code = {n for n, clause in enumerate(document.clauses) if clause.role is Role.CODE}
    homes = [sentence.clause for sentence in document.sentences]
    return np.array(
        [not word.is_sign and homes[word.sentence] not in code for word in document.words], bool
    )


def _flagged(report: Report, side: int, kinds: Collection[Kind]) -> Floats:
    """Return the confidence of the surest finding on each word, 0 where there is none."""
    document = report.target if side else report.source
    flagged = np.zeros(len(document.words))
    for each in report.findings:
        if each.kind in kinds or each.check in _GAPS:
            for span in each.target if side else each.source:
                places = _words(document, span)
                flagged[places] = np.maximum(flagged[places], max(each.confidence, 1e-9))
    return flagged


def _ranks(report: Report, side: int, flagged: Floats) -> Floats:
    """Return the doubt of each word: of its surest finding, else of want of a link, below these."""
    linked = np.zeros(len(flagged))
    for link in report.links.words:
        word = link.target if side else link.source
        linked[word] = max(linked[word], link.score)
    return np.where(flagged > 0, 1 + flagged, 1 - linked)


def _items(documents: Sequence[Document], spans: Sequence[Spans]) -> frozenset[Item]:
    """Return the words of *spans*; of a stretch without words, its characters."""
    return frozenset(
        (side, item)
        for side, (document, stretches) in enumerate(zip(documents, spans, strict=True))
        for span in stretches
        for item in _words(document, span) or [-1 - place for place in range(*span)]
    )


def _words(document: Document, span: Span) -> list[int]:
    """Return the words of *document* that *span* touches."""
    first = _first_word(document, span.start)
    found = []
    for place in range(first, len(document.words)):
        if document.words[place].span.start >= span.end:
            break
        found.append(place)
    return found


def _first_word(document: Document, offset: int) -> int:
    low, high = 0, len(document.words)
    while low < high:
        middle = (low + high) // 2
        if document.words[middle].span.end <= offset:
            low = middle + 1
        else:
            high = middle
    return low


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
