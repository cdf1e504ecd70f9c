"""Part what moved from what is missing: one finding, and a mild one, instead of two grave ones.

A phrase that stands in clause 1 of one version and in clause 2 of the other is left over in both,
as an omission and an addition. Nothing is lost, but a reviser wants to know of it. A phrase that
only stands elsewhere in the same clause is no divergence at all.
"""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from paraalign.align.words.elsewhere import Moved, find_moved
from paraalign.checks.check import finding
from paraalign.checks.context import Context, Side
from paraalign.checks.coverage.phrases import Divergence, Phrase
from paraalign.checks.coverage.text import Sides
from paraalign.checks.coverage.words import Doubts
from paraalign.model import Finding, Kind, Severity, Span

__all__ = ["Judged", "moved_findings", "part_moved"]

Judged: TypeAlias = tuple[Sides, Divergence, float]
"""A divergence with the doubts about its words and the confidence in it."""

Carried: TypeAlias = tuple[Moved, float]
"""What moved, and how surely it is left over."""


def part_moved(context: Context, found: Sequence[Judged]) -> tuple[list[Judged], list[Carried]]:
    """Return what of *found* is missing or differs, and what only moved."""
    lone = [[(sides[k], p) for sides, each, _ in found if (p := _alone(each, k))] for k in Side]
    ranges = [[_words(side, phrase) for side, phrase in some] for some in lone]
    moved = find_moved(context.word_evidence, (ranges[0], ranges[1]))
    surest = [0.0] * len(moved)
    kept = []
    for one in found:
        places = _places(one, moved)
        for place in places:
            surest[place] = max(surest[place], one[2])
        if not places:
            kept.append(one)
    return kept, list(zip(moved, surest, strict=True))


def moved_findings(context: Context, carried: Sequence[Carried]) -> Iterator[Finding]:
    """Yield a finding for each of *carried* that moved to a clause that is no counterpart."""
    for moved, chance in carried:
        spans = [
            Span(words[part[0]].span.start, words[part[-1]].span.end)
            for part, words in zip(
                (moved.source, moved.target), (d.words for d in context.documents), strict=True
            )
        ]
        clauses = [context.clause_at(which, spans[which].start) for which in Side]
        if clauses[0] is None or clauses[1] is None:
            continue
        if clauses[1] not in context.linked_clauses(Side.SOURCE, clauses[0]):
            yield _finding(context, (spans[0], spans[1]), (clauses[0], clauses[1]), moved, chance)


def _finding(
    context: Context,
    spans: tuple[Span, Span],
    clauses: tuple[int, int],
    moved: Moved,
    chance: float,
) -> Finding:
    texts = [document.read(span) for document, span in zip(context.documents, spans, strict=True)]
    labels = [
        context.messages.clause(document.clauses[clause].label)
        for document, clause in zip(context.documents, clauses, strict=True)
    ]
    values = {"source": texts[0], "source_clause": labels[0]}
    values |= {"target": texts[1], "target_clause": labels[1]}
    return finding(
        check="coverage-moved",
        kind=Kind.STRUCTURE,
        severity=Severity.MINOR,
        confidence=round(moved.score * chance, 3),
        message=context.say("coverage-moved", values),
        source=(spans[0],),
        target=(spans[1],),
        evidence={"same": moved.score},
    )


def _places(one: Judged, moved: Sequence[Moved]) -> list[int]:
    """Return which of *moved* hold most of the lone phrase of *one*."""
    sides, each, _ = one
    return [
        place
        for which in Side
        if (phrase := _alone(each, which))
        for place, part in enumerate(moved)
        if _is_mostly(_words(sides[which], phrase), (part.source, part.target)[which])
    ]


def _alone(each: Divergence, which: Side) -> Phrase | None:
    """Return the phrase of side *which* if nothing stands against it."""
    return None if each.phrases[which.other] else each.phrases[which]


def _words(side: Doubts, phrase: Phrase) -> range:
    return range(side.side.words[phrase.start], side.side.words[phrase.end - 1] + 1)


def _is_mostly(words: range, part: range) -> bool:
    """Tell whether most of *words* are in *part*."""
    return 2 * (min(words.stop, part.stop) - max(words.start, part.start)) > len(words)
