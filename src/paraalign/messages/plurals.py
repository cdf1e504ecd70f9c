"""Choose the form of a message that a count asks for.

English has two forms, French takes the singular for none too, Vietnamese has one form for all, and
Polish has three. The Unicode CLDR writes such rules down in a small notation, and a catalogue
copies them from there: "n = 0..1", "n % 10 = 2..4 and n % 100 != 12..14".

>>> form_of(21, {"one": "n % 10 = 1 and n % 100 != 11", "few": "n % 10 = 2..4"})
'one'
>>> form_of(5, {"one": "n = 1"})
'other'
"""

import re
from collections.abc import Mapping

__all__ = ["form_of", "holds"]

_RELATION = re.compile(r"n(?: % (\d+))? (=|!=) ([\d.,]+)")


def form_of(count: int, rules: Mapping[str, str]) -> str:
    """Return the name of the first of the *rules* that holds for *count*, else "other".

    >>> form_of(0, {"one": "n = 0..1"})
    'one'
    """
    return next((form for form, rule in rules.items() if holds(rule, count)), "other")


def holds(rule: str, count: int) -> bool:
    """Tell whether the *rule* holds for *count*: relations joined by "and", these by "or".

    Raises:
        ValueError: If the rule is not in the notation of the CLDR.

    >>> holds("n % 10 = 2..4 and n % 100 != 12..14", 22)
    True
    """
    return any(
        all(_relation(part, count) for part in alternative.split(" and "))
        for alternative in rule.split(" or ")
    )


def _relation(text: str, count: int) -> bool:
    match = _RELATION.fullmatch(text.strip())
    if match is None:
        message = f"plural rule has {text!r}; relations such as 'n % 10 = 2..4' are allowed"
        raise ValueError(message)
    divisor, sign, ranges = match.groups()
    value = count % int(divisor) if divisor else count
    return any(_within(value, each) for each in ranges.split(",")) is (sign == "=")


def _within(value: int, text: str) -> bool:
    first, _, last = text.partition("..")
    return int(first) <= value <= int(last or first)
