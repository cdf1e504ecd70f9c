"""Dates, months, weekdays, clock times and decades, each part a value of its own.

A date is compared part by part: "du 13 au 16 avril 2023" and "13-16/4/2023" both hold the days 13
and 16, the month 4 and the year 2023, and when one part differs the finding quotes that part.

>>> [sorted(map(str, value.readings)) for value in find_dates("ngày 13-16/4/2023", "vi")]
[['13'], ['16'], ['4', 'month:4'], ['2023']]
>>> [sorted(map(str, value.readings)) for value in find_dates("15 h 30", "fr")]
[['15', '3'], ['30']]
"""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from paraalign.values.grammar import Grammar, load_grammar
from paraalign.values.value import Reading, Value

__all__ = ["clock_readings", "find_dates", "find_decades"]

_FULL = re.compile(
    r"(?<![\w/])(?:(\d{1,2}) ?[-–] ?)?(\d{1,2})(?P<sign>[/.-])(\d{1,2})(?P=sign)"
    r"(\d{4}|\d\d)(?![\w/])"
)
_ISO = re.compile(r"(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?!\w)")
_MONTH_YEAR = re.compile(r"(?<![\w/])(\d{1,2})[/-](\d{4})(?![\w/])")
_DAY_MONTH = re.compile(r"(?<![\w/])(?:(\d{1,2}) ?[-–] ?)?(\d{1,2})[/-](\d{1,2})(?![\w/])")
_YEARS = re.compile(r"(?<!\w)(\d{4}) ?[-–/] ?(\d\d)(?!\w)")
_VI_MONTH = re.compile(r"(?<!\w)tháng (\d{1,2})(?!\w)")
_COLON = re.compile(r"(?<![\w:])(\d{1,2})[:](\d\d)(?![\w:])")
_BY_DAY = re.compile(r"(?:\d|1er|\b(?:en|de|d'|d’|fin|début|mi-?|depuis|au|à|in|of|since)) ?$")
_BY_YEAR = re.compile(r"\.? \d")
_DAYS, _MONTHS, _HOURS, _HALF_DAY = 31, 12, 24, 12
_CENTURY, _PIVOT = 100, 40


def find_dates(text: str, lang: str) -> Iterator[Value]:
    """Yield the parts of dates and clock times in *text*, already in lower case, in *lang*."""
    grammar = load_grammar(lang)
    yield from _full_dates(text)
    yield from _month_numbers(text)
    yield from _clock_times(text, grammar)
    yield from _weekdays(text, grammar)
    yield from _month_names(text, grammar)
    yield from _short_dates(text, grammar)
    yield from _year_ranges(text)


def find_decades(text: str, lang: str) -> Iterator[Value]:
    """Yield decades of two digits ("les années 90"), which may name the year 1990 too."""
    cues = re.compile(load_grammar(lang).decade_cues)
    for match in re.finditer(r"(?<!\w)['’]?(\d0|\d{3}0)(s?)(?!\w)", text):
        if match[2] or cues.search(text[: match.start()]):
            yield _part(match, 1, _years(match[1]))


def clock_readings(amount: Fraction) -> frozenset[Reading]:
    """Return the hours that *amount* may name on a clock of twelve or twenty-four hours.

    >>> sorted(map(int, clock_readings(Fraction(15))))
    [3, 15]
    """
    other = amount + _HALF_DAY if amount <= _HALF_DAY else amount - _HALF_DAY
    return frozenset([amount, other] if amount <= _HOURS else [amount])


def _full_dates(text: str) -> Iterator[Value]:
    for match in _FULL.finditer(text):
        if int(match[2]) <= _DAYS and int(match[4]) <= _DAYS:
            yield from _days_and_month(match, 4)
            yield _part(match, 5, _years(match[5]))
    for match in _ISO.finditer(text):
        yield _part(match, 1, _years(match[1]))
        yield _part(match, 2, _month(match[2]))
        yield _part(match, 3, [Fraction(match[3])])
    for match in _MONTH_YEAR.finditer(text):
        if int(match[1]) <= _MONTHS:
            yield _part(match, 1, _month(match[1]))
            yield _part(match, 2, _years(match[2]))


def _short_dates(text: str, grammar: Grammar) -> Iterator[Value]:
    cues = re.compile(grammar.date_cues)
    for match in _DAY_MONTH.finditer(text):
        day, month = int(match[2]), int(match[3])
        is_date = day > month or bool(cues.search(text[: match.start()]))
        if "/" in match[0] and day <= _DAYS and 0 < month <= _MONTHS and is_date:
            yield from _days_and_month(match, 3)


def _days_and_month(match: re.Match[str], month: int) -> Iterator[Value]:
    if match[1]:
        yield _part(match, 1, [Fraction(match[1])])
    yield _part(match, 2, [Fraction(match[2])])
    yield _part(match, month, _month(match[month]))


def _month_numbers(text: str) -> Iterator[Value]:
    for match in _VI_MONTH.finditer(text):
        if 0 < int(match[1]) <= _MONTHS:
            yield Value.of(match.start(), match.end(), [f"month:{int(match[1])}"], "month")


def _month_names(text: str, grammar: Grammar) -> Iterator[Value]:
    for match in grammar.month_names.finditer(text):
        by = _BY_DAY.search(text[: match.start()]) or _BY_YEAR.match(text, match.end())
        is_soft = match[0] in grammar.months_need_day and not by
        name = f"month:{grammar.months[match[0]]}"
        yield Value.of(match.start(), match.end(), [name], "month", is_soft=is_soft)


def _weekdays(text: str, grammar: Grammar) -> Iterator[Value]:
    for match in grammar.weekday_names.finditer(text):
        readings: list[Reading] = [f"weekday:{grammar.weekdays[match[0]]}"]
        if match[0] in grammar.weekday_ordinals:
            readings.append(Fraction(grammar.weekday_ordinals[match[0]]))
        yield Value.of(match.start(), match.end(), readings, "weekday")


def _clock_times(text: str, grammar: Grammar) -> Iterator[Value]:
    spelled = re.compile(
        rf"(?<!\w)(\d{{1,2}}) ?{grammar.hours} ?(\d\d)(?: ?{grammar.minutes})?(?!\w)"
    )
    dotted = re.compile(rf"(?<![\w.,])(\d{{1,2}})\.([0-5]\d)(?= ?{grammar.clock_words}(?!\w))")
    finders = (_COLON, spelled, dotted)
    for match in (match for finder in finders for match in finder.finditer(text)):
        yield _part(match, 1, clock_readings(Fraction(match[1])))
        minutes = Fraction(match[2])
        yield Value.of(*match.span(2), [minutes], is_soft=minutes == 0)


def _year_ranges(text: str) -> Iterator[Value]:
    for match in _YEARS.finditer(text):
        yield _part(match, 1, [Fraction(match[1])])
        century = int(match[1]) // _CENTURY * _CENTURY
        yield _part(match, 2, [Fraction(match[2]), Fraction(match[2]) + century])


def _part(match: re.Match[str], group: int, readings: Iterable[Reading]) -> Value:
    known = list(readings)
    form = "month" if any(isinstance(each, str) for each in known) else "number"
    return Value.of(*match.span(group), known, form)


def _month(digits: str) -> list[Reading]:
    return [Fraction(digits), f"month:{int(digits)}"]


def _years(digits: str) -> list[Reading]:
    year = Fraction(digits)
    if year >= _CENTURY:
        short = [year % _CENTURY] if year % 10 == 0 else []
        return [year, *short]
    return [year, year + (1900 if year >= _PIVOT else 2000)]
