"""Divergences made to learn from: one side of a faithful pair changed in one to three places.

Unlike the edits that the benchmark reports on (`divergenceedits.py`), these come in the sizes that
revisers mark, mostly one to three words, on either side, and a word is exchanged for one that
could stand there: a neighbour of it by its vector, or a word that shares a rendering with it in the
lexicon, never one that the lexicon gives for its partner. What is marked on the unchanged side is
told by the word links of the pair as it was; half-linked words are left out.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from divergencegold import Span

from paraalign.align.words.groups import WordSide
from paraalign.align.words.known import is_content
from paraalign.align.words.links import WordTable
from paraalign.lexicon.protocol import Lexicon

SEED = 11
KINDS = ("delete", "delete", "insert", "insert", "exchange", "exchange", "exchange", "rewrite")
SIZES = (1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7)
EDIT_COUNTS = (1, 1, 2, 2, 3)
LINKED, HALF_LINKED = 0.3, 0.15
TRIES = 8
SAME_STEM = 5  # first letters that two forms of one word share
Siblings = Mapping[str, Sequence[str]]


class Change(NamedTuple):
    """Words of one side, from *start* to *end*, that become *text*."""

    start: int
    end: int
    text: str


class Edited(NamedTuple):
    """A pair after its edits: the texts, what is marked on either side and what is left out."""

    pair: tuple[str, str]
    marked: tuple[list[Span], list[Span]]
    unsure: tuple[list[Span], list[Span]]


class Exchanger:
    """Exchanges a word for one that could stand there but renders something else."""

    def __init__(
        self, siblings: tuple[Siblings, Siblings], lexicon: Lexicon | None, draw: random.Random
    ) -> None:
        self._siblings = siblings
        self._lexicon = lexicon
        self._draw = draw

    def exchange(self, table: WordTable, which: int) -> Change | None:
        """Return the exchange of a well-linked content word on side *which* of *table*."""
        sides = table.source, table.target
        posterior = table.posterior.T if which else table.posterior
        side = sides[which]
        places = [n for n in contents(side) if posterior[n].max() > 2 * LINKED]
        for _ in range(TRIES if places else 0):
            place = self._draw.choice(places)
            partner = sides[1 - which].forms[int(posterior[place].argmax())]
            new = self._sibling(side.forms[place], partner, which)
            if new:
                return Change(place, place + 1, new)
        return None

    def _sibling(self, form: str, partner: str, which: int) -> str:
        """Return a word that could stand for *form* but renders something else than *partner*."""
        options = list(self._siblings[which].get(form.casefold(), ()))
        if self._draw.random() < 0.5:
            options = self._sharing(form, which) or options
        options = [o for o in options if o.casefold()[:SAME_STEM] != form.casefold()[:SAME_STEM]]
        new = self._draw.choice(options) if options else ""
        pair = (partner, new) if which else (new, partner)
        known = bool(new) and self._lexicon is not None and self._lexicon.matches(*pair)
        return "" if known else new

    def _sharing(self, form: str, which: int) -> list[str]:
        """Return the words that share a rendering with *form*."""
        if self._lexicon is None:
            return []
        ways = self._lexicon.renderings, self._lexicon.reverse_renderings
        renderings = [r.text for r in ways[which](form)[:5]]
        return [back.text for text in renderings for back in ways[1 - which](text)[:8]]


class Maker:
    """Makes edits of pairs out of what other pairs and the lexicon offer."""

    def __init__(
        self, tables: Sequence[WordTable], siblings: tuple[Siblings, Siblings], lexicon: Lexicon
    ) -> None:
        self._tables = tables
        self._draw = random.Random(SEED)  # noqa: S311  a fixed draw, no secret
        self._exchanger = Exchanger(siblings, lexicon, self._draw)

    def edit(self, table: WordTable) -> Edited:
        """Return the pair of *table* with one to three changes on one side."""
        which = self._draw.randrange(2)
        count = self._draw.choice(EDIT_COUNTS)
        return applied(table, which, apart(self._change(table, which) for _ in range(count)))

    def _change(self, table: WordTable, which: int) -> Change | None:
        kind = self._draw.choice(KINDS)
        side = (table.source, table.target)[which]
        if kind == "exchange":
            return self._exchanger.exchange(table, which)
        size = self._draw.choice(SIZES)
        new = self._phrase(which, size) if kind != "delete" else ""
        if kind == "insert":
            place = self._draw.randrange(len(side.words) + 1)
            return Change(place, place, new) if new else None
        found = stretch(side, min(size, 4) if kind == "rewrite" else size, self._draw)
        return Change(*found, new) if found and (new or kind == "delete") else None

    def _phrase(self, which: int, size: int) -> str:
        other = self._draw.choice(self._tables)
        side = (other.source, other.target)[which]
        found = stretch(side, size, self._draw)
        return side.text[int(side.starts[found[0]]) : int(side.ends[found[1] - 1])] if found else ""


def apart(made: Iterable[Change | None]) -> list[Change]:
    """Return those of *made* that touch none before them, in text order."""
    kept: list[Change] = []
    for each in made:
        if each and is_apart(each, kept):
            kept.append(each)
    return sorted(kept)


def is_apart(change: Change, others: Iterable[Change]) -> bool:
    """Tell whether a word stands between *change* and each of *others*."""
    return all(change.end < other.start or other.end < change.start for other in others)


def applied(table: WordTable, which: int, changes: Sequence[Change]) -> Edited:
    """Return the pair of *table* with the *changes* made on side *which*."""
    sides = table.source, table.target
    given, text, done, marked = sides[which].text, "", 0, []
    for change in changes:
        first, last = stretch_of(sides[which], change)
        text = joined(text, given[done:first])
        if change.text:
            text = joined(text, f" {change.text}")
            marked.append((len(text) - len(change.text), len(text)))
        done = last
        text = joined(text, " " * (done < len(given) and given[done].isalnum()))
    text = joined(text, given[done:]).rstrip()
    if not any(char.isalnum() for char in text):
        text, changes, marked = given, (), []
    sure, half = facing(table, which, changes)
    spans = (marked, sure) if which == 0 else (sure, marked)
    unsure: tuple[list[Span], list[Span]] = ([], half) if which == 0 else (half, [])
    return Edited((text, sides[1].text) if which == 0 else (sides[0].text, text), spans, unsure)


def joined(text: str, more: str) -> str:
    """Return *text* with *more*, never two blanks between them nor one in front."""
    return text + (more.lstrip() if not text or text[-1].isspace() else more)


def stretch_of(side: WordSide, change: Change) -> Span:
    """Return the stretch of the text of *side* that *change* takes the place of."""
    if change.start < change.end:
        return int(side.starts[change.start]), int(side.ends[change.end - 1])
    at = int(side.starts[change.start]) if change.start < len(side.words) else len(side.text)
    return at, at


def facing(
    table: WordTable, which: int, changes: Sequence[Change]
) -> tuple[list[Span], list[Span]]:
    """Return the stretches of the other side that rendered what was changed; the half-sure ones."""
    posterior = table.posterior.T if which else table.posterior
    other = (table.source, table.target)[1 - which]
    touched = np.zeros(len(other.words))
    for change in changes:
        if change.start < change.end:
            touched = np.maximum(touched, posterior[change.start : change.end].max(axis=0))
    spans = list(zip(other.starts.tolist(), other.ends.tolist(), strict=True))
    sure = [span for span, value in zip(spans, touched, strict=True) if value > LINKED]
    half = [s for s, value in zip(spans, touched, strict=True) if HALF_LINKED < value <= LINKED]
    return sure, half


def stretch(side: WordSide, size: int, draw: random.Random) -> tuple[int, int] | None:
    """Return *size* words of *side* in a row, a content word and no sign among them, or None."""
    signs, content = side.signs(), set(contents(side))
    starts = [
        start
        for start in range(len(signs) - size + 1)
        if not signs[start : start + size].any()
        and content.intersection(range(start, start + size))
    ]
    start = draw.choice(starts) if starts else -1
    return (start, start + size) if starts else None


def contents(side: WordSide) -> list[int]:
    """Return the places of the content words of *side* that are no figures."""
    return [
        n
        for n, form in enumerate(side.forms)
        if is_content(form, side.lang) and not form[0].isdigit()
    ]


def neighbours(
    forms: Sequence[str], vectors: np.ndarray[tuple[int, int], np.dtype[np.float64]], least: int = 3
) -> dict[str, list[str]]:
    """Return for each of *forms* seen *least* times those nearest by mean vector, nearest first."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, form in enumerate(forms):
        places[form.casefold()].append(place)
    kept = sorted(form for form, some in places.items() if len(some) >= least)
    if not kept:
        return {}
    means = np.stack([vectors[places[form]].mean(axis=0) for form in kept])
    means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    nearest = np.argsort(-(means @ means.T), axis=1, kind="stable")[:, 2:26]
    return {form: [kept[n] for n in row] for form, row in zip(kept, nearest, strict=True)}
