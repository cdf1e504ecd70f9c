"""Clauses that stand on one side only, or elsewhere, or under another number.

A reviser who compares two versions first checks that they have the same parts, in the same order,
with the same numbers. The clause links say which parts correspond; the checks here read off what
is missing, extra, moved, merged, split or renumbered. A clause counts as moved when it stands
outside the longest run of links that keep their order, so that one displaced clause is one finding
and not the displacement of all others.

>>> same_number("e", "đ", ("fr", "vi")), same_number("IV", "4", ("fr", "vi"))
(True, True)
"""

from bisect import bisect_left
from collections.abc import Iterator

from paraalign.checks.check import Check, finding
from paraalign.checks.context import Context, Pair, Side
from paraalign.model import Finding, Kind, Link, Severity, Span
from paraalign.segment.numbering import Irregularity, irregularities, value

__all__ = ["CHECKS", "same_number", "unrelated"]

_QUOTED = 48  # characters of a clause that a message quotes


def find_missing(context: Context) -> Iterator[Finding]:
    """Yield each source clause without counterpart."""
    yield from _gaps(context, Side.SOURCE)


def find_added(context: Context) -> Iterator[Finding]:
    """Yield each target clause without counterpart."""
    yield from _gaps(context, Side.TARGET)


def find_moved(context: Context) -> Iterator[Finding]:
    """Yield each linked clause that stands elsewhere in the order of the target."""
    pairs = context.pairs
    kept = _longest_rise([pair.target[0] for pair in pairs])
    for place, pair in enumerate(pairs):
        if place not in kept:
            text = context.say("clause-moved", {"clause": _label(context, Side.SOURCE, pair)})
            yield _about(context, pair, "clause-moved", Severity.MAJOR, text)


def find_merged(context: Context) -> Iterator[Finding]:
    """Yield each target clause that renders several source clauses."""
    for pair in context.pairs:
        if len(pair.source) > len(pair.target):
            text = _counted(context, pair, "clause-merged")
            yield _about(context, pair, "clause-merged", Severity.MINOR, text)


def find_split(context: Context) -> Iterator[Finding]:
    """Yield each source clause that is rendered by several target clauses."""
    for pair in context.pairs:
        if len(pair.source) < len(pair.target):
            text = _counted(context, pair, "clause-split")
            yield _about(context, pair, "clause-split", Severity.MINOR, text)


def find_renumbered(context: Context) -> Iterator[Finding]:
    """Yield the first of each run of linked clauses whose printed numbers differ alike."""
    before: object = None
    for pair in context.pairs:
        source, target = (_number(context, side, pair) for side in Side)
        shift = None
        if source and target and not same_number(source, target, context.langs):
            shift = _shift(source, target)
            if shift is None or shift != before:
                text = context.say("clause-renumbered", {"source": source, "target": target})
                yield _about(context, pair, "clause-renumbered", Severity.MAJOR, text)
        before = shift


def find_irregular(context: Context) -> Iterator[Finding]:
    """Yield each printed number that skips, repeats or steps back on one side only."""
    found = [irregularities(document) for document in context.documents]
    for side in Side:
        others = {(each.kind, each.clause) for each in found[side.other]}
        for each in found[side]:
            partners = context.linked_clauses(side, each.clause)
            if not any((each.kind, partner) in others for partner in partners):
                yield _irregular(context, side, each)


def _counted(context: Context, pair: Pair, check: str) -> str:
    source, target = (
        context.messages.say("count.clause", {"count": len(pair.of(side))}) for side in Side
    )
    return context.say(check, {"source_clauses": source, "target_clauses": target})


def _irregular(context: Context, side: Side, each: Irregularity) -> Finding:
    span = context.documents[side].clauses[each.clause].span
    return finding(
        check="numbering-irregular",
        kind=Kind.STRUCTURE,
        severity=Severity.MINOR,
        confidence=0.8,
        message=context.say(
            f"numbering-{each.kind}", {"number": each.number, "previous": each.previous}
        ),
        source=() if side else (span,),
        target=(span,) if side else (),
    )


def unrelated(context: Context) -> tuple[Finding, ...]:
    """Return the one finding there is about two texts that are no versions of each other."""
    return (
        finding(
            check="clause-unrelated",
            kind=Kind.STRUCTURE,
            severity=Severity.CRITICAL,
            confidence=0.95,
            message=context.say("clause-unrelated"),
            source=_first_leaf(context, Side.SOURCE),
            target=_first_leaf(context, Side.TARGET),
        ),
    )


