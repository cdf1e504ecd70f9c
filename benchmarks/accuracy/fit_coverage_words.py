"""Fit the word part of coverage, checks/coverage/words.json, and print how it does left out.

    pip install lightgbm
    python benchmarks/accuracy/fit_coverage_words.py [--data FOLDER] [-o FILE]

The figures, none of them text of the data, and what each is fitted on:
- what is usual in faithful translations (mean posterior of each word type and how often it has a
  rendering, how free such a text is): every second news document of NTREX and 2,500 segments
  of the bulk, drawn with a fixed seed;
- the trees that weigh what is seen of a word: the same news and 1,600 other segments of the bulk,
  each changed on one side in one to three places (`trainingedits.py`), the news once more with
  other changes. They never saw an annotated document, nor text by its translators;
- from score to probability: the words of the six annotated documents, so this alone has to be left
  out when they are judged. It changes no order.
Size and number of the trees (anything from 60 to 250 does alike) and the share of the words around
were looked at on all six. The other half of NTREX is for `divergence.py` to report on.
"""

import argparse
import json
import os
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from coveragedata import THOROUGH, Encoded, Floats, encoded, encoded_lines, logistic
from coveragetraining import Training, training
from divergencegold import Annotated, clean_pairs, everything

from paraalign.align.words.links import WordTable
from paraalign.checks.context import Side
from paraalign.checks.coverage.trees import Trees
from paraalign.checks.coverage.words import Fitted, doubts, freedom, rendered

MODES = ("full", "lexicon")  # beside "cross"; without a lexicon, see `fit_coverage_plain.py`
CLOSER = 0.75  # how free a short text is thought to be, against news
CROSSED = 0.25  # what the cross-encoder's odds weigh beside those of the trees
SHRINK, LEAST_COUNT = 5.0, 5


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    root = Path(__file__).parents[2]
    parser.add_argument("--data", default=os.environ.get("PARAALIGN_DATA", root / "../shared"))
    parser.add_argument("-o", "--output", default="words.json")
    options = parser.parse_args()
    *news, bulk = clean_pairs(Path(options.data))
    clean = [encoded_lines(pairs) for pairs in [*news[::2], bulk]]
    gold = [(a, encoded(a.documents, a.links)) for a in everything(Path(options.data))]
    made = training(Path(options.data))
    fitted = {mode: fit_mode(mode, clean, made, gold) for mode in MODES}
    fitted["cross"] = fit_cross(fitted["full"], gold)
    text = json.dumps(fitted, ensure_ascii=False, sort_keys=True, indent=1)
    Path(options.output).write_text(unfolded(text) + "\n", encoding="utf-8")


def fit_mode(
    mode: str,
    clean: Sequence[Encoded],
    made: Training,
    gold: Sequence[tuple[Annotated, Encoded]],
) -> dict[str, Any]:
    """Return the figures of *mode*."""
    *news, bulk = (pair.tables(mode) for pair in clean)
    found = usual_figures([*(table for some in news for table in some), *bulk])
    kept = made.grown(mode, found)
    found["trees"] = Trees.of(kept)
    sides = [doubts(t, which, found) for some in news for t in some for which in Side]
    annotated = [a for a, _ in gold]
    scored = [word_scores(a, pair.tables(mode), found) for a, pair in gold]
    slope, bias = platt(scored, [a.name in THOROUGH for a in annotated])
    left_out(mode, annotated, scored)
    return found | {
        "trees": kept,
        "freedom": round(CLOSER * freedom(sides, found), 3),
        "calibration": [round(slope, 4), round(bias, 4)],
    }


def fit_cross(full: Fitted, gold: Sequence[tuple[Annotated, Encoded]]) -> dict[str, Any]:
    """Return what changes in the figures of *full* where there is a cross-encoder."""
    found = {**full, "trees": Trees.of(full["trees"]), "crossed": CROSSED, "calibration": [1.0, 0]}
    annotated = [a for a, _ in gold]
    scored = [word_scores(a, pair.tables("cross"), found) for a, pair in gold]
    slope, bias = platt(scored, [a.name in THOROUGH for a in annotated])
    left_out("cross", annotated, scored)
    return {"crossed": CROSSED, "calibration": [round(slope, 4), round(bias, 4)]}


