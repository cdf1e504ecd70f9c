"""Run the table of checks and bring what they find into one list.

Checks know nothing of each other. What must be decided over all of them is decided here: which
finding stands where two checks stumble over the same words (the more specific kind), where a
missing stretch would have stood, the order, and the ids, which depend on what is quoted and a
little of what stands around it, so that a dismissed finding stays dismissed after edits elsewhere.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import prod

from paraalign.align.words.known import is_content
from paraalign.checks.context import Context, Side
from paraalign.checks.profiles import Profile, require_check
from paraalign.checks.structure import unrelated
from paraalign.checks.table import CHECKS, Check
from paraalign.checks.typography import comparable
from paraalign.model import Finding, Kind, Span

__all__ = ["report_unrelated", "run_checks", "selected", "settled"]

_SPECIFIC = (  # the more specific first
    Kind.STRUCTURE,
    Kind.TRUNCATION,
    Kind.UNTRANSLATED,
    Kind.ENTITY,
    Kind.NUMBER,
    Kind.TERMINOLOGY,
    Kind.MISTRANSLATION,
    Kind.OMISSION,
    Kind.ADDITION,
)
_RANKS = {kind: rank for rank, kind in enumerate(_SPECIFIC)}
_WHOLE = {  # they are about clauses as such and say nothing of the words inside
    "clause-moved",
    "clause-merged",
    "clause-split",
    "clause-renumbered",
    "numbering-irregular",
    "sentence-count",
}
_REPEATED = {Kind.MISTRANSLATION, Kind.ENTITY}
_OFTEN = 3  # times from which a name of one side only is reported once
_AROUND = 16  # clean characters on either side that go into an id
_MOSTLY = 0.5  # share of a finding that another must cover to replace it


def run_checks(
    context: Context, *, select: Iterable[str] | None = None, profile: Profile | None = None
) -> tuple[Finding, ...]:
    """Run the checks whose names start with one of *select* (all by default) on *context*.

    The *profile* says which checks are left out where none is selected, and how grave findings
    are; without one nothing is left out.

    Returns:
        The findings in the order of their places in the source, each with its id.

    Raises:
        OptionError: If one of *select* is the start of no check's name.
    """
    rules = profile or Profile("")
    checks = [check for check in selected(select) if select is not None or not rules.skips(check)]
    found = [rules.judged(each) for check in checks for each in check.function(context)]
    return settled(context, found)


def settled(context: Context, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what was *found* with places, clauses and ids, merged and in order.

    >>> from paraalign.model import Bitext, Document, Links
    >>> from paraalign.views import View
    >>> settled(Context(bitext=Bitext(Document(view=View.of(""), lang="fr"),
    ...                               Document(view=View.of(""), lang="vi"), Links())), [])
    ()
    """
    placed = sorted((_placed(context, each) for each in found), key=_order)
    return _with_ids(context, _said_once(context, _most_specific(context, placed)))


def report_unrelated(context: Context) -> tuple[Finding, ...]:
    """Return the one finding there is about two texts that are no versions of each other."""
    return settled(context, unrelated(context))


def selected(select: Iterable[str] | None = None) -> tuple[Check, ...]:
    """Return the checks whose names start with one of *select*, in the order of the table.

    >>> {check.family for check in selected(["clause-m"])}
    {'clause'}
    """
    prefixes = None if select is None else tuple(select)
    for prefix in prefixes or ():
        require_check(prefix)
    return tuple(c for c in CHECKS if prefixes is None or c.name.startswith(prefixes))


def _placed(context: Context, each: Finding) -> Finding:
    source_at, target_at = each.source_at, each.target_at
    if not each.source and source_at is None and each.target:
        source_at = context.opposite_place(Side.TARGET, each.target[0])
    if not each.target and target_at is None and each.source:
        target_at = context.opposite_place(Side.SOURCE, each.source[0])
    return replace(
        each,
        source_at=source_at,
        target_at=target_at,
        source_clause=_clause(context, Side.SOURCE, each.source, source_at),
        target_clause=_clause(context, Side.TARGET, each.target, target_at),
    )


def _clause(context: Context, side: Side, spans: Sequence[Span], place: int | None) -> int | None:
    if spans:
        return context.clause_of(side, spans[0])
    return None if place is None else context.clause_at(side, place)


def _order(each: Finding) -> tuple[float, float, float, str]:
    source = each.source[0] if each.source else None
    source_start = source.start if source else _or_last(each.source_at)
    target_start = each.target[0].start if each.target else _or_last(each.target_at)
    return source_start, target_start, source.end if source else 0, each.check


def _or_last(place: int | None) -> float:
    return float("inf") if place is None else place


def _most_specific(context: Context, found: Sequence[Finding]) -> list[Finding]:
    """Drop every finding that a finding of a more specific kind mostly covers.

    Two checks that stumble over the same words for reasons of their own are surer than either.
    """
    touching = _touching(found)
    kept = []
    for place, each in enumerate(found):
        others = [found[other] for other in touching[place]]
        if not any(_replaces(context, other, each) for other in others):
            apart = [other for other in others if _family(other) != _family(each)]
            covered = [other for other in apart if _replaces(context, each, other)]
            kept.append(_with_support(each, covered))
    return kept


