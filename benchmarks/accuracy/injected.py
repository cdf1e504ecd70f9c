"""Measure how many divergences made on purpose are found, and what else is reported.

    python benchmarks/accuracy/injected.py [--data FOLDER] [--seed N] [--documents N]

Every third line of a document is edited (`divergenceedits.py`): phrases of three to eight words set
in or taken out of either side, content words exchanged. In rounds of their own, whatever line has
one negation loses it on either side, or one modal is exchanged for its contrary. The documents are
the news of NTREX that nothing was fitted on, every other document published in both languages (at
most `MOST` lines of prose that link one to one), and the declaration.

Printed, for each group of documents:
- by way and kind, how many edits a finding touches, and how many one of the right kind;
- findings a pair before the edits: on NTREX most of them are right, as both sides are free
  translations of a third text, so this bounds the false ones from above;
- new findings a clean pair: those that were not there before, on lines that were not edited;
- of the findings on edited lines that were not there before, by band of confidence, how many touch
  the edit (what the edit leaves without its neighbours is counted as wrong);
- what as many runs of the words with the lowest cosine to the other side touch.
"""

import argparse
import json
import os
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from coveragedata import Encoded, encoded_lines, news_to_report, with_edits
from divergenceedits import HOW, RELATIONS
from divergencegold import Annotated, Record, clean_pairs, declaration, is_prose

from paraalign.checks import Context, run_checks
from paraalign.checks.context import Side
from paraalign.model import Finding

SEED, DOCUMENTS, MOST = 100, 10, 30
ROUNDS = (  # what is edited, in one line of how many, how often
    (HOW, 3, 2),
    (tuple(RELATIONS), 1, 4),
)
Pair = tuple[str, str]
Run = tuple[int, int, int]


class Told(NamedTuple):
    """A finding as it is compared: line, kind, the spans quoted, confidence, what is quoted."""

    line: int
    kind: str
    spans: tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]
    confidence: float
    quotes: tuple[str, str]

    def touches(self, record: Record) -> bool:
        """Tell whether it touches *record* on either side."""
        return any(
            record.is_touched(self._on(side, span)) for side in Side for span in self.spans[side]
        )

    @staticmethod
    def _on(side: Side, span: tuple[int, int]) -> list[tuple[int, int] | None]:
        return [span if each is side else None for each in Side]


class Score:
    """What is counted over the documents of a group."""

    def __init__(self) -> None:
        self.edits: dict[tuple[str, str], list[tuple[bool, bool, bool]]] = defaultdict(list)
        self.bands: dict[int, list[bool]] = defaultdict(list)
        self.before = self.pairs = self.new = self.clean = 0

    def add(
        self, before: list[Told], after: list[Told], edited: Annotated, runs: list[Run]
    ) -> None:
        """Count a document: findings *before* and *after* its edits, and the baseline's *runs*."""
        known = Counter((t.line, t.kind, t.quotes) for t in before)
        fresh = [t for t in after if not known[t.line, t.kind, t.quotes]]
        lines = {line_of(edited, record): record for record in edited.records}
        self.new += sum(t.line not in lines for t in fresh)
        self.clean += len(edited.links) - len(lines)
        for told in fresh:
            if told.line in lines:
                self.bands[int(10 * told.confidence)].append(told.touches(lines[told.line]))
        for record in edited.records:
            kinds = {t.kind for t in after if t.touches(record)}
            cheap = any(record.is_touched(on_side(run)) for run in runs)
            key = record.severity, record.kind
            self.edits[key].append((bool(kinds), record.kind in kinds, cheap))

    def show(self, name: str) -> None:
        """Print the tables of the group *name*."""
        print(f"\n{name}: found, of the right kind, by lowest cosine")
        for (how, kind), hits in sorted(self.edits.items()):
            shares = " ".join(f"{sum(side) / len(hits):.2f}" for side in zip(*hits, strict=True))
            print(f"  {how:10} {kind:15} {len(hits):4}  {shares}")
        print(f"  findings a pair before: {self.before / self.pairs:.2f} ({self.pairs} pairs)")
        print(f"  new findings a clean pair: {self.new / self.clean:.3f} ({self.clean} pairs)")
        for band, right in sorted(self.bands.items()):
            share = sum(right) / len(right)
            print(f"  confidence .{band}: {len(right)} new on edited lines, {share:.2f} touch them")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    root = Path(__file__).parents[2]
    parser.add_argument("--data", default=os.environ.get("PARAALIGN_DATA", root / "../shared"))
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help="of each group")
    options = parser.parse_args()
    *news, _ = clean_pairs(Path(options.data))
    groups: dict[str, Sequence[Sequence[Pair]]] = {
        "NTREX, not fitted on": news_to_report(news)[: options.documents],
        "published documents": list(published(Path(options.data)))[: options.documents],
        "the declaration": [declaration_lines(Path(options.data))],
    }
    for name, documents in groups.items():
        score = Score()
        for pairs in documents:
            measure(score, encoded_lines(pairs), options.seed)
        score.show(name)


