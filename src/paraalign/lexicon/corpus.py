"""Translated segments as sequences of words that a lexicon can learn from.

French words become lemmas, Vietnamese syllables are grouped into the longest words that the
hand-written sources know. Words hardly ever seen are left out: nothing can be learned from them.

>>> DOMAINS["game-prose"] > DOMAINS["software-ui"]
True
"""

import csv
import gzip
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from paraalign.lexicon.folding import fold_text
from paraalign.lexicon.learning import Corpus, Learned, learn
from paraalign.lexicon.table import Side, Table

__all__ = ["DOMAINS", "Figures", "TextPair", "learn_figures", "read_text_pairs", "words_of"]

DOMAINS = {
    "news": 6.0,
    "game-prose": 3.0,
    "web-marketing": 3.0,
    "web": 2.0,
    "kids": 2.0,
    "ebooks": 2.0,
    "education": 1.5,
    "office-help": 1.0,
    "wiki": 1.0,
    "finance": 1.0,
    "manpages": 1.0,
    "browser": 1.0,
    "names": 0.5,
    "lexical-names": 0.5,
    "3d": 0.2,
    "graphics": 0.3,
    "software-ui": 0.4,
}
"""What a segment of each domain counts for; others count `OTHER_DOMAIN`."""

OTHER_DOMAIN = 0.4
LEAST_WEIGHT = 0.5
"""Weight of the segments below which a word is left out."""

LONGEST = 60
"""Words that a segment may have on each side; longer ones are mostly mismatched."""


class TextPair(NamedTuple):
    """A segment and its translation; *weight* is what it counts for."""

    source: str
    target: str
    weight: float


class Figures(NamedTuple):
    """What was learned, in words.

    Attributes:
        sources: Left keys, by number.
        targets: Right keys, by number.
        learned: Figures of the pairs of these numbers.
        source_counts: In how many segments, by weight, each left key stands.
        target_counts: In how many, by weight, each right key stands.
        segment_count: How many segments there were, by weight.
        target_titles: How the syllables of the right language were written.
    """

    sources: list[str]
    targets: list[str]
    learned: Learned
    source_counts: dict[str, float]
    target_counts: dict[str, float]
    segment_count: float
    target_titles: dict[str, str]


def read_text_pairs(folder: Path, *, news: bool = True) -> Iterator[TextPair]:
    """Yield the segments of the data *folder*: the bulk pairs, then *news* (NTREX) if asked for."""
    with gzip.open(folder / "bulk" / "pairs.clean.tsv.gz", "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            yield TextPair(cells[0], cells[1], DOMAINS.get(cells[4], OTHER_DOMAIN))
    if news:
        path = folder / "benchmarks" / "ntrex" / "segments.tsv"
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield TextPair(row["fr"], row["vi"], DOMAINS["news"])


def words_of(
    text: str, lang: str, side: Side, published: Mapping[str, str] = MappingProxyType({})
) -> list[str]:
    """Return the keys of the words of *text*: the longest that the *side* knows, lemmas of forms.

    A French form that the side does not know becomes the lemma of the *published* list.

    >>> words_of("các địa phương", "vi", Side.of(["đia5 phương"]))
    ['cac1', 'đia5 phương']
    """
    tokens = [token for token in fold_text(text, lang) if not token.key.isdigit()]
    if lang == "fr":
        keys = [side.canonical(token.key) for token in tokens]
        return [key if key in side.ids else published.get(key, key) for key in keys]
    return _grouped([token.key for token in tokens], side)


def learn_figures(
    pairs: Sequence[TextPair], table: Table, published: Mapping[str, str], *, rounds: int = 6
) -> Figures:
    """Return what *pairs* teach about words, read with *table*'s words and *published* lemmas."""
    langs, sides = table.langs, (table.left, table.right)
    read = [
        (
            words_of(pair.source, langs[0], sides[0], published),
            words_of(pair.target, langs[1], sides[1]),
        )
        for pair in pairs
    ]
    weights = [pair.weight for pair in pairs]
    counts = [_weighed([words[side] for words in read], weights) for side in (0, 1)]
    numbers = [{word: place for place, word in enumerate(_frequent(count))} for count in counts]
    segments = [(_numbered(left, numbers[0]), _numbered(right, numbers[1])) for left, right in read]
    learned = learn(Corpus.of(segments, weights), rounds=rounds)
    titles = _titles(pairs, langs[1])
    return Figures(
        sources=list(numbers[0]),
        targets=list(numbers[1]),
        learned=learned,
        source_counts=counts[0],
        target_counts=counts[1],
        segment_count=sum(weights),
        target_titles=titles,
    )


def _weighed(read: Sequence[Sequence[str]], weights: Sequence[float]) -> dict[str, float]:
    counts: dict[str, float] = {}
    for words, weight in zip(read, weights, strict=True):
        for word in set(words):
            counts[word] = counts.get(word, 0.0) + weight
    return counts


def _titles(pairs: Sequence[TextPair], lang: str) -> dict[str, str]:
    titles: dict[str, str] = {}
    for pair in pairs:
        for token in fold_text(pair.target, lang):
            titles.setdefault(token.key, pair.target[token.start : token.end].lower())
    return titles


def _numbered(words: Sequence[str], numbers: Mapping[str, int]) -> list[int]:
    return [numbers[word] for word in words if word in numbers][:LONGEST]


def _frequent(counts: Mapping[str, float]) -> list[str]:
    return sorted(word for word, count in counts.items() if count > LEAST_WEIGHT)


def _grouped(syllables: Sequence[str], side: Side) -> list[str]:
    words = []
    place = 0
    while place < len(syllables):
        sizes = range(min(4, len(syllables) - place), 1, -1)
        options = (" ".join(syllables[place : place + size]) for size in sizes)
        word = next((option for option in options if option in side.ids), syllables[place])
        words.append(word)
        place += word.count(" ") + 1
    return words
