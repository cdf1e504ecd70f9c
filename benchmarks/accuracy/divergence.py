"""Measure how well uncovered words, and the findings made of them, meet what revisers marked.

    python benchmarks/accuracy/divergence.py [--data FOLDER]

Word level, each side: average precision, best F1, area under the curve; beside them what flagging
everything and one minus the best cosine reach. Finding level: how many findings touch a record of
the gold (whoever made it), and how many agreed records are touched, by kind. The noise is that of
the news documents which nothing was fitted on. `fit_coverage_words.py` tells what was fitted on
what; `fit_coverage_phrases.py` also prints the findings in each annotated document when the
confidences come from the others; those printed here come from all.
"""

import argparse
import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from coveragedata import Encoded, encoded, encoded_lines, with_edits
from divergencegold import Annotated, clean_pairs, everything
from numpy.typing import NDArray

from paraalign.align.words import WordTable
from paraalign.checks.context import Context, Side
from paraalign.checks.coverage import find_uncovered
from paraalign.checks.coverage_words import doubts, settings
from paraalign.lexicon import load_lexicon
from paraalign.model import Bitext, Finding, Kind, Links

Floats = NDArray[np.float64]
Labels = NDArray[np.int8]
LANGS = ("fr", "vi")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    root = Path(__file__).parents[2]
    parser.add_argument("--data", default=os.environ.get("PARAALIGN_DATA", root / "../shared"))
    parser.add_argument("--clean", type=int, default=15, help="news documents for the noise figure")
    options = parser.parse_args()
    gold = [(a, encoded(a.documents, a.links)) for a in everything(Path(options.data))]
    for mode in ("full", "encoder", "lexicon"):
        print(f"\nwords, {mode}: average precision, best F1, area under the curve")
        tables = [pair.tables(mode) for _, pair in gold]
        for name, chosen in (("declaration", slice(0, 1)), ("the five others", slice(1, None))):
            words(name, [a for a, _ in gold[chosen]], tables[chosen], mode)
    for mode in ("full", "encoder", "lexicon"):
        print(f"\nfindings at the default threshold, {mode}")
        for annotated, pair in gold:
            findings(annotated, list(found_in(pair, mode)))
    *news, _ = clean_pairs(Path(options.data))
    kept = [encoded_lines(pairs) for pairs in news[1::2][: options.clean]]
    noise(kept)
    made_on_purpose(kept)


def words(
    name: str, gold: Sequence[Annotated], tables: Sequence[list[WordTable]], mode: str
) -> None:
    """Print the word-level figures of *mode* on *gold*."""
    for which in Side:
        parts = [scores(a, t, which, mode) for a, t in zip(gold, tables, strict=True)]
        labels = np.concatenate([label for label, _, _ in parts])
        ours = np.concatenate([s for _, s, _ in parts])
        cosine = np.concatenate([c for _, _, c in parts])
        line = f"  {name}, {LANGS[which]}: {figures(labels, ours)}"
        if mode != "lexicon":
            line += f" | 1 - cosine {figures(labels, cosine)}"
        share = labels.mean()
        print(f"{line} | all flagged {share:.3f} / {2 * share / (1 + share):.3f}")


def scores(
    annotated: Annotated, tables: Sequence[WordTable], which: Side, mode: str
) -> tuple[Labels, Floats, Floats]:
    """Return labels, doubts and one minus the best cosine of the words that are judged."""
    labels = annotated.labels(which)
    ours, cosine = np.ones(len(labels)), np.ones(len(labels))
    for table in tables:
        doubt = doubts(table, which, settings(mode))
        ours[list(doubt.side.words)] = doubt.scores
        cosine[list(doubt.side.words)] = 1 - table.evidence.cosines.max(axis=1 - which)
    kept = labels >= 0
    return labels[kept], ours[kept], cosine[kept]


def figures(labels: Labels, scored: Floats) -> str:
    """Return average precision, best F1 and area under the curve."""
    ranked = labels[np.argsort(-scored, kind="stable")]
    hits, counts = np.cumsum(ranked), np.arange(1, len(ranked) + 1)
    average = float((hits / counts * ranked).sum() / ranked.sum())
    best = float((2 * hits / (counts + ranked.sum())).max())
    places = np.argsort(np.argsort(scored, kind="stable"), kind="stable") + 1
    marked, rest = int(labels.sum()), int((labels == 0).sum())
    area = (places[labels == 1].sum() - marked * (marked + 1) / 2) / (marked * rest)
    return f"{average:.3f} {best:.3f} {area:.3f}"


def found_in(pair: Encoded, mode: str) -> Sequence[Finding]:
    """Return the findings of coverage in *pair*."""
    bitext = Bitext(*pair.documents, Links(sentences=pair.links))
    tokens = None if mode == "lexicon" else pair.tokens
    lexicon = None if mode == "encoder" else load_lexicon("fr", "vi")
    return list(find_uncovered(Context(bitext=bitext, tokens=tokens, lexicon=lexicon)))


def findings(annotated: Annotated, found: Sequence[Finding]) -> None:
    """Print how many of *found* touch a record, and how many agreed records are touched."""
    spans = [[tuple(s[0]) if s else None for s in (f.source, f.target)] for f in found]
    touching = [annotated.touches(each) for each in spans]  # type: ignore[arg-type]
    recall: dict[str, list[bool]] = defaultdict(list)
    for record in annotated.records:
        if record.agreed:
            touched = any(record.is_touched(each) for each in spans)  # type: ignore[arg-type]
            recall[record.kind].append(touched)
    kinds = ", ".join(f"{kind} {sum(r)}/{len(r)}" for kind, r in sorted(recall.items()))
    share = sum(touching) / max(1, len(touching))
    print(
        f"  {annotated.name}: {len(found)} findings, {share:.2f} touch a record; touched: {kinds}"
    )


def noise(documents: Sequence[Encoded]) -> None:
    """Print how many findings there are on human translations of news."""
    counts: dict[Kind, int] = defaultdict(int)
    for pair in documents:
        for each in found_in(pair, "full"):
            counts[each.kind] += 1
    total = sum(len(pair.links) for pair in documents)
    shares = ", ".join(f"{kind} {count / total:.2f}" for kind, count in sorted(counts.items()))
    print(f"\nNTREX, {total} pairs, findings a pair: {sum(counts.values()) / total:.2f} ({shares})")


def made_on_purpose(documents: Sequence[Encoded]) -> None:
    """Print how many edits of the news documents are touched, by kind and with the right kind."""
    touched: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for pair in documents:
        changed, edited = with_edits(pair)
        found = [
            ([tuple(s[0]) if s else None for s in (f.source, f.target)], f.kind)
            for f in found_in(changed, "full")
        ]
        for record in edited.records:
            kinds = {kind for spans, kind in found if record.is_touched(spans)}  # type: ignore[arg-type]
            wanted = Kind(record.kind)
            touched[record.kind].append((bool(kinds), wanted in kinds))
    for kind, hits in sorted(touched.items()):
        shares = [sum(side) / len(hits) for side in zip(*hits, strict=True)]
        print(f"  {kind}: {len(hits)} made, touched {shares[0]:.2f}, as that kind {shares[1]:.2f}")


if __name__ == "__main__":
    main()
