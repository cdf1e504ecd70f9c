"""How much of each clause is covered by the other side, and which clauses to look at first.

A content word is covered as far as it is linked to a word of the other side and no finding doubts
it: by one, less the confidence of the surest finding on it. The share of covered words is a
clause's parity, and the lower it is, the more of what one reads there needs a decision. Whoever
reads six annotated texts clause by clause in that order, and stops anywhere, has seen on average
.58 of the words that revisers marked against half of all words (area under that curve: .51 for the
longest clauses first, .53 for those with the most open words, .81 for the order of the marks
themselves; `benchmarks/accuracy/reports.py`).

>>> from paraalign import Options, check, corpora
>>> report = check(*corpora.declaration(), options=Options(encoder="none"))
>>> len(clause_parity(report)) == len(report.links.clauses)
True
>>> 0.5 < parity(report).share < 1
True
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from paraalign.align.words.known import is_content
from paraalign.model import Kind, Report

__all__ = ["Parity", "clause_parity", "look_first", "parity"]

FIRST = 3  # clauses that a summary names
_WORTH = 2.0  # open words from which a clause is named: a title of one word is soon read
_FORM = {Kind.DEFECT, Kind.TERMINOLOGY, Kind.STRUCTURE, Kind.TRUNCATION}
_GAPS = {"clause-missing", "clause-added"}  # structure to a check, and all words inside are open


class Parity(NamedTuple):
    """How far two stretches cover each other, in content words.

    Attributes:
        source: Content words on the source side.
        target: Likewise on the target side.
        source_covered: How many of the source are covered, each counted 0 to 1.
        target_covered: Likewise of the target.
    """

    source: int = 0
    target: int = 0
    source_covered: float = 0.0
    target_covered: float = 0.0

    @property
    def share(self) -> float | None:
        """Share of the content words of both sides that is covered; None where there is none."""
        words = self.source + self.target
        return (self.source_covered + self.target_covered) / words if words else None

    @property
    def need(self) -> float:
        """How much attention it needs: the share that is not covered, 0 where nothing is."""
        return 0.0 if self.share is None else 1 - self.share

    @property
    def open(self) -> float:
        """How many content words are not covered.

        >>> Parity(4, 2, 3.5, 2.0).open
        0.5
        """
        return self.source + self.target - self.source_covered - self.target_covered


def parity(report: Report) -> Parity:
    """Return the parity of the two texts as a whole."""
    return _sum(clause_parity(report))


def clause_parity(report: Report) -> tuple[Parity, ...]:
    """Return the parity of each clause link of *report*, in the order of the links."""
    source, target = (_by_clause(report, side) for side in (0, 1))
    nothing = Parity()
    return tuple(
        _sum(
            [source.get(clause, nothing) for clause in link.source]
            + [target.get(clause, nothing) for clause in link.target]
        )
        for link in report.links.clauses
    )


def look_first(report: Report) -> tuple[int, ...]:
    """Return the clause links of *report* that need attention most, by index, the neediest first.

    They are few, and only those in which some words are open.

    >>> from paraalign import Options, check, corpora
    >>> report = check(*corpora.declaration(), options=Options(encoder="none"))
    >>> len(look_first(report))
    3
    """
    found = clause_parity(report)
    worth = [index for index, part in enumerate(found) if part.open >= _WORTH]
    return tuple(sorted(worth, key=lambda index: -found[index].need)[:FIRST])


def _sum(parts: Iterable[Parity]) -> Parity:
    counted = list(parts)
    return Parity(
        source=sum(each.source for each in counted),
        target=sum(each.target for each in counted),
        source_covered=sum(each.source_covered for each in counted),
        target_covered=sum(each.target_covered for each in counted),
    )


def _by_clause(report: Report, side: int) -> dict[int, Parity]:
    """Return the parity of each clause of *side*, the other side left out."""
    document = report.target if side else report.source
    linked = {link.target if side else link.source for link in report.links.words}
    doubted = _doubted(report, side)
    counts: dict[int, tuple[int, float]] = {}
    for place, word in enumerate(document.words):
        if is_content(word.text, document.lang):
            clause = document.sentences[word.sentence].clause
            count, covered = counts.get(clause, (0, 0.0))
            share = 1 - doubted.get(place, 0.0) if place in linked else 0.0
            counts[clause] = count + 1, covered + share
    if side:
        return {c: Parity(target=n, target_covered=share) for c, (n, share) in counts.items()}
    return {c: Parity(source=n, source_covered=share) for c, (n, share) in counts.items()}


def _doubted(report: Report, side: int) -> dict[int, float]:
    """Return the confidence of the surest finding about the meaning of each word of *side*."""
    document = report.target if side else report.source
    starts = [word.span.start for word in document.words]
    doubted: dict[int, float] = {}
    for each in report.findings:
        if each.kind in _FORM and each.check not in _GAPS:
            continue
        for span in each.target if side else each.source:
            first = max(0, bisect_right(starts, span.start) - 1)
            for place in range(first, bisect_left(starts, span.end)):
                if document.words[place].span.end > span.start:
                    doubted[place] = max(doubted.get(place, 0.0), each.confidence)
    return doubted
