"""What two texts share in words: renderings, names, figures, cognates.

Every word has keys, and two words correspond where they share one. Renderings give keys through the
lexicon's index; like spelling gives more, so that names and figures speak even where no lexicon is
at hand. Keys that most units have say nothing and are left out.

>>> from paraalign.align.units import Side, Trait
>>> from paraalign.model import Span
>>> source = Side.of("fr", ["à Hanoï"], [Trait()], [Span(0, 7)])
>>> target = Side.of("vi", ["tại Hà Nội"], [Trait()], [Span(0, 10)])
>>> cover = LexicalCover.of(source, target, None)
>>> cover.best(np.array([0]), np.array([0]))[0].tolist()
[[0.0], [1.0]]
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log
from typing import Any, NamedTuple, TypeAlias, cast

import numpy as np

from paraalign.align.cover import Floats, Ints, gather
from paraalign.align.forms import likeness
from paraalign.align.units import Side
from paraalign.letters import unmarked
from paraalign.lexicon.protocol import Lexicon, WordIndex

__all__ = ["Keys", "LexicalCover", "postings"]

_Row: TypeAlias = tuple[int, int, int, int, float]
"""Unit, first word, word after the last, key, strength."""

_COMMON = 0.6
_FEW_UNITS = 5
_SHORT = 2
_SHORT_STRENGTH = 0.3
_NAME_LETTERS = 4
_NAME_PARTS = 3
_COGNATE = 0.7
_COGNATE_PAIRS = 4_000_000
_USUAL_LIKE = (0.012, 0.020, 0.025, 0.028, 0.032, 0.034, 0.036, 0.037)
_USUAL_RENDERED = (0.11, 0.18, 0.23, 0.26, 0.29, 0.31, 0.33, 0.34)
_SCALE_LIKE = 2.6
_SCALE_RENDERED = 0.75


class Keys(NamedTuple):
    """The keys of the words of one side, sorted by unit.

    Attributes:
        units: The unit. Shape of this and the others: (keys,).
        places: The word, counted over the whole side.
        keys: The key.
        strengths: How well it stands for the word, 0 to 1.
    """

    units: Ints
    places: Ints
    keys: Ints
    strengths: Floats

    def of_units(self, units: Ints, count: int) -> "Keys":
        """Return the keys of *units* only, units renumbered by their place among them."""
        bounds = np.searchsorted(self.units, np.arange(count + 1))
        rows, inner = gather(bounds, units)
        renumbered = np.repeat(np.arange(len(units)), np.diff(inner))
        return Keys(renumbered, self.places[rows], self.keys[rows], self.strengths[rows])


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class LexicalCover:
    """What two sides share in words; see `Cover`."""

    weights: tuple[Floats, Floats]
    bounds: tuple[Ints, Ints]
    keys: tuple[Keys, Keys]
    usual: tuple[float, ...] = _USUAL_LIKE
    scale: float = _SCALE_LIKE

    @classmethod
    def of(cls, source: Side, target: Side, lexicon: Lexicon | None) -> "LexicalCover":
        """Return what *source* and *target* share, with renderings where there is a *lexicon*."""
        entries = [[_Entries.of(rows)] for rows in _alike(source, target)]
        rendered = lexicon is not None and {source.lang, target.lang} == set(lexicon.langs)
        if lexicon is not None and rendered:
            entries[0].append(_rendered(source, lexicon))
            entries[1].append(_rendered(target, lexicon))
        pair = (_tabulate(entries[0]), _tabulate(entries[1]))
        common = np.union1d(_common(pair[0], len(source)), _common(pair[1], len(target)))
        return cls(
            weights=(_rarity(source), _rarity(target)),
            bounds=(source.bounds, target.bounds),
            keys=(_without(pair[0], common), _without(pair[1], common)),
            usual=_USUAL_RENDERED if rendered else _USUAL_LIKE,
            scale=_SCALE_RENDERED if rendered else _SCALE_LIKE,
        )

    @property
    def renders(self) -> bool:
        """Whether a lexicon of the two languages is at hand."""
        return self.scale == _SCALE_RENDERED

    def extended(self, more: tuple[Keys, Keys]) -> "LexicalCover":
        """Return the same with *more* keys; those that most units have are left out."""
        least = min(int(own.keys.min(initial=0)) for own in self.keys)
        first, second = (keys._replace(keys=least - 1 - keys.keys) for keys in more)
        counts = [len(bounds) - 1 for bounds in self.bounds]
        common = np.union1d(_common(first, counts[0]), _common(second, counts[1]))
        keys = (
            _merged(self.keys[0], _without(first, common)),
            _merged(self.keys[1], _without(second, common)),
        )
        return replace(self, keys=keys)

    def best(self, source: Ints, target: Ints) -> tuple[Floats, Floats]:
        """Return how well each unit renders each word of the other side."""
        counts = len(self.bounds[0]) - 1, len(self.bounds[1]) - 1
        keys = self.keys[0].of_units(source, counts[0]), self.keys[1].of_units(target, counts[1])
        return (
            _hits(keys[0], keys[1], gather(self.bounds[0], source)[0], len(target)),
            _hits(keys[1], keys[0], gather(self.bounds[1], target)[0], len(source)),
        )


class _Entries(NamedTuple):
    """Keys that stand on the words of a unit from the place *firsts* to before *lasts*."""

    units: Ints
    firsts: Ints
    lasts: Ints
    keys: Ints
    strengths: Floats

    @classmethod
    def of(cls, rows: Sequence[_Row]) -> "_Entries":
        units, firsts, lasts, keys, strengths = zip(*rows, strict=True) if rows else ((),) * 5
        return cls(
            np.array(units, np.int64),
            np.array(firsts, np.int64),
            np.array(lasts, np.int64),
            np.array(keys, np.int64),
            np.array(strengths, np.float32),
        )


def _hits(own: Keys, other: Keys, places: Ints, other_count: int) -> Floats:
    order = np.argsort(other.keys, kind="stable")
    keys = other.keys[order]
    firsts = np.searchsorted(keys, own.keys, side="left")
    counts = np.searchsorted(keys, own.keys, side="right") - firsts
    rows = np.repeat(np.arange(len(own.keys)), counts)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    found = order[firsts[rows] + within]
    best = np.zeros((len(places), other_count), np.float32)
    scores = own.strengths[rows] * other.strengths[found]
    local = _renumber(places, own.places[rows])
    np.maximum.at(best, (local, other.units[found]), scores)
    return best


def _renumber(places: Ints, wanted: Ints) -> Ints:
    """Return where each of *wanted* stands among *places*."""
    if len(places) == 0:
        return wanted
    table = np.zeros(int(places.max()) + 1, np.int64)
    table[places] = np.arange(len(places))
    return table[wanted]


def _rarity(side: Side) -> Floats:
    count = len(side.words)
    forms = [unmarked(word.text) for word in side.words]
    seen = Counter(forms)
    scale = log(count + 1) or 1.0
    known = {form: 0.1 + log((count + 1) / times) / scale for form, times in seen.items()}
    return np.array([known[form] for form in forms], np.float32)


def _tabulate(parts: Sequence[_Entries]) -> Keys:
    """Return the keys word by word, sorted by unit, word and key."""
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    units, firsts, lasts, keys, strengths = columns
    counts = lasts - firsts
    starts = np.cumsum(counts) - counts
    places = np.arange(int(counts.sum())) + np.repeat(firsts - starts, counts)
    units, keys, strengths = (np.repeat(each, counts) for each in (units, keys, strengths))
    order = np.lexsort((strengths, keys, places))
    return Keys(units[order], places[order], keys[order], strengths[order])


def _merged(first: Keys, second: Keys) -> Keys:
    """Return the keys of both, sorted by word, key and strength."""
    columns = [np.concatenate(pair) for pair in zip(first, second, strict=True)]
    units, places, keys, strengths = columns
    order = np.lexsort((strengths, keys, places))
    return Keys(units[order], places[order], keys[order], strengths[order])


def _common(keys: Keys, unit_count: int) -> Ints:
    if unit_count <= _FEW_UNITS:
        return np.zeros(0, np.int64)
    values, counts = np.unique(postings(keys)[0], return_counts=True)
    return values[counts > _COMMON * unit_count]


def postings(keys: Keys) -> tuple[Ints, Ints]:
    """Return each key and each unit that has it, once, sorted by key, then unit."""
    if not len(keys.keys):
        return keys.keys, keys.units
    step, least = int(keys.units.max()) + 1, int(keys.keys.min())
    cells = np.sort((keys.keys - least) * step + keys.units)
    cells = cells[np.diff(cells, prepend=-1) > 0]
    return cells // step + least, cells % step


def _without(keys: Keys, left_out: Ints) -> Keys:
    kept = ~np.isin(keys.keys, left_out)
    return Keys(keys.units[kept], keys.places[kept], keys.keys[kept], keys.strengths[kept])


def _rendered(side: Side, lexicon: Lexicon) -> _Entries:
    """Return the lexicon's keys on the words of *side*; they are 0 and more."""
    index = _index(cast("Any", lexicon), side.texts, side.lang)
    starts, ends = _word_ranges(side, index)
    return _Entries(
        index.texts[index.words].astype(np.int64),
        starts[index.words],
        ends[index.words],
        index.keys.astype(np.int64),
        index.strengths,
    )


