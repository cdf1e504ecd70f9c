"""Measure how well uncovered words, and the findings made of them, meet what revisers marked.

    python benchmarks/accuracy/divergence.py [--data FOLDER]

Words, each side: average precision, best F1, area under the curve; beside them what flagging
everything and one minus the best cosine reach. Words of units that have no counterpart at all are
left out, as no word is judged there. The five documents other than the declaration are pooled, and
once more with what is quoted on the side that lacks something left out: there the reader showed
where a thing is missing, and the words quoted are covered. Then how the probabilities are
calibrated on each document when that is done on the others, and how well words of divergences made
on purpose are told, in news that nothing was fitted on.

Findings at the default threshold: how many touch a record of the gold (whoever made it), how many
agreed records are touched, by kind, and the F1 of the words inside findings. No annotated document
had a say in the order of the words (`fit_coverage_words.py` tells what was fitted on what); the
confidences of the findings come from all of them, and `fit_coverage_phrases.py` prints those that
come from the others.
"""

import argparse
import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from coveragedata import (
    THOROUGH,
    Encoded,
    encoded,
    encoded_lines,
    news_to_report,
    with_edits,
)
from divergencegold import MEANING, Annotated, Span, clean_pairs, everything
from fit_coverage_words import platt
from numpy.typing import NDArray

from paraalign.align.words.links import WordTable
from paraalign.checks import run_checks
from paraalign.checks.context import Side
from paraalign.checks.coverage.words import doubts, settings
from paraalign.evaluate.ranking import area_under_curve, average_precision, best_f1
from paraalign.model import Finding

Floats = NDArray[np.float64]
Labels = NDArray[np.int8]
LANGS = ("fr", "vi")
BOUNDS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0)  # of the bands of the calibration curve


class Scored(NamedTuple):
    """The words of one side of a document that are judged.

    Attributes:
        labels: 1 if marked, 0 if not, -1 if left out.
        strict: Likewise, with what only shows where something is missing left out.
        doubts: The probabilities.
        cosines: One minus the best cosine.
        content: Which are content words.
    """

    labels: Labels
    strict: Labels
    doubts: Floats
    cosines: Floats
    content: NDArray[np.bool_]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    root = Path(__file__).parents[2]
    parser.add_argument("--data", default=os.environ.get("PARAALIGN_DATA", root / "../shared"))
    parser.add_argument("--clean", type=int, default=15, help="news documents to edit")
    options = parser.parse_args()
    gold = [(a, encoded(a.documents, a.links)) for a in everything(Path(options.data))]
    for mode in ("cross", "full", "encoder-cross", "encoder", "lexicon"):
        print(f"\nwords, {mode}: average precision, best F1, area under the curve")
        parts = [[scored(a, p.tables(mode), s, mode) for s in Side] for a, p in gold]
        words(parts, [a.name for a, _ in gold])
        if mode == "cross":
            calibration(parts, [a.name for a, _ in gold])
    *news, _ = clean_pairs(Path(options.data))
    lines = news_to_report(news)[: options.clean]
    made_on_purpose([encoded_lines(pairs) for pairs in lines])
    for mode in ("cross", "full", "lexicon"):
        print(f"\nfindings at the default threshold, {mode}")
        for annotated, pair in gold:
            findings(annotated, run_checks(pair.context(mode)))


def scored(annotated: Annotated, tables: Sequence[WordTable], which: Side, mode: str) -> Scored:
    """Return the words of side *which* that are judged."""
    labels, strict = (annotated.labels(which, context=some) for some in (True, False))
    parts = []
    for table in tables:
        doubt = doubts(table, which, settings(mode))
        cosine = 1 - table.evidence.cosines.max(axis=1 - which)
        parts.append((np.array(doubt.side.words), doubt.scores, cosine, doubt.content))
    places, *columns = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Scored(labels[places], strict[places], *columns)


def words(parts: Sequence[Sequence[Scored]], names: Sequence[str]) -> None:
    """Print the word-level figures of each document, and of all but the first together."""
    for side in Side:
        for name, both in zip(names, parts, strict=True):
            print(f"  {name:24} {LANGS[side]}: {line_of([both[side]])}")
        rest = [both[side] for both in parts[1:]]
        print(f"  {'the five others':24} {LANGS[side]}: {line_of(rest)}")
        print(f"  {'… only what is left over':24} {LANGS[side]}: {line_of(rest, strict=True)}")


def line_of(parts: Sequence[Scored], *, strict: bool = False) -> str:
    """Return the figures of *parts* pooled."""
    labels = np.concatenate([part.strict if strict else part.labels for part in parts])
    kept = labels >= 0
    ours = np.concatenate([part.doubts for part in parts])
    cosine = np.concatenate([part.cosines for part in parts])
    share = labels[kept].mean()
    return (
        f"{figures(labels[kept], ours[kept])} | 1 - cosine {figures(labels[kept], cosine[kept])} "
        f"| all flagged {share:.3f} / {2 * share / (1 + share):.3f}"
    )


