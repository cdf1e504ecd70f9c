"""Measure how well versions of a text are told from other texts, and whether the chances hold.

    python benchmarks/accuracy/parity.py [--data FOLDER] [--limit N] [--evidence NAME]... [--fit]

Each document stands in up to three languages. Every two of them are versions of each other: as
published ("intact"), damaged in every way at once ("damaged", French and Vietnamese), and in
stretches of one to five units ("short"). No versions are a document and the next one in the list,
mostly of the same makers ("other"), stretches of the two ("short other"), and a stretch and the one
that follows it in the other language ("next"). The news of NTREX are held against themselves and
the news after them ("news", "other news").

Printed are, for each kind, how many are called parallel and the closest calls, and a table of how
many of the pairs given a chance are versions, all for documents and news at odd places of the list.
The weights in use were fitted on the documents at even places; --fit fits them anew to the trials
of this command at even places, which came out no better at odd ones. That a text of ten words
counts half was chosen by a fit at even places and its likelihood at odd ones, of 0, 10, 30 and 60.
"""

import argparse
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from cached import CachedEncoder
from damage import EVIDENCE
from damaging import Pair, Unit, build, damage, load_pairs

from paraalign.align import Comparison
from paraalign.align.parity import Signs, chance, read_signs
from paraalign.encode import load_encoder
from paraalign.encode.tokens import encode_document
from paraalign.lexicon import load_lexicon
from paraalign.model import Document

from data import data_folder, parser  # isort: skip - found by the path that damage sets

EDGES = (0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98, 1.0)
STRETCHES = (1, 2, 3, 5)
MOST_UNITS = 120
STEPS = 60
PRIOR = 0.5
Text = Sequence[Unit]


class Trial(NamedTuple):
    """Two texts, and whether they are versions of each other."""

    name: str
    kind: str
    langs: tuple[str, str]
    source: Document
    target: Document
    parallel: bool


def trials(data: Path, place: int, limit: int | None) -> Iterator[Trial]:
    """Yield the pairs to judge, of the documents at even (*place* 0) or odd places (1)."""
    pairs = load_pairs(data)[place::2][:limit]
    texts = [_versions(data, pair) for pair in pairs]
    for index, pair in enumerate(pairs):
        own, other = texts[index], texts[(index + 1) % len(pairs)]
        for langs in combinations(own, 2):
            yield from _whole(pair.name, langs, own, other)
            if langs == ("fr", "vi"):
                worse = damage(pair, "mixed", 2)
                yield _trial(f"{pair.name} damaged", langs, worse.source, worse.target)
                yield from _short(pair, texts[(index + 1) % len(pairs)])
    news = _news(data)[place::2][:limit]
    for index, text in enumerate(news):
        for langs in combinations(text, 2):
            yield from _whole(f"news {index}", langs, text, news[(index + 1) % len(news)])


def _versions(data: Path, pair: Pair) -> dict[str, Text]:
    """Return the text of *pair* by language, English too where it is not long."""
    path = data / "corpora" / pair.name / "units.en.txt"
    lines = path.read_text("utf-8").split("\n") if path.exists() else []
    english = [Unit(line, "p", ()) for line in lines if line.strip()]
    known: dict[str, Text] = {"en": english} if 0 < len(english) <= MOST_UNITS else {}
    return {**known, "fr": pair.source, "vi": pair.target}


def _news(data: Path) -> list[dict[str, Text]]:
    rows = (data / "benchmarks/ntrex/segments.tsv").read_text("utf-8").splitlines()[1:]
    texts: dict[str, dict[str, list[Unit]]] = {}
    for row in rows:
        name, *versions = row.split("\t")
        text = texts.setdefault(name, {"fr": [], "vi": [], "en": []})
        for units, version in zip(text.values(), versions, strict=True):
            units.append(Unit(version, "p", ()))
    return [{lang: text[lang] for lang in ("en", "fr", "vi")} for text in texts.values()]


def _trial(
    name: str, langs: tuple[str, str], source: Text, target: Text, *, parallel: bool = True
) -> Trial:
    kind = name.rpartition(" ")[2]
    pair = build(source, langs[0]), build(target, langs[1])
    return Trial(name, kind, langs, *pair, parallel)


def _whole(
    name: str, langs: tuple[str, str], own: dict[str, Text], other: dict[str, Text]
) -> Iterator[Trial]:
    kind = "news" if name.startswith("news") else "intact"
    yield _trial(f"{name} {kind}", langs, own[langs[0]], own[langs[1]])
    if langs[1] in other:
        ends = own[langs[0]], other[langs[1]]
        yield _trial(f"{name} other-{kind}", langs, *ends, parallel=False)


