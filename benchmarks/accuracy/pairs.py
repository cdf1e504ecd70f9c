"""Measure how well files of pairs are told from files whose pairs are wrong.

    python benchmarks/accuracy/pairs.py [--data FOLDER] [--encoder NAME] [--count N] [--seed N]

N stretches of 5, 15, 50 and 200 pairs in turn are drawn from the public catalogues and memories of
`bulk/`, each from one source. Each is written as a table of two columns and given to `align` as it
is ("good"), with each target moved up by one ("shifted"), and with every second target moved up
("half"). Printed are, for each, how many are called parallel, and how similar at the least, in the
middle and at the most. Calling all of them parallel would be right of the good ones alone.

The two figures of `paraalign.align.pairs` were set by eye on seed 1; others are for reporting.
"""

import argparse
import csv
import gzip
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np

from paraalign import Options, Report, align

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from data import data_folder, parser

Rows: TypeAlias = Sequence[tuple[str, str]]

SIZES = (5, 15, 50, 200)
LEAST = 220  # pairs of a source that stretches are drawn from
EVERY = {"good": 0, "half": 2, "shifted": 1}  # which targets move up by one


def sources(data: Path) -> list[Rows]:
    """Return the pairs of each large source of the bulk segments."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with gzip.open(data / "bulk/pairs.clean.tsv.gz", "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            source, target, name = line.rstrip("\n").split("\t")[:3]
            found[name].append((source, target))
    return [found[name] for name in sorted(found) if len(found[name]) >= LEAST]


def moved(rows: Rows, every: int) -> Rows:
    """Return *rows* less the last, the target of each *every*th one moved up by one; 0 for none."""
    moving = [bool(every) and number % every == every - 1 for number in range(len(rows) - 1)]
    return [(rows[n][0], rows[n + moves][1]) for n, moves in enumerate(moving)]


def aligned(rows: Rows, folder: Path, encoder: str) -> Report:
    """Return what `align` says of *rows* as a file."""
    path = folder / "pairs.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("fr", "vi"), *rows])
    return align(path, options=Options(encoder=encoder, source_lang="fr", target_lang="vi"))


def measure(options: argparse.Namespace, folder: Path) -> dict[str, list[Report]]:
    """Return the reports of each kind of file."""
    chance, texts = random.Random(options.seed), sources(data_folder(options.data))  # noqa: S311
    reports: dict[str, list[Report]] = defaultdict(list)
    for number in range(options.count):
        text, size = chance.choice(texts), SIZES[number % len(SIZES)]
        start = chance.randrange(len(text) - size - 1)
        for kind, every in EVERY.items():
            rows = moved(text[start : start + size + 1], every)
            reports[kind].append(aligned(rows, folder, options.encoder))
    return reports


def main() -> None:
    """Print the figures."""
    made = parser(__doc__)
    made.add_argument("--encoder", default="none")
    made.add_argument("--count", type=int, default=80)
    made.add_argument("--seed", type=int, default=2)
    with tempfile.TemporaryDirectory() as folder:
        reports = measure(made.parse_args(), Path(folder))
    for kind, found in reports.items():
        low, middle, high = np.quantile([each.similarity for each in found], (0, 0.5, 1))
        parallel = sum(each.parallel for each in found)
        print(f"{kind:>8}: {parallel} of {len(found)} parallel", end="; ")
        print(f"similarity {low:.2f} to {high:.2f}, median {middle:.2f}")


if __name__ == "__main__":
    main()
