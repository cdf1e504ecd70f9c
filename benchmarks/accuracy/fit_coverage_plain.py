"""Fit what is doubted without a lexicon, checks/coverage/plain.json, on English and French.

    python benchmarks/accuracy/fit_coverage_plain.py [--data FOLDER] [-o FILE] [--fold 0|1]

The figures, and what each is fitted on; of all texts only those with even numbers (odd, with
--fold 1, to see how much depends on the draw; that is printed by `english.py` and not shipped):
- the weights of the columns: the words of REFreSD's sentences with some difference, and of the
  pages of SwissGov-RSD, either half of the weight. How much is marked differs, so that each has a
  bias of its own; that of the pages, which are honest translations, is kept;
- what is usual (means of the columns, posterior, freedom): news of NTREX; where there is a
  cross-encoder, which knows half of it, every second document of the other half;
- from word to gap, from phrase to confidence, and the threshold: as `fit_coverage_phrases.py` does,
  with the same news, edits made on purpose in it, and the pages for what people marked. How much
  noise is let pass was chosen on the texts with the other numbers, where phrases of three to eight
  words are to be found nine times in ten and news to have .3 findings a pair.
No figure hangs on a word of either language. The texts with the other numbers are for `english.py`.
"""

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from coveragedata import Encoded, Floats, encoded_lines, logistic, news_to_fit, with_edits
from englishgold import LANGS, LEFT_OUT, Marked, Sentences, news, refresd, swissgov
from fit_coverage_phrases import (
    USED,
    Judged,
    Rivals,
    fit_clear,
    fit_gaps,
    fitted_confidence,
    judged_in,
    nothing,
)

from paraalign.align.words.links import WordTable
from paraalign.checks.context import Side
from paraalign.checks.coverage.confidence import FEATURES
from paraalign.checks.coverage.features import Look
from paraalign.checks.coverage.plain import plain_columns
from paraalign.checks.coverage.words import doubts, freedom, rendered

PRIOR = 0.4  # freedom before it is known
CLOSER = 0.75  # how free a short text is thought to be, against news
DOUBTFUL = 0.2  # probability from which a word is left over
NOISE, ALL_NOISE = 0.15, 0.3  # findings a news pair at the threshold, by the first weights, by both
SEEDS = 2
MODES = ("encoder", "encoder-cross")
Tables = Sequence[WordTable]


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    root = Path(__file__).parents[2]
    parser.add_argument("--data", default=os.environ.get("PARAALIGN_DATA", root / "../shared"))
    parser.add_argument("-o", "--output", default="plain.json")
    parser.add_argument("--fold", type=int, default=0)
    options = parser.parse_args()
    data, fold = Path(options.data), options.fold
    pages, sentences = swissgov(data, fold), refresd(data)
    fitted = {}
    for mode in MODES:
        lines = news_to_fit(news(data), mode) if "cross" in mode else news(data)[fold::2]
        clean = [encoded_lines(pairs, LANGS) for pairs in lines]
        found = fit_words(mode, clean, sentences, pages, fold)
        fitted[mode] = found | fit_phrases(mode, found, clean, pages)
    text = json.dumps(fitted, indent=1, sort_keys=True)
    Path(options.output).write_text(text + "\n", encoding="utf-8")


def fit_words(
    mode: str, clean: Sequence[Encoded], sentences: Sentences, pages: Sequence[Marked], fold: int
) -> dict[str, Any]:
    """Return the word part of *mode*."""
    tables = [table for pair in clean for table in pair.tables(mode)]
    found: dict[str, Any] = usual_figures(tables)
    columns = [column for table in tables for column in looked_at(table, found)]
    names = list(columns[0])
    middle = np.array([np.concatenate([c[name] for c in columns]).mean() for name in names])
    parts = [sentence_words(mode, sentences, found, fold), page_words(mode, pages, found)]
    table = np.concatenate([rows - middle for rows, _ in parts])
    spread = table.std(axis=0)
    owners = np.repeat(np.eye(2), [len(right) for _, right in parts], axis=0)
    weigh = np.concatenate([np.full(len(right), 1 / len(right)) for _, right in parts])
    right = np.concatenate([right for _, right in parts])
    fitted = logistic(np.hstack([table / spread, owners]), right, weigh * len(right) / 2)
    weights = fitted[: len(names)] / spread
    rows = zip(names, middle.round(4).tolist(), weights.round(4).tolist(), strict=True)
    found["plain"] = {name: [mean, weight] for name, mean, weight in rows}
    found["calibration"] = [1.0, round(float(fitted[-1]), 4)]
    sides = [doubts(one, which, found) for one in tables for which in Side]
    return found | {"freedom": round(CLOSER * freedom(sides, found), 3)}


