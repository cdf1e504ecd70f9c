r"""How often Vietnamese syllables follow each other, and what a row of them costs.

The tables that `scripts/syllable_pairs.py` writes hold counts of pairs and of triples; a row begins
with "^" and ends with "$". Lines are taken apart when they are first asked for, since a text needs
few of the thousands. A syllable after two others costs the negative logarithm of its probability,
that of the triple drawn towards that of the pair, and this towards that of the syllable alone, by a
few imagined sightings each (Dirichlet smoothing; MacKay and Peto 1995).

>>> pairs = "hôi5\thội\t9\tnghi5 5\nnghi5\tnghị\t5\nnghi\tnghi\t7\n"
>>> model = read_model(gzip.compress(pairs.encode()))
>>> model.after("hôi5"), model.readings("nghi")
({'nghi5': 5}, (('nghi5', 1),))
>>> model.cost("^", "hôi5", "nghi5") < model.cost("^", "hôi5", "nghi")
True
"""

import gzip
import math
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

__all__ = ["BEGIN", "END", "Model", "load_model", "mark_count", "read_model"]

BEGIN, END = "^", "$"
_IMAGINED_PAIRS, _IMAGINED_TRIPLES = 20.0, 5.0  # sightings; chosen with the weights of the slips
_REMEMBERED = 10_000  # answers that are kept of each kind
_FARTHEST = 2  # marks in which a reading may differ


class Model:
    """Counts of Vietnamese syllables, by their folded keys.

    Attributes:
        counts: How often each syllable was seen.
        spellings: The usual spelling of each.
        total: How many syllables were seen.
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        spellings: Mapping[str, str],
        lines: Mapping[str, str],
    ) -> None:
        """Take *counts*, *spellings* and the *lines* of what follows one syllable or two."""
        self.counts = counts
        self.spellings = spellings
        self.total = sum(counts.values())
        self._lines = lines
        self._after: dict[str, dict[str, int]] = {}
        self._costs: dict[tuple[str, str], _Costs] = {}
        self._readings: dict[str, tuple[tuple[str, int], ...]] = {}
        self._alike: defaultdict[str, list[str]] = defaultdict(list)
        for key in counts:
            self._alike[_skeleton(key)].append(key)

    def after(self, before: str) -> Mapping[str, int]:
        """Return what was seen after *before*, one key or two with a blank, and how often."""
        if before not in self._after:
            _forget(self._after)
            cells = self._lines.get(before, "").split("\t")
            split = (cell.split(" ") for cell in cells if cell)
            self._after[before] = {key: int(count) for key, count in split}
        return self._after[before]

    def cost(self, first: str, second: str, third: str) -> float:
        """Return what *third* costs after *first* and *second*, in nats; lower is likelier."""
        return self.costs(first, second)[third]

    def costs(self, first: str, second: str) -> Mapping[str, float]:
        """Return what any syllable costs after *first* and *second*, worked out when asked for."""
        if (first, second) not in self._costs:
            _forget(self._costs)
            self._costs[first, second] = _Costs(self, first, second)
        return self._costs[first, second]

    def reckon(self, first: str, second: str, third: str) -> float:
        """Return what `cost` does, worked out anew."""
        pair = self._pair_probability(second, third)
        seen = self.after(second).get(third, 0) and self.after(f"{first} {second}").get(third)
        mass = self.after(first).get(second, 0)
        drawn = (seen or 0) + _IMAGINED_TRIPLES * pair
        return -math.log(drawn / (mass + _IMAGINED_TRIPLES))

    def readings(self, key: str) -> tuple[tuple[str, int], ...]:
        """Return the syllables that *key* may be a slip for, and by how many marks they differ."""
        if key not in self._readings:
            alike = ((each, _distance(key, each)) for each in self._alike.get(_skeleton(key), ()))
            self._readings[key] = tuple(each for each in alike if 0 < each[1] <= _FARTHEST)
        return self._readings[key]

    def tie(self, one: str, other: str) -> float:
        """Return how much oftener *one* and *other* meet than by chance, in nats; 0 if not."""
        pair = self.after(one).get(other, 0)
        if not pair:
            return 0.0
        chance = self.counts.get(one, 1) * self.counts.get(other, 1)
        return max(0.0, math.log(pair * self.total / chance))

    def _pair_probability(self, one: str, other: str) -> float:
        alone = max(1, self.counts.get(other, 0)) / self.total
        pair = self.after(one).get(other, 0) + _IMAGINED_PAIRS * alone
        return pair / (self.counts.get(one, 0) + _IMAGINED_PAIRS)


class _Costs(dict[str, float]):
    """What each syllable costs after *first* and *second*; kept once it was asked for."""

    __slots__ = ("_after", "_model")

    def __init__(self, model: Model, first: str, second: str) -> None:
        super().__init__()
        self._model = model
        self._after = first, second

    def __missing__(self, key: str) -> float:
        """Work out what *key* costs."""
        return self.setdefault(key, self._model.reckon(*self._after, key))


@lru_cache(maxsize=1)
def load_model() -> Model:
    """Return the model that comes with the package. Cost: some 50 ms, once.

    >>> load_model().spellings["nghi5"]
    'nghị'
    """
    folder = files("paraalign.checks") / "data"
    tables = ((folder / f"syllable-{name}.tsv.gz").read_bytes() for name in ("pairs", "triples"))
    return read_model(*tables)


def read_model(pairs: bytes, triples: bytes = b"") -> Model:
    """Return the model of the packed tables *pairs* and *triples*; see the head of this module."""
    counts, spellings = {}, {}
    lines = dict(line.split("\t", 1) for line in _unpacked(triples))
    for line in _unpacked(pairs):
        key, spelling, count, following = f"{line}\t".split("\t", 3)
        counts[key], spellings[key], lines[key] = int(count), spelling, following
    return Model(counts, spellings, lines)


def mark_count(key: str) -> int:
    """Return how many marks the syllable *key* bears: on letters, and the tone.

    >>> mark_count("nghi"), mark_count("đươc5")
    (0, 4)
    """
    tone, letters = _marks(key)
    return sum(map(bool, letters)) + bool(tone)


def _unpacked(table: bytes) -> Sequence[str]:
    return gzip.decompress(table).decode().splitlines() if table else ()


def _forget(known: dict[Any, Any]) -> None:
    """Empty *known* where it has become large: a long text would fill the memory with it."""
    if len(known) >= _REMEMBERED:
        known.clear()


def _distance(one: str, other: str) -> int:
    """Return in how many marks two keys with the same letters differ, the tone being one."""
    (tone, letters), (other_tone, other_letters) = _marks(one), _marks(other)
    if len(letters) != len(other_letters):
        return _FARTHEST + 1
    return (tone != other_tone) + sum(map(str.__ne__, letters, other_letters))


@lru_cache(maxsize=65536)
def _marks(key: str) -> tuple[str, tuple[str, ...]]:
    """Return the tone of *key*, and for each letter the mark on it, "" where there is none."""
    letters = key.rstrip("12345")
    marks = ("đ" if char == "đ" else unicodedata.normalize("NFD", char)[1:] for char in letters)
    return key[len(letters) :], tuple(marks)


def _skeleton(key: str) -> str:
    letters = unicodedata.normalize("NFD", key.rstrip("12345").replace("đ", "d"))
    return "".join(char for char in letters if char.isalpha()) or key
