"""Find words and phrases that the other version has no counterpart for.

An omission, an addition or a mistranslation is what the word links leave over. Which words are
left over is scored in `coverage_words`, how they make phrases in `coverage_phrases`; here the
phrases become findings: with spans, with a confidence that was fitted to what revisers marked, and
with a message that quotes both sides and says what the lexicon knows.
"""

from collections.abc import Iterator
from functools import partial
from weakref import WeakKeyDictionary

import numpy as np

from paraalign.align.wordgroups import WordSide
from paraalign.align.words import word_tables
from paraalign.checks.check import Check, finding
from paraalign.checks.context import Context, Side
from paraalign.checks.coverage_messages import describe, glosses
from paraalign.checks.coverage_phrases import Divergence, Phrase, find_divergences
from paraalign.checks.coverage_words import Doubts, Fitted, doubts, settings
from paraalign.model import Finding, Kind, Severity, Span

__all__ = ["CHECKS", "confidence_features", "find_uncovered"]

_ANCHOR = 0.5  # posterior of a neighbour that tells where a missing phrase would stand

_found: WeakKeyDictionary[Context, tuple[Finding, ...]] = WeakKeyDictionary()


def find_uncovered(context: Context, *, least: float | None = None) -> Iterator[Finding]:
    """Yield each omission, addition and mistranslation among the linked clauses of *context*.

    *least* is the confidence below which nothing is reported; None for the default, which was
    chosen on annotated documents. Cost: quadratic in the length of each clause.
    """
    mode = _mode(context)
    if mode is None:
        return
    fitted = settings(mode)
    links = context.bitext.links.sentences
    tables = word_tables(*context.documents, links, tokens=context.tokens, lexicon=context.lexicon)
    for table in tables:
        sides = doubts(table, Side.SOURCE, fitted), doubts(table, Side.TARGET, fitted)
        for each in find_divergences(table, sides, fitted["doubtful"]):
            bound = fitted["least"][str(each.kind)] if least is None else least
            if _confidence(each, sides, fitted) >= bound:
                yield _finding(context, sides, each, fitted)


def _of_kind(kind: Kind, context: Context) -> Iterator[Finding]:
    if context not in _found:
        _found[context] = tuple(find_uncovered(context))
    yield from (each for each in _found[context] if each.kind is kind)


def _mode(context: Context) -> str | None:
    """Name what there is to go by; None where there is too little to say what is missing."""
    if context.tokens is None:
        return None if context.lexicon is None else "lexicon"
    return "encoder" if context.lexicon is None else "full"


def _finding(
    context: Context, sides: tuple[Doubts, Doubts], each: Divergence, fitted: Fitted
) -> Finding:
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
        severity=_severity(sides, each),
        confidence=round(_confidence(each, sides, fitted), 3),
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


def _place(
    context: Context, sides: tuple[Doubts, Doubts], each: Divergence, which: Side
) -> int | None:
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


def confidence_features(each: Divergence, sides: tuple[Doubts, Doubts]) -> dict[str, float]:
    """Return what the confidence in a divergence is judged by, name to value."""
    score = min(max(each.score, 1e-4), 1 - 1e-4)
    return {
        "score": float(np.log(score / (1 - score))),
        "words": float(np.log(max(1, _content_count(sides, each)))),
        "link": each.strength,
        str(each.kind): 1.0,
    }


def _confidence(each: Divergence, sides: tuple[Doubts, Doubts], fitted: Fitted) -> float:
    weights = fitted["confidence"]
    values = confidence_features(each, sides)
    logit = weights["bias"] + sum(weights.get(name, 0.0) * v for name, v in values.items())
    return float(1 / (1 + np.exp(-logit)))


def _content_count(sides: tuple[Doubts, Doubts], each: Divergence) -> int:
    counts = [
        int(side.content[phrase.start : phrase.end].sum())
        for side, phrase in zip(sides, each.phrases, strict=True)
        if phrase
    ]
    return max(counts)


def _severity(sides: tuple[Doubts, Doubts], each: Divergence) -> Severity:
    return Severity.MAJOR if _content_count(sides, each) > 1 else Severity.MINOR


CHECKS = (
    Check(
        "coverage-omission",
        Kind.OMISSION,
        Severity.MAJOR,
        "Words of the source have no counterpart in the target.",
        partial(_of_kind, Kind.OMISSION),
    ),
    Check(
        "coverage-addition",
        Kind.ADDITION,
        Severity.MAJOR,
        "Words of the target have no counterpart in the source.",
        partial(_of_kind, Kind.ADDITION),
    ),
    Check(
        "coverage-mistranslation",
        Kind.MISTRANSLATION,
        Severity.MAJOR,
        "Words that stand against each other do not mean the same.",
        partial(_of_kind, Kind.MISTRANSLATION),
    ),
)