def usual_figures(tables: Tables) -> dict[str, Any]:
    """Return the mean posterior of the words of either language."""
    means = {}
    for which in Side:
        sides = [table.target if which else table.source for table in tables]
        values = [
            rendered(table, which)[~side.signs()] for table, side in zip(tables, sides, strict=True)
        ]
        means[sides[0].lang] = {"": round(float(np.concatenate(values).mean()), 3)}
    return {"usual": means, "rendered": means, "freedom": PRIOR}


def looked_at(table: WordTable, found: dict[str, Any]) -> Iterator[dict[str, Floats]]:
    """Yield the columns of either side of *table*."""
    for which in Side:
        yield plain_columns(
            Look(table=table, which=which, usual=found["usual"], usual_rendered=found["rendered"])
        )


def sentence_words(
    mode: str, sentences: Sentences, found: dict[str, Any], fold: int
) -> tuple[Floats, Floats]:
    """Return columns and labels of the words of the sentences with some difference."""
    table, labels = judged_words(mode, sentences.marked, found)
    lines = np.concatenate(sentences.lines)
    kept = sentences.some[lines] & (lines % 2 == fold)
    return table[kept], labels[kept]


def page_words(mode: str, pages: Sequence[Marked], found: dict[str, Any]) -> tuple[Floats, Floats]:
    """Return columns and labels of the words of *pages* that are linked to anything."""
    parts = [judged_words(mode, page, found) for page in pages]
    table = np.concatenate([rows for rows, _ in parts])
    labels = np.concatenate([marks for _, marks in parts])
    kept = (labels != LEFT_OUT) & ~np.isnan(table).any(axis=1)
    return table[kept], labels[kept]


def judged_words(mode: str, marked: Marked, found: dict[str, Any]) -> tuple[Floats, Floats]:
    """Return columns and labels of all judged words; no number for words in no table."""
    tables = marked.pair.tables(mode)
    rows = []
    for which in Side:
        values: dict[str, Floats] = {}
        for table in tables:
            side = table.target if which else table.source
            seen = plain_columns(
                Look(
                    table=table, which=which, usual=found["usual"], usual_rendered=found["rendered"]
                )
            )
            for name, column in seen.items():
                words = len(marked.pair.documents[which].words)
                values.setdefault(name, np.full(words, np.nan))[list(side.words)] = column
        rows.append(np.column_stack([marked.scores(which, v) for v in values.values()]))
    return np.concatenate(rows), np.concatenate(marked.labels)


def fit_phrases(
    mode: str, found: dict[str, Any], clean: Sequence[Encoded], pages: Sequence[Marked]
) -> dict[str, Any]:
    """Return the phrase part of *mode*."""
    still = [(nothing("news"), pair.tables(mode)) for pair in clean]
    edited = [with_edits(pair, seed=n) for pair in clean for n in range(SEEDS)]
    moved = [(a, pair.tables(mode)) for pair, a in edited]
    marked = [(p.annotated(f"page {n}"), p.pair.tables(mode)) for n, p in enumerate(pages)]
    part: dict[str, Any] = {"doubtful": DOUBTFUL}
    part["gap"] = fit_gaps(still, moved, found | part)
    fitted = found | part
    faithful, made, judged = (
        [judged_in(*text, fitted) for text in texts] for texts in (still, moved, marked)
    )
    pairs = sum(len(tables) for _, tables in still)
    rivals = Rivals(fit_clear(faithful, made), faithful, pairs)
    weights = fit_marked([*judged, *faithful])
    return part | fitted_confidence(weights, rivals, (NOISE, ALL_NOISE))


def fit_marked(parts: Sequence[Judged]) -> Floats:
    """Return the weights of what people mark: of each feature used, then the bias."""
    used = np.array([name in USED for name in FEATURES], dtype=np.float64)
    table = np.concatenate([part.features for part in parts]) * used
    right = np.concatenate([part.right for part in parts])
    return logistic(np.hstack([table, np.ones((len(table), 1))]), right, np.ones(len(right)))


if __name__ == "__main__":
    main()
