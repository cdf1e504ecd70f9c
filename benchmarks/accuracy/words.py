"""Measure word links: alignment error rate, and how often a link of a given score is right.

    python benchmarks/accuracy/words.py [--data FOLDER] [--fit FILE] [--peers] [--segmenters]

The declaration's six annotated clauses are scored leaving one clause out: weights and threshold are
fitted on the others and the Hansards development half. With --fit, weights fitted on all of it
are written to FILE (they ship as align/words/links.json); the gold itself is not copied.

--peers adds aligners that learn from text, where installed (`pip install eflomal sil-thot`). They
are trained on the gold text and 40,000 pairs of the bulk; on Hansards with 1,007 news pairs of
NTREX and 520 sentences of REFreSD, as more English and French there is not. --segmenters links the
declaration with the words of other Vietnamese segmenters (`pip install pyvi underthesea`), all
else as it is.
"""

import argparse
import json
import os
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from englishgold import news, sentence_pairs
from numpy.typing import NDArray
from wordgold import GoldText, Pairs, declaration, error_rate, expanded, hansards, touched
from wordpeers import SEGMENTERS, bulk_pairs, cut_pairs, described, peer_links, segmented

from paraalign.align.words.evidence import WordEvidence
from paraalign.align.words.links import WordTable, link_features, some_evidence, word_tables
from paraalign.encode import load_encoder
from paraalign.encode.tokens import Tokens, encode_document
from paraalign.lexicon import Lexicon, load_lexicon

THRESHOLDS = np.arange(0.2, 0.85, 0.025)
NAMES = ("posterior", "content", "both")
BINS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.001)
Floats = NDArray[np.float64]


class Cells(NamedTuple):
    """All pairs of words of a gold text worth a look, with features, evidence and truth."""

    gold: GoldText
    pairs: NDArray[np.int64]
    lines: NDArray[np.int64]
    features: Floats
    some: Floats
    right: NDArray[np.bool_]


def main() -> None:
    """Print the tables."""
    options = arguments()
    data = Path(options.data)
    golds = declaration(data), hansards(data)
    lexicon = load_lexicon("fr", "vi")
    tokens = [encoded(gold) for gold in golds]
    weights = {}
    for mode in ("plain", "encoder"):
        use = tokens if mode == "encoder" else [None, None]
        sets = [
            linked(golds[0], use[0], lexicon),
            linked(golds[0], use[0], None),
            linked(golds[1], use[1], None),
        ]
        weights[mode] = fit_all(sets)
        report(mode, sets)
    baselines(golds[0], tokens[0])
    if options.peers:
        peers(golds, data)
    if options.segmenters:
        segmenters(golds[0], sets)
    if options.fit:
        Path(options.fit).write_text(json.dumps(weights, indent=2) + "\n", encoding="utf-8")


def arguments() -> argparse.Namespace:
    """Return the command line's options."""
    parser = argparse.ArgumentParser(description=__doc__)
    root = Path(__file__).parents[2]
    parser.add_argument("--data", default=os.environ.get("PARAALIGN_DATA", root / "../shared"))
    parser.add_argument("--fit")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--segmenters", action="store_true")
    return parser.parse_args()


def encoded(gold: GoldText) -> tuple[Tokens, Tokens]:
    """Return the token vectors of both sides of *gold*."""
    encoder = load_encoder("e5")
    assert encoder is not None
    return encode_document(gold.source, encoder), encode_document(gold.target, encoder)


def linked(gold: GoldText, tokens: tuple[Tokens, Tokens] | None, lexicon: Lexicon | None) -> Cells:
    """Return the pairs of words of *gold* with the evidence that there is."""
    return cells(
        gold, word_tables(WordEvidence(*gold[:3], tokens=tokens, lexicon=lexicon), spread=True)
    )


def cells(gold: GoldText, tables: Sequence[WordTable]) -> Cells:
    """Gather the pairs of words of *tables* that have any chance."""
    pairs, features, some = [], [], []
    for table in tables:
        values, evidence = link_features(table), some_evidence(table)
        for i, j in np.argwhere(table.posterior > 0.01):
            pairs.append((table.source.words[i], table.target.words[j]))
            features.append([values[name][i, j] for name in NAMES])
            some.append(evidence[i, j])
    right = [is_right(gold, pair) for pair in pairs]
    lines = [gold.source.words[one].sentence for one, _ in pairs]
    columns = map(np.array, (pairs, lines, features, some, right))
    return Cells(gold, *columns)


