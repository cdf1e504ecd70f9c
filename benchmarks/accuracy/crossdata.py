"""What the cross-encoder learns from: faithful pairs with edits, token by token.

The pairs stand in texts, so that what an edit sets in comes from near by: a news document, a
published document, four hundred segments of the bulk in the order of where they are from. Each text
is changed on both sides alike as often as `VERSIONS` says, and each version of it twice on one side
(`crossedits.py`). Making all that takes half an hour or more, so it is kept in a file, of some two
gigabytes:

    learning, held_out = prepared(data, cache)
    batches = Batches(learning)
    for chosen in batches.iter_places(np.random.default_rng(0)):
        batches.batch(chosen).labels  # 1 marked, 0 not, -1 left out
"""

import csv
import gzip
import random
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from coveragedata import Encoded, encoded_lines
from coveragetraining import like_words
from crossedits import Pair, changed, changed_alike
from divergencegold import OTHERS, clean_pairs, is_prose
from englishgold import news
from numpy.typing import NDArray
from trainingedits import Edited

from paraalign.align.words.groups import token_slice
from paraalign.lexicon import load_lexicon

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from data import Document, documents

SEED = 77
BULK, BULK_TEXT = 21_000, 400  # segments: of the bulk, of a text made of them
LEAST_BULK = 56  # characters of a segment of the bulk
LEAST_PAIRS = 8  # of a text
WORDS = range(6, 61)  # of a unit of a published document
TOKENS = range(3, 181)  # of a side
VERSIONS = {"news": 7, "news en-fr": 2, "news en-vi": 2, "documents": 4, "bulk": 1}
EDITS = 2  # of each version
BRIDGED = 3  # unmarked tokens in a row between marked ones that are left out
PLACES, JITTER = 2048, 6.0  # of a batch, padding included; tokens that lengths in it may differ by
LEARNING, HELD_OUT = 0, 1
Text = Sequence[Pair]
Labels = NDArray[np.int8]
Floats = NDArray[np.float32]


class Source(NamedTuple):
    """Texts of one kind, in two languages, and how many versions are made of each."""

    name: str
    langs: tuple[str, str]
    texts: Sequence[Text]
    versions: int


class Example(NamedTuple):
    """A pair with edits: token vectors of either side, and the label of each token."""

    vectors: tuple[NDArray[np.float16], NDArray[np.float16]]
    labels: tuple[Labels, Labels]


class Examples(NamedTuple):
    """Many examples, one after the other, the source before the target.

    Attributes:
        vectors: The vectors for linking words of all tokens. Shape: (tokens, dimensions).
        labels: For each token 1 if marked, 0 if not, -1 if left out. Shape: (tokens,).
        sizes: Tokens of either side of each pair. Shape: (pairs, 2).
        sources: Name of the source of each pair. Shape: (pairs,).
    """

    vectors: NDArray[np.float16]
    labels: Labels
    sizes: NDArray[np.int64]
    sources: NDArray[np.str_]

    @classmethod
    def of(cls, named: Iterable[tuple[str, Example]]) -> "Examples":
        """Return the examples *named* by their sources as arrays."""
        names, made = zip(*named, strict=True)
        return cls(
            np.concatenate([side for each in made for side in each.vectors]),
            np.concatenate([side for each in made for side in each.labels]),
            np.array([[len(side) for side in each.labels] for each in made]),
            np.array(names),
        )

    @property
    def starts(self) -> NDArray[np.int64]:
        """The first token of each side of each pair. Shape: (pairs, 2)."""
        ends = np.cumsum(self.sizes)
        return (ends - self.sizes.ravel()).reshape(-1, 2)

    def means(self) -> dict[str, Floats]:
        """Return the mean vector of either side of each source. Shape: (2, dimensions)."""
        sides = np.repeat(np.arange(self.sizes.size) % 2, self.sizes.ravel())
        owners = np.repeat(self.sources, self.sizes.sum(axis=1))
        return {
            str(name): np.stack(
                [
                    self.vectors[(owners == name) & (sides == k)].mean(axis=0, dtype=np.float64)
                    for k in (0, 1)
                ]
            ).astype(np.float32)
            for name in np.unique(self.sources)
        }


class Batch(NamedTuple):
    """Examples side by side, both texts of each in a row.

    Attributes:
        vectors: The vectors of the tokens, 0 in the padding. Shape: (pairs, places, dimensions).
        centred: Likewise, less the mean of the source, as unit vectors.
        sides: 0 for a token of the source, 1 for one of the target. Shape: (pairs, places).
        mask: Whether a token stands there. Shape: (pairs, places).
        labels: Its label, -1 in the padding. Shape: (pairs, places).
    """

    vectors: Floats
    centred: Floats
    sides: NDArray[np.int64]
    mask: NDArray[np.bool_]
    labels: Labels


