"""Edits that the cross-encoder learns from: a pair changed on both sides alike, then on one.

A text that an edit broke reads oddly, and a model of nine million weights sooner learns to tell
that than to tell what is not rendered. So, first, most pairs are changed on both sides alike: a
word or phrase and what renders it are taken out, set in, or exchanged for such of a pair near by.
They go on saying the same, however oddly, and nothing of it is marked (`BothSides`). Then most
pairs are changed on one side, and that is marked, with what rendered it (`OneSide`):

    what is done                                                                    in 100 changes
    a phrase is taken out                                                                       30
    a phrase of a pair near by is set in                                                        28
    a word is exchanged for one used like it, or one that shares a rendering with it            16
    a word is exchanged for one of a pair near by                                               14
    a phrase makes way for one of a pair near by                                                 7
    the negation is taken out, or a modal or quantifier exchanged for its contrary               5

Seven phrases in ten begin and end where phrases do: at a sign, or where a function word follows a
content word. All shares were set by hand.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import NamedTuple, TypeVar

import numpy as np
from divergenceedits import CONTRARIES, NEGATIONS, Facing, characters, cues
from divergencegold import Span
from trainingedits import (
    Change,
    Edited,
    Exchanger,
    Siblings,
    apart,
    applied,
    contents,
    is_apart,
    stretch,
    stretch_of,
)
from wordgold import touched

from paraalign.align.words.groups import WordSide
from paraalign.align.words.known import is_content
from paraalign.align.words.links import WordTable
from paraalign.checks.context import Side
from paraalign.lexicon.protocol import Lexicon

EDITED, ALIKE = 0.63, 0.6  # shares of the pairs that are changed: on one side, on both alike
WHOLE = 0.72  # share of the phrases that begin and end where phrases do
EDIT_COUNTS = (1, 1, 2)
SIZES, SIZES_ALIKE = (1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8), (1, 2, 2, 3, 3, 4, 5, 6)
LONGEST, LONGEST_REWRITTEN, LEAST_SET_IN = 9, 5, 2  # words
LEAST_TEXT = 9  # characters
NEAR = 15  # lines
NEGATED = 0.7  # share of the negations among those, if there is one
LINKED, TIED, OPEN, SURE = 0.5, 0.35, 0.5, 0.6  # posteriors
TRIES = 4
Pair = tuple[str, str]
Spans = tuple[Span, Span]
Changes = tuple[Change, Change]
Way = TypeVar("Way")


def changed_alike(tables: Sequence[WordTable], draw: random.Random) -> list[Pair]:
    """Return the pairs of *tables*, lines of one text, most of them changed on both sides alike."""
    editor = BothSides(Lines(tables, draw))
    return [editor.edit(number) for number in range(len(tables))]


def changed(
    tables: Sequence[WordTable],
    siblings: tuple[Siblings, Siblings],
    lexicon: Lexicon | None,
    draw: random.Random,
) -> list[Edited]:
    """Return the pairs of *tables*, lines of one text, most of them changed on one side."""
    editor = OneSide(Lines(tables, draw), Exchanger(siblings, lexicon, draw))
    return [editor.edit(number) for number in range(len(tables))]


class Lines:
    """The *tables* of the lines of a text, in order, and the *draw* among them."""

    def __init__(self, tables: Sequence[WordTable], draw: random.Random) -> None:
        self.tables = tables
        self.draw = draw

    def near(self, number: int) -> WordTable:
        """Return the table of a line near the one of this *number*."""
        around = range(max(0, number - NEAR), min(len(self.tables), number + NEAR + 1))
        return self.tables[self.draw.choice([n for n in around if n != number] or [number])]

    def way(self, ways: Mapping[Way, int]) -> Way:
        """Return one of *ways*, drawn by their shares."""
        return self.draw.choices(list(ways), list(ways.values()))[0]


class BothSides:
    """Changes pairs of *lines* on both sides alike."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._draw = lines.draw
        self._ways: dict[Callable[[int], Changes | None], int] = {
            self._leave_out: 3,
            self._set_in: 3,
            self._exchange_word: 2,
            self._exchange_phrase: 2,
        }

    def edit(self, number: int) -> Pair:
        """Return the pair of line *number* with up to two changes made on both sides."""
        table = self._lines.tables[number]
        changes = self._changes(number) if self._draw.random() < ALIKE else []
        source, target = (
            applied(table, which, sorted(both[which] for both in changes)).pair[which]
            for which in Side
        )
        is_text = min(len(source), len(target)) >= LEAST_TEXT
        return (source, target) if is_text else (table.source.text, table.target.text)

    def _changes(self, number: int) -> list[Changes]:
        kept: list[Changes] = []
        for _ in range(self._draw.choice(EDIT_COUNTS)):
            made = self._lines.way(self._ways)(number)
            if made and all(is_apart(made[k], [both[k] for both in kept]) for k in Side):
                kept.append(made)
        return kept

    def _leave_out(self, number: int) -> Changes | None:
        size = self._draw.choice(SIZES_ALIKE)
        return alike(self._rendered(self._lines.tables[number], size), ("", ""))

    def _set_in(self, number: int) -> Changes | None:
        new, places = self._donated(number), openings(self._lines.tables[number])
        return alike(self._draw.choice(places), new) if places else None

    def _exchange_phrase(self, number: int) -> Changes | None:
        size = self._draw.choice(SIZES_ALIKE)
        return alike(self._rendered(self._lines.tables[number], size), self._donated(number))

    def _exchange_word(self, number: int) -> Changes | None:
        other = self._lines.near(number)
        ours, theirs = couples(self._lines.tables[number]), couples(other)
        if not ours or not theirs:
            return None
        source, target = texts_of(other, self._draw.choice(theirs))
        return alike(self._draw.choice(ours), (source.lower(), target.lower()))

    def _donated(self, number: int) -> Pair | None:
        """Return a phrase of a line near by, and what renders it."""
        other, size = self._lines.near(number), self._draw.choice(SIZES_ALIKE)
        tries = (self._rendered(other, max(LEAST_SET_IN, size)) for _ in range(TRIES))
        found = next(filter(None, tries), None)
        return texts_of(other, found) if found else None

    def _rendered(self, table: WordTable, size: int) -> Spans | None:
        """Return a phrase of about *size* source words, and what renders it, as places."""
        phrase = phrase_of(table.source, size, self._draw)
        facing = rendering(table, *phrase) if phrase else None
        return (phrase, facing) if phrase and facing else None