@lru_cache(maxsize=4)
def _index(lexicon: Lexicon, texts: tuple[str, ...], lang: str) -> WordIndex:
    """Return the index of *texts*; clauses, sentences and parity often ask for the same."""
    return lexicon.index(texts, lang)


def _word_ranges(side: Side, index: WordIndex) -> tuple[Ints, Ints]:
    """Return the words of *side* on which each word of *index* stands."""
    step = 1 + max((len(text) for text in side.texts), default=0)
    units = np.repeat(np.arange(len(side)), np.diff(side.bounds))
    starts = units * step + np.array([word.start for word in side.words], np.int64)
    ends = units * step + np.array([word.end for word in side.words], np.int64)
    offset = index.texts.astype(np.int64) * step
    first = np.searchsorted(ends, offset + index.starts, side="right")
    return first, np.searchsorted(starts, offset + index.ends, side="left")


def _alike(source: Side, target: Side) -> tuple[list[_Row], list[_Row]]:
    """Return the keys that like spelling gives; they are below 0."""
    pair = _Spelling.of(source), _Spelling.of(target)
    keys: dict[str, int] = defaultdict(lambda: -1 - len(keys))
    entries: tuple[list[_Row], list[_Row]] = ([], [])
    for own, other, found in ((0, 1, entries[0]), (1, 0, entries[1])):
        for form in sorted(pair[own].uses.keys() & pair[other].uses.keys()):
            strength = _SHORT_STRENGTH if len(form) <= _SHORT else 1.0
            found.extend(pair[own].entries(form, keys[form], strength))
    for first, second, degree in _cognates(pair[0], pair[1]):
        key = keys[f"{first} {second}"]
        entries[0].extend(pair[0].entries(first, key, degree))
        entries[1].extend(pair[1].entries(second, key, 1.0))
    return entries


