"""How many of the gold links of the published documents come out, from the files as published.

Each document goes through the whole pipeline, from its two files to clause links. A gold unit is
looked for among the leaves, in order; a link between leaves stands for the pairs of units in them.
Precision, recall and F1 count pairs of units; a false gap is a unit with a counterpart in the gold
whose leaf is left without one. The baseline links the leaves of the two sides by position.

Nothing of the pipeline looks at gold links of whole documents; the prices of links were fitted on
the documents at even places (see damage.py), so the row "odd places" is the one to trust.

    python benchmarks/accuracy/published.py [--data FOLDER] [--encoder e5|none]
"""

import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from data import Document, documents, parser

import paraalign as pa
from paraalign.evaluate.links import score_unit_links


class Score(NamedTuple):
    """Pairs in the gold, pairs given, pairs in both; units linked in the gold, false gaps."""

    gold: int = 0
    given: int = 0
    both: int = 0
    units: int = 0
    false_gaps: int = 0

    def __add__(self, other: "Score") -> "Score":  # type: ignore[override]
        """Add two scores."""
        return Score(*(a + b for a, b in zip(self, other, strict=True)))

    def __str__(self) -> str:
        """Show precision, recall, F1 and false gaps in 1,000 units."""
        precision, recall = self.both / max(self.given, 1), self.both / max(self.gold, 1)
        f1 = 2 * self.both / max(self.given + self.gold, 1)
        gaps = 1000 * self.false_gaps / max(self.units, 1)
        return f"{self.gold:6d} {precision:9.4f} {recall:7.4f} {f1:7.4f} {gaps:10.2f}"


def main() -> None:
    """Print the table, a row a document, and the sums below."""
    options = parser(__doc__)
    options.add_argument("--encoder", default="e5")
    given = options.parse_args()
    totals: dict[str, Score] = defaultdict(Score)
    sys.stdout.write(f"{'document':45s} {'pairs':>6s} precision  recall      F1 false gaps\n")
    for place, document in enumerate(documents(given.data)):
        report = pa.align(
            document.file("fr"),
            document.file("vi"),
            options=pa.Options(source_lang="fr", target_lang="vi", encoder=given.encoder),
        )
        ours, baseline = scores(document, report)
        parity = "odd places" if place % 2 else "even places"
        for name, score in {"all": ours, parity: ours, "baseline": baseline}.items():
            totals[name] += score
        sys.stdout.write(f"{document.name:45s} {ours}\n")
        sys.stdout.flush()
    for name, score in totals.items():
        sys.stdout.write(f"{name:45s} {score}\n")


def scores(document: Document, report: pa.Report) -> tuple[Score, Score]:
    """Return the scores of the links of *report*, and of links by position."""
    position = zip(report.source.leaves(), report.target.leaves(), strict=False)
    links = pa.Links(tuple(pa.Link((left,), (right,)) for left, right in position))
    by_position = replace(report, bitext=replace(report.bitext, links=links))
    return score(document, report), score(document, by_position)


def score(document: Document, report: pa.Report) -> Score:
    """Return the score of the clause links of *report*."""
    units = tuple(document.units("fr")), tuple(document.units("vi"))
    found = score_unit_links(report, units, document.links)
    return Score(found.sure, found.given, found.right, found.linked, found.false_gaps)


if __name__ == "__main__":
    main()