def alike(spans: Spans | None, texts: Pair | None) -> Changes | None:
    """Return the changes of the words at *spans* of both sides to *texts*; None without either."""
    if spans is None or texts is None:
        return None
    return Change(*spans[0], texts[0]), Change(*spans[1], texts[1])


def texts_of(table: WordTable, spans: Spans) -> Pair:
    """Return the text of the words at *spans* of both sides of *table*."""
    source, target = table.source, table.target
    places = characters(source, *spans[0]), characters(target, *spans[1])
    return source.text[slice(*places[0])], target.text[slice(*places[1])]


def rendering(table: WordTable, start: int, end: int) -> Span | None:
    """Return the target words that render these source words and no others, if they are a row."""
    tied = np.flatnonzero(table.posterior[start:end].max(axis=0) > TIED)
    if not tied.size:
        return None
    first, last = int(tied[0]), int(tied[-1]) + 1
    elsewhere = np.delete(table.posterior[:, first:last], slice(start, end), axis=0)
    is_short = last - first <= 2 * (end - start) + 3
    has_signs = table.target.signs()[first:last].any()
    is_row = is_short and not has_signs and not (elsewhere > TIED).any()
    return (first, last) if is_row else None


def openings(table: WordTable) -> list[Spans]:
    """Return the places at which something may be set in on both sides, after words that match."""
    found = [(place, partner(table, place - 1, OPEN)) for place in borders(table.source)]
    return [((n, n), (other + 1, other + 1)) for n, other in found if other is not None]


def couples(table: WordTable) -> list[Spans]:
    """Return the places of the content words that surely render each other."""
    theirs = set(contents(table.target))
    found = [(place, partner(table, place, SURE)) for place in contents(table.source)]
    return [((n, n + 1), (k, k + 1)) for n, k in found if k is not None and k in theirs]


def partner(table: WordTable, place: int, least: float) -> int | None:
    """Return the target word that goes best with the source word at *place*, and it with that."""
    other = int(table.posterior[place].argmax())
    is_mutual = int(table.posterior[:, other].argmax()) == place
    return other if is_mutual and table.posterior[place, other] > least else None


class Spot(NamedTuple):
    """A side of the line *number* that is to be changed."""

    number: int
    table: WordTable
    facing: Facing

    @property
    def own(self) -> WordSide:
        """The words of the side."""
        return self.facing.own


