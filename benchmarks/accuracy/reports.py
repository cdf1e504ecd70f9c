"""How whole reports meet what people found: from two files to findings, scored as users would.

Each annotated pair goes through the whole pipeline from its published files; `paraalign.evaluate`
scores the report. The first table is by text and side: how well words are ranked by the surest
finding on them, and the F1 of the words that findings stand on, beside that of flagging all. The
second is over all pairs, by kind and severity of finding. The third tells what it is worth to read
clause by clause in some order: the area under the share of marked words seen over the share of
words read, for the clauses that are covered least first, as a report sorts them, beside those with
the most open words first, the longest first, and the order of the marks themselves.

The weights that ship were fitted on
synthetic edits and on the golds (see `fit_coverage_words.py` and `fit_coverage_phrases.py`, which
also print the figures that leave the scored document out); these here are those of the package as
it is.

    python benchmarks/accuracy/reports.py [--data FOLDER] [--encoder e5|none] [--min-confidence P]
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from data import data_folder, documents, parser
from numpy.typing import NDArray

import paraalign as pa
from paraalign.evaluate import MEANING, read_gold
from paraalign.evaluate.divergences import FindingFigures, WordFigures, place, word_labels
from paraalign.report.parity import clause_parity

ORDERS = ("covered", "open", "longest", "marked")
HEAD = "words  marked      AP best F1    AUC     F1 all flagged"


def main() -> None:
    """Print the tables."""
    options = parser(__doc__)
    options.add_argument("--encoder", default="e5")
    options.add_argument("--min-confidence", type=float, default=0.0)
    given = options.parse_args()
    print(f"{'words':36s} {HEAD}")
    totals: dict[str, list[FindingFigures]] = defaultdict(list)
    areas = []
    for name, source, target, gold in annotated(given.data):
        run = pa.Options(source_lang="fr", target_lang="vi", encoder=given.encoder)
        report = pa.check(source, target, options=run)
        found = pa.evaluate(report, gold, min_confidence=given.min_confidence)
        areas.append((name, orders(report, gold)))
        for side in found.words:
            print(f"{name + ' ' + side.lang:36s} {line(side)}", flush=True)
        for row in found.findings:
            totals[row.group].append(row)
    print(f"\n{'findings':16s} records touched partly named findings touching partly")
    for group in dict.fromkeys(["all", *map(str, pa.Kind), *map(str, pa.Severity)]):
        if rows := totals.get(group):
            print(f"{group:16s} {sums(rows)}")
    print(f"\n{'reading order':24s} " + "  ".join(f"{key:>7s}" for key in ORDERS))
    means = [sum(area[key] for _, area in areas) / len(areas) for key in ORDERS]
    for name, area in [*areas, ("mean", dict(zip(ORDERS, means, strict=True)))]:
        print(f"{name:24s} " + "  ".join(f"{area[key]:7.2f}" for key in ORDERS))


def annotated(data: Path | None) -> Iterator[tuple[str, Path, Path, Path]]:
    """Yield name, source, target and gold of each annotated pair, the declaration first."""
    first = data_folder(data) / "corpora" / "declaration"
    yield first.name, first / "fr.md", first / "vi.md", first / "divergences.json"
    for document in documents(data):
        gold = document.folder / "divergences.json"
        if gold.is_file():
            yield document.name, document.file("fr"), document.file("vi"), gold


def orders(report: pa.Report, gold: Path) -> dict[str, float]:
    """Return the area under the words seen over words read, by the order of reading."""
    documents = report.source, report.target
    records, _ = place(read_gold(gold, (documents[0].lang, documents[1].lang)), documents)
    counts = [by_clause(d, word_labels(d, records, n, MEANING)) for n, d in enumerate(documents)]
    rows = []
    for link, parity in zip(report.links.clauses, clause_parity(report), strict=True):
        ends = zip(counts, (link.source, link.target), strict=True)
        held = [count[clause] for count, end in ends for clause in end if clause in count]
        words, marked = (sum(column) for column in zip(*held, strict=True)) if held else (0, 0)
        rows.append((words, marked, parity))
    ranks = {
        "covered": [parity.need for *_, parity in rows],
        "open": [parity.open for *_, parity in rows],
        "longest": [words for words, *_ in rows],
        "marked": [marked / max(1, words) for words, marked, _ in rows],
    }
    return {name: area(rows, ranks[name]) for name in ORDERS}


def by_clause(document: pa.Document, labels: NDArray[np.int8]) -> dict[int, tuple[int, int]]:
    """Return how many words each clause has, and how many of them are marked."""
    counts: dict[int, tuple[int, int]] = {}
    for word, label in zip(document.words, labels, strict=True):
        clause = document.sentences[word.sentence].clause
        words, marked = counts.get(clause, (0, 0))
        counts[clause] = words + 1, marked + (label == 1)
    return counts


def area(rows: Sequence[tuple[int, int, object]], rank: Sequence[float]) -> float:
    """Return the area under marked words seen over words read, the highest *rank* read first."""
    order = sorted(range(len(rows)), key=lambda index: -rank[index])
    read = np.cumsum([0, *(rows[index][0] for index in order)])
    seen = np.cumsum([0, *(rows[index][1] for index in order)])
    heights = (seen[1:] + seen[:-1]) / 2
    return float((heights * np.diff(read)).sum() / (seen[-1] * read[-1]))


def line(side: WordFigures) -> str:
    """Return the figures of one side."""
    shares = (side.average_precision, side.best_f1, side.area_under_curve, side.f1)
    told = "  ".join(f"{share or 0:5.3f}" for share in (*shares, side.baseline_f1))
    return f"{side.words:5d}  {side.marked:6d}   {told}"


def sums(rows: list[FindingFigures]) -> str:
    """Return the figures of several texts as one."""
    counts = [field.name for field in fields(FindingFigures) if field.name != "group"]
    one = FindingFigures(group="", **{name: sum(getattr(r, name) for r in rows) for name in counts})
    shares = [one.recall, one.partial_recall, one.precision, one.partial_precision]
    told = [f"{share:.3f}" if share is not None else "–" for share in shares]
    return (
        f"{one.records:7d} {told[0]:>7s} {told[1]:>6s} {one.named:5d} {one.findings:8d}"
        f" {told[2]:>8s} {told[3]:>6s}"
    )


if __name__ == "__main__":
    main()
