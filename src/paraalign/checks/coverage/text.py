"""Doubts about a whole text: what its words usually have, they are missed without the more.

How often a word has a rendering is known from faithful translations at large; the text itself knows
better. A term that is rendered wherever else it stands, and here is not, stands out. What the text
says of a word, this place left out, is weighed against what is usual.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from paraalign.align.words.links import WordTable
from paraalign.checks.context import Side
from paraalign.checks.coverage.words import Doubts, Fitted, doubts, freedom

__all__ = ["Sides", "doubts_of_text"]

Sides = tuple[Doubts, Doubts]
_USUAL_WEIGHT = 1.0  # occurrences in the text that outweigh what is usual


def doubts_of_text(tables: Sequence[WordTable], fitted: Fitted) -> tuple[list[Sides], float]:
    """Return the doubts about both sides of each of *tables*, and how free the text is.

    *fitted* holds the figures to go by, as `settings` gives them.

    >>> from paraalign.checks.coverage.words import settings
    >>> doubts_of_text([], settings("lexicon"))[0]
    []
    """
    found = [(doubts(t, Side.SOURCE, fitted), doubts(t, Side.TARGET, fitted)) for t in tables]
    free = freedom((side for sides in found for side in sides), fitted)
    informed = [_informed([sides[k] for sides in found]) for k in Side]
    return list(zip(*informed, strict=True)), free


def _informed(parts: Sequence[Doubts]) -> list[Doubts]:
    """Return *parts* of one side with what the text itself says of its words."""
    sums: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    for part in parts:
        for form, value in zip(part.side.forms, part.rendered.tolist(), strict=True):
            sums[form.casefold()] += value
            counts[form.casefold()] += 1
    return [_with_usage(part, sums, counts) for part in parts]


def _with_usage(part: Doubts, sums: dict[str, float], counts: dict[str, int]) -> Doubts:
    forms = [form.casefold() for form in part.side.forms]
    elsewhere = np.array([sums[form] for form in forms]) - part.rendered
    others = np.array([counts[form] for form in forms]) - 1.0
    known = elsewhere + _USUAL_WEIGHT * part.usually_rendered
    usage = known / (others + _USUAL_WEIGHT)
    return replace(part, usually_rendered=np.where(part.content, usage, part.usually_rendered))
