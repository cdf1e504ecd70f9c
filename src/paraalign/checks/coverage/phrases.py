"""From doubtful words to divergences: minimal phrases, and what stands against them.

A phrase is a stretch that has nothing on the other side (`gaps`), or else a run of
doubtful content words with the function words between them. Two phrases that stand between the
same linked words, one on either side, and say about as much are a mistranslation together. So is a
doubtful phrase whose words still have a partner of their own, since there the link holds the place
and the likeness is what is lacking. What remains is left out on one side or added on the other.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from paraalign.align.words.keys import figure_words
from paraalign.align.words.links import WordTable
from paraalign.checks.context import Side
from paraalign.checks.coverage.gaps import Gap, find_gaps
from paraalign.checks.coverage.words import Doubts, Fitted
from paraalign.model import Kind

__all__ = ["Divergence", "Phrase", "find_divergences"]

_JOINING = frozenset("-'’/·‑")  # signs inside a phrase
_BRIDGE = 2  # function words that may stand between two doubtful words
_PARTNER = 0.3  # posterior from which a doubtful word still has a partner
_AGAINST = 0.12  # posterior from which two phrases stand against each other
_NEAR = 3.0  # words within which they do by place alone
_LONGEST = 6  # words of a partner phrase that is not doubtful itself
_ANCHOR = 0.5  # posterior of a mutual link from which it holds a place
_ANCHOR_REACH = 6  # words from a phrase in which such links are looked for
_UNLIKE = 2  # times that a phrase may have the words of one it stands against


class Phrase(NamedTuple):
    """A run of words of one side.

    Attributes:
        start: Place of the first word in its `WordSide`.
        end: Place after the last.
        score: How doubtful it is, 0 to 1.
        gap: The weight, in log odds, for nothing being on the other side; 0 where little is.
    """

    start: int
    end: int
    score: float
    gap: float = 0.0


class Divergence(NamedTuple):
    """A phrase left over on either side or both.

    Attributes:
        source: The source phrase, or None where only the target has more.
        target: The target phrase, or None.
        strength: Posterior that ties the two, 0 where one is missing.
    """

    source: Phrase | None
    target: Phrase | None
    strength: float = 0.0

    @property
    def phrases(self) -> tuple[Phrase | None, Phrase | None]:
        """The phrases of both sides."""
        return self.source, self.target

    @property
    def score(self) -> float:
        """The doubt of its more doubtful side."""
        return max(phrase.score for phrase in self.phrases if phrase)

    @property
    def kind(self) -> Kind:
        """What it is, by which side has a phrase."""
        if self.source is None:
            return Kind.ADDITION
        return Kind.OMISSION if self.target is None else Kind.MISTRANSLATION


def find_divergences(
    table: WordTable, sides: tuple[Doubts, Doubts], fitted: Fitted
) -> list[Divergence]:
    """Return what diverges in *table*, in source order, from the doubts about both *sides*.

    *fitted* holds the figures to go by, as `settings` gives them.
    """
    phrases = [_left_over(table, which, sides[which], fitted) for which in Side]
    pairs = _paired(table, sides, phrases)
    taken = [{pair[k] for pair in pairs} for k in (0, 1)]
    found = [Divergence(phrases[0][a], phrases[1][b], s) for a, b, s in pairs]
    for k in (0, 1):
        alone = [p for n, p in enumerate(phrases[k]) if n not in taken[k]]
        used = [each.phrases[1 - k] for each in found]
        found += [_against_partner(sides, k, phrase, used) for phrase in alone]
    return sorted(found, key=lambda each: _place(each, sides))


def _left_over(table: WordTable, which: Side, own: Doubts, fitted: Fitted) -> list[Phrase]:
    gaps = [_gap_phrase(own, gap) for gap in find_gaps(table, which, own, fitted)]
    others = [
        phrase
        for phrase in _phrases(own, fitted["doubtful"])
        if not any(phrase.start < gap.end and gap.start < phrase.end for gap in gaps)
    ]
    widened: list[Phrase] = []
    for phrase in sorted([*gaps, *others]):
        first = widened[-1].end if widened else 0
        widened.append(_widened(own, phrase, first, fitted["doubtful"]))
    return widened


def _widened(own: Doubts, phrase: Phrase, first: int, threshold: float) -> Phrase:
    """Return *phrase* with the doubtful function words next to it, back to the place *first*."""
    light = ~own.content & ~own.side.signs() & (own.scores >= threshold)
    light &= own.side.owners == own.side.owners[phrase.start]
    start, end = phrase.start, phrase.end
    while start > first and light[start - 1]:
        start -= 1
    while end < len(light) and light[end]:
        end += 1
    return phrase._replace(start=start, end=end)


def _gap_phrase(own: Doubts, gap: Gap) -> Phrase:
    """Return *gap* from its first content word to its last, as a phrase."""
    places = np.flatnonzero(own.content[gap.start : gap.end]) + gap.start
    phrase = _phrase(own, int(places[0]), int(places[-1]) + 1)
    return phrase._replace(gap=gap.weight)


def _phrases(side: Doubts, threshold: float) -> Iterator[Phrase]:
    start, last = -1, -1
    for place, doubtful in enumerate(_doubtful(side, threshold)):
        if start >= 0 and (_breaks(side, last, place) or (doubtful and place - last > _BRIDGE + 1)):
            yield _phrase(side, start, last + 1)
            start = -1
        if doubtful:
            start, last = (place if start < 0 else start), place
    if start >= 0:
        yield _phrase(side, start, last + 1)


def _doubtful(side: Doubts, threshold: float) -> list[bool]:
    figures = figure_words(side.side.forms, side.side.lang)
    marked = (side.scores >= threshold) & side.content & ~side.explained
    marked &= ~np.array(figures, dtype=np.bool_)
    return [bool(mark) for mark in marked]


def _breaks(side: Doubts, last: int, place: int) -> bool:
    """Tell whether a phrase that reached *last* can't go on at *place*."""
    form = side.side.forms[place]
    sign = not any(char.isalnum() for char in form) and form not in _JOINING
    bridge = not sign and side.content[place] and side.scores[place] < side.scores[last] / 2
    return sign or bool(bridge) or side.side.owners[place] != side.side.owners[last]


