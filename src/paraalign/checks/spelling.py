"""Vietnamese syllables that can't be, or that are wrong where they stand for want of a mark.

"Hôi", "sư" and "dư" are syllables, but "Hôi nghị", "sư hỗ trợ" and "tham dư" are slips for "Hội
nghị", "sự hỗ trợ" and "tham dự". A model of which syllables follow each other, learned from 218,000
segments (`scripts/syllable_pairs.py`), reads each run of syllables anew: every syllable may be
itself or, at a price, one with the same letters and other marks. Where the new reading is far
likelier, the syllable is a slip. Rare syllables in rare company stay as they are.

>>> slips("với sư hỗ trợ của các bên".split())
[(1, 'sự')]
"""

import gzip
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from paraalign.checks.check import Check
from paraalign.checks.context import Context, Side
from paraalign.checks.defects import blemish
from paraalign.checks.syllables import bare, is_syllable
from paraalign.checks.wordlists import word_list
from paraalign.langs import function_words
from paraalign.lexicon.folding import fold_syllable
from paraalign.model import Finding, Kind, Role, Severity, Span

__all__ = ["CHECKS", "Model", "read_model", "slips"]

_WORD = re.compile(r"[^\W\d_]+")
_MARKED = re.compile("[\u00c0-\u00ff\u0102-\u01b0\u1ea0-\u1ef9]")
# Chosen on a tenth of the bulk segments that the model had not seen: recall .76, precision .92
# where 2 % of the syllables had their marks changed (benchmarks/accuracy/syllables.py).
_CONFIDENCE = 0.48  # counted on texts with few slips (benchmarks/accuracy/checks.md)
_PRICE = 6.0  # nats that a change costs
_NEXT_PRICE = 3.0  # likewise right after another change
_COMMON_GAIN = 5.0  # likewise where a function word, such as "cô", would be read otherwise
_GAIN = 1.0  # nats by which the new reading must win beyond the price
_PAIRED = 0.8  # weight of the pair against the single syllable
_OFTEN = 8  # how often a pair is seen that speaks for a reading
_ABOVE_CHANCE = 3  # times that a pair must be seen for each time it would be by chance
_FLOOR = 50  # count below which syllables are equally rare: software says little of bats


class Model(NamedTuple):
    """Which Vietnamese syllables follow each other, by their folded keys.

    Attributes:
        counts: How often each syllable was seen.
        pairs: How often each was followed by which.
        spellings: The usual spelling of each.
        alike: The syllables with the same letters, by these letters.
        total: How many syllables were seen.
    """

    counts: Mapping[str, int]
    pairs: Mapping[str, Mapping[str, int]]
    spellings: Mapping[str, str]
    alike: Mapping[str, Sequence[str]]
    total: int


def find_impossible(context: Context) -> Iterator[Finding]:
    """Yield each word with Vietnamese marks that no Vietnamese syllable can be."""
    for side, words, spans in _runs(context):
        for word, span in zip(words, spans, strict=True):
            if _MARKED.search(word) and not is_syllable(word) and _is_near_vietnamese(word):
                message = f"“{word}” is no Vietnamese syllable"
                yield blemish("syllable-impossible", side, span, message, 0.85)


def find_slips(context: Context) -> Iterator[Finding]:
    """Yield each syllable that is wrong where it stands for want of a mark."""
    for side, words, spans in _runs(context):
        for place, meant in slips(words):
            message = f"“{words[place]}” is probably “{meant}”"
            yield blemish("syllable-context", side, spans[place], message, _CONFIDENCE)


def slips(words: Sequence[str], model: Model | None = None) -> list[tuple[int, str]]:
    """Return the places in the run *words* that hold slips, and what is meant. Cost: linear.

    Without a *model*, the one that comes with the package is asked.
    """
    model = model or _model()
    keys = [fold_syllable(word) for word in words]
    read = _likeliest(keys, model)
    changed = (place for place, key in enumerate(keys) if read[place] != key)
    places = [place for place in changed if is_syllable(words[place])]
    return [
        (place, model.spellings[read[place]])
        for place in places
        if _gain(keys, read, place, model) >= _least_gain(words[place])
        and _is_known_phrase(read, place, keys, model)
        and not _is_in_name(words, place)
    ]


def _least_gain(word: str) -> float:
    """Return what a reading must win: more where the word at hand is one of the commonest."""
    common = function_words("vi") | word_list("kin", "vi")  # "cô" is she, and rare in manuals
    return _COMMON_GAIN if word.lower() in common else _GAIN


def _is_in_name(words: Sequence[str], place: int) -> bool:
    """Tell whether the word at *place* is part of a foreign name or leans on one ("San Diego")."""
    near = words[max(0, place - 1) : place + 2]
    beyond = words[place + 1 : place + 3]
    return any(word[0].isupper() and not is_syllable(word) for word in (*near, *beyond))


