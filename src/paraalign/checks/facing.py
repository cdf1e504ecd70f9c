"""Which stretch of the other side faces a name, from the places that answer parts of it.

>>> densest([(0, 2), (3, 5), (90, 92)])
(0, 5)
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from paraalign.checks.names import Name

__all__ = ["densest", "widened"]

_REACH = 6  # words by which a facing phrase is widened to its capital


def densest(ranges: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the span of the longest run of *ranges* that stand near each other."""
    runs: list[list[tuple[int, int]]] = [[ranges[0]]]
    for one, other in pairwise(ranges):
        if other[0] - one[1] > 4 * _REACH:
            runs.append([])
        runs[-1].append(other)
    best = max(runs, key=lambda run: sum(end - start for start, end in run))
    return best[0][0], max(end for _, end in best)


def widened(text: str, start: int, end: int, name: Name) -> tuple[int, int]:
    """Return *start* moved back to the capital that opens the phrase, within a few words."""
    if len(name.parts) == 1 and text[start:end].istitle():
        return start, end
    return _from_capital(text, start, end)


def _from_capital(text: str, start: int, end: int) -> tuple[int, int]:
    words = list(re.finditer(r"\w+", text[:start]))[-_REACH:]
    for word in reversed(words):
        if re.search(r"[^\w\s-]", text[word.end() : start]):
            break
        opens = text[: word.start()].rstrip()[-1:] in {"", ".", "!", "?", "…", ":"}
        if word[0][0].isupper() and not opens:
            return word.start(), end
    return start, end