class _Spelling(NamedTuple):
    """Where each plain form, or name written in several words, stands: (unit, first, last)."""

    uses: dict[str, list[tuple[int, int, int]]]
    singles: frozenset[str]

    @classmethod
    def of(cls, side: Side) -> "_Spelling":
        uses: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        forms = [unmarked(word.text) for word in side.words]
        for unit, (start, end) in enumerate(zip(side.bounds[:-1], side.bounds[1:], strict=True)):
            for first in range(start, end):
                uses[forms[first]].append((unit, first, first + 1))
        singles = frozenset(uses)
        for unit, first, last in _name_ranges(side):
            name = "".join(forms[first:last])
            if len(name) >= _NAME_LETTERS and name not in singles:
                uses[name].append((unit, first, last))
        return cls(dict(uses), singles)

    def entries(self, form: str, key: int, strength: float) -> list[_Row]:
        return [(*place, key, strength) for place in self.uses[form]]


def _name_ranges(side: Side) -> Iterator[tuple[int, int, int]]:
    """Yield runs of words that may be a name: two or three that are written in capitals."""
    for unit, (start, end) in enumerate(zip(side.bounds[:-1], side.bounds[1:], strict=True)):
        text = side.texts[unit]
        capital = [text[word.start].isupper() for word in side.words[start:end]]
        for first in range(end - start):
            for size in range(2, min(_NAME_PARTS, end - start - first) + 1):
                if all(capital[first : first + size]):
                    yield unit, int(start) + first, int(start) + first + size


def _cognates(source: _Spelling, target: _Spelling) -> Iterator[tuple[str, str, float]]:
    groups = _by_initial(source), _by_initial(target)
    for initial in sorted(groups[0].keys() & groups[1].keys()):
        first, second = groups[0][initial], groups[1][initial]
        if len(first) * len(second) > _COGNATE_PAIRS:
            continue
        degrees = likeness(first, second)
        for row, column in np.argwhere(degrees >= _COGNATE):
            if first[row] != second[column]:
                yield first[row], second[column], float(degrees[row, column])


def _by_initial(spelling: _Spelling) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for form in sorted(spelling.singles):
        if len(form) >= _NAME_LETTERS and form.isalpha():
            groups[form[0]].append(form)
    return dict(groups)
