"""Fit the phrase part of coverage, checks/coverage_phrases.json; print how it does left out.

    python benchmarks/accuracy/fit_coverage_phrases.py [--data FOLDER] [-o FILE]

To be run after `fit_coverage_words.py`: it goes by the word part as it is in the package. The
figures, and what each is fitted on:
- from phrase to confidence: whether a phrase touches anything that a reviser marked in the six
  annotated documents; phrases of every second news document of NTREX count as wrong at a third of
  the weight (some are right: both versions are translations of a third text), those that touch an
  edit made on purpose in it as right at an eighth; a second set of weights tells those edits from
  the news without regard to how free the text is, and the higher confidence counts;
- the default threshold: such that the same half of NTREX has `NOISE` findings a pair by the first
  weights, `CLEAR_NOISE` by the second. No annotated document has a say in it.
Printed are findings in each annotated document when weights and threshold come from the others.
The other half of NTREX is for `divergence.py` to report on.
"""

import argparse
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from coveragedata import (
    MODES,
    THOROUGH,
    Encoded,
    Floats,
    encoded,
    encoded_lines,
    logistic,
    with_edits,
)
from divergencegold import Annotated, clean_pairs, everything

from paraalign.align.words import WordTable
from paraalign.checks.context import Side
from paraalign.checks.coverage import confidence_features
from paraalign.checks.coverage_phrases import Divergence, find_divergences
from paraalign.checks.coverage_words import Doubts, doubts, freedom, settings

DOUBTFUL = {"full": 0.188, "encoder": 0.2, "lexicon": 0.275}  # from which a word is left over
NAMES = ("score", "words", "rendered", "surprise", "free", "omission", "addition")
NOISE, CLEAR_NOISE = 0.5, 0.25  # findings a news pair at the threshold, by either weights
FAITHFUL, EDITED, NOTICED = 0.3, 0.12, 0.5  # weights of news, edited news, documents half read


class Judged(NamedTuple):
    """The phrases of a text: features, whether each is right, weight, where, which sides."""

    name: str
    features: Floats
    right: Floats
    weight: float
    spans: list[list[tuple[int, int] | None]]


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    root = Path(__file__).parents[2]
    parser.add_argument("--data", default=os.environ.get("PARAALIGN_DATA", root / "../shared"))
    parser.add_argument("-o", "--output", default="coverage_phrases.json")
    options = parser.parse_args()
    *news, _ = clean_pairs(Path(options.data))
    clean = [encoded_lines(pairs) for pairs in news[::2]]
    edited = [with_edits(pair) for pair in clean]
    gold = [(a, encoded(a.documents, a.links)) for a in everything(Path(options.data))]
    fitted = {mode: fit_mode(mode, clean, edited, gold) for mode in MODES}
    text = json.dumps(fitted, ensure_ascii=False, sort_keys=True, indent=1)
    Path(options.output).write_text(text + "\n", encoding="utf-8")


def fit_mode(
    mode: str,
    clean: Sequence[Encoded],
    edited: Sequence[tuple[Encoded, Annotated]],
    gold: Sequence[tuple[Annotated, Encoded]],
) -> dict[str, Any]:
    """Return the figures of *mode*."""
    tables = [pair.tables(mode) for pair in clean]
    found: dict[str, Any] = {"doubtful": DOUBTFUL[mode]}
    fitted = {**settings(mode), **found}
    annotated, own = [a for a, _ in gold], [pair.tables(mode) for _, pair in gold]
    news = [judged_in(nothing("news"), some, fitted, FAITHFUL) for some in tables]
    made = [judged_in(a, pair.tables(mode), fitted, EDITED) for pair, a in edited]
    made = [part._replace(features=part.features[part.right > 0]) for part in made]
    made = [part._replace(right=np.ones(len(part.features))) for part in made]
    marked = [judged_in(a, t, fitted, weight(a)) for a, t in zip(annotated, own, strict=True)]
    pairs = sum(len(some) for some in tables)
    clear = fit_clear([*news, *made])
    for one, a in zip(marked, annotated, strict=True):
        rest = [part for part in marked if part is not one]
        fold = levelled(fit_phrases([*rest, *news, *made]), clear, news, pairs)
        print(mode.ljust(8), left_out_findings(a, one, fold, news, pairs))
    weights = levelled(fit_phrases([*marked, *news, *made]), clear, news, pairs)
    for name, row in zip(("confidence", "clear"), weights.round(4).tolist(), strict=True):
        found[name] = dict(zip((*NAMES, "bias"), row, strict=True))
    return found | {"least": round(threshold(weights[:1], news, pairs, NOISE), 3)}


