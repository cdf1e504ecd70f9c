"""English–French gold by the word: REFreSD (sentences), SwissGov-RSD (pages); news of NTREX.

Both come cut into words with blanks between; their words are laid over the characters of the text,
and one of theirs has the score of those of ours that it touches. Texts with even numbers are to fit
on, those with odd numbers to report on.
"""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from coveragedata import Encoded, encoded, encoded_lines
from divergencegold import Annotated, Record
from numpy.typing import NDArray

from paraalign.align import AlignOptions, Comparison, link_clauses, link_sentences
from paraalign.model import Document
from paraalign.read import read_text
from paraalign.segment import segment

Floats = NDArray[np.float64]
Labels = NDArray[np.float64]
LANGS = ("en", "fr")
LEFT_OUT = -1.0
MARKED = 0.5


class Marked(NamedTuple):
    """A pair of texts of which each word has been judged.

    Attributes:
        pair: The texts, linked and encoded.
        places: For either side, the stretch of each judged word.
        labels: For either side, how far each was marked, 0 to 1; -1 where nobody could tell.
    """

    pair: Encoded
    places: tuple[list[tuple[int, int]], list[tuple[int, int]]]
    labels: tuple[Labels, Labels]

    def scores(self, side: int, ours: Floats) -> Floats:
        """Return for each judged word of *side* the mean of *ours*, signs apart from words."""
        document = self.pair.documents[side]
        spans = np.array([word.span for word in document.words])
        signs = np.array([word.is_sign for word in document.words])
        firsts = np.searchsorted(spans[:, 1], [start for start, _ in self.places[side]], "right")
        lasts = np.searchsorted(spans[:, 0], [end for _, end in self.places[side]], "left")
        found = []
        for first, last in zip(firsts, lasts, strict=True):
            touched = np.arange(first, max(first + 1, last))
            words = touched[~signs[touched]]
            found.append(ours[words if len(words) else touched].mean())
        return np.array(found)

    def annotated(self, name: str) -> Annotated:
        """Return the runs of marked words as records."""
        records = []
        for side in (0, 1):
            for start, end in _runs(self.places[side], self.labels[side]):
                spans = (((start, end),), ()) if side == 0 else ((), ((start, end),))
                kind = "addition" if side else "omission"
                records.append(Record(kind, "major", agreed=True, counted=True, spans=spans))
        return Annotated(name, self.pair.documents, self.pair.links, records)


class Sentences(NamedTuple):
    """The sentences of REFreSD: what is marked, which differ at all, which in part."""

    marked: Marked
    lines: tuple[NDArray[np.int64], NDArray[np.int64]]
    different: NDArray[np.bool_]
    some: NDArray[np.bool_]


def refresd(data: Path) -> Sentences:
    """Return the sentences of REFreSD in the folder *data*; a word is marked if anyone did."""
    rows = _refresd_rows(data)
    pair = encoded_lines([(row[2], row[3]) for row in rows], LANGS)
    places, lines, labels = [], [], []
    for side in (0, 1):
        cut = [_tokens(pair.documents[side], s.span) for s in pair.documents[side].sentences]
        places.append([place for line in cut for place in line])
        lines.append(np.repeat(np.arange(len(cut)), [len(line) for line in cut]))
        counts = [int(count) for row in rows for count in row[4 + side].split()]
        labels.append((np.array(counts) > 0).astype(np.float64))
        assert len(counts) == len(places[-1])
    marked = Marked(pair, (places[0], places[1]), (labels[0], labels[1]))
    different = np.array([row[0] == "divergent" for row in rows])
    some = np.array([row[1] == "some_meaning_difference" for row in rows])
    return Sentences(marked, (lines[0], lines[1]), different, some)


def sentence_pairs(data: Path) -> list[tuple[str, str]]:
    """Return the pairs of sentences of REFreSD in the folder *data*."""
    return [(row[2], row[3]) for row in _refresd_rows(data)]


def _refresd_rows(data: Path) -> list[list[str]]:
    path = data / "benchmarks" / "refresd" / "dev.tsv"
    with path.open(encoding="utf-8") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


def swissgov(data: Path, fold: int) -> list[Marked]:
    """Return every second page of SwissGov-RSD in the folder *data*, from number *fold*."""
    path = data / "benchmarks" / "swissgov" / "dev_fr.jsonl"
    rows = path.read_text(encoding="utf-8").splitlines()[fold::2]
    return [_page(json.loads(row)) for row in rows]


def _page(row: dict[str, list[float] | str]) -> Marked:
    documents = [
        segment(read_text(str(row[name]), format="txt"), lang)
        for name, lang in zip(("text_a", "text_b"), LANGS, strict=True)
    ]
    pair = encoded((documents[0], documents[1]), ())
    comparison = Comparison(*pair.documents, tokens=pair.tokens)
    options = AlignOptions()
    clauses = link_clauses(comparison, options=options)
    links = link_sentences(comparison, clauses, options=options)
    places = [_tokens(document, (0, len(document.text))) for document in documents]
    labels = [np.array(row[name], dtype=np.float64) for name in ("labels_a", "labels_b")]
    assert all(len(p) == len(ones) for p, ones in zip(places, labels, strict=True))
    return Marked(pair._replace(links=links), (places[0], places[1]), (labels[0], labels[1]))


def news(data: Path) -> list[list[tuple[str, str]]]:
    """Return the English and French of each news document in the folder *data*."""
    documents: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with (data / "benchmarks/ntrex/segments.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            documents[row["doc"]].append((row["en"], row["fr"]))
    return list(documents.values())


def _tokens(document: Document, span: tuple[int, int]) -> list[tuple[int, int]]:
    found = re.finditer(r"\S+", document.text[span[0] : span[1]])
    return [(span[0] + match.start(), span[0] + match.end()) for match in found]


def _runs(places: Sequence[tuple[int, int]], labels: Labels) -> Iterable[tuple[int, int]]:
    """Yield the stretches of neighbours that are marked."""
    start = -1
    for n, marked in enumerate([*(labels >= MARKED), False]):
        if marked and start < 0:
            start = n
        elif not marked and start >= 0:
            yield places[start][0], places[n - 1][1]
            start = -1


def area(labels: Sequence[bool] | NDArray[np.bool_], scores: Floats) -> float:
    """Return the area under the curve of *scores* for the true *labels*."""
    marks = np.asarray(labels, dtype=np.bool_)
    places = ranks(scores)
    yes, no = int(marks.sum()), int((~marks).sum())
    return float((places[marks].sum() - yes * (yes + 1) / 2) / (yes * no))


def correlation(one: Floats, other: Floats) -> float:
    """Return the rank correlation (Spearman) of two columns."""
    return float(np.corrcoef(ranks(one), ranks(other))[0, 1])


def ranks(values: Floats) -> Floats:
    """Return the rank of each value from 1, ties sharing the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    mean: Floats = (last - (counts - 1) / 2)[inverse]
    return mean


def power_mean(scores: Floats, groups: NDArray[np.int64], count: int) -> Floats:
    """Return for each of *count* groups the root mean square: what stands out weighs more."""
    sums = np.bincount(groups, scores**2, count)
    return np.asarray(np.sqrt(sums / np.maximum(1, np.bincount(groups, minlength=count))))


Judge = Callable[[Encoded], tuple[Floats, Floats]]
"""Tells for each word of either side how far it is doubted."""
