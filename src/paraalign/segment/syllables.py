"""Vietnamese words out of syllables: the likeliest cut under a unigram model.

Longest match over a word list joins too much ("nhận thấy", "tháng 4") and joins too early. Here
every word has a cost, the negative logarithm of how often it was seen, and the cut with the
smallest sum wins. The counts were learned from 196,000 Vietnamese segments and the lexicon (see
``scripts/vi_words.py``); both placements of tone marks (hòa, hoà) and i/y doublets (kỹ, kĩ) share
one entry.

>>> group("chúng tôi nhận thấy sự năng động của hợp tác địa phương".split())
(2, 1, 1, 1, 2, 1, 2, 2)
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

import regex

__all__ = ["fold", "group"]

_LONGEST_WORD = 4  # syllables
_UNSEEN = 0.05  # what a syllable counts that was never seen as a word
_ENDING = regex.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])$")
_MARKS = {
    **{f"o{new}": f"{old}a" for old, new in zip("òóỏõọ", "àáảãạ", strict=True)},
    **{f"o{new}": f"{old}e" for old, new in zip("òóỏõọ", "èéẻẽẹ", strict=True)},
    **{f"u{new}": f"{old}y" for old, new in zip("ùúủũụ", "ỳýỷỹỵ", strict=True)},
}
_DOUBLET = regex.compile(r"(?<=^(?:h|k|l|m|s|t|qu|v))[yýỳỷỹỵ]$")
_LATIN_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


def group(syllables: Sequence[str]) -> tuple[int, ...]:
    """Return how many of *syllables* each word takes, in order. Cost: linear.

    >>> group(["Việt", "Nam", "và", "Pháp"])
    (2, 1, 1)
    """
    costs = _costs()
    keys = [fold(syllable.lower()) for syllable in syllables]
    best = [0.0]
    taken: list[int] = []
    for end in range(1, len(keys) + 1):
        cost, count = min(_choices(keys, end, best, costs))
        best.append(cost)
        taken.append(count)
    return tuple(_walk(taken))


@lru_cache(maxsize=1 << 14)
def fold(syllable: str) -> str:
    """Return the key of a lower-case *syllable*, alike for all accepted spellings.

    >>> fold("hoà") == fold("hòa"), fold("kĩ") == fold("kỹ"), fold("hoàn")
    (True, True, 'hoàn')
    """
    if _ENDING.search(syllable):
        syllable = syllable[:-2] + _MARKS[syllable[-2:]]
    return _DOUBLET.sub(lambda match: match[0].translate(_LATIN_I), syllable)


def _choices(
    keys: Sequence[str], end: int, best: Sequence[float], costs: dict[str, float]
) -> list[tuple[float, int]]:
    """Return cost and length of every word that may end at *end*."""
    choices = [(best[end - 1] + costs.get(keys[end - 1], costs[""]), 1)]
    for count in range(2, min(_LONGEST_WORD, end) + 1):
        cost = costs.get(" ".join(keys[end - count : end]))
        if cost is not None:
            choices.append((best[end - count] + cost, count))
    return choices


def _walk(taken: Sequence[int]) -> list[int]:
    counts = []
    end = len(taken)
    while end:
        counts.append(taken[end - 1])
        end -= taken[end - 1]
    return counts[::-1]


@lru_cache(maxsize=1)
def _costs() -> dict[str, float]:
    """Return the cost of each word, and under "" that of a syllable never seen as one."""
    file = resources.files("paraalign.segment") / "data" / "vi-words.tsv"
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    counts = {word: float(count) for word, count in rows}
    total = math.log(sum(counts.values()))
    costs = {word: total - math.log(count) for word, count in counts.items()}
    costs[""] = total - math.log(_UNSEEN)
    return costs
