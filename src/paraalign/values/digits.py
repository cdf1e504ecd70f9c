"""Numbers in digits, in every convention for grouping and decimals.

"1.000,5", "1,000.5" and "1 000,5" are one number. A single sign before exactly three digits may
group or part decimals, so both readings are kept: the other side decides.

>>> [str(each) for each in sorted(digit_readings("1.000"))]
['1', '1000']
>>> digit_readings("1 000,5") == digit_readings("1,000.5")
True
"""

import re
from fractions import Fraction

__all__ = ["DIGITS", "digit_readings"]

DIGITS = re.compile(
    r"(?<![\w])(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*)"
)
_GROUP = 3


def digit_readings(text: str) -> frozenset[Fraction]:
    """Return what *text*, a number in digits, may count."""
    plain = re.sub(r"\s", "", text)
    signs = [char for char in plain if char in ".,"]
    if not signs:
        return frozenset([Fraction(plain)])
    if len(set(signs)) > 1:
        return frozenset([_decimal(plain, signs[-1])])
    groups = re.split(r"[.,]", plain)
    grouped = Fraction("".join(groups)) if _is_grouped(groups) else None
    decimal = _decimal(plain, signs[0]) if len(signs) == 1 else None
    return frozenset(each for each in (grouped, decimal) if each is not None) or frozenset(
        [Fraction(groups[0])]
    )


def _is_grouped(groups: list[str]) -> bool:
    head, *rest = groups
    return len(head) <= _GROUP and head != "0" and all(len(group) == _GROUP for group in rest)


def _decimal(plain: str, sign: str) -> Fraction:
    whole, _, part = plain.rpartition(sign)
    return Fraction(f"{re.sub('[.,]', '', whole) or '0'}.{part}")