def unfolded(text: str) -> str:
    """Return the JSON *text* with lists of numbers on one line."""
    return re.sub(r"\[[^\[\]{}\"]*\]", lambda found: " ".join(found.group().split()), text)


def usual_figures(tables: Sequence[WordTable]) -> dict[str, Any]:
    """Return what is usual in the clean *tables*, and what else has to be there to begin with."""
    return {
        "usual": usual(tables, lambda table, which: table.posterior.max(axis=1 - which)),
        "rendered": usual(tables, rendered),
        "calibration": [1.0, 0.0],
        "freedom": 0.4,
    }


def usual(
    tables: Sequence[WordTable], value_of: Callable[[WordTable, Side], Floats]
) -> dict[str, dict[str, float]]:
    """Return the mean of *value_of* of each word type, by language; of all under ""."""
    found = {}
    for which in Side:
        sums: dict[str, float] = defaultdict(float)
        counts: dict[str, int] = defaultdict(int)
        for table in tables:
            side = table.target if which else table.source
            values = value_of(table, which)
            for form, value, sign in zip(side.forms, values, side.signs(), strict=True):
                if not sign:
                    sums[form.casefold()] += float(value)
                    counts[form.casefold()] += 1
        mean = sum(sums.values()) / sum(counts.values())
        kept = sorted(form for form, count in counts.items() if count >= LEAST_COUNT)
        shrunk = {f: (sums[f] + SHRINK * mean) / (counts[f] + SHRINK) for f in kept}
        found[side.lang] = {"": round(mean, 2)} | {f: round(v, 2) for f, v in shrunk.items()}
    return found


def word_scores(
    annotated: Annotated, tables: Sequence[WordTable], fitted: Fitted
) -> tuple[Floats, Floats]:
    """Return doubts (in log odds before calibration) and labels of the content words."""
    scores, labels = [], []
    marks = [annotated.labels(k) for k in (0, 1)]
    for table in tables:
        for which in Side:
            doubt = doubts(table, which, fitted)
            mark = marks[which][list(doubt.side.words)]
            kept = doubt.content & (mark >= 0)
            scores.append(np.log(doubt.scores / (1 - doubt.scores))[kept])
            labels.append(mark[kept].astype(float))
    return np.concatenate(scores), np.concatenate(labels)


def platt(scored: Sequence[tuple[Floats, Floats]], thorough: Sequence[bool]) -> Floats:
    """Return slope and bias from doubt to log odds.

    Annotators differ in what they let pass: each document has a bias of its own in the fit, and
    the mean of those read *thorough*ly is returned.
    """
    parts = [(x[:, None], y) for x, y in scored]
    return with_own_bias(parts, thorough)


def with_own_bias(parts: Sequence[tuple[Floats, Floats]], thorough: Sequence[bool]) -> Floats:
    """Return logistic weights of the columns of *parts*, and the mean bias of the *thorough*."""
    table = np.concatenate([columns for columns, _ in parts])
    y = np.concatenate([right for _, right in parts])
    sizes = [len(right) for _, right in parts]
    w = np.concatenate([np.full(n, 1 / np.sqrt(max(1, n))) for n in sizes])
    owners = np.repeat(np.eye(len(parts)), sizes, axis=0)
    weights = logistic(np.hstack([table, owners]), y, w / w.mean())
    count = table.shape[1]
    bias = weights[count:][np.array(thorough)].mean()
    return np.append(weights[:count], bias)


def left_out(mode: str, gold: Sequence[Annotated], scored: Sequence[tuple[Floats, Floats]]) -> None:
    """Print how calibrated the probabilities are on each document when fitted on the others."""
    for n, annotated in enumerate(gold):
        rest = [m for m in range(len(gold)) if m != n]
        weights = platt([scored[m] for m in rest], [gold[m].name in THOROUGH for m in rest])
        chance = 1 / (1 + np.exp(-(weights[0] * scored[n][0] + weights[1])))
        marked = scored[n][1].mean()
        print(f"{mode:8} {annotated.name:24} expected {chance.mean():.3f} marked {marked:.3f}")


if __name__ == "__main__":
    main()
