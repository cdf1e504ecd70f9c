"""The search alone, beside vecalign's on the same vectors.

    python benchmarks/speed/search.py [--units 8000 16000 31000] [--busy]

Both get the same made-up vectors of units, each in a process of its own, and one thread. The units
drift from topic to topic; the vectors of counterparts differ by noise; three units in a hundred
have no counterpart, eight are merged with their neighbour on one side, all by a fixed seed. Timed
is all that comes after the vectors: ours, from the evidence to the links (`weigh`, `find_links`),
beside vecalign's own search (Thompson and Koehn 2019; its functions as the package `sentweave`
carries them: pip install sentweave), which takes the vectors of runs of up to five units besides.
These, sums of the same vectors, are made before the clock starts; they count for its memory, since
it keeps them all. Printed: time (with --busy, processor time), peak memory of the process and what
of it came with the search, F1 over whole links, and how the two compare. The trivial baseline links
each unit to the one as far into the other text.
"""

import argparse
import importlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from vecalign import MODULE, MOST, runs, vecalign

Floats: TypeAlias = NDArray[np.float32]
Beads: TypeAlias = set[tuple[tuple[int, ...], tuple[int, ...]]]

SEED = 3
WIDTH = 384
TOPIC = 20
ALONE, MERGED = 0.03, 0.08
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def main() -> None:
    """Print the figures of both."""
    options = arguments()
    if options.child:
        print(json.dumps(CHILDREN[options.child](Path(options.folder), options.busy)))
        return
    peers = ["ours", "vecalign"] if find_spec(MODULE) else ["ours"]
    if len(peers) == 1:
        print("vecalign is not compared: pip install sentweave")
    print(f"{'units':>6} {'search':9} {'seconds':>8} {'MB':>6} {'searching':>9} {'F1':>6}")
    for units in options.units:
        with tempfile.TemporaryDirectory() as folder:
            gold = make(Path(folder), units)
            figures = {peer: fresh(peer, folder, busy=options.busy) for peer in peers}
        compare(units, figures, gold)


def arguments() -> argparse.Namespace:
    """Return the options of the command line."""
    made = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    made.add_argument("--units", type=int, nargs="+", default=[8_000, 16_000, 31_000])
    made.add_argument("--busy", action="store_true", help="count processor time")
    made.add_argument("--child", choices=sorted(CHILDREN), help=argparse.SUPPRESS)
    made.add_argument("--folder", help=argparse.SUPPRESS)
    options: argparse.Namespace = made.parse_args()
    return options


def compare(units: int, figures: dict[str, Any], gold: Beads) -> None:
    """Print a line for each search, one for the baseline, and the ratios."""
    for peer, found in figures.items():
        score = f1({(tuple(one), tuple(other)) for one, other in found["links"]}, gold)
        print(f"{units:6} {peer:9} {found['seconds']:8.1f} {found['peak']:6.0f}", end=" ")
        print(f"{found['peak'] - found['before']:9.0f} {score:6.3f}", flush=True)
    counts = [1 + max(max(bead[side]) for bead in gold) for side in (0, 1)]
    by_place: Beads = {((i,), (round(i * counts[1] / counts[0]),)) for i in range(counts[0])}
    print(f"{units:6} {'position':9} {'':25} {f1(by_place, gold):6.3f}")
    if len(figures) > 1:
        ours, theirs = figures.values()
        print(
            f"{units:6} of vecalign's: {ours['seconds'] / theirs['seconds']:.2f} the time", end=", "
        )
        print(f"{ours['peak'] / theirs['peak']:.2f} the memory")


def f1(found: Beads, gold: Beads) -> float:
    """Return the F1 of the links *found*, gaps left out."""
    linked = {bead for bead in found if all(bead)}
    return 2 * len(linked & gold) / max(len(linked) + len(gold), 1)


