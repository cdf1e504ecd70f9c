"""Measure how well a phrase that moved to another sentence is told from one that is missing.

    python benchmarks/accuracy/moved.py [--data FOLDER] [--fit FILE]

News translations (NTREX), the documents of four lines and more. In every second line a phrase of
the Vietnamese, two to eight words that are linked to one French phrase and to nothing else, is
taken out and set into another line; in the lines between, phrases of either side are called left
over though nothing moved: what faces them is not. Phrase ends are shifted by up to a word, as those
of real findings are. Draws are fixed by a seed. Every second document is for fitting, the others
are for what is printed: how many moved phrases are found, and how many of those found did move. A
baseline calls two phrases the same if they share a key of the lexicon, a name or a figure.
With --fit, the weights (they ship as align/words/elsewhere.json) are written to FILE.
"""

import argparse
import json
import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from coveragedata import Encoded, encoded_lines, logistic
from divergencegold import clean_pairs
from numpy.typing import NDArray

from paraalign.align.words.elsewhere import Likeness, iter_likenesses, likeness_features
from paraalign.align.words.evidence import WordEvidence
from paraalign.align.words.links import WordTable
from paraalign.lexicon import load_lexicon

SEED, LINES = 11, 4
SHORTEST, LONGEST, LEAST_CONTENT = 2, 8, 1
LINKED = 0.4  # posterior from which words belong together
LEAST = 0.4
NAMES = ("support", "shorter", "longer", "far")
Floats = NDArray[np.float64]
Phrases = list[range]


class Case(NamedTuple):
    """A text with left-over phrases, some of which moved: those at the first *moved* places."""

    pair: Encoded
    phrases: tuple[Phrases, Phrases]
    moved: int

    def likenesses(self, mode: str) -> list[Likeness]:
        """Return what is worth a look, with what *mode* may use."""
        tokens = None if mode == "plain" else self.pair.tokens
        lexicon = None if mode == "encoder alone" else load_lexicon("fr", "vi")
        evidence = WordEvidence(*self.pair.documents, self.pair.links, tokens, lexicon)
        return list(iter_likenesses(evidence, self.phrases))

    def is_right(self, each: Likeness) -> bool:
        """Tell whether *each* is a phrase that moved, on both sides."""
        return each.phrases[0] == each.phrases[1] < self.moved


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    root = Path(__file__).parents[2]
    parser.add_argument("--data", default=os.environ.get("PARAALIGN_DATA", root / "../shared"))
    parser.add_argument("--fit")
    options = parser.parse_args()
    *news, _ = clean_pairs(Path(options.data))
    chooser = random.Random(SEED)  # noqa: S311  a fixed draw, no secret
    cases = [case(pairs, chooser) for pairs in news if len(pairs) >= LINES]
    weights = {}
    for mode in ("encoder", "plain", "encoder alone"):
        rows = [(c, c.likenesses(mode)) for c in cases]
        fitted = fit(rows[::2])
        weights[mode] = dict(zip((*NAMES, "bias"), fitted.round(4).tolist(), strict=True))
        report(mode, rows[1::2], weights["encoder" if mode == "encoder alone" else mode])
    if options.fit:
        del weights["encoder alone"]
        Path(options.fit).write_text(json.dumps(weights, indent=2) + "\n", encoding="utf-8")


def case(pairs: Sequence[tuple[str, str]], chooser: random.Random) -> Case:
    """Return the text of *pairs* with phrases moved in every second line."""
    pair = encoded_lines(pairs)
    tables = {t.source.sentences[0]: t for t in pair.tables("full")}
    drawn = {line: drawn_phrase(table, chooser) for line, table in tables.items()}
    moved = {line: spans for line, spans in drawn.items() if spans and line % 2 == 0}
    texts = [[pair.documents[1].read(s.span) for s in pair.documents[1].sentences]]
    lines, places = with_moved(texts[0], moved, chooser)
    changed = encoded_lines([(fr, vi) for (fr, _), vi in zip(pairs, lines, strict=True)])
    left: tuple[Phrases, Phrases] = ([], [])
    for line, (source, _) in moved.items():
        left[0].append(shifted(source, changed, 0, chooser))
        left[1].append(shifted(places_to_words(changed, places[line]), changed, 1, chooser))
    count = len(left[0])
    for line, spans in drawn.items():
        if spans and line not in moved:
            side = chooser.randrange(2)
            words = spans[0] if side == 0 else same_words(tables[line], changed, spans[1])
            left[side].append(shifted(words, changed, side, chooser))
    return Case(changed, left, count)


def drawn_phrase(table: WordTable, chooser: random.Random) -> tuple[range, tuple[int, int]] | None:
    """Return French words, by index, and the characters of the line that render them alone."""
    options = list(consistent(table))
    if not options:
        return None
    rows, columns = chooser.choice(options)
    first = int(table.target.starts[columns.start])
    return (
        range(table.source.words[rows.start], table.source.words[rows.stop - 1] + 1),
        (first, int(table.target.ends[columns.stop - 1])),
    )


