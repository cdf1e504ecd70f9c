"""Amounts that were converted into another unit: another number, the same quantity."""

from paraalign.values.value import Unit, Value

__all__ = ["is_converted"]

_TOLERANCE = 0.07  # how far a converted amount may be rounded
_POUND = {"mass": 0.4536, "GBP": 1.0}


def is_converted(source: Value, target: Value) -> bool:
    """Tell whether *source* and *target* are one amount in two units.

    >>> from fractions import Fraction
    >>> miles = Value.of(0, 8, [Fraction(10)], unit=Unit("length", 1609.344))
    >>> is_converted(miles, Value.of(0, 5, [Fraction(16)], unit=Unit("length", 1000)))
    True
    """
    if not (source.unit and target.unit):
        return False
    if source.unit == target.unit and source.unit.dimension != "degree":
        return False
    return any(
        _close(one, other)
        for one in _base_amounts(source, target.unit)
        for other in _base_amounts(target, source.unit)
    )


def _base_amounts(value: Value, facing: Unit) -> list[float]:
    """Return what *value* amounts to in the base unit of the dimension it shares with *facing*."""
    unit = value.unit
    if unit is None:
        return []
    if unit.dimension in {"fahrenheit", "degree"}:  # a bare degree may be of either scale
        plain = [float(amount) for amount in value.amounts if unit.dimension == "degree"]
        return plain + [(float(amount) - 32) / 1.8 for amount in value.amounts]
    size = unit.size
    if unit.dimension == "pound":
        size = _POUND.get(facing.dimension, 0.0)
    elif unit.dimension != facing.dimension and facing.dimension not in {"pound", "fahrenheit"}:
        return []
    return [float(amount) * size for amount in value.amounts]


def _close(one: float, other: float) -> bool:
    return bool(one and other) and abs(one - other) <= _TOLERANCE * max(abs(one), abs(other))
