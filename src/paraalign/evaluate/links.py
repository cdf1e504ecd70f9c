"""Score links of units and of words against those that people made.

Gold units need not be cut where our clauses are, nor gold tokens where our words are. A link of
ours stands for all pairs of gold units, or tokens, in what it joins.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from paraalign.evaluate.gold import UnitLink, Units, WordRow
from paraalign.evaluate.placing import Index, holder, letters
from paraalign.model import Document, Report

__all__ = ["LinkFigures", "score_unit_links", "score_word_links"]

Pairs: TypeAlias = set[tuple[int, int]]
Homes: TypeAlias = dict[int, list[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFigures:
    """How links meet those of the gold, counted in pairs.

    Attributes:
        level: "units" or "words".
        sure: Pairs that must be linked.
        given: Pairs that are linked.
        right: Those of them that may be.
        found: Sure pairs that are linked.
        linked: Units with a counterpart in the gold.
        false_gaps: Those of them whose clause is left without one.
    """

    level: str
    sure: int
    given: int
    right: int
    found: int
    linked: int = 0
    false_gaps: int = 0

    @property
    def precision(self) -> float | None:
        """Share of the given pairs that are right."""
        return self.right / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """Share of the sure pairs that are given."""
        return self.found / self.sure if self.sure else None

    @property
    def error_rate(self) -> float | None:
        """The alignment error rate (Och & Ney 2003), 0 is best; 1 - F1 where all pairs are sure."""
        size = self.given + self.sure
        return 1 - (self.right + self.found) / size if size else None


def score_unit_links(report: Report, units: Units, links: Sequence[UnitLink]) -> LinkFigures:
    """Return how the clause links of *report* meet *links* between *units*."""
    homes = [
        _units_by_leaf(texts, document)
        for texts, document in zip(units, (report.source, report.target), strict=True)
    ]
    gold = {(one, other) for left, right in links for one in left for other in right}
    linked = [{pair[side] for pair in gold} for side in (0, 1)]
    given: Pairs = set()
    false_gaps = 0
    for link in report.links.clauses:
        ends = link.source, link.target
        held = [
            [u for c in end for u in home.get(c, ())] for end, home in zip(ends, homes, strict=True)
        ]
        given |= _pairs(*held)
        if link.is_gap:
            false_gaps += sum(len(linked[side].intersection(held[side])) for side in (0, 1))
    right = len(gold & given)
    return LinkFigures(
        level="units",
        sure=len(gold),
        given=len(given),
        right=right,
        found=right,
        linked=sum(map(len, linked)),
        false_gaps=false_gaps,
    )


def score_word_links(report: Report, rows: Sequence[WordRow]) -> LinkFigures:
    """Return how the word links of *report* meet the gold *rows*, each a stretch of both texts."""
    documents = report.source, report.target
    homes = [_tokens_by_word(rows, side, document) for side, document in enumerate(documents)]
    given: Pairs = set()
    for link in report.links.words:
        ends = homes[0].get(link.source, ()), homes[1].get(link.target, ())
        given |= {(i, j) for i in ends[0] for j in ends[1]}
    sure, possible = (_numbered(rows, name) for name in ("sure", "possible"))
    return LinkFigures(
        level="words",
        sure=len(sure),
        given=len(given),
        right=len(given & possible),
        found=len(given & sure),
    )


def _units_by_leaf(texts: Sequence[str], document: Document) -> Homes:
    """Return which units each leaf of *document* holds, whole or in part."""
    index, leaves = Index.of(document), document.leaves()
    starts = [document.clauses[leaf].span.start for leaf in leaves]
    found: Homes = defaultdict(list)
    for number, stretch in enumerate(index.units(texts)):
        if stretch and letters(texts[number]):
            span = index.span(stretch)
            for leaf in range(max(0, holder(starts, span.start)), holder(starts, span.end - 1) + 1):
                found[leaves[leaf]].append(number)
    return found


def _pairs(left: Sequence[int], right: Sequence[int]) -> Pairs:
    """Return the pairs of units that a link stands for: in order, or all where counts differ."""
    if len(left) == len(right):
        return set(zip(left, right, strict=True))
    return {(one, other) for one in left for other in right}


def _tokens_by_word(rows: Sequence[WordRow], side: int, document: Document) -> Homes:
    """Return which gold tokens, counted over all *rows*, each word of *document* holds."""
    index = Index.of(document)
    starts = [word.span.start for word in document.words]
    found: Homes = defaultdict(list)
    number = 0
    for row in rows:
        tokens = row.tokens[side]
        whole = index.find("".join(tokens))
        place = index.touched(whole).start if whole else None
        for token in tokens:
            size = len(letters(token))
            if place is not None and size:
                span = index.span(range(place, place + size))
                first, last = holder(starts, span.start), holder(starts, span.end - 1)
                for word in range(max(0, first), last + 1):
                    found[word].append(number)
                place += size
            number += 1
    return found


def _numbered(rows: Iterable[WordRow], name: str) -> Pairs:
    """Return the pairs of all *rows*, tokens counted over all of them."""
    found: Pairs = set()
    before = [0, 0]
    for row in rows:
        found |= {(before[0] + i, before[1] + j) for i, j in getattr(row, name)}
        before = [before[side] + len(row.tokens[side]) for side in (0, 1)]
    return found
