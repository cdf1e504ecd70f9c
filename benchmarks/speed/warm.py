"""A further check in one process, beside encoding the same texts: what all the rest costs.

    python benchmarks/speed/warm.py [--runs 5] [--busy] [--profile]

After one run to warm up, the declaration is checked several times, and its two texts are encoded as
often, by turns; the best of each counts (with --busy, for a machine that has other work, processor
time). Each run gets the texts with a figure of its own at the end of every paragraph, so that
nothing is known from the run before but the rest of "kept vectors": there the texts are checked a
second time. Printed: both, their ratio, and the same for `align`, without an encoder, and with kept
vectors. The least that a check can take is encoding: that is the baseline. With --profile, what
took longest.
"""

import argparse
import cProfile
import pstats
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TypeAlias
from unittest.mock import patch

from paraalign import Options, align, check, corpora, segment
from paraalign.encode import load_encoder
from paraalign.encode.tokens import encode_documents
from paraalign.read import Reading, read_text

SHOWN = 40
Pair: TypeAlias = tuple[Reading, Reading]


def main() -> None:
    """Print the figures."""
    options = arguments()
    clock = time.process_time if options.busy else time.perf_counter
    with tempfile.TemporaryDirectory() as folder, patched_cache(Path(folder)):
        taken = race(clock, options.runs)
    for name, seconds in taken.items():
        ratio = f"{seconds / taken['encode']:.2f} times encoding"
        print(f"{name:20} {seconds:6.2f} s  {ratio}")
    if options.profile:
        profile(lambda: check(*texts(-1)))


def arguments() -> argparse.Namespace:
    """Return the options of the command line."""
    made = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    made.add_argument("--runs", type=int, default=5)
    made.add_argument("--busy", action="store_true", help="count processor time")
    made.add_argument("--profile", action="store_true", help="print what took longest")
    options: argparse.Namespace = made.parse_args()
    return options


def patched_cache(folder: Path) -> AbstractContextManager[object]:
    """Return a context in which vectors are kept in *folder*."""
    return patch("paraalign.encode.cache.cache_path", lambda: folder / "tokens.sqlite")


def texts(number: int) -> Pair:
    """Return the declaration with *number* at the end of every paragraph."""
    source, target = (
        read_text(reading.view.given.replace("\n\n", f" {1000 + number}\n\n"), format="md")
        for reading in corpora.declaration()
    )
    return source, target


def encoding(pair: Pair) -> Callable[[], object]:
    """Return what encodes the sentences of the two texts, which are cut beforehand."""
    encoder, documents = load_encoder("e5"), [segment(reading) for reading in pair]
    assert encoder is not None
    return lambda: encode_documents(documents, encoder)


STEPS: dict[str, Callable[[Pair], object]] = {
    "check": lambda pair: check(*pair),
    "align": lambda pair: align(*pair),
    "check, no encoder": lambda pair: check(*pair, options=Options(encoder="none")),
    "keep": lambda pair: align(*pair, options=Options(cache=True)),
    "check, kept vectors": lambda pair: check(*pair, options=Options(cache=True)),
}


def race(clock: Callable[[], float], runs: int) -> dict[str, float]:
    """Return the best time by *clock* of each of `STEPS`, which take turns."""
    taken: dict[str, list[float]] = {"encode": [], **{name: [] for name in STEPS}}
    for run in range(runs + 1):
        for place, name in enumerate(taken):
            pair = texts(len(taken) * run + place - (name == "check, kept vectors"))
            step = encoding(pair) if name == "encode" else partial(STEPS[name], pair)
            start = clock()
            step()
            taken[name].append(clock() - start)
    return {name: min(times[1:]) for name, times in taken.items() if name != "keep"}


def profile(step: Callable[[], object]) -> None:
    """Print the functions in which *step* spends most of its processor time."""
    profiler = cProfile.Profile(time.process_time)
    profiler.runcall(step)
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(SHOWN)


if __name__ == "__main__":
    main()
