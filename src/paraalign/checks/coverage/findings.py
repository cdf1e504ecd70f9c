"""Find words and phrases that the other version has no counterpart for.

An omission, an addition or a mistranslation is what the word links leave over. Which words are
left over is scored in `words`, how they make phrases in `phrases`; here the
phrases become findings: with spans, with a confidence (`confidence`) that was fitted to
what revisers marked, and with a message that quotes both sides and says what the lexicon knows.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from weakref import WeakKeyDictionary

from paraalign.align.words.groups import WordSide
from paraalign.align.words.links import WordTable, word_tables
from paraalign.checks.check import Check, finding
from paraalign.checks.compared import matched_values
from paraalign.checks.context import Context, Side
from paraalign.checks.coverage.confidence import confidence_features, confidences
from paraalign.checks.coverage.crossed import read_across
from paraalign.checks.coverage.moved import Judged, moved_findings, part_moved
from paraalign.checks.coverage.phrases import Divergence, Phrase, find_divergences
from paraalign.checks.coverage.quotes import describe, glosses
from paraalign.checks.coverage.severity import gravity
from paraalign.checks.coverage.text import Sides, doubts_of_text
from paraalign.checks.coverage.words import Fitted, settings
from paraalign.encode.tokens import Tokens
from paraalign.model import Finding, Kind, Severity, Span

__all__ = ["CHECKS", "find_uncovered", "judged"]

_ANCHOR = 0.5  # posterior of a neighbour that tells where a missing phrase would stand

_found: WeakKeyDictionary[Context, tuple[Finding, ...]] = WeakKeyDictionary()


def find_uncovered(context: Context, *, least: float | None = None) -> Iterator[Finding]:
    """Yield each omission, addition and mistranslation among the linked clauses of *context*.

    A phrase that is missing here because it stands in another clause is one finding that says so.

    *least* is the confidence below which nothing is reported; None for the default, at which news
    translations, which are free, have some nine findings in ten sentences. Cost: quadratic in
    the length of each clause.
    """
    mode = _mode(context)
    if mode is None:
        return
    fitted = settings(mode)
    tables = _tables(context)
    bound = fitted["least"] if least is None else least
    shown = [found for found in judged(tables, fitted) if found[2] >= bound]
    kept, carried = part_moved(context, shown)
    for sides, each, chance in kept:
        yield _finding(context, sides, each, chance)
    yield from (each for each in moved_findings(context, carried) if each.confidence >= bound)


def judged(tables: Sequence[WordTable], fitted: Fitted) -> Iterator[Judged]:
    """Yield each divergence in *tables* with the doubts about its words and its confidence.

    The confidence, 0 to 1, is judged against how freely the whole text is translated.
    """
    doubted, free = doubts_of_text(tables, fitted)
    found = [
        (sides, each, confidence_features(each, table, sides, free))
        for table, sides in zip(tables, doubted, strict=True)
        for each in find_divergences(table, sides, fitted)
    ]
    chances = confidences([values for *_, values in found], fitted)
    for (sides, each, _), chance in zip(found, chances.tolist(), strict=True):
        yield sides, each, chance


def _of_kind(kind: Kind, context: Context) -> Iterator[Finding]:
    if context not in _found:
        shared = _shared_values(context)
        uncovered = find_uncovered(context)
        _found[context] = tuple(each for each in uncovered if not _is_shared(each, shared))
    yield from (each for each in _found[context] if each.kind is kind)


def _shared_values(context: Context) -> list[list[Span]]:
    """Return where, on either side, the numbers and dates stand that the other side has too."""
    matched = [each for pair in context.pairs for each in matched_values(context, pair)]
    return [[each[side].span for each in matched] for side in Side]


def _is_shared(each: Finding, shared: Sequence[Sequence[Span]]) -> bool:
    """Tell whether what stands on one side alone is part of such a value: "avril", "16/4"."""
    if each.source and each.target:
        return False
    return all(
        any(value.start <= span.start and span.end <= value.end for value in values)
        for spans, values in zip((each.source, each.target), shared, strict=True)
        for span in spans
    )


def _mode(context: Context) -> str | None:
    """Name what there is to go by; None where there is too little to say what is missing."""
    if context.tokens is None:
        return None if context.lexicon is None else "lexicon"
    if context.lexicon is None:
        return "encoder" if context.cross is None else "encoder-cross"
    return "full" if context.cross is None else "cross"


def _tables(context: Context) -> list[WordTable]:
    tables = word_tables(context.word_evidence)
    if context.cross is None or not context.tokens or not all(map(_has_any, context.tokens)):
        return tables
    return read_across(tables, context.documents, context.tokens, context.cross)


def _has_any(tokens: Tokens) -> bool:
    return len(tokens.words) > 0


def _finding(context: Context, sides: Sides, each: Divergence, confidence: float) -> Finding:
    spans = [
        _spans(context, which, side.side, phrase)
        for which, side, phrase in zip(Side, sides, each.phrases, strict=True)
    ]
    places = [_place(context, sides, each, which) for which in Side]
    kind = each.kind
    known = [glosses(context, which, spans[which]) for which in Side]
    return finding(
        check=f"coverage-{kind}",
        kind=kind,
        severity=_severity(context, spans, sides, each),
        confidence=round(confidence, 3),
        message=describe(context, kind, (spans[0], spans[1]), (known[0], known[1])),
        source=spans[0],
        target=spans[1],
        source_at=places[0],
        target_at=places[1],
        evidence={
            "doubt": [round(p.score, 3) if p else None for p in each.phrases],
            "link": round(each.strength, 3),
            "glosses": {name: list(values) for side in known for name, values in side.items()},
        },
    )


def _spans(
    context: Context, which: Side, side: WordSide, phrase: Phrase | None
) -> tuple[Span, ...]:
    if phrase is None:
        return ()
    words = context.documents[which].words
    picked = [words[w].span for w in side.words[phrase.start : phrase.end]]
    return (Span(picked[0].start, picked[-1].end),)


def _place(context: Context, sides: Sides, each: Divergence, which: Side) -> int | None:
    """Return where on side *which* the missing phrase would stand, None if it is there."""
    phrase = each.phrases[which.other]
    if each.phrases[which] is not None or phrase is None:
        return None
    own, other = sides[which.other], sides[which]
    words = context.documents[which].words
    for before in range(phrase.start - 1, -1, -1):
        if own.strengths[before] >= _ANCHOR:
            return words[other.side.words[int(own.partners[before])]].span.end
    return words[other.side.words[0]].span.start


def _severity(
    context: Context, spans: Sequence[tuple[Span, ...]], sides: Sides, each: Divergence
) -> Severity:
    """Return the higher severity of what stands on either side."""
    found = []
    for which in Side:
        if phrase := each.phrases[which]:
            count = int(sides[which].content[phrase.start : phrase.end].sum())
            text = " ".join(context.documents[which].read(span) for span in spans[which])
            found.append(gravity(text, context.langs[which], count))
    return max(found)


CHECKS = (
    Check(
        "coverage-omission",
        Kind.OMISSION,
        Severity.MAJOR,
        partial(_of_kind, Kind.OMISSION),
    ),
    Check(
        "coverage-addition",
        Kind.ADDITION,
        Severity.MAJOR,
        partial(_of_kind, Kind.ADDITION),
    ),
    Check(
        "coverage-mistranslation",
        Kind.MISTRANSLATION,
        Severity.MAJOR,
        partial(_of_kind, Kind.MISTRANSLATION),
    ),
    Check(
        "coverage-moved",
        Kind.STRUCTURE,
        Severity.MINOR,
        partial(_of_kind, Kind.STRUCTURE),
    ),
)
