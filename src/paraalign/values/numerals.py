"""Numbers in words, in digits, and in both at once ("12 triệu", "2,5 milliards").

A number word adds to what stands before it, or multiplies it. Which, and whether it may, follows
from the size of the last part: after "soixante" another part below twenty may come, after "hai"
none, so "hai, ba" and "hai ba" are two numbers and "hai mươi ba" is one.

>>> [str(*value.readings) for value in find_numerals("quatre-vingt-dix-sept", "fr")]
['97']
>>> [str(*value.readings) for value in find_numerals("hai trăm linh năm nghìn", "vi")]
['205000']
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from paraalign.values.digits import DIGITS, digit_readings
from paraalign.values.grammar import Grammar, load_grammar
from paraalign.values.value import Value

__all__ = ["find_numerals"]

_TOKEN = re.compile(rf"{DIGITS.pattern}|[^\W\d_]+(?:-vingts?(?![^\W\d_]))?")
_GAP = re.compile(r"[ \u00a0\u202f-]?$|-$")
_TEN, _TWENTY, _HUNDRED, _THOUSAND = 10, 20, 100, 1000


class _Token(NamedTuple):
    start: int
    end: int
    text: str


class _Sum(NamedTuple):
    """A number as far as read: what is closed, what is open, and how small a part may follow."""

    total: Fraction
    current: Fraction
    grain: int
    last: Fraction
    scale: int = 1
    is_digits: bool = False

    @property
    def amount(self) -> Fraction:
        return self.total + self.current


def find_numerals(text: str, lang: str) -> Iterator[Value]:
    """Yield the numbers of *text*, already in lower case, in *lang*."""
    grammar = load_grammar(lang)
    tokens = [_Token(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(text)]
    place = 0
    while place < len(tokens):
        count = _run_length(text, tokens[place : place + 12], grammar)
        if count:
            yield _value(text, tokens[place : place + count], grammar)
        place += max(1, count)
        if count and place < len(tokens) and tokens[place].text in grammar.never_adds:
            place += 1  # "hai mươi năm": twenty years


def _run_length(text: str, tokens: Sequence[_Token], grammar: Grammar) -> int:
    """Return how many of *tokens*, from the first, make one number."""
    state = _started(tokens[0].text, grammar)
    if state is None:
        return 0
    count = place = 1
    while place < len(tokens) and _GAP.fullmatch(text[tokens[place - 1].end : tokens[place].start]):
        word = tokens[place].text
        if not state.is_digits and _joins(tokens, place, grammar):
            place += 1
            continue
        following = _extended(state, word, grammar)
        if following is None or _stands_alone(tokens, place, grammar):
            break
        state, place = following, place + 1
        count = place
    return count


def _joins(tokens: Sequence[_Token], place: int, grammar: Grammar) -> bool:
    """Tell whether a word such as "et" or "linh" stands inside a number here."""
    takes = grammar.joiners.get(tokens[place].text)
    after = tokens[place + 1].text if place + 1 < len(tokens) else ""
    return takes is not None and after in (takes or grammar.small)


def _stands_alone(tokens: Sequence[_Token], place: int, grammar: Grammar) -> bool:
    """Tell whether a word such as "năm" can't belong to the number before it."""
    if tokens[place].text not in grammar.never_adds:
        return False
    after = tokens[place + 1].text if place + 1 < len(tokens) else ""
    return tokens[place - 1].text not in grammar.joiners and after not in grammar.scales


def _started(word: str, grammar: Grammar, digits: Fraction | None = None) -> _Sum | None:
    if word[0].isdecimal():
        amount = digits if digits is not None else max(digit_readings(word))
        return _Sum(Fraction(0), amount, 1, amount, is_digits=True)
    if word in grammar.adders:
        amount = Fraction(grammar.adders[word])
        return _Sum(Fraction(0), amount, _grain(int(amount), grammar), amount)
    if grammar.scales.get(word, 0) >= _HUNDRED:
        return _scaled(_Sum(Fraction(0), Fraction(0), 1, Fraction(0)), grammar.scales[word])
    return None


def _extended(state: _Sum, word: str, grammar: Grammar) -> _Sum | None:
    """Return *state* with *word* read, or None where *word* starts something else."""
    if scale := grammar.scales.get(word):
        return _scaled(state, scale)
    amount = grammar.small.get(word)
    if amount is None or state.is_digits or amount >= state.grain:
        return None
    current = state.current + amount
    return _Sum(state.total, current, _grain(amount, grammar), Fraction(amount), state.scale)


def _scaled(state: _Sum, scale: int) -> _Sum | None:
    if scale < _HUNDRED:  # "hai mươi", "5 chục"
        return _tenfold(state, scale)
    if state.current == 0 and state.total and scale > state.scale:  # "nghìn tỷ"
        return _Sum(state.total * scale, Fraction(0), scale, Fraction(0), scale, state.is_digits)
    if scale == _HUNDRED and not state.is_digits:
        if state.current >= _HUNDRED:
            return None
        amount = max(state.current, Fraction(1)) * scale
        return _Sum(state.total, amount, scale, amount, state.scale)
    if not state.current and state.total:
        return None
    total = state.total + (state.current or 1) * scale
    return _Sum(total, Fraction(0), scale, Fraction(0), scale, state.is_digits)


def _tenfold(state: _Sum, scale: int) -> _Sum | None:
    if not 1 < state.last < _TEN:
        return None
    amount = state.last * scale
    current = state.current - state.last + amount
    return _Sum(state.total, current, _TEN, amount, state.scale, state.is_digits)


def _grain(amount: int, grammar: Grammar) -> int:
    if amount in grammar.vigesimal:
        return _TWENTY
    return _TEN if amount >= _TWENTY or (amount == _TEN and "ten" not in grammar.small) else 1


def _value(text: str, tokens: Sequence[_Token], grammar: Grammar) -> Value:
    start, end = tokens[0].start, tokens[-1].end
    amounts = _amounts([token.text for token in tokens], grammar)
    half, end = _half(text, end, grammar)
    scale = max([grammar.scales.get(token.text, 1) for token in tokens])
    amounts = [amount + half * scale for amount in amounts]
    is_soft = _is_soft(text, tokens, grammar)
    return Value.of(start, end, amounts, is_soft=is_soft)


def _amounts(words: Sequence[str], grammar: Grammar) -> list[Fraction]:
    heads = digit_readings(words[0]) if words[0][0].isdecimal() else [None]
    return [_fold(words, grammar, head) for head in heads]


def _fold(words: Sequence[str], grammar: Grammar, head: Fraction | None) -> Fraction:
    state = _started(words[0], grammar, head)
    for word in words[1:]:
        state = state and (state if word in grammar.joiners else _extended(state, word, grammar))
    return state.amount if state else head or Fraction(0)


def _half(text: str, end: int, grammar: Grammar) -> tuple[Fraction, int]:
    for phrase in grammar.half:
        if text.startswith(" " + phrase, end):
            return Fraction(1, 2), end + 1 + len(phrase)
    return Fraction(0), end


def _is_soft(text: str, tokens: Sequence[_Token], grammar: Grammar) -> bool:
    if any(
        m.start() <= tokens[0].start and tokens[-1].end <= m.end()
        for m in grammar.soft_places.finditer(text)
    ):
        return True
    word = tokens[0].text
    if len(tokens) > 1 or word not in grammar.soft:
        return False
    after = grammar.hard_after.get(word)
    before = grammar.hard_unless_before.get(word, "(?!)")
    follows = bool(after and re.match(after, text[tokens[0].end :].lstrip()))
    return not follows or bool(re.search(before, text[: tokens[0].start]))