def make(folder: Path, units: int) -> Beads:
    """Write the vectors of both sides to *folder* and return the links that are right."""
    chance = np.random.default_rng(SEED)
    drift = np.cumsum(chance.standard_normal((units // TOPIC + 1, WIDTH)), axis=0)
    drift *= 0.6 * WIDTH**0.5 / np.linalg.norm(drift, axis=1, keepdims=True)
    source = chance.standard_normal((units, WIDTH)) + np.repeat(drift, TOPIC, axis=0)[:units]
    target = source + 0.7 * chance.standard_normal((units, WIDTH))
    first, second = list(source.astype(np.float32)), list(target.astype(np.float32))
    sides: tuple[list[Floats], list[Floats]] = ([], [])
    gold: Beads = set()
    for pair in zip(first, second, strict=True):
        add(pair, sides, gold, chance.random())
    for name, side in zip(("source", "target"), sides, strict=True):
        np.save(folder / f"{name}.npy", np.stack(side))
    return gold


def add(
    pair: tuple[Floats, Floats], sides: tuple[list[Floats], list[Floats]], gold: Beads, roll: float
) -> None:
    """Append *pair* to *sides*: alone on one, merged with the unit before on one, or as it is."""
    side = int(roll * 1000) % 2
    last = tuple((len(vectors) - 1,) for vectors in sides)
    if roll < ALONE:
        sides[side].append(pair[side])
        return
    if roll < ALONE + MERGED and last in gold:
        sides[side][-1] = sides[side][-1] + pair[side]
        sides[1 - side].append(pair[1 - side])
        ranges: list[tuple[int, ...]] = [last[0], last[1]]
        ranges[1 - side] = (*last[1 - side], len(sides[1 - side]) - 1)
        gold.remove((last[0], last[1]))
        gold.add((ranges[0], ranges[1]))
        return
    for own, vectors in zip(pair, sides, strict=True):
        vectors.append(own)
    gold.add(((len(sides[0]) - 1,), (len(sides[1]) - 1,)))


def fresh(peer: str, folder: str, *, busy: bool) -> dict[str, Any]:
    """Return the figures of a fresh process."""
    command = [sys.executable, __file__, "--child", peer, "--folder", folder]
    command += ["--busy"] * busy
    figures: dict[str, Any] = json.loads(
        subprocess.check_output(command, env={**os.environ, **ONE_THREAD})
    )
    return figures


def timed(search: Callable[[], Sequence[Any]], *, busy: bool) -> dict[str, Any]:
    """Return the links that *search* finds, and what that took."""
    clock = time.process_time if busy else time.perf_counter
    before, start = peak(), clock()
    links = search()
    return {"seconds": clock() - start, "before": before, "peak": peak(), "links": links}


def peak() -> float:
    """Return the peak memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ours(folder: Path, busy: bool) -> dict[str, Any]:  # noqa: FBT001 - one of `CHILDREN`
    """Return the figures of our search: a unit is a token with the vector given."""
    from paraalign.align.evidence import weigh  # noqa: PLC0415 - only in the child
    from paraalign.align.search import find_links  # noqa: PLC0415 - likewise
    from paraalign.align.units import Side, Trait  # noqa: PLC0415 - likewise
    from paraalign.align.wording import Wording  # noqa: PLC0415 - likewise
    from paraalign.encode.tokens import Tokens  # noqa: PLC0415 - likewise
    from paraalign.model import Span  # noqa: PLC0415 - likewise

    def made(name: str, lang: str) -> tuple[Side, Tokens]:
        vectors = np.load(folder / f"{name}.npy")
        places = np.arange(len(vectors), dtype=np.int32)
        spans = [Span(place, place + 1) for place in range(len(vectors))]
        tokens = Tokens(
            starts=places,
            ends=places + 1,
            sentences_of=places,
            words=vectors[:, :0],
            sentences=vectors,
            weights=np.ones(len(vectors), np.float32),
        )
        return Side.of(lang, [""] * len(spans), [Trait()] * len(spans), spans), tokens

    (source, first), (target, second) = made("source", "de"), made("target", "en")

    def search() -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        sides = source, target
        wording = Wording.of(*sides, tokens=(first, second), lexicon=None)
        evidence = weigh(sides, wording).priced("parity", MOST - 1)
        ends = range(len(source)), range(len(target))
        links = find_links(evidence, *ends, anchors=evidence.anchors, crossing=False)
        return [link[:2] for link in links]

    return timed(search, busy=busy)


def vecaligned(folder: Path, busy: bool) -> dict[str, Any]:  # noqa: FBT001 - one of `CHILDREN`
    """Return the figures of vecalign's search."""
    importlib.import_module(f"{MODULE}.dp_utils")  # not a part of the search
    overlaps = [runs(np.load(folder / f"{name}.npy")) for name in ("source", "target")]
    return timed(lambda: vecalign(overlaps), busy=busy)


CHILDREN: dict[str, Callable[[Path, bool], dict[str, Any]]] = {"ours": ours, "vecalign": vecaligned}


if __name__ == "__main__":
    main()