class Batches:
    """Lays *examples* side by side.

    Attributes:
        examples: The examples.
        means: The mean vectors of either side of each source. Shape: (2, dimensions).
    """

    def __init__(self, examples: Examples) -> None:
        self.examples = examples
        self._sizes = examples.sizes.sum(axis=1)
        self._starts = examples.starts
        self.means = examples.means()

    def iter_places(self, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
        """Yield the places of examples of about the same length, batch by batch, shuffled."""
        jitter = rng.uniform(-JITTER, JITTER, len(self._sizes))
        batches: list[list[int]] = [[]]
        longest = 0
        for place in np.argsort(self._sizes + jitter, kind="stable").tolist():
            longest = max(longest, int(self._sizes[place]))
            if batches[-1] and longest * (len(batches[-1]) + 1) > PLACES:
                batches.append([])
                longest = int(self._sizes[place])
            batches[-1].append(place)
        for number in rng.permutation(len(batches)):
            yield np.array(batches[number])

    def example(self, place: int) -> Example:
        """Return the example at *place*."""
        parts = zip(self._starts[place], self.examples.sizes[place], strict=True)
        one, other = (slice(start, start + size) for start, size in parts)
        vectors, labels, *_ = self.examples
        return Example((vectors[one], vectors[other]), (labels[one], labels[other]))

    def batch(self, chosen: NDArray[np.int64]) -> Batch:
        """Return the examples at the places *chosen*."""
        sizes, starts = self._sizes[chosen], self._starts[chosen, 0]
        places = np.arange(sizes.max())
        mask = places < sizes[:, None]
        tokens = np.where(mask, starts[:, None] + places, 0)
        sides = ((places >= self.examples.sizes[chosen, :1]) & mask).astype(np.int64)
        vectors = self.examples.vectors[tokens].astype(np.float32) * mask[:, :, None]
        means = np.stack([self.means[str(name)] for name in self.examples.sources[chosen]])
        less = vectors - np.take_along_axis(means, sides[:, :, None], axis=1)
        norms = np.maximum(np.linalg.norm(less, axis=2, keepdims=True), 1e-6)
        centred = less / norms * mask[:, :, None]
        labels = np.where(mask, self.examples.labels[tokens], -1).astype(np.int8)
        return Batch(vectors, centred, sides, mask, labels)


def prepared(data: Path, cache: Path | None) -> tuple[Examples, Examples]:
    """Return examples to learn from, and such as are held out, made of what the folder *data* has.

    They are read from the file *cache* if it is there, else written to it.
    """
    if cache and cache.exists():
        with np.load(cache) as stored:
            one, other = (
                Examples(*(stored[f"{name}.{part}"] for name in Examples._fields))
                for part in (LEARNING, HELD_OUT)
            )
        return one, other
    made = Examples.of(examples(learning_sources(data))), Examples.of(examples(held_out(data)))
    if cache:
        written(made, cache)
    return made


def written(made: Sequence[Examples], cache: Path) -> None:
    """Write the parts *made* to the file *cache*."""
    arrays = {f"{n}.{part}": a for part, each in enumerate(made) for n, a in each._asdict().items()}
    partial = cache.with_suffix(".part")
    with partial.open("wb") as file:
        np.savez(file, **arrays)
    partial.replace(cache)


def learning_sources(data: Path) -> list[Source]:
    """Return every second news document in three pairs of languages, documents and the bulk."""
    *french, _ = clean_pairs(data)
    english = news(data)
    vietnamese = [
        [(en, vi) for (en, _), (_, vi) in zip(*both, strict=True)]
        for both in zip(english, french, strict=True)
    ]
    return [
        Source("news", ("fr", "vi"), french[::2], VERSIONS["news"]),
        Source("news en-fr", ("en", "fr"), english[::2], VERSIONS["news en-fr"]),
        Source("news en-vi", ("en", "vi"), vietnamese[::2], VERSIONS["news en-vi"]),
        Source("documents", ("fr", "vi"), published(data, LEARNING), VERSIONS["documents"]),
        Source("bulk", ("fr", "vi"), bulk(data), VERSIONS["bulk"]),
    ]


def held_out(data: Path) -> list[Source]:
    """Return the other news documents, and the published documents at odd places."""
    *french, _ = clean_pairs(data)
    return [
        Source("news", ("fr", "vi"), french[1::2], 1),
        Source("documents", ("fr", "vi"), published(data, HELD_OUT), 1),
    ]


def published(data: Path, part: int) -> list[Text]:
    """Return the readable pairs of units of the published documents, those at even or odd places.

    None of the annotated documents is among them.
    """
    kept = [each for each in list(documents(data))[part::2] if each.name not in OTHERS]
    return [[pair for pair in units(each) if all(map(is_readable, pair))] for each in kept]


def units(document: Document) -> list[Pair]:
    """Return the units of *document* that are linked one to one."""
    french, vietnamese = (
        [unicodedata.normalize("NFC", unit) for unit in document.units(lang)]
        for lang in ("fr", "vi")
    )
    return [
        (french[one[0]], vietnamese[other[0]])
        for one, other in document.links
        if len(one) == 1 and len(other) == 1
    ]


def is_readable(text: str) -> bool:
    """Tell whether *text* is a sentence, or a few, without placeholders or markup."""
    return len(text.split()) in WORDS and text.count("%") < 2 and "<" not in text


def bulk(data: Path) -> list[Text]:
    """Return segments of the bulk as texts, those of one origin together."""
    with gzip.open(data / "bulk/pairs.clean.tsv.gz", "rt", encoding="utf-8") as file:
        rows = [
            (row["source"], (row["fr"], row["vi"]))
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if is_prose(row["fr"]) and len(row["fr"]) >= LEAST_BULK
        ]
    drawn = random.Random(SEED).sample(rows, BULK)  # noqa: S311  a fixed draw, no secret
    pairs = [pair for _, pair in sorted(drawn, key=lambda row: row[0])]
    return [pairs[start : start + BULK_TEXT] for start in range(0, BULK, BULK_TEXT)]


def examples(sources: Iterable[Source]) -> Iterator[tuple[str, Example]]:
    """Yield examples made of *sources*, each with the name of its source; print how far it is."""
    for source in sources:
        for number, text in enumerate(source.texts):
            if len(text) >= LEAST_PAIRS:
                draw = random.Random(f"{SEED} {source.name} {number}")  # noqa: S311
                yield from ((source.name, each) for each in examples_of(text, source, draw))
        print(f"{source.name}: {len(source.texts)} texts edited", flush=True)


def examples_of(text: Text, source: Source, draw: random.Random) -> Iterator[Example]:
    """Yield what the edits make of the *text* of *source*."""
    clean = encoded_lines(text, source.langs)
    tables, lexicon = clean.tables("full"), load_lexicon(*source.langs)
    siblings = like_words(clean, tables, 0), like_words(clean, tables, 1)
    for _ in range(source.versions):
        version = encoded_lines(changed_alike(tables, draw), source.langs).tables("full")
        assert len(version) == len(text)
        for _ in range(EDITS):
            edited = changed(version, siblings, lexicon, draw)
            yield from labelled(edited, source.langs)


def labelled(edited: Sequence[Edited], langs: tuple[str, str]) -> Iterator[Example]:
    """Yield the *edited* pairs with labels of their tokens, but for very short and long ones."""
    pair = encoded_lines([each.pair for each in edited], langs)
    sides = zip(sides_of(pair, edited, 0), sides_of(pair, edited, 1), strict=True)
    for (one, its_labels), (other, their_labels) in sides:
        if len(one) in TOKENS and len(other) in TOKENS:
            yield Example((one, other), (its_labels, their_labels))


def sides_of(
    pair: Encoded, edited: Sequence[Edited], which: int
) -> Iterator[tuple[NDArray[np.float16], Labels]]:
    """Yield token vectors and labels of side *which* of each line of the *edited* *pair*."""
    document, tokens = pair.documents[which], pair.tokens[which]
    lines = zip(document.sentences, edited, strict=True)
    for line, (sentence, each) in enumerate(lines):
        own = token_slice(tokens, line)
        starts, ends = (
            places[own] - sentence.span.start for places in (tokens.starts, tokens.ends)
        )
        labels = np.zeros(len(starts), np.int8)
        for value, spans in ((-1, each.unsure[which]), (1, each.marked[which])):
            for start, end in spans:
                labels[(starts < end) & (ends > start)] = value
        yield tokens.words[own], bridged(labels)


def bridged(labels: Labels) -> Labels:
    """Return *labels* with a few unmarked tokens between marked ones left out.

    >>> bridged(np.array([1, 0, 0, 1, 0, 0, 0, 0, 1], np.int8)).tolist()
    [1, -1, -1, 1, 0, 0, 0, 0, 1]
    """
    found = labels.copy()
    for one, other in pairwise(np.flatnonzero(labels == 1).tolist()):
        if other - one <= BRIDGED + 1:
            found[one + 1 : other] = -1
    return found