def is_right(gold: GoldText, pair: tuple[int, int]) -> bool:
    """Tell whether at least half the gold pairs under *pair* are sure or possible."""
    line = gold.source.words[pair[0]].sentence
    rows = touched(gold.places[0][line], gold.source.words[pair[0]].span)
    columns = touched(gold.places[1][line], gold.target.words[pair[1]].span)
    found = [(i, j) in gold.possible[line] for i in rows for j in columns]
    return bool(found) and sum(found) >= len(found) / 2


def fit(sets: Sequence[tuple[Cells, NDArray[np.bool_]]]) -> Floats:
    """Return logistic weights (features, then bias), each set weighing the same.

    Annotators differ in what they let pass (four in five of the Hansards' links are "possible"), so
    that gold has a bias of its own in the fit; the declaration's is returned.
    """
    features = np.concatenate([c.features[kept] for c, kept in sets])
    right = np.concatenate([c.right[kept] for c, kept in sets]).astype(float)
    weigh = np.concatenate([np.full(kept.sum(), 1 / max(1, kept.sum())) for _, kept in sets])
    weigh *= len(right) / len(sets)
    other = np.concatenate([np.full(kept.sum(), c.gold.source.lang == "en") for c, kept in sets])
    table = np.column_stack([features, np.ones(len(features)), other])
    weights = np.zeros(table.shape[1])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-(table @ weights)))
        slope = table.T @ (weigh * (chance - right)) + 0.5 * weights
        bend = (table * (weigh * chance * (1 - chance))[:, None]).T @ table
        weights -= np.linalg.solve(bend + 0.5 * np.eye(len(weights)), slope)
    return weights[:-1]


def probability(features: Floats, weights: Floats) -> Floats:
    """Return the logistic probability of *features* under *weights*."""
    chance: Floats = 1 / (1 + np.exp(-(features @ weights[:-1] + weights[-1])))
    return chance


def best_threshold(sets: Sequence[tuple[Cells, NDArray[np.bool_]]], weights: Floats) -> float:
    """Return the threshold with the lowest mean error rate over *sets*."""
    return float(min(THRESHOLDS, key=lambda t: sum(rate(c, k, weights, t) for c, k in sets)))


def rate(c: Cells, kept: NDArray[np.bool_], weights: Floats, threshold: float) -> float:
    """Return the error rate of the links above *threshold* on the lines of the *kept* cells."""
    return error_rate(chosen(c, weights, threshold), c.gold, sorted(set(c.lines[kept].tolist())))


def chosen(c: Cells, weights: Floats, threshold: float) -> list[Pairs]:
    """Return the links above *threshold*, as gold pairs by line."""
    return expanded(c.gold, c.pairs[score(c, weights) >= threshold].tolist())


def score(c: Cells, weights: Floats) -> Floats:
    """Return the score of each pair of *c* as `link_words` gives it."""
    return c.some * probability(c.features, weights)


def everything(sets: Sequence[Cells]) -> list[tuple[Cells, NDArray[np.bool_]]]:
    """Return *sets* with every cell kept."""
    return [(c, np.ones(len(c.right), dtype=bool)) for c in sets]


def fit_all(sets: Sequence[Cells]) -> dict[str, float]:
    """Return the weights and threshold fitted on all of *sets*, as they ship."""
    weights = fit(everything(sets))
    found = dict(zip((*NAMES, "bias"), weights.round(4).tolist(), strict=True))
    return found | {"threshold": round(best_threshold(everything(sets), weights), 3)}


def report(mode: str, sets: Sequence[Cells]) -> None:
    """Print error rates and calibration for one *mode*."""
    print(f"\n{mode}")
    for name, index in (("declaration, lexicon", 0), ("declaration, no lexicon", 1)):
        line_out(name, sets, index)
    folds = sets[2].lines % 5
    halves(sets, folds)


def line_out(name: str, sets: Sequence[Cells], index: int) -> None:
    """Print the error rate leaving one clause out."""
    c = sets[index]
    total: list[Pairs] = [set() for _ in c.gold.sure]
    scores = np.zeros(len(c.right))
    for line in range(len(c.gold.sure)):
        rest = [(s, s.lines != line) for s in sets[:2]] + everything(sets[2:])
        weights = fit(rest)
        threshold = best_threshold([rest[index]], weights)
        total[line] = chosen(c, weights, threshold)[line]
        scores[c.lines == line] = score(c, weights)[c.lines == line]
    print(f"  {name}: AER {error_rate(total, c.gold, range(len(total))):.3f}", bands(c, scores))


