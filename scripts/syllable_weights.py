"""Learn when a proposed reading of a syllable is a slip, by logistic regression.

    python scripts/syllable_pairs.py --data ../shared
    python scripts/syllable_weights.py --data ../shared

Slips are put into the even half of the bulk segments that the counts leave out, as
`benchmarks/accuracy/syllables.py` does, which reports on the odd half. Proposals on every other
segment of NTREX's visible half, news written with care, count as wrong, `NEWS` times each. Writes
src/paraalign/checks/data/syllable-weights.json; the threshold `LEAST` is the lowest, in steps of
.1, at which precision on the even half is at least .915.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from paraalign.checks.slips import Traits, propose
from paraalign.checks.spelling import words_in_row
from paraalign.checks.syllable_model import load_model

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks" / "accuracy"))
from number_checks import read_rows
from syllables import damaged_runs

OUTPUT = Path("src/paraalign/checks/data/syllable-weights.json")
NEWS = 2  # weight of a proposal on the news
LEAST = -0.4  # logarithm of the odds from which a proposal is a slip
RIDGE = 1e-3
STEPS = 40

Floats = NDArray[np.float64]


def main() -> None:
    """Propose, learn and write."""
    options = _options()
    bulk, news = list(_bulk(options.data)), list(_news(options.data))
    traits = np.array([each for each, _ in bulk] + news)
    right = np.array([float(is_right) for _, is_right in bulk] + [0.0] * len(news))
    weights, bias = _fit(traits, right, np.array([1.0] * len(bulk) + [NEWS] * len(news)))
    table = {
        "least": round(LEAST - bias, 2),
        "weights": {
            name: round(float(weight), 3)
            for name, weight in zip(Traits._fields, weights, strict=True)
        },
    }
    OUTPUT.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")


def _bulk(data: Path) -> Iterator[tuple[Traits, bool]]:
    for words, damaged in damaged_runs(data, 0):
        for each in propose(words, load_model()):
            yield each.traits, each.place in damaged


def _news(data: Path) -> Iterator[Traits]:
    for row in read_rows(data)[::2]:
        for run in words_in_row(row.target):
            for each in propose([match[0] for match in run], load_model()):
                yield each.traits


def _fit(traits: Floats, right: Floats, mass: Floats) -> tuple[Floats, float]:
    """Return weights and bias of a logistic regression, by Newton's method on scaled traits."""
    mean, spread = traits.mean(0), traits.std(0)
    scaled = np.c_[(traits - mean) / spread, np.ones(len(traits))]
    found = np.zeros(scaled.shape[1])
    ridge = RIDGE * len(right)
    for _ in range(STEPS):
        told = 1 / (1 + np.exp(-scaled @ found))
        slope = scaled.T @ (mass * (right - told)) - ridge * found
        bend = (scaled * (mass * told * (1 - told))[:, None]).T @ scaled
        found += np.linalg.solve(bend + ridge * np.eye(len(found)), slope)
    weights = found[:-1] / spread
    return weights, float(found[-1] - weights @ mean)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    return parser.parse_args()


if __name__ == "__main__":
    main()