def _first_leaf(context: Context, side: Side) -> tuple[Span, ...]:
    document = context.documents[side]
    return tuple(document.clauses[leaf].span for leaf in document.leaves()[:1])


def same_number(source: str, target: str, langs: tuple[str, str]) -> bool:
    """Tell whether two printed clause numbers count alike, each in the habit of its language.

    >>> same_number("3.2", "3.3", ("fr", "vi"))
    False
    """
    return source == target or value(source, langs[0]) == value(target, langs[1]) != ()


def _shift(source: str, target: str) -> int | None:
    ends = [number.rpartition(".")[2] for number in (source, target)]
    return int(ends[1]) - int(ends[0]) if all(end.isdecimal() for end in ends) else None


def _gaps(context: Context, side: Side) -> Iterator[Finding]:
    links = context.bitext.links.clauses
    for place, link in enumerate(links):
        own, other = (link.target, link.source) if side else (link.source, link.target)
        leaves = [index for index in own if context.documents[side].is_leaf(index)]
        if leaves and not other:
            at = _after(context, side.other, links, place)
            for index in leaves:
                yield _gap(context, side, index, at)


def _gap(context: Context, side: Side, index: int, at: int) -> Finding:
    clause = context.documents[side].clauses[index]
    check = "clause-added" if side else "clause-missing"
    words = " ".join(context.clause(side, index).text.split())
    quote = words if len(words) <= _QUOTED else f"{words[:_QUOTED].rstrip()}…"
    return finding(
        check=check,
        kind=Kind.STRUCTURE,
        severity=Severity.MAJOR,
        confidence=0.9,
        message=context.say(
            check,
            {
                "quote": quote,
                "clause": context.messages.clause(clause.label),
                "other_lang": context.names[side.other],
            },
        ),
        source=() if side else (clause.span,),
        target=(clause.span,) if side else (),
        source_at=at if side else None,
        target_at=None if side else at,
    )


def _after(context: Context, side: Side, links: tuple[Link, ...], place: int) -> int:
    """Return the end of the last clause of *side* that is linked before *place*."""
    for before in range(place - 1, -1, -1):
        link = links[before]
        if indices := (link.target if side else link.source):
            return context.documents[side].clauses[indices[-1]].span.end
    return 0


def _about(context: Context, pair: Pair, check: str, severity: Severity, text: str) -> Finding:
    spans = [_spans(context, side, pair) for side in Side]
    return finding(
        check=check,
        kind=Kind.STRUCTURE,
        severity=severity,
        confidence=round(0.9 * pair.score, 3),
        message=text,
        source=spans[0],
        target=spans[1],
    )


def _spans(context: Context, side: Side, pair: Pair) -> tuple[Span, ...]:
    return tuple(context.documents[side].clauses[index].span for index in pair.of(side))


def _label(context: Context, side: Side, pair: Pair) -> str:
    return context.messages.clause(context.documents[side].clauses[pair.of(side)[0]].label)


def _number(context: Context, side: Side, pair: Pair) -> str | None:
    return context.documents[side].clauses[pair.of(side)[0]].number


def _longest_rise(values: list[int]) -> set[int]:
    """Return the places of a longest rising run of *values*. Cost: n log n."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, number in enumerate(values):
        rank = bisect_left(tails, number)
        tails[rank : rank + 1] = [number]
        places[rank : rank + 1] = [place]
        before.append(places[rank - 1] if rank else -1)
    kept, place = set(), places[-1] if places else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    return kept


CHECKS = (
    Check(
        "clause-missing",
        Kind.STRUCTURE,
        Severity.MAJOR,
        find_missing,
    ),
    Check(
        "clause-added",
        Kind.STRUCTURE,
        Severity.MAJOR,
        find_added,
    ),
    Check(
        "clause-moved",
        Kind.STRUCTURE,
        Severity.MAJOR,
        find_moved,
    ),
    Check(
        "clause-merged",
        Kind.STRUCTURE,
        Severity.MINOR,
        find_merged,
    ),
    Check(
        "clause-split",
        Kind.STRUCTURE,
        Severity.MINOR,
        find_split,
    ),
    Check(
        "clause-renumbered",
        Kind.STRUCTURE,
        Severity.MAJOR,
        find_renumbered,
    ),
    Check(
        "numbering-irregular",
        Kind.STRUCTURE,
        Severity.MINOR,
        find_irregular,
    ),
)
