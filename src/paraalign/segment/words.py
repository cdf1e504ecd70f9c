"""Words: the tokens that are linked across languages.

French is cut as spaCy's French rules cut it: "l'eau" is two words, "aujourd'hui" and "bien-être"
are one. The rules (affixes and exceptions, from spaCy 3.8, MIT licence) are data of the language;
loading spaCy itself for them takes more than half the time that the whole job may. They
differ over compounds: one that coordinates two words ("franco-vietnamienne", "socio-économique",
"co-organisé") is cut at its hyphen, since other languages render its halves by words of their own,
often apart ("kinh tế - xã hội"; left whole, such words raise the error rate of word links from .06
to .10 on the annotated clauses), while set phrases ("c'est-à-dire", "week-end") stay whole.
Vietnamese writes a space between syllables, so there words are runs of syllables, chosen by a
unigram model (see `paraalign.segment.syllables`). Numbers, dates, addresses stay whole, and each
sign is a word of its own.

>>> text = "L'eau, aujourd'hui : 13/4/2023."
>>> [text[start:end] for start, end in cut(text, "fr")]
["L'", 'eau', ',', "aujourd'hui", ':', '13/4/2023', '.']
"""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from paraalign import langs
from paraalign.segment import otherwords, syllables

__all__ = ["cut"]

_CHUNK = regex.compile(r"\S+")
_LONGEST_CHUNK = 400  # characters; a longer run without blanks is no word and is cut by signs alone
_PLAIN = regex.compile(r"\w+|[^\w\s]")
_WORD = regex.compile(r"[\p{L}\p{M}]+")


def cut(text: str, lang: str) -> list[tuple[int, int]]:
    """Return the ranges of the words and signs of *text*, in order, covering all but white space.

    >>> text = "hợp tác giữa các địa phương"
    >>> [text[start:end] for start, end in cut(text, "vi")]
    ['hợp tác', 'giữa', 'các', 'địa phương']
    """
    if langs.get(lang).code == "xx":
        return otherwords.cut(text, lang)
    ranges = []
    for chunk in _CHUNK.finditer(text):
        start = chunk.start()
        ranges += [(start + low, start + high) for low, high in _pieces(chunk[0], lang)]
    return _grouped(text, ranges) if lang == "vi" else ranges


@lru_cache(maxsize=1 << 16)
def _pieces(chunk: str, lang: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges of the words of *chunk*, which holds no blank."""
    if _WORD.fullmatch(chunk):
        return ((0, len(chunk)),)
    if len(chunk) > _LONGEST_CHUNK:
        return tuple(match.span() for match in _PLAIN.finditer(chunk))
    rules = _rules(lang)
    low, high, heads, tails = _peel(chunk, rules)
    if low < high:
        heads += _inner(chunk, low, high, rules)
    return tuple(pair for pair in [*heads, *reversed(tails)] if pair[0] < pair[1])


class _Rules(NamedTuple):
    prefix: regex.Pattern[str]
    suffix: regex.Pattern[str]
    infix: regex.Pattern[str]
    whole: regex.Pattern[str]
    exceptions: dict[str, tuple[int, ...]]


_Ranges = list[tuple[int, int]]


def _peel(chunk: str, rules: _Rules) -> tuple[int, int, _Ranges, _Ranges]:
    """Take signs and affixes off both ends of *chunk* until a word is left."""
    low, high = 0, len(chunk)
    heads: _Ranges = []
    tails: _Ranges = []
    while low < high and not _is_whole(chunk[low:high], rules):
        prefix = rules.prefix.match(chunk, low, high)
        if prefix and prefix.end() > low:
            heads.append((low, prefix.end()))
            low = prefix.end()
            continue
        suffix = rules.suffix.search(chunk[low:high])
        if not suffix or suffix.end() == suffix.start():
            break
        tails.append((low + suffix.start(), high))
        high = low + suffix.start()
    return low, high, heads, tails


def _is_whole(stretch: str, rules: _Rules) -> bool:
    return stretch in rules.exceptions or bool(rules.whole.fullmatch(stretch))


def _inner(chunk: str, low: int, high: int, rules: _Rules) -> _Ranges:
    stretch = chunk[low:high]
    if stretch in rules.exceptions:
        edges = [0, *rules.exceptions[stretch], len(stretch)]
    elif rules.whole.fullmatch(stretch):
        edges = [0, len(stretch)]
    else:
        places = {place for match in rules.infix.finditer(stretch) for place in match.span()}
        edges = sorted({0, *places, len(stretch)})
    return [(low + start, low + end) for start, end in pairwise(edges)]


@lru_cache(maxsize=16)
def _rules(lang: str) -> _Rules:
    tokens = langs.get(lang).tokens
    return _Rules(
        prefix=regex.compile("|".join(tokens["prefixes"])),
        suffix=regex.compile("|".join(f"(?:{piece})$" for piece in tokens["suffixes"])),
        infix=regex.compile("|".join(tokens["infixes"])),
        whole=regex.compile(
            "|".join(f"(?:{piece})" for piece in tokens["whole"]), regex.IGNORECASE
        ),
        exceptions=dict(_exceptions(tokens["exceptions"])),
    )


def _exceptions(cuts: list[str]) -> list[tuple[str, tuple[int, ...]]]:
    """Read exceptions: a word, its inner edges marked by "|"."""
    found = []
    for entry in cuts:
        parts = entry.split("|")
        edges = tuple(sum(map(len, parts[:count])) for count in range(1, len(parts)))
        found.append(("".join(parts), edges))
    return found


def _grouped(text: str, ranges: _Ranges) -> _Ranges:
    """Join the syllables of Vietnamese words: runs of letters with one blank between."""
    grouped: _Ranges = []
    run: _Ranges = []
    for pair in [*ranges, (-1, -1)]:
        is_syllable = pair[0] >= 0 and bool(_WORD.fullmatch(text, *pair))
        if run and not (is_syllable and pair[0] == run[-1][1] + 1):
            grouped += _joined(text, run)
            run = []
        if is_syllable:
            run.append(pair)
        elif pair[0] >= 0:
            grouped.append(pair)
    return grouped


def _joined(text: str, run: _Ranges) -> _Ranges:
    counts = syllables.group([text[start:end] for start, end in run])
    joined, place = [], 0
    for count in counts:
        joined.append((run[place][0], run[place + count - 1][1]))
        place += count
    return joined
