"""Divergences made on purpose: edits of a faithful translation, with what ought to be found.

One side of a pair is changed, so that what is said on the other side alone, or differently, is
known. A stretch of three to eight words is set in from another pair of the text, or taken out; a
content word is exchanged for one of another pair; the one negation is taken out, the one modal or
quantifier exchanged for its contrary. Either side is edited as often: a phrase set into the source
or taken out of the target is an omission, the reverse an addition. What the edit touches on the
other side is told by the word links of the pair as it was. The draw is fixed by a seed.
"""

import random
import re
from collections.abc import Sequence
from typing import NamedTuple

from paraalign.align.words.groups import Floats, WordSide
from paraalign.align.words.known import is_content
from paraalign.align.words.links import WordTable
from paraalign.checks.context import Side

Spans = tuple[tuple[int, int], ...]
Pair = tuple[str, str]

HOW = ("insert", "delete", "exchange")
SHORTEST, LONGEST, LEAST_CONTENT = 3, 8, 2
LIKELY, SURE = 0.3, 0.6
NEGATIONS = {
    "fr": re.compile(r"\b(n(?:e\s+|['’]))([^.;:!?,]{1,30}?)\s+(pas|plus|jamais)\b", re.IGNORECASE),
    "vi": re.compile(r"\b(?:không|chưa|chẳng)\s+(?!chỉ|những|gian|khí|phải là)", re.IGNORECASE),
    "en": re.compile(r"\b(?:not|never)\s+(?!only|just)|(?<=\wn)['’]t\b", re.IGNORECASE),
}
CONTRARIES = {
    "fr": {
        "doit": "peut",
        "doivent": "peuvent",
        "peut": "doit",
        "peuvent": "doivent",
        "tous les": "certains",
        "toutes les": "certaines",
        "certains": "tous les",
        "certaines": "toutes les",
        "devrait": "peut",
        "devraient": "peuvent",
    },
    "vi": {
        "phải": "có thể",
        "có thể": "phải",
        "tất cả các": "một số",
        "tất cả": "một số",
        "mọi": "một số",
        "một số": "tất cả các",
        "nên": "phải",
    },
}


class Edit(NamedTuple):
    """One edit of a pair.

    Attributes:
        how: One of `HOW`, "negation" or "contrary".
        kind: What ought to be found: omission, addition or mistranslation.
        pair: The pair as it is now.
        spans: Of either side, the stretches that the edit touches.
    """

    how: str
    kind: str
    pair: Pair
    spans: tuple[Spans, Spans]


class Facing(NamedTuple):
    """The words of the side to be edited, those of the other, and what ties them."""

    which: Side
    own: WordSide
    other: WordSide
    posterior: Floats

    @classmethod
    def of(cls, table: WordTable, which: Side) -> "Facing":
        """Return *table* as seen from side *which*."""
        if which is Side.SOURCE:
            return cls(which, table.source, table.target, table.posterior)
        return cls(which, table.target, table.source, table.posterior.T)

    def edit(self, how: str, kind: str, text: str, spans: tuple[Spans, Spans]) -> Edit:
        """Return the edit that makes *text* of this side; *spans* are own and other."""
        if self.which is Side.SOURCE:
            return Edit(how, kind, (text, self.other.text), spans)
        return Edit(how, kind, (self.other.text, text), (spans[1], spans[0]))


def edits(
    tables: Sequence[WordTable], ways: Sequence[tuple[str, Side] | None], seed: int
) -> list[Edit | None]:
    """Return an edit of the given way and side of each of *tables*, None where none fits."""
    draw = random.Random(seed)  # noqa: S311  a fixed draw, no secret
    made: list[Edit | None] = []
    for number, (table, way) in enumerate(zip(tables, ways, strict=True)):
        other = tables[(number + 1 + draw.randrange(max(1, len(tables) - 1))) % len(tables)]
        made.append(_edit(table, other, draw, *way) if way else None)
    return made


def _edit(
    table: WordTable, other: WordTable, draw: random.Random, how: str, which: Side
) -> Edit | None:
    facing = Facing.of(table, which)
    if how in RELATIONS:
        return RELATIONS[how](facing)
    if how == "delete":
        return deletion(facing, draw)
    if other is table:
        return None
    donor = Facing.of(other, which).own
    return (insertion if how == "insert" else exchange)(facing, donor, draw)


