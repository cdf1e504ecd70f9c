"""What the trees of coverage are grown on: pairs with divergences made on purpose, word by word.

The edits are those of `trainingedits.py`; the pairs, every second news document of NTREX and
segments of the bulk, drawn with a seed of their own. The trees are small and few (LightGBM), so
that they say what a sign is worth and not what the edits look like.
"""

import csv
import gzip
import random
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from coveragedata import Encoded, Floats, encoded_lines
from divergencegold import Span, clean_pairs, is_prose
from numpy.typing import NDArray
from trainingedits import SEED, Edited, Maker, contents, neighbours

from paraalign.align.words.evidence import WordVectors
from paraalign.align.words.links import WordTable
from paraalign.checks.context import Side
from paraalign.checks.coverage.features import Look, columns
from paraalign.lexicon import load_lexicon
from paraalign.model import Document

BULK = 1600
ROUNDS, DEPTH = 150, 6
GROWTH = {
    "objective": "binary",
    "num_leaves": 15,
    "max_depth": DEPTH,
    "learning_rate": 0.05,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "min_data_in_leaf": 100,
    "lambda_l2": 5.0,
    "num_threads": 1,
    "deterministic": True,
    "seed": 1,
    "verbose": -1,
}


class Training(NamedTuple):
    """Pairs with edits, and for each word of either side 1 if marked, -1 if unsure, else 0."""

    pairs: Encoded
    marks: tuple[NDArray[np.int8], NDArray[np.int8]]

    def grown(self, mode: str, fitted: Mapping[str, Any]) -> dict[str, Any]:
        """Return trees grown on what *mode* sees of these words, as lists of nodes."""
        names, rows, labels = seen(self.pairs.tables(mode), self.marks, fitted)
        return as_lists(names, boosted(rows, labels))


def training(data: Path) -> Training:
    """Return the pairs made of the news and the bulk in the folder *data*."""
    *news, _ = clean_pairs(data)
    lines = [pair for pairs in news[::2] for pair in pairs]
    clean = encoded_lines([*lines, *drawn(data)])
    tables = clean.tables("full")
    lexicon = load_lexicon("fr", "vi")
    assert lexicon is not None
    siblings = like_words(clean, tables, 0), like_words(clean, tables, 1)
    maker = Maker(tables, siblings, lexicon)
    edited = [maker.edit(table) for table in [*tables, *tables[: len(lines)]]]
    changed = encoded_lines([each.pair for each in edited])
    marks = marks_in(changed.documents[0], edited, 0), marks_in(changed.documents[1], edited, 1)
    return Training(changed, marks)


def drawn(data: Path) -> list[tuple[str, str]]:
    """Return segments of the bulk."""
    with gzip.open(data / "bulk/pairs.clean.tsv.gz", "rt", encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        prose = [(row["fr"], row["vi"]) for row in rows if is_prose(row["fr"])]
    return random.Random(SEED).sample(prose, BULK)  # noqa: S311  a fixed draw, no secret


def like_words(clean: Encoded, tables: Sequence[WordTable], which: int) -> dict[str, list[str]]:
    """Return for each frequent content word of side *which* those used like it."""
    vectors = WordVectors(clean.documents[which], clean.tokens[which])
    forms, rows = [], []
    for table in tables:
        side = (table.source, table.target)[which]
        places = contents(side)
        forms += [side.forms[n] for n in places]
        rows.append(vectors.of(side)[places].astype(np.float32))
    return neighbours(forms, np.concatenate(rows))


def marks_in(document: Document, edited: Sequence[Edited], which: int) -> NDArray[np.int8]:
    """Return the mark of each word of *document*, whose lines are the *edited* pairs."""
    marks = np.zeros(len(document.words), dtype=np.int8)
    ends = [word.span.end for word in document.words]
    for sentence, each in zip(document.sentences, edited, strict=True):
        for value, spans in ((-1, each.unsure[which]), (1, each.marked[which])):
            for span in spans:
                marks[touched(document, ends, sentence.span.start, span)] = value
    return marks


def touched(document: Document, ends: Sequence[int], base: int, span: Span) -> slice:
    """Return the words of *document*, with these *ends*, that *span* of a line touches."""
    first = last = bisect_left(ends, base + span[0] + 1)
    while last < len(ends) and document.words[last].span.start < base + span[1]:
        last += 1
    return slice(first, last)


def seen(
    tables: Sequence[WordTable], marks: Sequence[NDArray[np.int8]], fitted: Mapping[str, Any]
) -> tuple[tuple[str, ...], Floats, NDArray[np.int8]]:
    """Return the names of what is seen of words, a row for each word, and its label."""
    names: tuple[str, ...] = ()
    rows, labels = [], []
    for table in tables:
        for which in Side:
            look = Look(
                table=table, which=which, usual=fitted["usual"], usual_rendered=fitted["rendered"]
            )
            found, mark = columns(look), marks[which][list(look.side.words)]
            names = tuple(found)
            rows.append(np.stack(list(found.values()), axis=1)[mark >= 0])
            labels.append(mark[mark >= 0])
    return names, np.concatenate(rows), np.concatenate(labels)


def boosted(rows: Floats, labels: NDArray[np.int8]) -> list[dict[str, Any]]:
    """Return the roots of trees grown on *rows*."""
    import lightgbm  # noqa: PLC0415  needed for nothing else

    data = lightgbm.Dataset(rows, labels)
    model = lightgbm.train(dict(GROWTH), data, ROUNDS).dump_model()
    return [tree["tree_structure"] for tree in model["tree_info"]]


def as_lists(names: Sequence[str], roots: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return trees as `Trees.of` reads them."""
    trees = []
    for root in roots:
        nodes: list[list[float]] = []
        laid_out(root, nodes)
        trees.append(nodes)
    return {"names": list(names), "depth": DEPTH, "trees": trees}


def laid_out(node: Mapping[str, Any], nodes: list[list[float]]) -> int:
    """Append *node* and all below it to *nodes*; return its place."""
    place = len(nodes)
    if "split_feature" not in node:
        nodes.append([0, 0, place, place, round(node["leaf_value"], 4)])
        return place
    nodes.append([])
    left, right = (laid_out(node[side], nodes) for side in ("left_child", "right_child"))
    nodes[place] = [node["split_feature"], round(node["threshold"], 5), left, right, 0]
    return place