def weight(annotated: Annotated) -> float:
    """Return how much the phrases of a document weigh."""
    return 1.0 if annotated.name in THOROUGH else NOTICED


def nothing(name: str) -> Annotated:
    """Return annotations of a text in which nothing diverges."""
    return Annotated(name, None, (), [])  # type: ignore[arg-type]


def fit_phrases(parts: Sequence[Judged]) -> Floats:
    """Return the weights of phrases' confidence: of each feature, then the bias."""
    table = np.concatenate([part.features for part in parts])
    y = np.concatenate([part.right for part in parts])
    w = np.concatenate([np.full(len(part.right), part.weight) for part in parts])
    return logistic(np.hstack([table, np.ones((len(table), 1))]), y, w)


def fit_clear(parts: Sequence[Judged]) -> Floats:
    """Return the weights by which gaps made on purpose stand out in a text, however free."""
    used = np.array([name != "free" for name in NAMES], dtype=np.float64)
    return fit_phrases([p._replace(features=p.features * used, weight=1.0) for p in parts])


def confidences(features: Floats, weights: Floats) -> Floats:
    """Return the confidence in phrases of these *features*: the higher by each row of *weights*."""
    logits = features @ weights[:, :-1].T + weights[:, -1]
    found: Floats = 1 / (1 + np.exp(-logits.max(axis=1)))
    return found


def levelled(weights: Floats, clear: Floats, news: Sequence[Judged], pairs: int) -> Floats:
    """Return both rows, the second shifted so that one threshold serves for both."""
    odds = [
        np.log(t / (1 - t))
        for row, noise in ((weights, NOISE), (clear, CLEAR_NOISE))
        for t in [threshold(row[None, :], news, pairs, noise)]
    ]
    return np.stack([weights, np.append(clear[:-1], clear[-1] + odds[0] - odds[1])])


def threshold(weights: Floats, news: Sequence[Judged], pairs: int, noise: float) -> float:
    """Return the confidence above which *news* of so many *pairs* has *noise* findings a pair."""
    ranked = np.sort(np.concatenate([confidences(part.features, weights) for part in news]))
    return float(ranked[-max(1, min(len(ranked), round(noise * pairs)))])


def left_out_findings(
    annotated: Annotated, part: Judged, weights: Floats, news: Sequence[Judged], pairs: int
) -> str:
    """Return how the findings in a document do by *weights* fitted on the others."""
    chance = confidences(part.features, weights)
    least = threshold(weights[:1], news, pairs, NOISE)
    kept = np.flatnonzero(chance >= least)
    right = float(part.right[kept].sum()) / max(1, len(kept))
    agreed = [r for r in annotated.records if r.agreed and r.counted]
    found = [r for r in agreed if any(r.is_touched(part.spans[n]) for n in kept)]
    whole = [r for r in agreed if r.kind in ("omission", "addition", "entity")]
    touched = sum(r in whole for r in found)
    return (
        f"{annotated.name:24} least {least:.2f}: {len(kept)} findings, {right:.2f} touch a record, "
        f"mean confidence {chance[kept].sum() / max(1, len(kept)):.2f}; "
        f"touched {len(found)}/{len(agreed)}, omissions etc. {touched}/{len(whole)}"
    )


def judged_in(
    annotated: Annotated, tables: Sequence[WordTable], fitted: Mapping[str, Any], weight: float
) -> Judged:
    """Return the features of all divergences found, and whether each touches a record."""
    features, right, places = [], [], []
    doubted = [(doubts(t, Side.SOURCE, fitted), doubts(t, Side.TARGET, fitted)) for t in tables]
    free = freedom((side for sides in doubted for side in sides), fitted)
    for table, sides in zip(tables, doubted, strict=True):
        for each in find_divergences(table, sides, fitted["doubtful"]):
            spans = [stretch(annotated, which, sides, each) for which in Side]
            values = confidence_features(each, sides, free)
            features.append([values.get(name, 0.0) for name in NAMES])
            right.append(float(annotated.touches(spans)))
            places.append(spans)
    table_of = np.array(features).reshape(-1, len(NAMES))
    return Judged(annotated.name, table_of, np.array(right), weight, places)


def stretch(
    annotated: Annotated, which: Side, sides: Sequence[Doubts], each: Divergence
) -> tuple[int, int] | None:
    """Return the stretch of the phrase of *each* on side *which*."""
    phrase = each.phrases[which]
    if phrase is None or not annotated.records:
        return None
    words = sides[which].side.words[phrase.start : phrase.end]
    document = annotated.documents[which]
    return document.words[words[0]].span.start, document.words[words[-1]].span.end


if __name__ == "__main__":
    main()
