"""Units and currencies beside numbers, taken into the value they belong to.

In "5 à 10 cm" the unit counts for both ends of the range.

>>> from fractions import Fraction
>>> value = Value.of(0, 2, [Fraction(50)])
>>> with_unit("50 km", value, bytearray(5), "fr")[1:2]
(5,)
"""

import re

from paraalign.values.grammar import load_grammar
from paraalign.values.value import Unit, Value

__all__ = ["share_units", "with_unit"]

_SIGNS = {"$": Unit("USD", 1), "£": Unit("GBP", 1), "€": Unit("EUR", 1), "¥": Unit("JPY", 1)}
_FORMS = {"number", "ordinal"}


def with_unit(text: str, value: Value, taken: bytearray, lang: str) -> Value:
    """Return *value* with the unit that stands beside it in *text*, unless that is *taken*."""
    if value.form != "number":
        return value
    grammar = load_grammar(lang)
    match = grammar.unit_after.match(text, value.end)
    if match and not any(taken[value.end : match.end()]):
        return value._replace(end=match.end(), unit=grammar.unit(match[1]))
    before = text[: value.start].rstrip()[-1:]
    if before in _SIGNS:
        return value._replace(start=text.rindex(before, 0, value.start), unit=_SIGNS[before])
    return value


def share_units(text: str, values: list[Value], lang: str) -> list[Value]:
    """Return *values* of *text* with the unit of the end of a range given to its start.

    >>> one, other = Value.of(0, 1, [5]), Value.of(4, 9, [10], unit=Unit("length", 1))
    >>> share_units("5 à 10 cm", [one, other], "fr")[0].unit
    Unit(dimension='length', size=1)
    """
    between = re.compile(rf"\s?(?:{load_grammar(lang).ranges})\s?")
    shared = list(values)
    for place in range(len(values) - 2, -1, -1):
        one, other = shared[place], shared[place + 1]
        in_range = between.fullmatch(text, one.end, other.start)
        if in_range and other.unit and not one.unit and one.form in _FORMS:
            shared[place] = one._replace(unit=other.unit)
    return shared
