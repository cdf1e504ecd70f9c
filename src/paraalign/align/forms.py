"""Words as the aligner compares them: the same name in two languages should meet.

Names, figures and loans travel between languages, with or without their marks: Hanoï stands for
Hà Nội. A plain form drops case and marks. Words that are spelt almost alike count by how much.

>>> [word.text for word in split_words("Les 12èmes d'Hanoï")]
['les', '12', 'èmes', 'd', 'hanoï']
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Form", "likeness", "split_words"]

_WORD = re.compile(r"\d+|(?:[^\W\d_][\u0300-\u036f]*)+")
_LONGEST = 16


class Form(NamedTuple):
    """A word of a text in lower case, composed, and where it stands in the text."""

    text: str
    start: int
    end: int


def split_words(text: str) -> list[Form]:
    """Return the words of *text*; digits stand apart from letters, marks with their letters.

    >>> split_words("Điều 3")
    [Form(text='điều', start=0, end=4), Form(text='3', start=5, end=6)]
    """
    return [
        Form(unicodedata.normalize("NFC", match.group()).casefold(), match.start(), match.end())
        for match in _WORD.finditer(text)
    ]


def likeness(sources: Sequence[str], targets: Sequence[str]) -> NDArray[np.float32]:
    """Return how alike all pairs of words are, 0 to 1. Shape: (sources, targets).

    The length of the longest common subsequence over that of the longer word (Melamed 1999).
    Words are compared by their first 16 characters. Cost: 256 operations a pair, in arrays.

    >>> likeness(["papier"], ["papiers", "nation"])[0] > 0.7
    array([ True, False])
    """
    left, left_sizes = _letters(sources, padding=-1)
    right, right_sizes = _letters(targets, padding=-2)
    above = np.zeros((_LONGEST + 1, len(sources), len(targets)), np.int8)
    for row in range(_LONGEST):
        here = np.zeros_like(above)
        for column in range(_LONGEST):
            equal = left[:, row, None] == right[None, :, column]
            skipped = np.maximum(above[column + 1], here[column])
            here[column + 1] = np.where(equal, above[column] + 1, skipped)
        above = here
    longer = np.maximum(left_sizes[:, None], right_sizes[None, :]).clip(1)
    degrees: NDArray[np.float32] = np.divide(above[_LONGEST], longer, dtype=np.float32)
    return degrees


def _letters(words: Sequence[str], *, padding: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the code points of *words*, and how many letters count."""
    table = np.full((len(words), _LONGEST), padding, np.int64)
    for row, word in enumerate(words):
        codes = [ord(char) for char in word[:_LONGEST]]
        table[row, : len(codes)] = codes
    return table, np.array([min(len(word), _LONGEST) for word in words], np.int64)