def measure(score: Score, pair: Encoded, seed: int) -> None:
    """Count into *score* what is found in *pair* as it is and with edits."""
    before = told_in(pair)
    score.before += len(before)
    score.pairs += len(pair.links)
    for ways, every, turns in ROUNDS:
        for turn in range(turns):
            changed, edited = with_edits(pair, ways, seed + turn, every=every)
            after = told_in(changed)
            score.add(before, after, edited, lowest(changed, len(after)))


def told_in(pair: Encoded) -> list[Told]:
    """Return the findings about meaning in *pair*."""
    context = pair.context("cross")
    found = run_checks(context, select=["coverage", "relation"])
    return [told(context, each) for each in found]


def told(context: Context, each: Finding) -> Told:
    """Return *each* finding as it is compared."""
    clauses = each.source_clause, each.target_clause
    line = next((clause for clause in clauses if clause is not None), -1)
    spans = tuple(tuple((s.start, s.end) for s in side) for side in (each.source, each.target))
    quotes = tuple(
        " ".join(document.read(span) for span in side)
        for document, side in zip(context.documents, (each.source, each.target), strict=True)
    )
    return Told(line, str(each.kind), spans, each.confidence, quotes)  # type: ignore[arg-type]


def line_of(edited: Annotated, record: Record) -> int:
    """Return the line that *record* stands in."""
    which = 0 if record.spans[0] else 1
    ends = [sentence.span.end for sentence in edited.documents[which].sentences]
    return int(np.searchsorted(ends, record.spans[which][0][0], side="right"))


def on_side(run: Run) -> list[tuple[int, int] | None]:
    """Return the stretch of *run* on its own side, None on the other."""
    which, start, end = run
    return [(start, end) if side == which else None for side in Side]


def lowest(pair: Encoded, count: int) -> list[Run]:
    """Return about *count* runs of neighbouring words with the lowest best cosine."""
    scored = [
        (float(1 - table.evidence.cosines.max(axis=1 - which)[n]), int(which), int(word))
        for table in pair.tables("encoder")
        for which, side in zip(Side, (table.source, table.target), strict=True)
        for n, word in enumerate(side.words)
        if not side.signs()[n]
    ]
    scored.sort(reverse=True)
    runs: list[Run] = []
    for size in range(count, len(scored)):
        runs = runs_of(pair, {(which, word) for _, which, word in scored[:size]})
        if len(runs) >= count:
            break
    return runs


def runs_of(pair: Encoded, words: set[tuple[int, int]]) -> list[Run]:
    """Return the stretches of neighbouring *words*, given as side and index."""
    runs: list[Run] = []
    previous = (-1, -2)
    for which, word in sorted(words):
        span = pair.documents[which].words[word].span
        if (which, word - 1) == previous:
            runs[-1] = which, runs[-1][1], span.end
        else:
            runs.append((which, span.start, span.end))
        previous = which, word
    return runs


def published(data: Path) -> Iterator[list[Pair]]:
    """Yield the prose of every other published document, as pairs of units linked one to one."""
    folders = sorted(path.parent for path in (data / "corpora").glob("*/gold.json"))
    for folder in folders[1::2]:
        units = [_units(folder / f"units.{lang}.txt") for lang in ("fr", "vi")]
        links = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["alignment"]
        sizes = [link for link in links if len(link["fr"]) == 1 and len(link["vi"]) == 1]
        pairs = [(units[0][link["fr"][0]], units[1][link["vi"][0]]) for link in sizes]
        chosen = [pair for pair in pairs if is_prose(pair[0]) and is_prose(pair[1])][:MOST]
        if len(chosen) > 2 * len(HOW):
            yield chosen


def declaration_lines(data: Path) -> list[Pair]:
    """Return the blocks of the declaration."""
    one, other = declaration(data).documents
    sides = zip(one.sentences, other.sentences, strict=True)
    return [(one.read(a.span), other.read(b.span)) for a, b in sides]


def _units(path: Path) -> Sequence[str]:
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    return [" ".join(line.split()) for line in text.split("\n")]


if __name__ == "__main__":
    main()
