"""The values of two linked texts, matched by what they count; what is left over on either side.

Values are matched as multisets within linked clauses: the sure ones first, then a sure one with a
soft one ("un", "premier"), which can answer but never asks. What is left over is looked for among
the leftovers of the neighbouring clauses, since a value may move with its sentence. What is still
left is paired, where two leftovers of one kind face each other, as a value that changed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from weakref import WeakKeyDictionary

from paraalign.checks.context import Context, Pair, Passage, Side
from paraalign.model import Clause, Role, Span
from paraalign.values import Value, find_values, is_converted, same_value

__all__ = ["Mismatch", "Stated", "body_start", "compare_values", "matched_values"]

_FACING = 0.4  # how far apart, in shares of their clauses, two leftovers may stand to be paired
_NEIGHBOURS = 2  # clauses on either side where a value may have moved to
_DOUBLE = 24  # characters between an amount and the same in another unit
_MARKER = 24  # characters in which the printed number of a clause ends
_DATES = {"month", "weekday"}
_PRINTED = {"version", "address", "phone"}

_compared: WeakKeyDictionary[Context, "tuple[Mismatch, ...]"] = WeakKeyDictionary()


class Stated(NamedTuple):
    """A value where it stands: given *span*, printed *text*, place as a *share* of its clauses."""

    value: Value
    span: Span
    text: str
    share: float

    @property
    def family(self) -> str:
        """What it is compared with: "date", "verbatim" or "number"."""
        form = self.value.form
        return "date" if form in _DATES else "verbatim" if form in _PRINTED else "number"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A value of one side without its like on the other, or two values that face each other."""

    source: Stated | None
    target: Stated | None

    @property
    def family(self) -> str:
        """The family of its values."""
        stated = self.source or self.target
        return stated.family if stated else ""


class _Left(NamedTuple):
    source: list[Stated]
    target: list[Stated]


def compare_values(context: Context) -> tuple[Mismatch, ...]:
    """Return the values of *context* that have no like on the other side, in source order."""
    if context not in _compared:
        _compared[context] = _compare(context)
    return _compared[context]


def _compare(context: Context) -> tuple[Mismatch, ...]:
    lefts = [_left(context, pair) for pair in context.pairs]
    for place, left in enumerate(lefts):
        for other in lefts[place + 1 : place + 1 + _NEIGHBOURS]:
            _cancel(left.source, other.target)
            _cancel(other.source, left.target)
    return tuple(mismatch for left in lefts for mismatch in _mismatches(left))


def matched_values(context: Context, pair: Pair) -> list[tuple[Stated, Stated]]:
    """Return the values of *pair* that have their like on the other side, in source order."""
    return sorted(_matched(*(_stated(context, side, pair) for side in Side)))


def _left(context: Context, pair: Pair) -> _Left:
    """Return the sure values of *pair* that no value of the other side answers."""
    source, target = (_stated(context, side, pair) for side in Side)
    matched = _matched(source, target)
    used = [{id(each[side]) for each in matched} for side in Side]
    rest = [
        [each for each in stated if id(each) not in used[side] and not each.value.is_soft]
        for side, stated in ((Side.SOURCE, source), (Side.TARGET, target))
    ]
    return _Left(
        *(_without_doubles(left, all_) for left, all_ in zip(rest, (source, target), strict=True))
    )


def _without_doubles(left: list[Stated], stated: Sequence[Stated]) -> list[Stated]:
    """Return *left* without amounts that stand twice, in two units: "16 km (10 milles)"."""
    lasting = {id(each) for each in left}
    answered = [each for each in stated if id(each) not in lasting]
    return [
        each
        for each in left
        if not any(
            abs(each.span.start - other.span.start) <= _DOUBLE
            and is_converted(each.value, other.value)
            for other in answered
        )
    ]


def _matched(source: Sequence[Stated], target: Sequence[Stated]) -> list[tuple[Stated, Stated]]:
    free = list(target)
    matched: list[tuple[Stated, Stated]] = []
    for source_soft, target_soft in ((False, False), (False, True), (True, False), (True, True)):
        done = {id(each) for each, _ in matched}
        for each in source:
            if id(each) in done or each.value.is_soft != source_soft:
                continue
            like = [o for o in free if o.value.is_soft == target_soft and _alike(each, o)]
            if like:
                best = min(like, key=lambda other: abs(other.share - each.share))
                free.remove(best)
                matched.append((each, best))
    return matched


def _alike(one: Stated, other: Stated) -> bool:
    return same_value(one.value, other.value)


def _cancel(source: list[Stated], target: list[Stated]) -> None:
    """Take out of both lists what the other answers: it has moved."""
    for each, other in _matched(source, target):
        source.remove(each)
        target.remove(other)


def _mismatches(left: _Left) -> Iterator[Mismatch]:
    targets = list(left.target)
    reach = 1.0 if len(targets) == len(left.source) == 1 else _FACING
    for each in left.source:
        facing = [
            other
            for other in targets
            if other.family == each.family and abs(other.share - each.share) <= reach
        ]
        other = min(facing, key=lambda o: abs(o.share - each.share)) if facing else None
        if other:
            targets.remove(other)
        yield Mismatch(each, other)
    yield from (Mismatch(None, other) for other in targets)


def _stated(context: Context, side: Side, pair: Pair) -> list[Stated]:
    document = context.documents[side]
    clauses = [document.clauses[index] for index in pair.of(side)]
    passages = [context.clause(side, index) for index in pair.of(side)]
    size = max(1, sum(len(passage.text) for passage in passages))
    stated, done = [], 0
    for clause, passage in zip(clauses, passages, strict=True):
        if clause.role is not Role.CODE:
            stated += list(_stated_in(clause, passage, document.lang, done, size))
        done += len(passage.text)
    return stated


def _stated_in(
    clause: Clause, passage: Passage, lang: str, done: int, size: int
) -> Iterator[Stated]:
    text = passage.text
    body = body_start(clause, text)
    for value in find_values(text, lang):
        if value.start >= body:
            span = passage.span(value.start, value.end)
            share = (done + value.start) / size
            yield Stated(value, span, text[value.start : value.end], share)


def body_start(clause: Clause, text: str) -> int:
    """Return where the *text* of *clause* starts after its printed number."""
    place = text.find(clause.number) if clause.number else -1
    return place + len(clause.number or "") if 0 <= place <= _MARKER else 0
