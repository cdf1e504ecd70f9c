"""What must stand verbatim: addresses, versions, phone numbers, codes of letters and digits.

Their digits are no numbers: "Covid-19" holds no 19 and "1.2.3" neither 1.2 nor 3. Addresses are
compared without what names a language in them, for each version links to its own pages.

>>> [sorted(value.readings, key=str) for value in find_codes("Version 1.2.3")]
[['version:1.2.3']]
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from paraalign.values.value import Reading, Value

__all__ = ["find_codes"]

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>«»\"“”()]+[^\s<>«»\"“”().,;:!?]|[\w.+-]+@[\w-]+\.[\w.-]+\w"
)
_VERSION = re.compile(r"(?<![\w.])[vV]?(\d+(?:\.\d+){2,}(?:[-+~][\w.+~-]*\w)?)(?![\w])")
_PHONE = re.compile(
    r"(?<!\w)(?:(?:\+\d{1,4}|0\d{1,3})(?:[ .-]\d{2,4}){2,}|\d{2,4}(?:[ -]\d{2,4}){3,})(?![\w/])"
)
_CODE = re.compile(r"(?<!\w)(?:[^\W\d_]+[-_]?\d[\w-]*|\d+(?:[.,]\d+)?-?[A-Z][\w]*)(?!\w)")
_LANGUAGE = re.compile(r"(?<![a-z])(?:fr|vi|vn|en)(?:[-_][a-z]{2})?(?![a-z])", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}|\d{1,3}([.,])\d{3}(?:\1\d{3})*")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+")


def find_codes(text: str) -> Iterator[Value]:
    """Yield the addresses, versions, phone numbers and codes of *text* as printed."""
    for match in _ADDRESS.finditer(text):
        yield _verbatim(match, "address", _LANGUAGE.sub("", match[0]).casefold().rstrip("/"))
    for match in _PHONE.finditer(text):
        if not _SPACED.fullmatch(match[0]):
            yield _verbatim(match, "phone", re.sub(r"\D", "", match[0])[-8:])
    for match in _VERSION.finditer(text):
        if not _GROUPED.fullmatch(match[1]):
            yield _verbatim(match, "version", match[1].casefold())
    for match in _CODE.finditer(text):
        if any(char.isupper() for char in match[0]):
            yield _code(match)


def _verbatim(match: re.Match[str], form: str, text: str) -> Value:
    return Value.of(match.start(), match.end(), [f"{form}:{text}"], form)


def _code(match: re.Match[str]) -> Value:
    numbers = [Fraction(each) for each in re.findall(r"\d+", match[0])]
    readings: list[Reading] = [f"code:{re.sub('[-_]', '', match[0]).casefold()}", *numbers]
    return Value.of(match.start(), match.end(), readings, "code", is_soft=True)
