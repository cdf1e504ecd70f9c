"""Measure how well versions of a text are told from other texts, of the same makers above all.

    python benchmarks/accuracy/parity.py [--data FOLDER] [--limit N] [--evidence NAME]...

Each French document is held against its own Vietnamese version, as published and damaged in every
way at once, and against the Vietnamese of the next document in the list, which mostly comes from
the same source. Printed: how many are called parallel, and the closest calls.
"""

import argparse
from pathlib import Path
from typing import NamedTuple

from cached import CachedEncoder
from damage import EVIDENCE
from damaging import build, damage, load_pairs

from paraalign.align import Comparison, measure_parity
from paraalign.encode import load_encoder
from paraalign.encode.tokens import encode_document
from paraalign.lexicon import load_lexicon
from paraalign.model import Document

from data import data_folder, parser  # isort: skip - found by the path that damage sets


class Trial(NamedTuple):
    """Two documents, and whether they are versions of each other."""

    name: str
    kind: str
    source: Document
    target: Document


def trials(data: Path, limit: int | None) -> list[Trial]:
    """Return the pairs to judge."""
    pairs = load_pairs(data)[:limit]
    found = []
    for index, pair in enumerate(pairs):
        other, worse = pairs[(index + 1) % len(pairs)], damage(pair, "mixed", 2)
        source = build(pair.source, "fr")
        found.append(Trial(pair.name, "intact", source, build(pair.target, "vi")))
        made = build(worse.source, "fr"), build(worse.target, "vi")
        found.append(Trial(pair.name, "damaged", *made))
        wrong = build(other.target, "vi")
        found.append(Trial(f"{pair.name} / {other.name}", "other", source, wrong))
    return found


def measure(pairs: list[Trial], evidence: str, encoder: CachedEncoder | None) -> None:
    """Print how the *pairs* are judged."""
    lexicon = load_lexicon("fr", "vi") if "lexicon" in evidence else None
    results: dict[str, list[tuple[float, bool, str]]] = {}
    for trial in pairs:
        tokens = None
        if encoder is not None:
            sides = trial.source, trial.target
            tokens = encode_document(sides[0], encoder), encode_document(sides[1], encoder)
        parity = measure_parity(Comparison(trial.source, trial.target, tokens, lexicon))
        row = parity.similarity, parity.parallel, trial.name
        results.setdefault(trial.kind, []).append(row)
    for kind, rows in results.items():
        called = sum(parallel for _, parallel, _ in rows)
        closest = sorted(rows, reverse=kind == "other")[:3]
        calls = ", ".join(f"{name} {value:.2f}" for value, _, name in closest)
        print(f"{evidence:17}{kind:9}{called:4} of {len(rows):3} parallel; closest: {calls}")


def arguments() -> argparse.Namespace:
    """Return the options of the command line."""
    made = parser(__doc__)
    made.add_argument("--limit", type=int, default=None, help="documents at most")
    made.add_argument("--evidence", action="append", choices=EVIDENCE[1:], help="all if left out")
    made.add_argument("--cache", type=Path, default=Path("/tmp/paraalign-benchmarks"))  # noqa: S108
    options: argparse.Namespace = made.parse_args()
    return options


def main() -> None:
    """Print three lines for each kind of evidence."""
    options = arguments()
    pairs = trials(data_folder(options.data), options.limit)
    for evidence in options.evidence or EVIDENCE[1:]:
        model = load_encoder("e5") if "encoder" in evidence else None
        encoder = None if model is None else CachedEncoder(model, options.cache)
        measure(pairs, evidence, encoder)
        if encoder is not None:
            encoder.save()


if __name__ == "__main__":
    main()
