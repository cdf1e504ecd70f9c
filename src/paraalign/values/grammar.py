"""What a language's number words, months, units and contexts are, loaded from data files.

>>> load_grammar("vi").scales["triệu"]
1000000
>>> load_grammar("xx").small  # a language without a file has digits only
{}
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

from paraalign.values.value import Unit

__all__ = ["Grammar", "load_grammar"]

_NEVER = "(?!)"


@dataclass(frozen=True, slots=False, kw_only=True)
class Grammar:
    """The value words of one language, all in lower case.

    Attributes:
        small: Words below a hundred and what they count.
        vigesimal: Tens that take another ten ("soixante-dix").
        scales: Words that multiply what stands before them.
        collectives: Words such as "dizaine".
        nouns: Words that hold a number ("cinquantenaire").
        ordinals: Ordinal words.
        fractions: Words that may answer a number, always soft; amounts as fractions.
        soft: Number words that are soft when they stand alone.
        soft_pattern: Stretches whose number is soft ("les deux").
        hard_after: What must follow a soft word for it to count, as a pattern.
        hard_unless_before: What must not stand before it.
        joiners: Words that may stand inside a number ("et", "linh") and before what; before any
            small word where no list is given.
        half: Phrases that add a half.
        months: Names of months.
        months_need_day: Names that are other words too, unless a day or year stands by.
        weekdays: Names of weekdays, Monday is 1.
        weekday_ordinals: Those that are ordinals too ("thứ hai").
        ordinal_suffix: What makes digits an ordinal, as a pattern.
        roman_cues: Words before a Roman numeral of one letter, as a pattern.
        decade_cues: What stands before a decade, as a pattern.
        hours: The word or sign for hours between digits, as a pattern.
        minutes: Likewise for minutes.
        date_cues: What stands before a date of day and month in digits, as a pattern.
        units: Units and what they measure.
        ranges: Words and signs between the ends of a range, as a pattern.
        never_adds: Small words that add only after a joiner or before a scale ("năm" is a year).
        clock_words: What after "7.55" makes it a time, as a pattern.
    """

    small: dict[str, int] = field(default_factory=dict)
    vigesimal: list[int] = field(default_factory=list)
    scales: dict[str, int] = field(default_factory=dict)
    collectives: dict[str, int] = field(default_factory=dict)
    nouns: dict[str, int] = field(default_factory=dict)
    ordinals: dict[str, int] = field(default_factory=dict)
    fractions: dict[str, str] = field(default_factory=dict)
    soft: list[str] = field(default_factory=list)
    soft_pattern: str = _NEVER
    hard_after: dict[str, str] = field(default_factory=dict)
    hard_unless_before: dict[str, str] = field(default_factory=dict)
    joiners: dict[str, list[str]] = field(default_factory=dict)
    half: list[str] = field(default_factory=list)
    months: dict[str, int] = field(default_factory=dict)
    months_need_day: list[str] = field(default_factory=list)
    weekdays: dict[str, int] = field(default_factory=dict)
    weekday_ordinals: dict[str, int] = field(default_factory=dict)
    ordinal_suffix: str = ""
    roman_cues: str = _NEVER
    decade_cues: str = "(?!)$"
    hours: str = "h"
    minutes: str = ""
    date_cues: str = "(?!)$"
    units: dict[str, list[Any]] = field(default_factory=dict)
    ranges: str = "-|–"
    never_adds: list[str] = field(default_factory=list)
    clock_words: str = _NEVER

    @cached_property
    def adders(self) -> dict[str, int]:
        """All words that start a number or are added to one."""
        return {**self.small, **self.collectives}

    @cached_property
    def phrases(self) -> re.Pattern[str]:
        """Ordinal words, nouns that hold a number, and words that may answer one."""
        return _any_of([*self.ordinals, *self.nouns, *self.fractions])

    @cached_property
    def month_names(self) -> re.Pattern[str]:
        """The names of the months."""
        return _any_of(self.months)

    @cached_property
    def weekday_names(self) -> re.Pattern[str]:
        """The names of the weekdays."""
        return _any_of(self.weekdays)

    @cached_property
    def soft_places(self) -> re.Pattern[str]:
        """Where a number is soft."""
        return re.compile(self.soft_pattern)

    @cached_property
    def unit_after(self) -> re.Pattern[str]:
        """A unit right after a number."""
        names = sorted(map(re.escape, self.units), key=len, reverse=True)
        link = r"[\s-]?(?:de |d['’])?"
        return re.compile(f"{link}({'|'.join(names)})(?![\\w])" if names else _NEVER)

    def unit(self, name: str) -> Unit:
        """Return the unit called *name*."""
        dimension, size = self.units[name]
        return Unit(dimension, float(size))


@lru_cache
def load_grammar(lang: str) -> Grammar:
    """Return the grammar of *lang*; of a language without a data file, one of digits only."""
    path = files("paraalign.values") / "data" / f"{lang}.json"
    return Grammar(**json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else Grammar()


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    ranked = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ranked)})(?!\w)" if ranked else _NEVER)