def _is_known_phrase(read: Sequence[str], place: int, keys: Sequence[str], model: Model) -> bool:
    """Tell whether the new reading makes a pair seen often where the old one made almost none."""
    near = [each for each in (place - 1, place) if each >= 0 and each + 1 < len(read)]
    new = max((_seen(read[each], read[each + 1], model) for each in near), default=0)
    old = max((_seen(keys[each], keys[each + 1], model) for each in near), default=0)
    return new >= _OFTEN and old * _OFTEN < new


def _seen(one: str, other: str, model: Model) -> int:
    """Return how often *one* and *other* were seen together, 0 if hardly more than by chance."""
    pair = model.pairs.get(one, {}).get(other, 0)
    by_chance = model.counts.get(one, 0) * model.counts.get(other, 0) / model.total
    return pair if pair >= _ABOVE_CHANCE * by_chance else 0


def _gain(keys: Sequence[str], read: Sequence[str], place: int, model: Model) -> float:
    """Return how much likelier the reading at *place* makes its surroundings, less the price."""
    before = read[place - 1] if place else ""
    after = read[place + 1] if place + 1 < len(read) else ""
    new = _cost(before, read[place], model) + (_cost(read[place], after, model) if after else 0)
    old = _cost(before, keys[place], model) + (_cost(keys[place], after, model) if after else 0)
    return old - new - _PRICE


def _likeliest(keys: Sequence[str], model: Model) -> list[str]:
    """Return the likeliest reading of *keys*, by a dynamic programme over what each may be."""
    best: dict[str, tuple[float, tuple[str, ...]]] = {"": (0.0, ())}
    for place, key in enumerate(keys):
        previous = keys[place - 1] if place else ""
        following: dict[str, tuple[float, tuple[str, ...]]] = {}
        for each in (key, *model.alike.get(_skeleton(key), ())):
            cost, path = min(
                (known + _cost(before, each, model) + _price(before, previous, each, key), path)
                for before, (known, path) in best.items()
            )
            if each not in following or cost < following[each][0]:
                following[each] = (cost, (*path, each))
        best = following
    return list(min(best.values())[1])


def _price(before: str, previous: str, each: str, key: str) -> float:
    """Return what it costs to read *key* as *each*: less after a change, for slips come in rows."""
    if each == key:
        return 0.0
    return _PRICE if before == previous else _NEXT_PRICE


def _cost(before: str, each: str, model: Model) -> float:
    single = max(_FLOOR, model.counts.get(each, 0)) / model.total
    seen = model.counts.get(before, 0)
    pair = model.pairs.get(before, {}).get(each, 0) / seen if seen else 0.0
    return -math.log(_PAIRED * pair + (1 - _PAIRED) * single)


def _skeleton(key: str) -> str:
    letters = unicodedata.normalize("NFD", key.rstrip("12345").replace("đ", "d"))
    return "".join(char for char in letters if char.isalpha())


@lru_cache(maxsize=1)
def _model() -> Model:
    path = files("paraalign.checks") / "data" / "syllable-pairs.tsv.gz"
    return read_model(path.read_bytes())


def read_model(data: bytes) -> Model:
    r"""Return the model of which *data* are the table, as `scripts/syllable_pairs.py` writes it.

    >>> read_model(gzip.compress("hội\t9\tnghị 5\n".encode())).pairs
    {'hôi5': {'nghi5': 5}}
    """
    counts, pairs, spellings = {}, {}, {}
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for line in gzip.decompress(data).decode().splitlines():
        word, count, *following = line.split("\t")
        key = fold_syllable(word)
        counts[key], spellings[key] = int(count), word
        alike[_skeleton(key)].append(key)
        split = (each.split(" ") for each in following)
        pairs[key] = {fold_syllable(other): int(number) for other, number in split}
    return Model(counts, pairs, spellings, alike, sum(counts.values()))


def _runs(context: Context) -> Iterator[tuple[Side, list[str], list[Span]]]:
    """Yield the runs of Vietnamese words that only blanks part, with their places."""
    for side in Side:
        document = context.documents[side]
        leaves = document.leaves() if document.lang == "vi" else ()
        for index in leaves:
            if document.clauses[index].role is not Role.CODE:
                passage = context.clause(side, index)
                for run in _words_in_row(passage.text):
                    spans = [passage.span(*match.span()) for match in run]
                    yield side, [match[0] for match in run], spans


def _words_in_row(text: str) -> Iterator[list[re.Match[str]]]:
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        if run and text[run[-1].end() : match.start()].strip():
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def _is_near_vietnamese(word: str) -> bool:
    """Tell whether *word* is a syllable but for its marks, and so a slip rather than foreign."""
    letters, _ = bare(word)
    return len(word) > 1 and any(is_syllable(letters + end) for end in ("", "̣", "́"))


CHECKS = (
    Check(
        "syllable-impossible",
        Kind.DEFECT,
        Severity.MINOR,
        "A word with Vietnamese marks is no Vietnamese syllable.",
        find_impossible,
    ),
    Check(
        "syllable-context",
        Kind.DEFECT,
        Severity.MINOR,
        "A syllable is wrong where it stands, for want of a mark.",
        find_slips,
    ),
)