def _with_support(each: Finding, others: Sequence[Finding]) -> Finding:
    doubt = prod(1 - one.confidence for one in (each, *others))
    return replace(each, confidence=round(1 - doubt, 3)) if others else each


def _family(each: Finding) -> str:
    return each.check.partition("-")[0]


def _touching(found: Sequence[Finding]) -> list[set[int]]:
    """Return, for each of what was *found*, the places of those that overlap it.

    Cost: n log n and as many steps as there are overlaps.
    """
    touching: list[set[int]] = [set() for _ in found]
    for side in Side:
        spans = sorted(
            (span, place)
            for place, each in enumerate(found)
            for span in (each.target if side else each.source)
        )
        running: list[tuple[int, int]] = []
        for span, place in spans:
            running = [(end, other) for end, other in running if end > span.start]
            for _, other in running:
                touching[place].add(other)
                touching[other].add(place)
            running.append((span.end, place))
    return touching


def _replaces(context: Context, other: Finding, each: Finding) -> bool:
    if other.check in _WHOLE:
        return False
    ranks = [_RANKS.get(one.kind, len(_RANKS)) for one in (other, each)]
    if ranks[0] >= ranks[1] or ranks[1] == len(_RANKS):
        return False
    sides = [(Side.SOURCE, each.source, other.source), (Side.TARGET, each.target, other.target)]
    shares = [_covered(_telling(context, side, own), theirs) for side, own, theirs in sides if own]
    return bool(shares) and max(shares) > 0 and sum(shares) / len(shares) >= _MOSTLY


def _telling(context: Context, side: Side, spans: Sequence[Span]) -> Sequence[Span]:
    """Return the content words of *spans*; the spans where there is none."""
    document = context.documents[side]
    words = [document.words[word] for span in spans for word in context.words_in(side, span)]
    return [word.span for word in words if is_content(word.text, document.lang)] or spans


def _covered(spans: Sequence[Span], others: Sequence[Span]) -> float:
    """Return the share of *spans* that *others* cover."""
    size = sum(span.end - span.start for span in spans)
    common = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in spans for b in others)
    return common / size if size else 0.0


def _said_once(context: Context, found: Sequence[Finding]) -> list[Finding]:
    """Join findings that set the same words against the same words again and again.

    A mistranslation that runs through a whole text is one decision of its translator: one finding,
    at its first place, with the spans of all.
    """
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for place, each in enumerate(found):
        repeats = each.kind in _REPEATED and (each.kind is Kind.ENTITY or _is_pair(each))
        words = tuple(_words(context, side, each) for side in Side) if repeats else (place,)
        groups.setdefault((each.check, *words), []).append(each)
    joined = [
        [_joined(context, g)] if _is_pair(g[0]) or len(g) >= _OFTEN else g for g in groups.values()
    ]
    return sorted((each for group in joined for each in group), key=_order)


def _is_pair(each: Finding) -> bool:
    return bool(each.source and each.target)


def _words(context: Context, side: Side, each: Finding) -> str:
    spans = each.target if side else each.source
    return " ".join(context.documents[side].read(span).casefold() for span in spans)


def _joined(context: Context, group: Sequence[Finding]) -> Finding:
    if len(group) == 1:
        return group[0]
    return replace(
        group[0],
        confidence=max(each.confidence for each in group),
        source=tuple(dict.fromkeys(span for each in group for span in each.source)),
        target=tuple(dict.fromkeys(span for each in group for span in each.target)),
        message=context.messages.going_on(
            "finding.repeated", group[0].message, {"count": len(group)}
        ),
    )


def _with_ids(context: Context, found: Sequence[Finding]) -> tuple[Finding, ...]:
    seen: Counter[str] = Counter()
    named = []
    for each in found:
        digest = _digest(context, each)
        seen[digest] += 1
        twin = f"-{seen[digest]}" if seen[digest] > 1 else ""
        named.append(replace(each, id=digest + twin))
    return tuple(named)


def _digest(context: Context, each: Finding) -> str:
    quotes = [_quote(context, Side.SOURCE, span) for span in each.source]
    quotes += ["|", *(_quote(context, Side.TARGET, span) for span in each.target)]
    content = "\x1f".join([each.kind, each.check, *quotes])
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def _quote(context: Context, side: Side, span: Span) -> str:
    """Return the text of *span* with a little of its clause around it, typography set aside."""
    clause = context.clause_of(side, span)
    around = context.passage(side, span) if clause is None else context.clause(side, clause)
    start, end = around.range(span)
    text = around.text
    pieces = [text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND]]
    lang = context.langs[side]
    return "\x1e".join(comparable(piece, lang) for piece in pieces)