def _short(pair: Pair, other: dict[str, Text]) -> Iterator[Trial]:
    """Yield stretches of *pair* against their own version, the next stretch, and the *other*."""
    linked = [link for link in sorted(pair.gold_links()) if all(len(side) == 1 for side in link)]
    for count in STRETCHES:
        if len(linked) < 2 * count:
            continue
        here, then = linked[:count], linked[count : 2 * count]
        source = [pair.source[link[0][0]] for link in here]
        name, langs = f"{pair.name} {count}", ("fr", "vi")
        yield _trial(f"{name} short", langs, source, [pair.target[one[1][0]] for one in here])
        after = [pair.target[one[1][0]] for one in then]
        yield _trial(f"{name} next", langs, source, after, parallel=False)
        yield _trial(f"{name} short-other", langs, source, other["vi"][:count], parallel=False)


def signs(trial: Trial, evidence: str, encoder: CachedEncoder | None) -> tuple[Signs, str]:
    """Return what speaks for *trial*, and the kind of evidence there was."""
    lexicon = load_lexicon(*trial.langs) if "lexicon" in evidence else None
    tokens = None
    if encoder is not None:
        tokens = (
            encode_document(trial.source, encoder),
            encode_document(trial.target, encoder),
        )
    comparison = Comparison(trial.source, trial.target, tokens, lexicon)
    return read_signs(comparison), comparison.sentences.kind


def report(rows: Sequence[tuple[Trial, float]], evidence: str) -> None:
    """Print how the trials are called, kind by kind, and how well the chances hold."""
    for kind in dict.fromkeys(trial.kind for trial, _ in rows):
        part = [row for row in rows if row[0].kind == kind]
        wrong = sorted(part, key=lambda row: row[1], reverse=not part[0][0].parallel)[:3]
        called = sum(found >= EDGES[4] for _, found in part)
        calls = ", ".join(f"{one.name} {'-'.join(one.langs)} {found:.2f}" for one, found in wrong)
        print(f"{evidence:17}{kind:13}{called:4} of {len(part):3} parallel; closest: {calls}")
    chances = np.array([found for _, found in rows])
    truth = np.array([trial.parallel for trial, _ in rows])
    print(f"{evidence:17}right {((chances >= EDGES[4]) == truth).mean():.4f}; chances that hold:")
    for low, high in pairwise(EDGES):
        held = (chances >= low) & (chances < high if high < 1 else chances <= 1)
        if held.any():
            stated = f"{chances[held].mean():.3f} said, {truth[held].mean():.3f} true"
            print(f"{'':17}{low:.2f} to {high:.2f}: {held.sum():4} pairs, {stated}")


def fitted(rows: Sequence[tuple[Trial, Signs]]) -> list[float]:
    """Return the weights of `chance`: the likeliest, each drawn to 0 as if by half a pair."""
    columns = np.array([_columns(one) for _, one in rows])
    truth = np.array([trial.parallel for trial, _ in rows], float)
    shares = np.where(truth > 0, 0.5 / truth.mean(), 0.5 / (1 - truth.mean()))
    weights = np.zeros(columns.shape[1])
    for _ in range(STEPS):
        guessed = 1 / (1 + np.exp(-np.clip(columns @ weights, -30, 30)))
        slope = columns.T @ (shares * (guessed - truth)) + PRIOR * weights
        bend = (columns * (shares * guessed * (1 - guessed))[:, None]).T @ columns
        weights -= np.linalg.solve(bend + PRIOR * np.eye(len(weights)), slope)
    return [round(float(weight), 2) for weight in weights]


def _columns(one: Signs) -> list[float]:
    figures = 0.0 if one.figures is None else one.figures - 0.6
    signs = one.cover, one.preferred * one.ordered, one.balance, figures, 1.0
    return [one.known * sign for sign in signs]


def arguments() -> argparse.Namespace:
    """Return the options of the command line."""
    made = parser(__doc__)
    made.add_argument("--limit", type=int, default=None, help="documents at most")
    made.add_argument("--evidence", action="append", choices=EVIDENCE[1:], help="all if left out")
    made.add_argument("--fit", action="store_true", help="print weights for even places instead")
    made.add_argument("--cache", type=Path, default=Path("/tmp/paraalign-benchmarks"))  # noqa: S108
    options: argparse.Namespace = made.parse_args()
    return options


def main() -> None:
    """Print the verdicts and the table of chances for each kind of evidence, or weights."""
    options = arguments()
    found = list(trials(data_folder(options.data), 1 - options.fit, options.limit))
    for evidence in options.evidence or EVIDENCE[1:]:
        model = load_encoder("e5") if "encoder" in evidence else None
        encoder = None if model is None else CachedEncoder(model, options.cache)
        seen = [(trial, *signs(trial, evidence, encoder)) for trial in found]
        seen = [row for row in seen if row[2] == evidence]
        if options.fit:
            print(evidence, len(seen), fitted([(trial, one) for trial, one, _ in seen]))
        else:
            report([(trial, chance(one, kind)) for trial, one, kind in seen], evidence)
        if encoder is not None:
            encoder.save()


if __name__ == "__main__":
    main()
