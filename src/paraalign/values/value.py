"""A value: a number, date, time or code as a text states it, and what it may count.

"1.000" is a thousand to a French or Vietnamese reader and one to an English one; "thứ hai" is the
second or a Monday; "3 giờ" is three o'clock, fifteen o'clock or three hours. So a value has several
readings, and two values agree when they share one. A soft value ("un", "một", "premier") may state
a number or not: it can answer a value of the other side but asks for none.

>>> same_value(Value.of(0, 4, [Fraction(3), Fraction(15)]), Value.of(9, 13, [Fraction(15)]))
True
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple, TypeAlias

__all__ = ["Reading", "Unit", "Value", "same_value"]

Reading: TypeAlias = Fraction | str


class Unit(NamedTuple):
    """What a number counts: a dimension or currency, and the size of the unit in it."""

    dimension: str
    size: float


class Value(NamedTuple):
    """A value found in a text.

    Attributes:
        start: First character, counted in the text searched.
        end: Character after the last.
        readings: What it may count: amounts, "month:4", "weekday:1", "code:g20".
        form: "number", "ordinal", "month", "weekday", "roman", "code", "version" or "address".
        is_soft: Whether it may be no value at all and is not asked for on the other side.
        unit: What it counts, where a known unit stands beside it.
    """

    start: int
    end: int
    readings: frozenset[Reading]
    form: str = "number"
    is_soft: bool = False
    unit: Unit | None = None

    @classmethod
    def of(  # noqa: PLR0913  one argument a field
        cls,
        start: int,
        end: int,
        readings: Iterable[Reading],
        form: str = "number",
        *,
        is_soft: bool = False,
        unit: Unit | None = None,
    ) -> "Value":
        """Return a value with *readings* gathered into a set."""
        return cls(start, end, frozenset(readings), form, is_soft, unit)

    @property
    def amounts(self) -> tuple[Fraction, ...]:
        """The readings that are amounts, least first."""
        return tuple(sorted(each for each in self.readings if isinstance(each, Fraction)))


def same_value(one: Value, other: Value) -> bool:
    """Tell whether *one* and *other* share a reading."""
    return not one.readings.isdisjoint(other.readings)