def consistent(table: WordTable) -> Iterator[tuple[range, range]]:
    """Yield the phrases of *table* that are linked to each other and to nothing else."""
    linked = table.posterior >= LINKED
    signs = table.source.signs(), table.target.signs()
    most = min(LONGEST, linked.shape[1] // 2)
    for start in range(len(linked)):
        for end in range(start + SHORTEST, min(start + LONGEST, len(linked)) + 1):
            columns = np.flatnonzero(linked[start:end].any(axis=0))
            if not len(columns) or signs[0][start:end].any():
                break
            low, high = int(columns[0]), int(columns[-1]) + 1
            outside = np.delete(linked[:, low:high].any(axis=1), slice(start, end))
            if (
                high - low >= SHORTEST
                and high - low <= most
                and not outside.any()
                and not signs[1][low:high].any()
                and linked[start].any()
                and linked[end - 1].any()
            ):
                yield range(start, end), range(low, high)


def with_moved(
    lines: list[str], moved: dict[int, tuple[range, tuple[int, int]]], chooser: random.Random
) -> tuple[list[str], dict[int, tuple[int, int, int]]]:
    """Return *lines* with phrases moved, and where each went: line, first and last character."""
    kept = list(lines)
    phrases = {}
    for line, (_, (start, end)) in moved.items():
        phrases[line] = lines[line][start:end]
        kept[line] = " ".join((lines[line][:start] + " " + lines[line][end:]).split())
    places: dict[int, tuple[int, int, int]] = {}
    for line, phrase in phrases.items():
        free = [
            n for n in range(len(lines)) if n != line and n not in {p[0] for p in places.values()}
        ]
        near = [n for n in free if abs(n - line) <= 3] or free
        goal = chooser.choice(near)
        gaps = [n for n, char in enumerate(kept[goal]) if char == " "] or [len(kept[goal])]
        gap = chooser.choice(gaps)
        kept[goal] = f"{kept[goal][:gap]} {phrase}{kept[goal][gap:]}"
        places[line] = (goal, gap + 1, gap + 1 + len(phrase))
    return kept, places


def places_to_words(changed: Encoded, place: tuple[int, int, int]) -> range:
    """Return the target words that stand at *place*."""
    line, start, end = place
    document = changed.documents[1]
    base = document.sentences[line].span.start
    found = [
        n
        for n, word in enumerate(document.words)
        if word.sentence == line and word.span.start < base + end and word.span.end > base + start
    ]
    return range(found[0], found[-1] + 1)


def same_words(table: WordTable, changed: Encoded, place: tuple[int, int]) -> range:
    """Return the target words of the line of *table* at the *place* of its first text."""
    return places_to_words(changed, (table.target.sentences[0], *place))


def shifted(words: range, changed: Encoded, side: int, chooser: random.Random) -> range:
    """Return *words* with either end off by up to a word, within the sentence."""
    document = changed.documents[side]
    start, stop = words.start + chooser.randint(-1, 1), words.stop + chooser.randint(-1, 1)
    line = document.words[words.start].sentence
    inside = [
        n
        for n in range(max(0, start), min(stop, len(document.words)))
        if document.words[n].sentence == line
    ]
    return range(inside[0], inside[-1] + 1) if inside else words


def fit(rows: Sequence[tuple[Case, list[Likeness]]]) -> Floats:
    """Return the weights of the features, then the bias."""
    table = np.array([values(each) for _, found in rows for each in found])
    right = np.array([c.is_right(each) for c, found in rows for each in found], dtype=float)
    return logistic(np.column_stack([table, np.ones(len(table))]), right, np.ones(len(right)))


def values(each: Likeness) -> list[float]:
    """Return the features of *each* in order."""
    found = likeness_features(each)
    return [found[name] for name in NAMES]


def report(
    mode: str, rows: Sequence[tuple[Case, list[Likeness]]], weights: dict[str, float]
) -> None:
    """Print what is found, beside the baseline, and how often a score is right."""
    made = sum(c.moved for c, _ in rows)
    apart = sum(len(c.phrases[0]) + len(c.phrases[1]) - 2 * c.moved for c, _ in rows)
    scored = [
        (chance(values(each), weights), c.is_right(each), number, each)
        for number, (c, found) in enumerate(rows)
        for each in found
    ]
    kept = chosen([s for s in scored if s[0] >= LEAST])
    any_key = chosen([(s[3].support, *s[1:]) for s in scored])
    print(f"{mode}: {made} moved, {apart} not")
    for name, some in (("ours", kept), ("any shared word", any_key)):
        hits = sum(right for _, right, _, _ in some)
        print(f"  {name}: recall {hits / made:.3f} precision {hits / max(1, len(some)):.3f}")
    bands = [(low, low + 0.1) for low in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)]
    for low, high in bands:
        inside = [right for score, right, _, _ in kept if low <= score < high + (high > 0.99)]
        print(f"    {low:.1f}: {np.mean(inside) if inside else float('nan'):.2f} ({len(inside)})")


def chance(features: list[float], weights: dict[str, float]) -> float:
    """Return the probability of a phrase of these *features* to have moved."""
    logit = weights["bias"] + sum(weights[n] * v for n, v in zip(NAMES, features, strict=True))
    return float(1 / (1 + np.exp(-logit)))


def chosen(
    scored: Sequence[tuple[float, bool, int, Likeness]],
) -> list[tuple[float, bool, int, Likeness]]:
    """Return the best of *scored*, each phrase of a text once."""
    taken: set[tuple[int, int, int]] = set()
    kept = []
    for each in sorted(scored, key=lambda s: -s[0]):
        ends = {(each[2], side, phrase) for side, phrase in enumerate(each[3].phrases)}
        if not ends & taken:
            taken |= ends
            kept.append(each)
    return kept


if __name__ == "__main__":
    main()
