r"""Numbering marks: what a line may open with, in three languages and a dozen systems.

"3.1.", "a)", "(iv)", "1°", "Article premier", "Điều 5", "Chương II" open a clause; "3.5 millions",
"2023.", "10.30 h", "A. Dupont" and "Article 5 of the law" do not, or not surely. So `marks` gives
every reading of the start of a line with whether it is firm; what stands around it decides about
the doubtful ones (see `paraalign.segment.sequence`).

>>> [mark.number for mark in marks("3.1. Conscientes des changements", "fr")]
['3.1']
>>> [(mark.style, mark.number, mark.value) for mark in marks("đ) Quyền và nghĩa vụ", "vi")]
[('a)', 'đ', (5,))]
>>> [(mark.style, mark.value) for mark in marks("i) la forme", "fr")]
[('i)', (1,)), ('a)', (9,))]
>>> marks("3,5 millions d'euros", "fr")
()
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from paraalign import langs
from paraalign.model import Clause, Document, Role

__all__ = ["Irregularity", "Mark", "irregularities", "marks", "roman", "value"]

_TIMEOUT = 5.0  # seconds; a pattern that takes longer has met hostile input
_ROMAN_LIMIT = 89  # no list runs further in Roman numerals, but MM., DC. and CD. are words
_ROMAN = regex.compile(r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_REPEATS = {"bis": 2, "ter": 3, "quater": 4, "quinquies": 5, "sexies": 6}
_BARE = regex.compile(
    r"""
    (?P<open>\()?
    (?P<number>
        (?P<dotted>\d{1,3}(?:\.\d{1,2}){1,5})(?![\d,])
      | (?P<arabic>\d{1,3})(?!\d)
      | (?P<letters>[IVXLCDM]{1,8}|[ivxlcdm]{1,8}|[a-zđ]|[A-ZĐ])(?!\p{L}|\p{M})
    )
    (?P<close>\.?\)|\.(?!\d|\p{L}\.)(?:\s?[-–—](?=\s))?|[°º](?![CFK]\b|\s?[CFK]\b)|/(?=\s|\p{Lu})|\s?[-–—](?=\s))?
    (?P<space>\s+|$|(?=\p{Lu}))
    """,
    regex.VERBOSE,
)
_COUNTED = regex.compile(
    r"(?:[lrd]\.?\s?)?(?P<digits>\d+(?:[.-]\d+)*)(?:er|re|ère|e|ème|°|º|(?P<letter>[a-dđ]))?"
)
_DASH = regex.compile(r"[-–—•▪●◦‣·*+](?P<space>\s+)(?=[\p{L}\"«“(])")
_AFTER_WORD = regex.compile(r"\s*(?:[.:)]?\s*[-–—](?=\s)|[.:)])\s*|\s*$")


class Mark(NamedTuple):
    """A reading of the start of a line as a numbering mark.

    Attributes:
        style: The system: "1.", "1)", "1.1", "I.", "a)", "(i)", "1°", "–" … or what a section word
            names: "article", "chapter" …
        number: The printed number in plain form; "" for a dash.
        value: What it counts, comparable within a style.
        length: How many characters the mark takes, blanks after it included.
        firm: Whether it needs no siblings to be believed.
        word: The section word as printed, or "".
        rank: Rank of the section word, 0 for a bare number.
    """

    style: str
    number: str
    value: tuple[int, ...]
    length: int
    firm: bool
    word: str = ""
    rank: int = 0


class Irregularity(NamedTuple):
    """Where the printed numbers do not run on: *kind* is "gap", "duplicate" or "order"."""

    clause: int
    kind: str
    previous: str
    number: str


def marks(text: str, lang: str) -> tuple[Mark, ...]:
    """Return the readings of the start of *text* as a mark, likeliest first.

    >>> [(mark.number, mark.word) for mark in marks("Article premier", "fr")]
    [('premier', 'Article')]
    >>> marks("2023 sera une bonne année", "fr")
    ()
    """
    section = _section_mark(text, lang)
    if section:
        return (section,)
    match = _DASH.match(text, timeout=_TIMEOUT)
    if match:
        return (Mark("–", "", (), match.end(), firm=False),)
    match = _BARE.match(text, timeout=_TIMEOUT)
    return tuple(_bare_marks(match, text, lang)) if match else ()


@lru_cache(maxsize=4096)
def value(number: str, lang: str = "xx") -> tuple[int, ...]:
    """Return what the printed *number* counts, so that numbering systems compare; () if nothing.

    >>> value("3.3"), value("IV"), value("premier", "fr"), value("1er", "fr"), value("a")
    ((3, 3), (4,), (1,), (1,), (1,))
    >>> value("đ", "vi"), value("e", "vi"), value("e", "fr"), value("12 bis", "fr")
    ((5,), (6,), (5,), (12, 2))
    >>> value("L. 121-3", "fr"), value("5a", "vi")
    ((121, 3), (5, 1))
    """
    base, _, repeat = number.strip().lower().partition(" ")
    if repeat in _REPEATS:
        return (*value(base, lang), _REPEATS[repeat])
    ordinal = langs.get(lang).ordinals.get(number.strip().lower())
    if ordinal is not None:
        return (ordinal,)
    match = _COUNTED.fullmatch(number.strip().lower())
    if match:
        letter = (_point(match["letter"], lang),) if match["letter"] else ()
        return (*(int(part) for part in regex.split(r"[.-]", match["digits"])), *letter)
    return _letters_value(regex.sub(r"(?<=[ivx])(?:er|re)$", "", base), lang)


def roman(numeral: str) -> int | None:
    """Return the value of a Roman *numeral* in either case, or None.

    >>> roman("IV"), roman("iix")
    (4, None)
    """
    letters = numeral.lower()
    if not _ROMAN.fullmatch(letters):
        return None
    counts = [_ROMAN_VALUES[letter] for letter in letters]
    pairs = zip(counts, [*counts[1:], 0], strict=True)
    return sum(-count if count < after else count for count, after in pairs)


def irregularities(document: Document) -> tuple[Irregularity, ...]:
    """Return where the numbers of *document* skip, repeat or step back, in text order.

    Only siblings of one style are compared; a list may start anew at its first number, and after
    an unnumbered heading.
    """
    last: dict[tuple[int | None, str], Clause] = {}
    found = []
    for index in document.leaves():
        clause = document.clauses[index]
        if clause.number is None:
            last = {} if clause.role is Role.HEADING else last
            continue
        key = _family(document, clause)
        problem = _compare(last.get(key), clause, document.lang)
        if problem:
            found.append(Irregularity(index, *problem))
        last[key] = clause
    return tuple(found)


def _letters_value(letters: str, lang: str) -> tuple[int, ...]:
    number = roman(letters)
    single = len(letters) == 1
    if number is not None and (not single or letters in "ivx"):
        return (number,)
    return (_point(letters, lang),) if single and _point(letters, lang) else ()


def _point(letter: str, lang: str) -> int:
    points = langs.get(lang).points
    place = points.find(letter.lower())
    if place < 0:
        place = "abcdefghijklmnopqrstuvwxyz".find(letter.lower())
    return place + 1


def _section_mark(text: str, lang: str) -> Mark | None:
    match = _section_pattern(lang).match(text, timeout=_TIMEOUT)
    if not match:
        return _inverted_mark(text, lang)
    word, number = match["word"], match["number"]
    section = langs.get(lang).section(" ".join(word.split()))
    end = _AFTER_WORD.match(text, match.end(), timeout=_TIMEOUT)
    if section is None or not (end or regex.match(r"\s+[\p{Lu}«“\"(]", text[match.end() :])):
        return None
    length = end.end() if end else match.end() + 1
    counted = value(number, lang)
    firm = bool(end) and text[:1].isupper()
    return Mark(section.kind, number, counted, length, firm, word, section.rank)


def _inverted_mark(text: str, lang: str) -> Mark | None:
    """Read a line that is an ordinal and a section word: "PREMIÈRE PARTIE", "First Part"."""
    number, _, word = text.partition("\n")[0].strip().rpartition(" ")
    language = langs.get(lang)
    section, counted = language.section(word), language.ordinals.get(number.lower())
    if not language.ordinal_first or section is None or counted is None or not text[:1].isupper():
        return None
    length = len(number) + 1 + len(word)
    return Mark(section.kind, number, (counted,), length, firm=True, word=word, rank=section.rank)


@lru_cache(maxsize=16)
def _section_pattern(lang: str) -> regex.Pattern[str]:
    language = langs.get(lang)
    words = sorted((section.word for section in language.section_words), key=len, reverse=True)
    ordinals = sorted(language.ordinals, key=len, reverse=True)
    spelled = "|".join(regex.escape(word) for word in ordinals) or r"(?!)"
    named = "|".join(regex.escape(word).replace(r"\ ", r"\s+") for word in words) or r"(?!)"
    code = r"(?:[LRD]\.?\s?)?"  # French codes number their articles "L. 121-3"
    repeats = rf"[a-zđ]?(?:\s(?:{'|'.join(_REPEATS)}))?"
    digits = rf"{code}\d{{1,4}}(?:er|re|ère|[eè]me|[°º])?(?:[.-]\d{{1,3}})*{repeats}"
    counted = rf"{digits}|[ivxlcdm]+(?:er|re)?|[a-zđ]|{spelled}"
    return regex.compile(rf"(?i)(?P<word>{named})\s*\b(?P<number>{counted})(?![\p{{L}}\p{{N}}])")


def _bare_marks(match: regex.Match[str], text: str, lang: str) -> Iterator[Mark]:
    close = (match["close"] or "").strip()
    if bool(match["open"]) != (bool(match["open"]) and close.endswith(")")):
        return
    if match["dotted"]:
        yield from _dotted(match, text, close)
    elif close and match["arabic"]:
        counted = (int(match["arabic"]),)
        firm = _is_firm(match, text, close)
        yield Mark(_style("1", match, close), match["number"], counted, match.end(), firm)
    elif close:
        yield from _lettered(match, text, close, lang)


def _dotted(match: regex.Match[str], text: str, close: str) -> Iterator[Mark]:
    parts = match["dotted"].split(".")
    if any(len(part) > 1 and part.startswith("0") for part in parts):
        return
    counted = tuple(int(part) for part in parts)
    firm = close.startswith((".", ")")) and _is_firm(match, text, ".")
    yield Mark("1" + ".1" * (len(parts) - 1), match["dotted"], counted, match.end(), firm)


def _lettered(match: regex.Match[str], text: str, close: str, lang: str) -> Iterator[Mark]:
    letters = match["number"]
    upper, number, single = letters.isupper(), roman(letters), len(letters) == 1
    readings = []
    if number is not None and number <= _ROMAN_LIMIT and (not single or letters in "ivxIVX"):
        firm = (not single or close.endswith(")")) and _is_firm(match, text, close)
        counted = (number,)
        style = _style("I" if upper else "i", match, close)
        readings.append(Mark(style, letters, counted, match.end(), firm))
    if single:
        firm = close.endswith(")") and _is_firm(match, text, close)
        style = _style("A" if upper else "a", match, close)
        readings.append(Mark(style, letters, (_point(letters, lang),), match.end(), firm))
    yield from readings


def _style(sample: str, match: regex.Match[str], close: str) -> str:
    return f"{match['open'] or ''}{sample}{'.' if close.startswith('.') else close[:1]}"


def _is_firm(match: regex.Match[str], text: str, close: str) -> bool:
    after = text[match.end() :].lstrip("«“\"'(")[:1]
    if close.startswith(")") or close.endswith(")"):
        return True
    return close.startswith((".", "°", "º")) and (after.isupper() or not text[match.end() :])


def _family(document: Document, clause: Clause) -> tuple[int | None, str]:
    holder = clause.parent
    if holder is not None and document.clauses[holder].span.start == clause.span.start:
        holder = document.clauses[holder].parent
    opening = document.read(clause.span)
    readings = marks(opening, document.lang)
    found = [mark for mark in readings if mark.number == clause.number] or readings
    style = found[0].style if found else ""
    return holder, style


def _compare(before: Clause | None, clause: Clause, lang: str) -> tuple[str, str, str] | None:
    old = value(before.number, lang) if before and before.number else ()
    new = value(clause.number or "", lang)
    if not old or not new or before is None or len(old) != len(new):
        return None
    names = (before.number or "", clause.number or "")
    if old == new:
        return ("duplicate", *names)
    if new < old:
        return None if new[-1] == 1 else ("order", *names)
    return ("gap", *names) if new[:-1] == old[:-1] and new[-1] > old[-1] + 1 else None