def halves(sets: Sequence[Cells], folds: NDArray[np.int64]) -> None:
    """Print the Hansards error rate, weights and threshold from the other four fifths."""
    c = sets[2]
    total: list[Pairs] = [set() for _ in c.gold.sure]
    scores = np.zeros(len(c.right))
    for fold in range(5):
        rest = [*everything(sets[:2]), (c, folds != fold)]
        weights = fit(rest)
        links = chosen(c, weights, best_threshold(rest[2:], weights))
        total = [links[n] if n % 5 == fold else row for n, row in enumerate(total)]
        scores[folds == fold] = score(c, weights)[folds == fold]
    print(
        f"  Hansards dev: AER {error_rate(total, c.gold, range(len(total))):.3f}", bands(c, scores)
    )


def bands(c: Cells, scores: Floats) -> str:
    """Return how often links are right, by band of score."""
    parts = []
    for low, high in pairwise(BINS):
        inside = (scores >= low) & (scores < high)
        right = c.right[inside].mean() if inside.any() else float("nan")
        parts.append(f"{low:.1f}: {right:.2f} ({inside.sum()})")
    return "  ".join(parts)


def baselines(gold: GoldText, tokens: tuple[Tokens, Tokens]) -> None:
    """Print what simple means reach on the declaration."""
    print("\nbaselines, declaration")
    full = word_tables(WordEvidence(*gold[:3], tokens=tokens, lexicon=None))
    lexical = word_tables(WordEvidence(*gold[:3], tokens=None, lexicon=load_lexicon("fr", "vi")))
    rules: list[tuple[str, Sequence[WordTable], Callable[[WordTable], Floats]]] = [
        ("diagonal", full, diagonal),
        ("encoder, mutual argmax", full, lambda t: mutual(t.evidence.cosines)),
        ("lexicon, mutual argmax", lexical, lambda t: mutual(t.evidence.total)),
    ]
    for name, tables, rule in rules:
        pairs = [
            (table.source.words[i], table.target.words[j])
            for table in tables
            for i, j in np.argwhere(rule(table) > 0)
        ]
        found = expanded(gold, pairs)
        print(f"  {name}: AER {error_rate(found, gold, range(len(found))):.3f}")


def peers(golds: Sequence[GoldText], data: Path) -> None:
    """Print what aligners reach that learn from text alone."""
    english = [pair for pairs in news(data) for pair in pairs] + sentence_pairs(data)
    more = bulk_pairs(data), cut_pairs(english, ("en", "fr"))
    for name, gold, pairs in zip(("declaration", "Hansards dev"), golds, more, strict=True):
        print(f"\npeers, {name}, trained on {len(pairs)} more pairs")
        for peer, found in peer_links(gold, pairs):
            print(f"  {peer}: AER {error_rate(found, gold, range(len(found))):.3f}")


def segmenters(gold: GoldText, sets: Sequence[Cells]) -> None:
    """Print what the links come to with the words of other Vietnamese segmenters."""
    print("\nsegmenters of Vietnamese, declaration")
    line_out("ours, lexicon", sets, 0)
    for name in SEGMENTERS:
        about = described(name)
        if about is None:
            continue
        target, lost = segmented(gold.target, name)
        changed = gold._replace(target=target)
        tokens = encoded(changed)
        other = [
            linked(changed, tokens, load_lexicon("fr", "vi")),
            linked(changed, tokens, None),
            sets[2],
        ]
        line_out(f"{name}, lexicon", other, 0)
        line_out(f"{name}, no lexicon", other, 1)
        print(f"    {about}; offsets lost in {lost} sentences")


def diagonal(table: WordTable) -> Floats:
    """Link each source word to the target word at the same share of the line."""
    rows, columns = table.posterior.shape
    marked = np.zeros((rows, columns))
    marked[np.arange(rows), (np.arange(rows) * columns) // rows] = 1.0
    return marked


def mutual(scores: Floats) -> Floats:
    """Link the words that are each other's best, above no evidence at all."""
    best = (scores == scores.max(axis=1, keepdims=True)) & (scores == scores.max(axis=0))
    return np.asarray(best & (scores > 0), dtype=np.float64)


if __name__ == "__main__":
    main()
