r"""Find words that are the same in two languages: names, figures, months, signs.

No lexicon lists *Hanoï = Hà Nội*, *avril = tháng 4* or *12èmes = 12*, and none needs to. Each word,
or run of capitalised words, is given keys under which its counterpart in any language goes too.

>>> same_words(["Hanoï", ",", "avril"], "fr", ["Hà", "Nội", ",", "tháng", "4"], "vi")
[(0, 0), (0, 1), (1, 2), (2, 3), (2, 4)]
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any

from paraalign.letters import name_key

__all__ = ["figure_words", "same_words", "word_keys"]

_FIGURE = re.compile(r"0*(\d+)(?:[eè]|ers?|ères?|[eè]mes?|nde?s?|st|rd|th)?")
_LONGEST_NAME = 4  # words in a run of capitalised words
_TELLING_LENGTH = 4  # letters from which a like spelling is hardly chance


def same_words(
    source: Sequence[str], source_lang: str, target: Sequence[str], target_lang: str
) -> list[tuple[int, int]]:
    """Return the index pairs of the *source* and *target* words that share a key, in order.

    >>> same_words(["la"], "fr", ["là"], "vi")
    []
    """
    places = _places(target, target_lang)
    pairs = {
        (i, j)
        for key, run in word_keys(source, source_lang)
        for found in places.get(key, ())
        for i in run
        for j in found
    }
    return sorted(pairs)


def figure_words(words: Sequence[str], lang: str) -> list[bool]:
    """Tell which of *words* are figures or belong to one next to them ("lần thứ 12", "12 èmes").

    >>> figure_words(["lần", "thứ", "12", "lần"], "vi"), figure_words(["lần"], "vi")
    ([True, True, True, True], [False])
    """
    found = [any(char.isdigit() for char in word) for word in words]
    marks = _table()["figure_marks"].get(lang, ())
    for order in (range(1, len(words)), range(len(words) - 2, -1, -1)):
        for place in order:
            beside = place - 1 if order.step > 0 else place + 1
            found[place] |= found[beside] and words[place].casefold() in marks
    return found


def _places(words: Sequence[str], lang: str) -> dict[str, list[range]]:
    places: dict[str, list[range]] = defaultdict(list)
    for key, run in word_keys(words, lang):
        places[key].append(run)
    return places


def word_keys(words: Sequence[str], lang: str) -> Iterator[tuple[str, range]]:
    """Yield each key of *words* with the words that it is the key of, by place.

    >>> list(word_keys(["avril", "2023"], "fr"))[-1], list(word_keys(["tháng", "4"], "vi"))[-1]
    (('month 4', range(0, 1)), ('month 4', range(0, 2)))
    """
    for index, word in enumerate(words):
        for key in _own_keys(word, lang):
            yield key, range(index, index + 1)
    yield from _month_keys(words, lang)
    yield from _name_keys(words)


def _own_keys(word: str, lang: str) -> Iterator[str]:
    low = word.casefold()
    figure = _FIGURE.fullmatch(low)
    number = figure.group(1) if figure else _numbers(lang).get(low)
    if number is not None:
        yield f"number {number}"
    elif not any(char.isalnum() for char in word):
        yield _sign(word)
    elif _is_telling(word):
        yield low


def _sign(word: str) -> str:
    return "".join(_table()["same_signs"].get(char, char) for char in word)


def _is_telling(word: str) -> bool:
    acronym = len(word) > 1 and word.isupper() and word.isascii()
    return acronym or len(word) >= _TELLING_LENGTH or any(char.isdigit() for char in word)


def _month_keys(words: Sequence[str], lang: str) -> Iterator[tuple[str, range]]:
    months = _months(lang)
    openers = _table()["month_openers"].get(lang, ())
    for index, word in enumerate(words):
        low = word.casefold()
        if low in months:
            yield f"month {months[low]}", range(index, index + 1)
        following = f"{low} {words[index + 1].casefold()}" if index + 1 < len(words) else ""
        if low in openers and following in months:
            yield f"month {months[following]}", range(index, index + 2)


def _name_keys(words: Sequence[str]) -> Iterator[tuple[str, range]]:
    for start in range(len(words)):
        name = ""
        for end in range(start + 1, min(start + _LONGEST_NAME, len(words)) + 1):
            if not words[end - 1][:1].isupper():
                break
            name += name_key(words[end - 1])
            if len(name) >= _TELLING_LENGTH:
                yield f"name {name}", range(start, end)


@cache
def _table() -> Any:  # noqa: ANN401  the data file's own shape
    path = resources.files("paraalign.align.words") / "keys.json"
    return json.loads(path.read_text(encoding="utf-8"))


@cache
def _numbers(lang: str) -> dict[str, int]:
    return dict(_table()["numbers"].get(lang, {}))


@cache
def _months(lang: str) -> dict[str, int]:
    names = _table()["months"].get(lang, ())
    months = {name: number for number, name in enumerate(names, start=1)}
    openers = _table()["month_openers"].get(lang, ())
    months |= {f"{opener} {n}": n for opener in openers for n in range(1, 13)}
    return months | {f"{opener} {n:02}": n for opener in openers for n in range(1, 13)}