def _phrase(side: Doubts, start: int, end: int) -> Phrase:
    scores = side.scores[start:end][side.content[start:end]]
    best = np.sort(scores)[-2:]
    return Phrase(start, end, round(float(best.mean()), 4))


def _paired(
    table: WordTable, sides: tuple[Doubts, Doubts], phrases: Sequence[list[Phrase]]
) -> list[tuple[int, int, float]]:
    """Return which source and target phrases stand against each other, each at most once."""
    options = []
    for a, one in enumerate(phrases[0]):
        for b, other in enumerate(phrases[1]):
            tie = float(table.posterior[one.start : one.end, other.start : other.end].max())
            off = _distance(sides, one, other)
            if _is_like(sides, one, other) and (tie >= _AGAINST or _faces(sides, one, other, off)):
                options.append((-(tie + float(np.exp(-off / _NEAR))), a, b, tie))
    chosen: list[tuple[int, int, float]] = []
    for _, a, b, tie in sorted(options):
        if all(a != c[0] and b != c[1] for c in chosen):
            chosen.append((a, b, tie))
    return chosen


def _is_like(sides: tuple[Doubts, Doubts], one: Phrase, other: Phrase) -> bool:
    """Tell whether two phrases say about as much, by their content words.

    What stands beside a stretch that has nothing on the other side is none of its counterparts.
    """
    if bool(one.gap) != bool(other.gap):
        return False
    both = zip(sides, (one, other), strict=True)
    few, many = sorted(int(side.content[p.start : p.end].sum()) for side, p in both)
    return many <= _UNLIKE * few


def _faces(sides: tuple[Doubts, Doubts], one: Phrase, other: Phrase, off: float) -> bool:
    """Tell whether two phrases stand between the same linked words, each seen from the other."""
    rooms = _room(sides, 0, one), _room(sides, 1, other)
    return all(
        off <= _NEAR if room is None else room[0] < phrase.end and phrase.start < room[1]
        for room, phrase in zip(rooms, (other, one), strict=True)
    )


def _room(sides: tuple[Doubts, Doubts], k: int, phrase: Phrase) -> tuple[int, int] | None:
    """Return the places between the partners of the linked words around *phrase*.

    None where there is no such word on one side of it, or where the partners stand crosswise.
    """
    before = range(phrase.start - 1, max(-1, phrase.start - 1 - _ANCHOR_REACH), -1)
    after = range(phrase.end, min(len(sides[k].scores), phrase.end + _ANCHOR_REACH))
    held = [_first_anchor(sides, k, places) for places in (before, after)]
    if held[0] is None or held[1] is None or held[0] >= held[1]:
        return None
    return held[0] + 1, held[1]


def _first_anchor(sides: tuple[Doubts, Doubts], k: int, places: range) -> int | None:
    own, other = sides[k], sides[1 - k]
    for place in places:
        partner = int(own.partners[place])
        sure = own.content[place] and own.strengths[place] >= _ANCHOR
        if sure and other.partners[partner] == place:
            return partner
    return None


def _distance(sides: tuple[Doubts, Doubts], one: Phrase, other: Phrase) -> float:
    """Return how many words apart two phrases are, the nearer way of looking at it."""
    onward = sides[0].expected[one.start : one.end].mean() - (other.start + other.end - 1) / 2
    back = sides[1].expected[other.start : other.end].mean() - (one.start + one.end - 1) / 2
    return float(min(abs(onward), abs(back)))


def _against_partner(
    sides: tuple[Doubts, Doubts], k: int, phrase: Phrase, used: Sequence[Phrase | None]
) -> Divergence:
    partner, strength = (None, 0.0) if phrase.gap else _partner(sides, k, phrase)
    if partner is None or any(u and u.start < partner.end and partner.start < u.end for u in used):
        return Divergence(*((phrase, None) if k == 0 else (None, phrase)))
    pair = (phrase, partner) if k == 0 else (partner, phrase)
    return Divergence(*pair, strength)


def _partner(sides: tuple[Doubts, Doubts], k: int, phrase: Phrase) -> tuple[Phrase | None, float]:
    """Return the words that those of *phrase* are partners of, both ways, if few and close.

    A word that the lexicon gives to another partner is no partner.
    """
    own, other = sides[k], sides[1 - k]
    places = [p for p in range(phrase.start, phrase.end) if own.content[p]]
    held = [p for p in places if own.strengths[p] >= _PARTNER and _is_mutual(own, other, p)]
    if not held or 2 * len(held) < len(places):
        return None, 0.0
    found = [int(own.partners[p]) for p in held]
    start, end = min(found), max(found) + 1
    if end - start > _LONGEST:
        return None, 0.0
    strength = float(own.strengths[held].mean())
    return Phrase(start, end, 0.0), round(strength, 4)


def _is_mutual(own: Doubts, other: Doubts, place: int) -> bool:
    partner = int(own.partners[place])
    free = other.content[partner] and not other.explained[partner]
    return bool(free and other.partners[partner] == place)


def _place(each: Divergence, sides: tuple[Doubts, Doubts]) -> tuple[float, float]:
    if each.source is not None:
        return float(each.source.start), float(each.target.start if each.target else 0)
    assert each.target is not None  # noqa: S101  one side is always there
    return float(sides[1].expected[each.target.start]), float(each.target.start)
