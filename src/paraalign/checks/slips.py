"""Which Vietnamese syllables are wrong where they stand, for want of a mark.

"Hôi", "sư" and "dư" are syllables, but "Hôi nghị", "sư hỗ trợ" and "tham dư" are slips for "Hội
nghị", "sự hỗ trợ" and "tham dự". Each run of syllables is read anew: every syllable may be itself
or, at a price, one that differs in a mark or two, and the likeliest row is kept. A changed place is
proposed as a slip, with traits such as how much likelier the row became. A logistic regression on
the traits decides; `scripts/syllable_weights.py` learns its weights.

>>> find_slips("với sư hỗ trợ của các bên".split())
[(1, 'sự')]
"""

import json
import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from operator import itemgetter, mul
from typing import NamedTuple, TypeAlias

from paraalign.checks.syllable_model import BEGIN, END, Model, load_model, mark_count
from paraalign.checks.syllables import is_syllable
from paraalign.checks.wordlists import word_list
from paraalign.langs import function_words
from paraalign.lexicon.folding import fold_syllable

__all__ = ["Proposal", "Traits", "find_slips", "propose"]

_PRICES = (0.0, 3.5, 7.0)  # nats that a reading costs that differs in so many marks
_NEXT_REBATE = 1.5  # nats less right after another change, for slips come in rows
_WIDTH = 8  # rows that are followed at a time

_Row: TypeAlias = tuple[float, tuple[str, ...]]


class Traits(NamedTuple):
    """What speaks for and against a reading; logarithms are natural, of one more than the count.

    Attributes:
        gain: Nats by which the row gets likelier.
        far: 1 if more than one mark differs.
        restores: 1 if the reading has more marks.
        common: 1 if the syllable at hand is a function word or one of kinship.
        new_count: Logarithm of how often the reading was seen.
        old_count: Likewise the syllable at hand.
        new_tie: Nats by which the reading meets a neighbour oftener than by chance.
        old_tie: Likewise the syllable at hand.
        pair: Logarithm of how often the reading was seen with a neighbour.
        triple: Logarithm of how often the reading was seen with two neighbours.
        known: Share of the row's pairs that were seen: 0 to 1.
    """

    gain: float
    far: float
    restores: float
    common: float
    new_count: float
    old_count: float
    new_tie: float
    old_tie: float
    pair: float
    triple: float
    known: float


class Proposal(NamedTuple):
    """A *reading* (a key) for the syllable at *place*, and what speaks for it."""

    place: int
    reading: str
    traits: Traits


def find_slips(words: Sequence[str], model: Model | None = None) -> list[tuple[int, str]]:
    """Return the places in the run *words* that hold slips, and what is meant. Cost: linear.

    Without a *model*, the one that comes with the package is asked.

    >>> find_slips("những người tham dư".split()), find_slips("giáo sư và kỹ sư".split())
    ([(3, 'dự')], [])
    """
    model = model or load_model()
    least, weights = _weights()
    return [
        (each.place, model.spellings[each.reading])
        for each in propose(words, model)
        if sum(map(mul, weights, each.traits)) >= least
    ]


def propose(words: Sequence[str], model: Model) -> Iterator[Proposal]:
    """Yield the syllables of the run *words* that the likeliest row changes.

    What is no syllable, or part of a foreign name, is left alone.

    >>> [each.place for each in propose(["tham", "dư"], load_model())]
    [1]
    """
    keys = [fold_syllable(word) for word in words]
    row = _likeliest(keys, model)
    for place, (key, reading) in enumerate(zip(keys, row, strict=True)):
        if key != reading and is_syllable(words[place]) and not _is_in_name(words, place):
            yield Proposal(place, reading, _traits(row, keys, place, model))


@lru_cache(maxsize=1)
def _weights() -> tuple[float, Traits]:
    """Return the least weighted sum of a slip, and the weights."""
    path = files("paraalign.checks") / "data" / "syllable-weights.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    return table["least"], Traits(*map(table["weights"].__getitem__, Traits._fields))