def figures(labels: Labels, scored: Floats) -> str:
    """Return average precision, best F1 and area under the curve."""
    measures = (average_precision, best_f1, area_under_curve)
    return " ".join(f"{measure(labels, scored) or 0:.3f}" for measure in measures)


def calibration(parts: Sequence[Sequence[Scored]], names: Sequence[str]) -> None:
    """Print in bands what probability content words were given and how many were marked.

    The probabilities are calibrated anew for each document on the others.
    """
    columns = [content_words(both) for both in parts]
    chances = []
    for n, (odds, _) in enumerate(columns):
        rest = [m for m in range(len(columns)) if m != n]
        fold = [columns[m] for m in rest], [names[m] in THOROUGH for m in rest]
        slope, bias = platt(*fold)
        chances.append(1 / (1 + np.exp(-(slope * odds + bias))))
    labels = [marked for _, marked in columns]
    bands(names[0], chances[0], labels[0])
    bands("the five others", np.concatenate(chances[1:]), np.concatenate(labels[1:]))


def content_words(both: Sequence[Scored]) -> tuple[Floats, Floats]:
    """Return the log odds of the content words of both sides that count, and whether marked."""
    chance = np.concatenate([side.doubts for side in both])
    labels = np.concatenate([side.labels for side in both])
    kept = np.concatenate([side.content for side in both]) & (labels >= 0)
    return np.log(chance / (1 - chance))[kept], labels[kept].astype(np.float64)


def bands(name: str, chance: Floats, labels: Floats) -> None:
    """Print the calibration curve of *chance* against *labels*."""
    print(f"  calibration, {name}: probability, share marked, words")
    owners = np.digitize(chance, BOUNDS[1:-1])
    for n in sorted(set(owners.tolist())):
        own = owners == n
        print(f"    {chance[own].mean():.3f} {labels[own].mean():.3f} {own.sum():6}")


def made_on_purpose(documents: Sequence[Encoded]) -> None:
    """Print how well the words that edits touch are told from the rest."""
    made = [with_edits(pair) for pair in documents]
    for mode in ("cross", "full"):
        parts = []
        for changed, edited in made:
            tables = changed.tables(mode)
            parts += [scored(edited, tables, side, mode) for side in Side]
        print(f"\nwords of edits in NTREX, {mode}: {line_of(parts)}")


def findings(annotated: Annotated, found: Sequence[Finding]) -> None:
    """Print how many of *found* touch a record, and how many agreed records are touched.

    A unit that stands on one side alone is found by its place; it counts only as touching.
    """
    all_spans = [(spans_of(each.source), spans_of(each.target)) for each in found]
    spans = [s for each, s in zip(found, all_spans, strict=True) if each.kind in MEANING]
    touching = [any(touches(each, r.spans) for r in annotated.records) for each in spans]
    recall: dict[str, list[bool]] = defaultdict(list)
    for record in annotated.records:
        if record.agreed and record.counted:
            touched = any(touches(each, record.spans) for each in all_spans)
            for name in (record.kind, f"all {record.severity}"):
                recall[name].append(touched)
    kinds = ", ".join(f"{kind} {sum(r)}/{len(r)}" for kind, r in sorted(recall.items()))
    share = sum(touching) / max(1, len(touching))
    print(
        f"  {annotated.name}: {len(spans)} findings, {share:.2f} touch a record; touched: {kinds}"
    )
    inside = [word_f1(annotated, side, [each[side] for each in spans]) for side in Side]
    print(f"    F1 of the words inside findings: fr {inside[0]:.3f}, vi {inside[1]:.3f}")


def spans_of(spans: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """Return *spans* as plain pairs."""
    return tuple((span[0], span[1]) for span in spans)


def touches(found: Sequence[Sequence[Span]], marked: Sequence[Sequence[Span]]) -> bool:
    """Tell whether any span of *found* meets one of *marked* on the same side."""
    return any(
        own[0] < end and start < own[1]
        for ours, theirs in zip(found, marked, strict=True)
        for own in ours
        for start, end in theirs
    )


def word_f1(annotated: Annotated, side: int, found: Sequence[Sequence[Span]]) -> float:
    """Return the F1 of the words of *side* that stand in the spans *found*."""
    labels = annotated.labels(side)
    inside = np.zeros(len(labels), dtype=np.bool_)
    words = annotated.documents[side].words
    starts, ends = (np.array([getattr(w.span, name) for w in words]) for name in ("start", "end"))
    for start, end in (span for spans in found for span in spans):
        inside |= (starts < end) & (start < ends)
    kept = labels >= 0
    hits = int((inside & (labels == 1)).sum())
    return 2 * hits / max(1, int((inside & kept).sum()) + int((labels == 1).sum()))


if __name__ == "__main__":
    main()
