"""How whole reports meet what people found: from two files to findings, scored as users would.

Each annotated pair goes through the whole pipeline from its published files; `paraalign.evaluate`
scores the report. The first table is by text and side: how well words are ranked by the surest
finding on them, and the F1 of the words that findings stand on, beside that of flagging all. The
second is over all pairs, by kind and severity of finding. The weights that ship were fitted on
synthetic edits and on the golds (see `fit_coverage_words.py` and `fit_coverage_phrases.py`, which
also print the figures that leave the scored document out); these here are those of the package as
it is.

    python benchmarks/accuracy/reports.py [--data FOLDER] [--encoder e5|none] [--min-confidence P]
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from data import data_folder, documents, parser

import paraalign as pa
from paraalign.evaluate.divergences import FindingFigures, WordFigures

HEAD = "words  marked      AP best F1    AUC     F1 all flagged"


def main() -> None:
    """Print the tables."""
    options = parser(__doc__)
    options.add_argument("--encoder", default="e5")
    options.add_argument("--min-confidence", type=float, default=0.0)
    given = options.parse_args()
    print(f"{'words':36s} {HEAD}")
    totals: dict[str, list[FindingFigures]] = defaultdict(list)
    for name, source, target, gold in annotated(given.data):
        run = pa.Options(source_lang="fr", target_lang="vi", encoder=given.encoder)
        found = pa.evaluate(
            pa.check(source, target, options=run), gold, min_confidence=given.min_confidence
        )
        for side in found.words:
            print(f"{name + ' ' + side.lang:36s} {line(side)}", flush=True)
        for row in found.findings:
            totals[row.group].append(row)
    print(f"\n{'findings':16s} records touched partly named findings touching partly")
    for group in dict.fromkeys(["all", *map(str, pa.Kind), *map(str, pa.Severity)]):
        if rows := totals.get(group):
            print(f"{group:16s} {sums(rows)}")


def annotated(data: Path | None) -> Iterator[tuple[str, Path, Path, Path]]:
    """Yield name, source, target and gold of each annotated pair, the declaration first."""
    first = data_folder(data) / "corpora" / "declaration"
    yield first.name, first / "fr.md", first / "vi.md", first / "divergences.json"
    for document in documents(data):
        gold = document.folder / "divergences.json"
        if gold.is_file():
            yield document.name, document.file("fr"), document.file("vi"), gold


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
