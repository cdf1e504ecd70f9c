"""Count which Vietnamese syllables follow each other, for the check of syllables in context.

    python scripts/syllable_pairs.py --data ../shared

Reads the Vietnamese side of the bulk pairs and the renderings of the lexicon, and writes
src/paraalign/checks/data/syllable-pairs.tsv.gz: one syllable a line, its count, then what follows
it and how often. Pairs seen less than `--least` times are left out; a rendering of the lexicon
counts as that many. With `--fold N`, every tenth segment from N is left out, to measure on.
"""

import argparse
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from paraalign.checks.syllables import is_syllable
from paraalign.lexicon.folding import fold_syllable

OUTPUT = Path("src/paraalign/checks/data/syllable-pairs.tsv.gz")
FOLDS = 10


def main() -> None:
    """Count and write."""
    options = _options()
    singles: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text, weight in _texts(options.data, options.fold, options.least):
        for run in runs(text):
            for one in run:
                singles[one] += weight
            for pair in pairwise(run):
                pairs[pair] += weight
    _write(singles, {p: n for p, n in pairs.items() if n >= options.least}, options.output)


def runs(text: str) -> Iterator[list[str]]:
    """Yield the runs of syllables of *text* that only blanks part."""
    for stretch in re.split(r"[^\w\s]|\d", text.lower()):
        run: list[str] = []
        for word in stretch.split():
            if is_syllable(word):
                run.append(word)
            elif run:
                yield run
                run = []
        if run:
            yield run


def _texts(data: Path, fold: int | None, least: int) -> Iterator[tuple[str, int]]:
    with gzip.open(data / "bulk" / "pairs.clean.tsv.gz", "rt", encoding="utf-8") as lines:
        next(lines)
        for number, line in enumerate(lines):
            if fold is None or number % FOLDS != fold:
                yield line.split("\t")[1], 1
    for name, column in (("fr-vi.tsv", 2), ("terms.tsv", 2)):
        for line in (data / "lexicon" / name).read_text(encoding="utf-8").splitlines():
            for rendering in line.split("\t")[column].split(";"):
                yield rendering, least


def _write(singles: Counter[str], pairs: dict[tuple[str, str], int], output: Path) -> None:
    following: defaultdict[str, list[str]] = defaultdict(list)
    usual = _usual_spellings(singles)
    totals: Counter[str] = Counter()
    for word, count in singles.items():
        totals[usual[fold_syllable(word)]] += count
    merged: Counter[tuple[str, str]] = Counter()
    for (one, other), count in pairs.items():
        merged[usual[fold_syllable(one)], usual[fold_syllable(other)]] += count
    for (one, other), count in sorted(merged.items()):
        following[one].append(f"{other} {count}")
    text = "".join(
        "\t".join([one, str(count), *following[one]]) + "\n"
        for one, count in sorted(totals.items())
        if count > 1
    )
    with gzip.GzipFile(output, "wb", mtime=0) as file:
        file.write(text.encode())


def _usual_spellings(singles: Counter[str]) -> dict[str, str]:
    """Return, for each folded syllable, the spelling seen most: hòa for hòa and hoà."""
    usual: dict[str, str] = {}
    for word, _ in sorted(singles.items(), key=lambda each: (each[1], each[0])):
        usual[fold_syllable(word)] = word
    return usual


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--least", type=int, default=3)
    parser.add_argument("--fold", type=int)
    return parser.parse_args()


if __name__ == "__main__":
    main()
