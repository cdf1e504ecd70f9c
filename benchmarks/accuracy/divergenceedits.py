"""Divergences made on purpose: edits of a faithful translation, with what ought to be found.

One side of a pair is changed, so that what is said on the other side alone, or differently, is
known: a stretch of three to eight words taken out (an omission), or set in from another pair (an
addition), a content word exchanged for one of another pair, a negation taken out. The edits are
drawn with a fixed seed. What the edit touches on the other side is told by the word links of the
pair as it was.
"""

import random
from collections.abc import Sequence
from typing import NamedTuple

from paraalign.align.wordlexicon import is_content
from paraalign.align.words import WordTable

KINDS = ("omission", "addition", "replacement", "negation")
SHORTEST, LONGEST = 3, 8
NEGATIONS = {"fr": ("ne", "n'", "n’"), "vi": ("không",)}
LIKELY = 0.3
Pair = tuple[str, str]


class Edit(NamedTuple):
    """One edit of the target of a pair.

    Attributes:
        kind: One of `KINDS`.
        pair: The pair as it is now.
        source: Stretches of the source whose counterpart was touched.
        target: The stretch of the target that was set in, or None.
    """

    kind: str
    pair: Pair
    source: tuple[tuple[int, int], ...]
    target: tuple[int, int] | None


def edits(tables: Sequence[WordTable], kinds: Sequence[str], seed: int) -> list[Edit | None]:
    """Return an edit of the given kind for the pair of each of *tables*, None where none fits."""
    draw = random.Random(seed)  # noqa: S311  a fixed draw, no secret
    made: list[Edit | None] = []
    for number, (table, kind) in enumerate(zip(tables, kinds, strict=True)):
        other = tables[(number + 1 + draw.randrange(max(1, len(tables) - 1))) % len(tables)]
        made.append(EDITS[kind](table, other, draw) if kind else None)
    return made


def omission(table: WordTable, _: WordTable, draw: random.Random) -> Edit | None:
    """Take a stretch out of the target."""
    start, end = stretch(table, draw)
    if start < 0:
        return None
    first, last = int(table.target.starts[start]), int(table.target.ends[end - 1])
    text = f"{table.target.text[:first]}{table.target.text[last:].lstrip()}"
    return Edit("omission", (table.source.text, text), partners(table, start, end), None)


def addition(table: WordTable, other: WordTable, draw: random.Random) -> Edit | None:
    """Set a stretch of the *other* target in."""
    start, end = stretch(other, draw)
    place = draw.randrange(len(table.target.words))
    if start < 0 or other is table:
        return None
    new = other.target.text[int(other.target.starts[start]) : int(other.target.ends[end - 1])]
    at = int(table.target.ends[place])
    text = f"{table.target.text[:at]} {new} {table.target.text[at:].lstrip()}"
    return Edit("addition", (table.source.text, text), (), (at + 1, at + 1 + len(new)))


def replacement(table: WordTable, other: WordTable, draw: random.Random) -> Edit | None:
    """Exchange a well-linked content word for a content word of the *other* target."""
    ours = [j for j in contents(table) if table.posterior[:, j].max() > 2 * LIKELY]
    theirs = [j for j in contents(other) if other.target.forms[j] not in table.target.forms]
    if not ours or not theirs or other is table:
        return None
    place, new = draw.choice(ours), other.target.forms[draw.choice(theirs)].lower()
    start, end = int(table.target.starts[place]), int(table.target.ends[place])
    text = f"{table.target.text[:start]}{new}{table.target.text[end:]}"
    spans = partners(table, place, place + 1)
    return Edit("replacement", (table.source.text, text), spans, (start, start + len(new)))


def negation(table: WordTable, _: WordTable, draw: random.Random) -> Edit | None:
    """Take the one negation out of the target of a pair that has one on either side."""
    sides = [
        [n for n, form in enumerate(side.forms) if form.casefold() in NEGATIONS[side.lang]]
        for side in (table.source, table.target)
    ]
    del draw
    if [len(found) for found in sides] != [1, 1]:
        return None
    place = sides[1][0]
    start, end = int(table.target.starts[place]), int(table.target.ends[place])
    text = f"{table.target.text[:start]}{table.target.text[end:].lstrip()}"
    source = sides[0][0]
    span = int(table.source.starts[source]), int(table.source.ends[source])
    return Edit("negation", (table.source.text, text), (span,), None)


EDITS = {
    "omission": omission,
    "addition": addition,
    "replacement": replacement,
    "negation": negation,
}


def stretch(table: WordTable, draw: random.Random) -> tuple[int, int]:
    """Return the places of three to eight target words without a sign; (-1, -1) where none is."""
    signs = table.target.signs()
    size = draw.randint(SHORTEST, LONGEST)
    content = set(contents(table))
    starts = [
        start
        for start in range(len(signs) - size)
        if not signs[start : start + size].any()
        and len(content.intersection(range(start, start + size))) > 1
    ]
    if not starts:
        return -1, -1
    start = draw.choice(starts)
    return start, start + size


def contents(table: WordTable) -> list[int]:
    """Return the places of the content words of the target."""
    forms, lang = table.target.forms, table.target.lang
    return [j for j, f in enumerate(forms) if is_content(f, lang) and not f[0].isdigit()]


def partners(table: WordTable, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the stretches of the content words of the source that these target words render."""
    found = table.posterior[:, start:end].max(axis=1)
    return tuple(
        (int(table.source.starts[i]), int(table.source.ends[i]))
        for i in range(len(found))
        if found[i] > LIKELY and is_content(table.source.forms[i], table.source.lang)
    )