class OneSide:
    """Changes pairs of *lines* on one side, words with the help of *exchanger*."""

    def __init__(self, lines: Lines, exchanger: Exchanger) -> None:
        self._lines = lines
        self._draw = lines.draw
        self._exchanger = exchanger
        self._ways: dict[Callable[[Spot], Change | None], int] = {
            self._leave_out: 30,
            self._set_in: 28,
            self._exchange_alike: 16,
            self._exchange: 14,
            self._rewrite: 7,
            self._oppose: 5,
        }

    def edit(self, number: int) -> Edited:
        """Return the pair of line *number* with up to two changes on one side."""
        table, which = self._lines.tables[number], self._draw.choice(list(Side))
        if self._draw.random() >= EDITED:
            return applied(table, which, [])
        spot = Spot(number, table, Facing.of(table, which))
        count = self._draw.choice(EDIT_COUNTS)
        made = apart(self._lines.way(self._ways)(spot) for _ in range(count))
        return applied(table, which, made)

    def _leave_out(self, spot: Spot) -> Change | None:
        cut = whole_phrase if self._is_whole() else stretch
        found = cut(spot.own, self._draw.choice(SIZES), self._draw)
        return Change(*found, "") if found else None

    def _set_in(self, spot: Spot) -> Change | None:
        is_whole, size = self._is_whole(), max(LEAST_SET_IN, self._draw.choice(SIZES))
        places = borders(spot.own) if is_whole else range(len(spot.own.words) + 1)
        new = self._donated(spot, phrase_of if is_whole else stretch, size)
        place = self._draw.choice(places) if places else 0
        return Change(place, place, new) if places and new else None

    def _exchange_alike(self, spot: Spot) -> Change | None:
        return self._exchanger.exchange(spot.table, spot.facing.which)

    def _exchange(self, spot: Spot) -> Change | None:
        own, donor = spot.own, self._donor(spot)
        ours = [n for n in contents(own) if spot.facing.posterior[n].max() > LINKED]
        theirs = [donor.forms[n].lower() for n in contents(donor)]
        if not ours or not theirs:
            return None
        place, new = self._draw.choice(ours), self._draw.choice(theirs)
        return Change(place, place + 1, new) if new != own.forms[place].lower() else None

    def _rewrite(self, spot: Spot) -> Change | None:
        size = self._draw.choice(SIZES)
        found = stretch(spot.own, min(size + 1, LONGEST_REWRITTEN), self._draw)
        new = self._donated(spot, stretch, size)
        return Change(*found, new) if found and new else None

    def _oppose(self, spot: Spot) -> Change | None:
        """Take a negation out, or exchange a modal or quantifier for its contrary."""
        own = spot.own
        if own.lang not in NEGATIONS:
            return None
        found = list(NEGATIONS[own.lang].finditer(own.text))
        if found and self._draw.random() < NEGATED:
            match = self._draw.choice(found)
            return change_at(own, match.span(), match[2].strip() if own.lang == "fr" else "")
        modals = [cue for cue in cues(own) if is_worded(own, cue.span())]
        if not modals:
            return None
        cue = self._draw.choice(modals)
        return change_at(own, cue.span(), CONTRARIES[own.lang][cue[0].casefold()])

    def _donated(
        self, spot: Spot, cut: Callable[[WordSide, int, random.Random], Span | None], size: int
    ) -> str:
        """Return *size* words or so of a line near by, in the same language, cut out by *cut*."""
        donor = self._donor(spot)
        found = cut(donor, size, self._draw)
        return donor.text[slice(*characters(donor, *found))] if found else ""

    def _donor(self, spot: Spot) -> WordSide:
        return Facing.of(self._lines.near(spot.number), spot.facing.which).own

    def _is_whole(self) -> bool:
        return self._draw.random() < WHOLE


def change_at(side: WordSide, span: Span, text: str) -> Change | None:
    """Return the change to *text* of the words of *side* that *span* of its text touches."""
    words = touched(list(zip(side.starts.tolist(), side.ends.tolist(), strict=True)), span)
    return Change(words[0], words[-1] + 1, text) if words else None


def is_worded(side: WordSide, span: Span) -> bool:
    """Tell whether *span* of the text of *side* is some words of it, and no part of one."""
    change = change_at(side, span, "")
    return change is not None and stretch_of(side, change) == span


def phrase_of(side: WordSide, size: int, draw: random.Random) -> Span | None:
    """Return a whole phrase of about *size* words of *side*, or else as many in a row."""
    return whole_phrase(side, size, draw) or stretch(side, size, draw)


def whole_phrase(side: WordSide, size: int, draw: random.Random) -> Span | None:
    """Return a phrase of *size* words of *side*, or one more or less, from border to border."""
    signs, content, starts = side.signs(), set(contents(side)), borders(side)
    ends = sorted({*starts, *np.flatnonzero(signs).tolist(), len(signs)})
    found = [
        (start, end)
        for start, end in product(starts, ends)
        if start < end <= start + LONGEST
        and abs(end - start - size) <= 1
        and not signs[start:end].any()
        and content.intersection(range(start, end))
    ]
    return draw.choice(found) if found else None


def borders(side: WordSide) -> list[int]:
    """Return the places in *side*, after the first, at which a phrase may begin.

    There stands a word after a sign, or a function word after a content word.
    """
    signs = side.signs()
    content = [is_content(form, side.lang) for form in side.forms]
    return [
        n
        for n in range(1, len(signs))
        if not signs[n] and (signs[n - 1] or (content[n - 1] and not content[n]))
    ]
