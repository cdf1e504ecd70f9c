"""Numbers, dates, times and codes that differ, compared by what they count.

Peers compare digit strings and stumble over "cinquantenaire" against "50 năm", "12èmes" against
"lần thứ 12" or "1.000" against "1 000". Here both sides are read by value (`paraalign.values`); a
finding says which value is missing, added or changed, or that only the unit was converted.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from paraalign.checks.check import Check, finding
from paraalign.checks.compared import Mismatch, Stated, compare_values, matched_values
from paraalign.checks.context import Context, Side
from paraalign.checks.wordlists import word_list
from paraalign.model import Finding, Kind, Severity, Span
from paraalign.values import Unit, Value, is_converted, same_value

__all__ = ["CHECKS"]

_CURRENCIES = {"EUR", "USD", "GBP", "JPY", "CNY", "RUB", "VND", "CHF"}
# Counted over the findings of NTREX, one more right and one more wrong added so that few prove
# little (benchmarks/accuracy/checks.md); "unit" and "swapped", too rare there, are guesses.
_CONFIDENCE = {
    "missing": 0.81,
    "added": 0.8,
    "changed": 0.8,
    "converted": 0.95,
    "unit": 0.8,
    "swapped": 0.6,
}
_YEARS = range(1800, 2101)


def find_missing_numbers(context: Context) -> Iterator[Finding]:
    """Yield each number of the source that the target lacks."""
    yield from _one_sided(context, "number", "missing")


def find_added_numbers(context: Context) -> Iterator[Finding]:
    """Yield each number of the target that the source lacks."""
    yield from _one_sided(context, "number", "added")


def find_changed_numbers(context: Context) -> Iterator[Finding]:
    """Yield each number that faces another."""
    for mismatch in _changed(context, "number"):
        if not _is_converted(mismatch):
            yield _finding(context, mismatch, "changed", Severity.CRITICAL)


def find_converted_numbers(context: Context) -> Iterator[Finding]:
    """Yield each amount given in another unit, converted rightly."""
    for mismatch in _changed(context, "number"):
        if _is_converted(mismatch):
            yield _finding(context, mismatch, "converted", Severity.MINOR)


def find_unit_changes(context: Context) -> Iterator[Finding]:
    """Yield each equal amount that counts something else: euros for dollars."""
    for pair in context.pairs:
        for source, target in matched_values(context, pair):
            if _units_differ(source.value.unit, target.value.unit):
                yield _finding(context, Mismatch(source, target), "unit", Severity.CRITICAL)


def find_swapped_numbers(context: Context) -> Iterator[Finding]:
    """Yield each two neighbouring numbers of one sort that change places in the target."""
    for pair in context.pairs:
        matched = [each for each in matched_values(context, pair) if _is_sure_number(each)]
        matched.sort(key=lambda each: each[0].span)
        for (one, its), (other, theirs) in pairwise(matched):
            crossed = its.span > theirs.span and not _turned(context, theirs.span, its.span)
            if crossed and (_same_sort(one.value, other.value) or _trade(one, other, its, theirs)):
                yield _swapped(context, (one, other), (its, theirs))


def find_missing_dates(context: Context) -> Iterator[Finding]:
    """Yield each month or weekday of the source that the target lacks."""
    yield from _one_sided(context, "date", "missing")


def find_added_dates(context: Context) -> Iterator[Finding]:
    """Yield each month or weekday of the target that the source lacks."""
    yield from _one_sided(context, "date", "added")


def find_changed_dates(context: Context) -> Iterator[Finding]:
    """Yield each month or weekday that faces another."""
    for mismatch in _changed(context, "date"):
        yield _finding(context, mismatch, "changed", Severity.CRITICAL)


def find_missing_verbatim(context: Context) -> Iterator[Finding]:
    """Yield each version, telephone number or address of the source that the target lacks."""
    yield from _one_sided(context, "verbatim", "missing")


def find_added_verbatim(context: Context) -> Iterator[Finding]:
    """Yield each version, telephone number or address of the target that the source lacks."""
    yield from _one_sided(context, "verbatim", "added")


def find_changed_verbatim(context: Context) -> Iterator[Finding]:
    """Yield each version, telephone number or address that faces another."""
    for mismatch in _changed(context, "verbatim"):
        yield _finding(context, mismatch, "changed", Severity.MAJOR)


def _is_sure_number(match: tuple[Stated, Stated]) -> bool:
    has_units = all(each.value.unit for each in match)
    return all(each.family == "number" and (has_units or not each.value.is_soft) for each in match)


def _turned(context: Context, first: Span, last: Span) -> bool:
    """Tell whether a word between two numbers turns their order round: "250 instead of 1,000"."""
    between = context.documents[Side.TARGET].read(Span(first.end, last.start)).lower()
    turning = word_list("turning", context.langs[Side.TARGET])
    return any(word.replace("_", " ") in between for word in turning)


def _trade(one: Stated, other: Stated, its: Stated, theirs: Stated) -> bool:
    """Tell whether two numbers trade what they count: "4 points, 12 autres", "12 điểm, 4 trận"."""
    kinds = [each.value.unit and each.value.unit.dimension for each in (one, other, its, theirs)]
    return kinds[0] != kinds[1] and kinds[0] == kinds[3] and kinds[1] == kinds[2]


def _same_sort(one: Value, other: Value) -> bool:
    """Tell whether two different numbers count alike: in one unit, both years or neither."""
    alike = one.unit == other.unit and one.form == other.form and not same_value(one, other)
    return alike and _is_year(one) == _is_year(other)


def _is_year(value: Value) -> bool:
    return any(amount in _YEARS for amount in value.amounts)


def _swapped(
    context: Context, sources: tuple[Stated, Stated], targets: tuple[Stated, Stated]
) -> Finding:
    one, other = sources
    return finding(
        check="number-swapped",
        kind=Kind.NUMBER,
        severity=Severity.CRITICAL,
        confidence=_CONFIDENCE["swapped"],
        message=context.say("value-swapped", {"one": one.text, "other": other.text}),
        source=tuple(each.span for each in sources),
        target=tuple(each.span for each in reversed(targets)),
    )


def _is_converted(mismatch: Mismatch) -> bool:
    source, target = mismatch.source, mismatch.target
    return bool(source and target and is_converted(source.value, target.value))


def _units_differ(source: Unit | None, target: Unit | None) -> bool:
    if not (source and target) or source == target:
        return False
    both = {source.dimension, target.dimension}
    return both <= _CURRENCIES or (len(both) == 1 and not both & {"day", "second"})


def _changed(context: Context, family: str) -> Iterator[Mismatch]:
    for mismatch in compare_values(context):
        if mismatch.family == family and mismatch.source and mismatch.target:
            yield mismatch


def _one_sided(context: Context, family: str, fault: str) -> Iterator[Finding]:
    for mismatch in compare_values(context):
        side = mismatch.source if fault == "missing" else mismatch.target
        other = mismatch.target if fault == "missing" else mismatch.source
        if mismatch.family == family and side and not other:
            is_minor = side.value.form in {"weekday", "address"}
            yield _finding(context, mismatch, fault, Severity.MINOR if is_minor else Severity.MAJOR)


def _finding(context: Context, mismatch: Mismatch, fault: str, severity: Severity) -> Finding:
    source, target = mismatch.source, mismatch.target
    sides = {"source": source, "target": target}
    quotes = {side: stated.text for side, stated in sides.items() if stated}
    return finding(
        check=f"{mismatch.family}-{fault}",
        kind=Kind.NUMBER,
        severity=severity,
        confidence=_CONFIDENCE[fault],
        message=context.say(f"value-{fault}", quotes),
        source=(source.span,) if source else (),
        target=(target.span,) if target else (),
        evidence={"source": _readings(source), "target": _readings(target)},
    )


def _readings(stated: Stated | None) -> list[str]:
    """Return what *stated* may count, amounts first, as a reader writes them."""
    if stated is None:
        return []
    amounts = [_plain(amount) for amount in stated.value.amounts]
    return amounts + sorted(each for each in stated.value.readings if isinstance(each, str))


def _plain(amount: Fraction) -> str:
    return str(amount.numerator) if amount.denominator == 1 else f"{float(amount):g}"


CHECKS = (
    Check(
        "number-missing",
        Kind.NUMBER,
        Severity.MAJOR,
        find_missing_numbers,
    ),
    Check(
        "number-added",
        Kind.NUMBER,
        Severity.MAJOR,
        find_added_numbers,
    ),
    Check("number-changed", Kind.NUMBER, Severity.CRITICAL, find_changed_numbers),
    Check(
        "number-converted",
        Kind.NUMBER,
        Severity.MINOR,
        find_converted_numbers,
    ),
    Check(
        "number-swapped",
        Kind.NUMBER,
        Severity.CRITICAL,
        find_swapped_numbers,
    ),
    Check(
        "number-unit",
        Kind.NUMBER,
        Severity.CRITICAL,
        find_unit_changes,
    ),
    Check(
        "date-missing",
        Kind.NUMBER,
        Severity.MAJOR,
        find_missing_dates,
    ),
    Check(
        "date-added",
        Kind.NUMBER,
        Severity.MAJOR,
        find_added_dates,
    ),
    Check(
        "date-changed",
        Kind.NUMBER,
        Severity.CRITICAL,
        find_changed_dates,
    ),
    Check(
        "verbatim-missing",
        Kind.NUMBER,
        Severity.MAJOR,
        find_missing_verbatim,
    ),
    Check(
        "verbatim-added",
        Kind.NUMBER,
        Severity.MAJOR,
        find_added_verbatim,
    ),
    Check(
        "verbatim-changed",
        Kind.NUMBER,
        Severity.MAJOR,
        find_changed_verbatim,
    ),
)
