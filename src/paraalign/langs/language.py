"""What one language does its own way, for the steps that cut and compare texts.

Most of segmentation is the same in every language; the words are not. Each language is a TOML file
in ``data``: the words that open numbered sections, abbreviations, closing formulas, function words,
quotes, decimal conventions. A language without a file gets the neutral record "xx", which knows
marks that need no words ("1.", "a)", "–").

>>> get("vi").decimal_mark, "của" in get("vi").function_words
(',', True)
>>> get("fr").section("Chapitre")
SectionWord(word='chapitre', kind='chapter', rank=3)
>>> get("tlh").code
'xx'
"""

import json
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any, NamedTuple

__all__ = ["Language", "SectionWord", "function_words", "get"]

_NEUTRAL = "xx"


class SectionWord(NamedTuple):
    """A word that opens a numbered section.

    Attributes:
        word: As printed, in lower case.
        kind: What it names, the same in every language: "part", "chapter", "article" …
        rank: How high it stands: 1 for the topmost, 8 for the lowest.
    """

    word: str
    kind: str
    rank: int


@dataclass(frozen=True, eq=False, kw_only=True)
class Language:
    """What differs by language.

    Attributes:
        code: ISO 639-1 code, or "xx" for the neutral record.
        name: English name.
        section_words: Words that open numbered sections.
        ordinals: Number words and endings of numbers, with their values.
        ordinal_first: Whether an ordinal before a section word numbers it ("Première partie").
        points: The letters that number points, in order.
        abbreviations: In lower case with the dot, to what they do: "bound" ones stand before
            a name or a phrase and never end a sentence, "numbered" ones do so unless a number
            follows, "free" ones where a capital follows.
        closings: Patterns for the start of a line of place and date.
        signatures: Openings of a signature, in lower case.
        function_words: Articles, pronouns, prepositions, conjunctions, particles, auxiliaries.
        quotes: Pairs of opening and closing quotes.
        decimal_mark: What stands before a fraction.
        thousands_marks: What may stand between thousands.
        months: Names of the months, January first.
        tokens: How words are cut: patterns for "prefixes", "suffixes" and "infixes", for what
            stays "whole", and "exceptions" with "|" where they are cut.
    """

    code: str
    name: str
    section_words: tuple[SectionWord, ...] = ()
    ordinals: dict[str, int]
    ordinal_first: bool = False
    points: str
    abbreviations: dict[str, str]
    closings: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    function_words: frozenset[str] = frozenset()
    quotes: tuple[tuple[str, str], ...] = ()
    decimal_mark: str = "."
    thousands_marks: str = ","
    months: tuple[str, ...] = ()
    tokens: dict[str, list[str]]

    def __repr__(self) -> str:
        """Show the code, not the data."""
        return f"Language({self.code!r})"

    @cached_property
    def _sections(self) -> dict[str, SectionWord]:
        return {section.word: section for section in self.section_words}

    def section(self, word: str) -> SectionWord | None:
        """Return the section word *word*, in any case, or None.

        >>> get("vi").section("Điều").kind
        'article'
        """
        return self._sections.get(word.lower())


@lru_cache(maxsize=64)
def get(code: str) -> Language:
    """Return the record of the language *code*; the neutral one where there is none.

    >>> get("en").name
    'English'
    """
    folder = resources.files(__package__) / "data"
    base = code.lower().partition("-")[0]
    file = folder / f"{base}.toml"
    if not (base.isalpha() and file.is_file()):
        file = folder / f"{_NEUTRAL}.toml"
    return _language(tomllib.loads(file.read_text(encoding="utf-8")))


def function_words(code: str) -> frozenset[str]:
    """Return the function words of the language *code*, in lower case.

    >>> sorted(function_words("fr") & {"le", "maison", "qui"})
    ['le', 'qui']
    """
    return get(code).function_words


def _language(data: dict[str, Any]) -> Language:
    sections = data.get("sections", {})
    return Language(
        code=data["code"],
        name=data["name"],
        section_words=tuple(_section_words(sections)),
        ordinals=_values(data.get("ordinals", {})),
        ordinal_first=data.get("ordinal_first", False),
        points=data["points"],
        abbreviations=_kinds(data.get("abbreviations", {})),
        closings=tuple(data.get("closings", ())),
        signatures=tuple(data.get("signatures", ())),
        function_words=_entries(data.get("function_words", {})),
        quotes=tuple((pair[0], pair[1]) for pair in data.get("quotes", ())),
        decimal_mark=data.get("decimal_mark", "."),
        thousands_marks=data.get("thousands_marks", ","),
        months=tuple(data.get("months", "").split(", ")),
        tokens=_tokens(data["code"]),
    )


def _tokens(code: str) -> dict[str, list[str]]:
    """Read how the words of a language are cut: the neutral rules where it has none of its own."""
    file = resources.files(__package__) / "data" / "tokens.json"
    rules: dict[str, dict[str, list[str]]] = json.loads(file.read_text(encoding="utf-8"))
    return {**rules[_NEUTRAL], **rules.get(code, {})}


def _section_words(sections: dict[str, dict[str, Any]]) -> list[SectionWord]:
    return [
        SectionWord(word, kind, entry["rank"])
        for kind, entry in sections.items()
        for word in entry["words"]
    ]


def _values(words_by_value: dict[str, str]) -> dict[str, int]:
    return {
        word: int(value) for value, words in words_by_value.items() for word in words.split(", ")
    }


def _kinds(words_by_kind: dict[str, str]) -> dict[str, str]:
    return {word: kind for kind, words in words_by_kind.items() for word in words.split()}


def _entries(groups: dict[str, str]) -> frozenset[str]:
    return frozenset(word.strip() for group in groups.values() for word in group.split(","))
