"""Count which Vietnamese syllables follow each other, for the check of syllables in context.

    python scripts/syllable_pairs.py --data ../shared

Reads the Vietnamese side of the bulk pairs and the renderings of the lexicon, and writes two tables
to src/paraalign/checks/data, each line sorted and each syllable a folded key: syllable-pairs.tsv.gz
(key, usual spelling, count, then what follows it and how often) and syllable-triples.tsv.gz (two
keys, then what follows them). A row of syllables begins with "^" and ends with "$". Pairs and
triples seen rarely are left out; a rendering of the lexicon counts thrice, without ends. Every
tenth segment, from the third, is not read: `syllable_weights.py` and the benchmark measure on it.
"""

import argparse
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from paraalign.checks.syllable_model import BEGIN, END
from paraalign.checks.syllables import is_syllable
from paraalign.lexicon.folding import fold_syllable

OUTPUT = Path("src/paraalign/checks/data")
FOLD, FOLDS = 3, 10
LEAST = {1: 2, 2: 2, 3: 3}  # how often a row of so many syllables must be seen to be kept
RENDERING = 3  # how many sightings a rendering of the lexicon is worth

Counts: TypeAlias = dict[int, Counter[tuple[str, ...]]]


def main() -> None:
    """Count and write."""
    options = _options()
    spellings: Counter[str] = Counter()
    counts: Counts = {length: Counter() for length in LEAST}
    for text, weight in _texts(options.data):
        for run in runs(text):
            spellings.update(dict.fromkeys(run, weight))
            _count(run, weight, counts)
    kept = {
        row: count
        for length, least in LEAST.items()
        for row, count in counts[length].items()
        if count >= least
    }
    _write_pairs(kept, _usual_spellings(spellings), options.output / "syllable-pairs.tsv.gz")
    _write_triples(kept, options.output / "syllable-triples.tsv.gz")


def _count(run: list[str], weight: int, counts: Counts) -> None:
    keys = [fold_syllable(word) for word in run]
    if weight == 1:
        keys = [BEGIN, *keys, END]
    for length, rows in counts.items():
        for start in range(len(keys) - length + 1):
            rows[tuple(keys[start : start + length])] += weight


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


def _texts(data: Path) -> Iterator[tuple[str, int]]:
    with gzip.open(data / "bulk" / "pairs.clean.tsv.gz", "rt", encoding="utf-8") as lines:
        next(lines)
        for number, line in enumerate(lines):
            if number % FOLDS != FOLD:
                yield line.split("\t")[1], 1
    for name, column in (("fr-vi.tsv", 2), ("terms.tsv", 2)):
        for line in (data / "lexicon" / name).read_text(encoding="utf-8").splitlines():
            for rendering in line.split("\t")[column].split(";"):
                yield rendering, RENDERING


def _write_pairs(counts: dict[tuple[str, ...], int], usual: dict[str, str], output: Path) -> None:
    following = _following(counts, 2)
    _write(
        [
            [key, usual.get(key, key), str(counts[(key,)]), *following[key]]
            for (key,) in sorted(row for row in counts if len(row) == 1)
        ],
        output,
    )


def _write_triples(counts: dict[tuple[str, ...], int], output: Path) -> None:
    _write([[before, *cells] for before, cells in sorted(_following(counts, 3).items())], output)


def _following(counts: dict[tuple[str, ...], int], length: int) -> defaultdict[str, list[str]]:
    """Return what follows all but the last of the rows of *length*, with the counts."""
    following: defaultdict[str, list[str]] = defaultdict(list)
    for row in sorted(row for row in counts if len(row) == length):
        following[" ".join(row[:-1])].append(f"{row[-1]} {counts[row]}")
    return following


def _write(lines: list[list[str]], output: Path) -> None:
    text = "".join("\t".join(cells) + "\n" for cells in lines)
    output.write_bytes(gzip.compress(text.encode(), mtime=0))


def _usual_spellings(singles: Counter[str]) -> dict[str, str]:
    """Return, for each folded syllable, the spelling seen most: hòa for hòa and hoà."""
    usual: dict[str, str] = {}
    for word, _ in sorted(singles.items(), key=lambda each: (each[1], each[0])):
        usual[fold_syllable(word)] = word
    return usual


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder of the tables")
    return parser.parse_args()


if __name__ == "__main__":
    main()
