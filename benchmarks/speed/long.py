"""How long texts cost: thousands of lines a side in one call, and what twice as many take.

    python benchmarks/speed/long.py [--data FOLDER] [--lines 7500 15000 30000]
        [--evidence none lexicon encoder] [--command align] [--busy]

Lines are French and Vietnamese segments of the bulk data, drawn with a fixed seed and left in their
order; on each side two lines in a hundred are deleted, one in a hundred comes from elsewhere, and
every 3,000 lines forty in a row are missing. A fresh process a row calls `paraalign.align` or
`check` with `units="lines"`. Printed: wall time in all and of each step (with --busy, for a machine
that has other work, processor time), the same beside that of the size before, peak memory of the
process, F1 over pairs of lines, and that of the trivial baseline, which links by position (each
line to the one as far into the other text). Evidence: encoder and lexicon; the lexicon alone;
neither, that is names, figures, like spelling and lengths.

Nothing was tuned on these lines; the lexicon, though, was learned from the same collection.
"""

import argparse
import gzip
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from data import data_folder, parser

SEED = 20
SHORTEST = 30
DELETED, ADDED = 0.02, 0.01
STRETCH, EVERY = 40, 3_000
MARKUP = frozenset("<>&{}#*_`|\\~=[]")


class LongPair(NamedTuple):
    """Lines of two languages, and where the line of each original pair stands, or -1."""

    source: list[str]
    target: list[str]
    places: list[tuple[int, int]]

    @property
    def gold(self) -> set[tuple[int, int]]:
        """The pairs of lines that correspond."""
        return {pair for pair in self.places if -1 not in pair}


def main() -> None:
    """Print one row a run."""
    options = arguments()
    if options.child:
        run(options)
        return
    print("evidence   lines  seconds  times     MB     F1 by place  seconds of each step")
    for evidence in options.evidence:
        before = 0.0
        for lines in options.lines:
            figures, memory = child(options, evidence, lines)
            seconds = figures["seconds"]
            times = f"{seconds / before:6.2f}" if before else " " * 6
            scores = f"{figures['f1']:6.3f} {figures['position']:8.3f}"
            print(f"{evidence:9} {lines:6} {seconds:8.1f} {times} {memory:6.0f} {scores}  ", end="")
            print(", ".join(f"{step} {taken:.1f}" for step, taken in figures["steps"].items()))
            before = seconds


def arguments() -> argparse.Namespace:
    """Return the options of the command line."""
    made = parser(__doc__)
    made.add_argument("--lines", type=int, nargs="+", default=[7_500, 15_000, 30_000])
    kinds = ["none", "lexicon", "encoder"]
    made.add_argument("--evidence", nargs="+", choices=kinds, default=kinds)
    made.add_argument("--command", choices=["align", "check"], default="align")
    made.add_argument("--busy", action="store_true", help="count processor time")
    made.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options: argparse.Namespace = made.parse_args()
    return options


def child(options: argparse.Namespace, evidence: str, lines: int) -> tuple[dict[str, Any], float]:
    """Return the figures of a fresh process, and its peak memory in MB."""
    command = [sys.executable, __file__, "--child", "--data", str(data_folder(options.data))]
    command += ["--lines", str(lines), "--evidence", evidence, "--command", options.command]
    command += ["--busy"] * options.busy
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, command
    return json.loads(output), usage.ru_maxrss / 1024


def run(options: argparse.Namespace) -> None:
    """Align one pair and print the figures as JSON."""
    from paraalign import pipeline  # noqa: PLC0415 - only in the child
    from paraalign.read import read_text  # noqa: PLC0415 - likewise

    (evidence,), (lines,) = options.evidence, options.lines
    pair = long_pair(data_folder(options.data), lines)
    readings = [read_text("\n".join(side), format="txt") for side in pair[:2]]
    if evidence == "none":
        setattr(pipeline, "load_lexicon", lambda *_: None)  # noqa: B010 - not the pipeline's own
    steps = Steps(time.process_time if options.busy else time.perf_counter)
    made = pipeline.Options(
        source_lang="fr",
        target_lang="vi",
        units="lines",
        encoder="e5" if evidence == "encoder" else "none",
    )
    report = getattr(pipeline, options.command)(*readings, options=made, progress=steps)
    steps("", 0, 0)
    counts = len(report.source.leaves()), len(report.target.leaves())
    assert counts == (len(pair.source), len(pair.target)), counts
    found = {(i, j) for link in report.links.clauses for i in link.source for j in link.target}
    by_place = {(i, round(i * (counts[1] - 1) / (counts[0] - 1))) for i in range(counts[0])}
    figures = {
        "seconds": sum(steps.taken.values()),
        "steps": steps.taken,
        "f1": f1(found, pair.gold),
        "position": f1(by_place, pair.gold),
    }
    print(json.dumps(figures))


class Steps:
    """The time by *clock* that each step of a run takes, as its progress tells."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.taken: dict[str, float] = {}
        self._clock = clock
        self._last = ("", clock())

    def __call__(self, step: str, _done: int, _total: int) -> None:
        """Count the time since the last call for the step that it named."""
        now = self._clock()
        name, since = self._last
        if name:
            self.taken[name] = self.taken.get(name, 0.0) + now - since
        self._last = (step, now)


def long_pair(data: Path, lines: int) -> LongPair:
    """Return a pair of texts of about *lines* lines a side."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    rows = usable(data)
    drawn = [rows[index] for index in sorted(chance.sample(range(len(rows)), lines))]
    sides: tuple[list[str], list[str]] = ([], [])
    places = []
    for number, row in enumerate(drawn):
        stretch = number % EVERY
        place = []
        for side, text in enumerate(row):
            if chance.random() < ADDED:
                sides[side].append(chance.choice(rows)[side])
            gone = EVERY // 2 * side <= stretch - EVERY // 4 < EVERY // 2 * side + STRETCH
            if gone or chance.random() < DELETED:
                place.append(-1)
                continue
            place.append(len(sides[side]))
            sides[side].append(text)
        places.append((place[0], place[1]))
    return LongPair(*sides, places)


def usable(data: Path) -> list[tuple[str, str]]:
    """Return the segments that are long enough and no markup, each French text once."""
    path = data / "bulk/pairs.clean.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [tuple(line.rstrip("\n").split("\t")[:2]) for line in file][1:]
    kept: dict[str, str] = {}
    for source, target in rows:
        if len(source) >= SHORTEST and not MARKUP & {*source, *target}:
            kept.setdefault(source, target)
    return list(kept.items())


def f1(found: set[tuple[int, int]], gold: set[tuple[int, int]]) -> float:
    """Return the F1 of the pairs *found*."""
    return 2 * len(found & gold) / max(len(found) + len(gold), 1)


if __name__ == "__main__":
    main()
