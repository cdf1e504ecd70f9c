"""Find all values of a text: the surer finders first, none twice in the same place.

>>> [(str(*value.readings), value.form) for value in find_values("Les 12èmes Assises", "fr")]
[('12', 'ordinal')]
"""

from collections.abc import Iterator
from functools import lru_cache

from paraalign.values.codes import find_codes
from paraalign.values.dates import clock_readings, find_dates, find_decades
from paraalign.values.numerals import find_numerals
from paraalign.values.ordinals import find_fractions, find_ordinals, find_phrases, find_romans
from paraalign.values.units import share_units, with_unit
from paraalign.values.value import Value

__all__ = ["find_values"]

_HOUR = 3600.0


@lru_cache(maxsize=8192)
def find_values(text: str, lang: str) -> tuple[Value, ...]:
    """Return the values of *text* in *lang*, in order, disjoint."""
    lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    taken = bytearray(len(text))
    found = [value for value in _all(text, lowered, lang) if _claim(value, taken)]
    united = [with_unit(lowered, value, taken, lang) for value in sorted(found)]
    return tuple(_settled(text, value) for value in share_units(lowered, united, lang))


def _all(text: str, lowered: str, lang: str) -> Iterator[Value]:
    yield from find_codes(text)
    yield from find_dates(lowered, lang)
    yield from find_ordinals(lowered, lang)
    yield from find_decades(lowered, lang)
    yield from find_fractions(lowered)
    yield from find_romans(text, lang)
    yield from find_phrases(lowered, lang)
    yield from find_numerals(lowered, lang)


def _claim(value: Value, taken: bytearray) -> bool:
    if any(taken[value.start : value.end]):
        return False
    taken[value.start : value.end] = b"\1" * (value.end - value.start)
    return True


def _settled(text: str, value: Value) -> Value:
    """Return *value* with what stands around it taken in: hours, ordinal marks, capitals."""
    if value.unit and value.unit.size == _HOUR:
        hours = frozenset(each for amount in value.amounts for each in clock_readings(amount))
        return value._replace(readings=hours | value.readings)
    before = text[: value.start].lower()
    for mark in ("lần thứ ", "thứ "):
        if before.endswith(mark):
            return value._replace(start=value.start - len(mark), form="ordinal", is_soft=False)
    return value._replace(is_soft=value.is_soft or _is_name(text, value))


def _is_name(text: str, value: Value) -> bool:
    """Tell whether a number word stands capitalised inside a sentence, as names do."""
    word = text[value.start : value.end]
    inside = text[: value.start].rstrip(" \"'“‘«(")[-1:] not in {"", ".", "!", "?", ":", "…", "\n"}
    return value.form == "number" and word[:1].isupper() and inside