def _likeliest(keys: Sequence[str], model: Model) -> tuple[str, ...]:
    """Return the likeliest reading of *keys*: a beam over the last two of each row."""
    rows: dict[tuple[str, str], _Row] = {("", BEGIN): (0.0, ())}
    for place, key in enumerate(keys):
        previous = keys[place - 1] if place else BEGIN
        rows = _extended(rows, key, previous, model)
    return min((cost + model.cost(*last, END), row) for last, (cost, row) in rows.items())[1]


def _extended(
    rows: dict[tuple[str, str], _Row], key: str, previous: str, model: Model
) -> dict[tuple[str, str], _Row]:
    longer: dict[tuple[str, str], tuple[float, tuple[str, ...], str]] = {}
    readings = ((key, 0), *model.readings(key))
    for (first, second), (cost, row) in rows.items():
        rebate = 0.0 if second == previous else _NEXT_REBATE
        steps = model.costs(first, second)
        for each, distance in readings:
            price = _PRICES[distance] - rebate if distance else 0.0
            total = cost + price + steps[each]
            if (known := longer.get((second, each))) is None or total < known[0]:
                longer[second, each] = total, row, each
    kept = list(longer.items())
    if len(kept) > _WIDTH:
        kept = sorted(kept, key=itemgetter(1))[:_WIDTH]
    return {last: (total, (*row, each)) for last, (total, row, each) in kept}


def _traits(row: Sequence[str], keys: Sequence[str], place: int, model: Model) -> Traits:
    reading, key = row[place], keys[place]
    new, old = (["", BEGIN, *each, END, ""][place : place + 5] for each in (row, keys))
    seen = [other in model.after(one) for one, other in pairwise(row)]
    return Traits(
        gain=_row_cost(new, key, model) - _row_cost(new, reading, model),
        far=float((reading, 1) not in model.readings(key)),
        restores=float(mark_count(reading) > mark_count(key)),
        common=float(key in _common_keys()),
        new_count=math.log1p(model.counts.get(reading, 0)),
        old_count=math.log1p(model.counts.get(key, 0)),
        new_tie=_tie(new, model),
        old_tie=_tie(old, model),
        pair=math.log1p(_pair_count(new, model)),
        triple=math.log1p(_triple_count(new, model)),
        known=sum(seen) / max(1, len(seen)),
    )


@lru_cache(maxsize=1)
def _common_keys() -> frozenset[str]:
    """Return the words that stand anywhere: "cô" is she, and rare in manuals."""
    return frozenset(map(fold_syllable, function_words("vi") | word_list("kin", "vi")))


def _row_cost(around: Sequence[str], each: str, model: Model) -> float:
    """Return what *each* costs between the two before and the two after it."""
    row = [*around[:2], each, *(key for key in around[3:] if key)]
    return sum(model.cost(*row[at : at + 3]) for at in range(len(row) - 2))


def _tie(around: Sequence[str], model: Model) -> float:
    """Return how closely the syllable in the middle is tied to the one before or after."""
    _, before, each, after, _ = around
    left = 0.0 if before == BEGIN else model.tie(before, each)
    return max(left, 0.0 if after == END else model.tie(each, after))


def _pair_count(around: Sequence[str], model: Model) -> int:
    _, before, each, after, _ = around
    left = 0 if before == BEGIN else model.after(before).get(each, 0)
    return max(left, 0 if after == END else model.after(each).get(after, 0))


def _triple_count(around: Sequence[str], model: Model) -> int:
    triples = (around[at : at + 3] for at in range(3))
    return max(model.after(f"{one} {two}").get(three, 0) for one, two, three in triples)


def _is_in_name(words: Sequence[str], place: int) -> bool:
    """Tell whether the word at *place* is part of a name or leans on a foreign one ("San Diego").

    Capitals side by side are a name ("tỉnh Vân Nam"), but in a title where most words have one.
    """
    near = words[max(0, place - 1) : place + 3]
    if any(word[0].isupper() and not is_syllable(word) for word in near):
        return True
    capitals = [word[0].isupper() for word in words]
    is_title = 2 * sum(capitals) >= len(words)
    return capitals[place] and not is_title and sum(capitals[max(0, place - 1) : place + 2]) > 1