def deletion(facing: Facing, draw: random.Random) -> Edit | None:
    """Take a stretch out; None unless it rendered two content words, and some words remain."""
    places = stretch(facing.own, draw)
    if places is None or len(facing.own.words) <= LONGEST + LEAST_CONTENT:
        return None
    left = partners(facing, *places)
    if len(left) < LEAST_CONTENT:
        return None
    text, (first, last) = facing.own.text, characters(facing.own, *places)
    kind = "omission" if facing.which else "addition"
    return facing.edit("delete", kind, text[:first] + text[last:].lstrip(), ((), left))


def insertion(facing: Facing, donor: WordSide, draw: random.Random) -> Edit | None:
    """Set a stretch of the *donor* in after some word."""
    places = stretch(donor, draw)
    if places is None:
        return None
    new = donor.text[slice(*characters(donor, *places))]
    at = int(facing.own.ends[draw.randrange(len(facing.own.words))])
    text = f"{facing.own.text[:at]} {new} {facing.own.text[at:].lstrip()}"
    kind = "addition" if facing.which else "omission"
    return facing.edit("insert", kind, text, (((at + 1, at + 1 + len(new)),), ()))


def exchange(facing: Facing, donor: WordSide, draw: random.Random) -> Edit | None:
    """Exchange a well-linked content word for a content word of the *donor*."""
    ours = [n for n in contents(facing.own) if facing.posterior[n].max() > SURE]
    forms = {form.casefold() for form in facing.own.forms}
    theirs = [n for n in contents(donor) if donor.forms[n].casefold() not in forms]
    if not ours or not theirs:
        return None
    place, new = draw.choice(ours), donor.forms[draw.choice(theirs)].lower()
    first, last = characters(facing.own, place, place + 1)
    text = facing.own.text[:first] + new + facing.own.text[last:]
    spans = ((first, first + len(new)),), partners(facing, place, place + 1)
    return facing.edit("exchange", "mistranslation", text, spans)


def negation(facing: Facing) -> Edit | None:
    """Take the negation out, if there is one on either side and no more."""
    own, other = facing.own, facing.other
    found = list(NEGATIONS[own.lang].finditer(own.text))
    theirs = list(NEGATIONS[other.lang].finditer(other.text))
    if len(found) != 1 or len(theirs) != 1:
        return None
    kept = found[0][2] if own.lang == "fr" else ""
    text = own.text[: found[0].start()] + kept + own.text[found[0].end() :]
    return facing.edit("negation", "mistranslation", text, ((), (theirs[0].span(),)))


def contrary(facing: Facing) -> Edit | None:
    """Exchange the one modal or quantifier for its contrary, if each side has just one."""
    own, other = (cues(side) for side in (facing.own, facing.other))
    if len(own) != 1 or len(other) != 1:
        return None
    first, last = own[0].span()
    new = CONTRARIES[facing.own.lang][own[0][0].casefold()]
    text = facing.own.text[:first] + new + facing.own.text[last:]
    spans = ((first, first + len(new)),), (other[0].span(),)
    return facing.edit("contrary", "mistranslation", text, spans)


RELATIONS = {"negation": negation, "contrary": contrary}


def cues(side: WordSide) -> list[re.Match[str]]:
    """Return the modals and quantifiers of *side* that have a contrary."""
    if side.lang not in CONTRARIES:
        return []
    longest = sorted(CONTRARIES[side.lang], key=len, reverse=True)
    return list(re.finditer(rf"\b(?:{'|'.join(longest)})\b", side.text, re.IGNORECASE))


def stretch(side: WordSide, draw: random.Random) -> tuple[int, int] | None:
    """Return the places of three to eight words without a sign, two of them content words."""
    signs, content = side.signs(), set(contents(side))
    size = draw.randint(SHORTEST, LONGEST)
    starts = [
        start
        for start in range(len(signs) - size + 1)
        if not signs[start : start + size].any()
        and len(content.intersection(range(start, start + size))) >= LEAST_CONTENT
    ]
    if not starts:
        return None
    start = draw.choice(starts)
    return start, start + size


def contents(side: WordSide) -> list[int]:
    """Return the places of the content words of *side* that are no figures."""
    forms = enumerate(side.forms)
    return [n for n, form in forms if is_content(form, side.lang) and not form[0].isdigit()]


def partners(facing: Facing, start: int, end: int) -> Spans:
    """Return the stretches of the content words of the other side that these words render."""
    tied = facing.posterior[start:end].max(axis=0) > LIKELY
    other = facing.other
    return tuple(
        characters(other, n, n + 1)
        for n, form in enumerate(other.forms)
        if tied[n] and is_content(form, other.lang)
    )


def characters(side: WordSide, start: int, end: int) -> tuple[int, int]:
    """Return the stretch of the text of *side* from the word *start* to before the word *end*."""
    return int(side.starts[start]), int(side.ends[end - 1])
