"""Ordinals in digits, Roman numerals, fractions, and words that hold a number.

>>> [str(*value.readings) for value in find_ordinals("les 12 èmes assises", "fr")]
['12']
>>> [str(*value.readings) for value in find_romans("Le XIXe siècle", "fr")]
['19']
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from paraalign.values.grammar import load_grammar
from paraalign.values.value import Value

__all__ = ["find_fractions", "find_ordinals", "find_phrases", "find_romans"]

_SPACED = "(?: (?=[eèi]+mes?))?"
_ROMAN = re.compile(
    r"(?<![\w'’.-])(M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(er|re|ers|[eè]mes?|e|ᵉ)?(?![\w'’])"
)
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_FRACTION = re.compile(r"(?<![\w/])(\d{1,2})/(\d{1,3})(?![\w/])")
_PLAIN = set("IVX")


def find_ordinals(text: str, lang: str) -> Iterator[Value]:
    """Yield the ordinals in digits of *text*, already in lower case, in *lang*."""
    suffix = load_grammar(lang).ordinal_suffix
    if not suffix:
        return
    months = load_grammar(lang).month_names
    pattern = rf"(?<![\w.,])(\d+){_SPACED}(?:\^?\{{?{suffix}\}}?)(?!\w)"
    for match in re.finditer(pattern, text):
        is_soft = match[1] == "1" and not months.match(text, match.end() + 1)
        yield Value.of(*match.span(), [Fraction(match[1])], "ordinal", is_soft=is_soft)


def find_romans(text: str, lang: str) -> Iterator[Value]:
    """Yield the Roman numerals of *text* as printed; single letters only after a cue."""
    cue = re.compile(rf"(?:{load_grammar(lang).roman_cues})s?\W+$", re.IGNORECASE)
    for match in _ROMAN.finditer(text):
        is_sure = bool(match[2]) or bool(cue.search(text[: match.start()]))
        if len(match[1]) > 1 or (match[1] and match[1] in _PLAIN and is_sure):
            is_soft = not (is_sure or set(match[1]) <= _PLAIN)
            amount = Fraction(_roman(match[1]))
            yield Value.of(*match.span(), [amount], "roman", is_soft=is_soft or amount == 1)


def find_fractions(text: str) -> Iterator[Value]:
    """Yield fractions such as "3/4" of *text*, which may be read as two numbers too."""
    for match in _FRACTION.finditer(text):
        if 0 < int(match[1]) < int(match[2]):
            share = Fraction(int(match[1]), int(match[2]))
            yield Value.of(*match.span(), [share, *map(Fraction, match.groups())])


def find_phrases(text: str, lang: str) -> Iterator[Value]:
    """Yield ordinal words, nouns that hold a number, and words that may answer one."""
    grammar = load_grammar(lang)
    for match in grammar.phrases.finditer(text):
        word = match[0]
        if word in grammar.fractions:
            amounts = map(Fraction, grammar.fractions[word].split())
            yield Value.of(*match.span(), amounts, "word", is_soft=True)
        else:
            amount = grammar.ordinals.get(word) or grammar.nouns[word]
            form = "ordinal" if word in grammar.ordinals else "number"
            yield Value.of(*match.span(), [Fraction(amount)], form, is_soft=word in grammar.soft)


def _roman(text: str) -> int:
    values = [_VALUES[char] for char in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)
