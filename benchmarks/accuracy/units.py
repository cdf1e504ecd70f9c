"""How many of the gold units of the published documents come out as leaves.

For each document and language: the share of units that are one leaf exactly, and the share that are
one leaf or several whole parts of leaves (whole sentences or lines of one leaf, or several whole
leaves), after white space and case of markup are put aside. The baseline strips tags and cuts at
blank lines.

    python benchmarks/accuracy/units.py [--data FOLDER] [--misses NAME]
"""

import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from html import unescape
from pathlib import Path
from typing import NamedTuple

import regex

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from data import Document, documents, parser

from paraalign.read import read_file
from paraalign.segment import segment

_TAG = regex.compile(r"<[^>]*>")
_NUMBER = regex.compile(r"^\W*\d+[.)]")
_ANCHOR = regex.compile(r"\{/[^{}]*/\}")  # of MDX, which the units keep and a clean text does not


class Score(NamedTuple):
    """How many units there are, are one leaf exactly, and are found as whole parts."""

    units: int = 0
    exact: int = 0
    found: int = 0

    def __add__(self, other: "Score") -> "Score":  # type: ignore[override]
        """Add two scores."""
        return Score(*(a + b for a, b in zip(self, other, strict=True)))

    def __str__(self) -> str:
        """Show the shares in per cent."""
        size = max(self.units, 1)
        return f"{self.units:6d} {100 * self.exact / size:7.2f} {100 * self.found / size:7.2f}"


def main() -> None:
    """Print the table, a row a document and language, and the baseline below."""
    options = parser(__doc__)
    options.add_argument("--misses", help="print the units of this document that are missed")
    given = options.parse_args()
    totals: dict[str, Score] = defaultdict(Score)
    sys.stdout.write(f"{'document':45s} {'units':>6s} {'exact':>7s} {'found':>7s}\n")
    for document in documents(given.data):
        for lang in ("fr", "vi"):
            leaves, edges = leaves_of(document, lang)
            score, missed = compare(document.units(lang), leaves, edges)
            totals["all"] += score
            totals[lang] += score
            totals["baseline"] += compare(document.units(lang), *baseline(document, lang))[0]
            sys.stdout.write(f"{document.name + ' ' + lang:45s} {score}\n")
            if given.misses in {document.name, "all"}:
                sys.stdout.writelines(f"    - {unit}\n" for unit in missed)
    for name, score in totals.items():
        sys.stdout.write(f"{name:45s} {score}\n")


def leaves_of(document: Document, lang: str) -> tuple[list[str], list[list[str]]]:
    """Return the leaves of a document, and of each its sentences."""
    read = segment(read_file(document.file(lang)), lang)
    leaves = [read.read(read.clauses[index].span) for index in read.leaves()]
    sentences: dict[int, list[str]] = defaultdict(list)
    for sentence in read.sentences:
        sentences[sentence.clause].append(read.read(sentence.span))
    return leaves, [sentences[index] for index in read.leaves()]


def baseline(document: Document, lang: str) -> tuple[list[str], list[list[str]]]:
    """Return the stretches between blank lines, tags stripped, entities decoded."""
    text = unescape(_TAG.sub("", document.file(lang).read_text(encoding="utf-8")))
    blocks = [block for block in regex.split(r"\n\s*\n", text) if block.strip()]
    return blocks, [[block] for block in blocks]


def compare(
    units: Sequence[str], leaves: Sequence[str], parts: Sequence[Sequence[str]]
) -> tuple[Score, list[str]]:
    """Return the score of *leaves* and their *parts* on gold *units*, and the units missed."""
    whole: dict[str, int] = defaultdict(int)
    for leaf in leaves:
        whole[key(leaf)] += 1
    text, edges = _edges(leaves, parts)
    exact = found = 0
    missed = []
    for unit in units:
        wanted = key(unit)
        if whole[wanted]:
            whole[wanted] -= 1
            exact += 1
            found += 1
        elif _is_whole(text, edges, wanted):
            found += 1
        else:
            missed.append(unit)
    return Score(len(units), exact, found), missed


def key(text: str) -> str:
    """Return *text* in NFC without blanks, bullets, anchors, or an ordered list's number."""
    text = _ANCHOR.sub("", unicodedata.normalize("NFC", text))
    return regex.sub(r"[\s\u200b\ufeff\u00ad]+", "", _NUMBER.sub("", text)).lstrip("-*•")


def _edges(leaves: Sequence[str], parts: Iterable[Sequence[str]]) -> tuple[str, set[int]]:
    """Return all leaves as one key, and the places where a leaf or one of its parts begins."""
    text, edges = "", {0}
    for sentences in parts:
        for sentence in sentences:
            text += key(sentence)
            edges.add(len(text))
    assert leaves or not text
    return text, edges


def _is_whole(text: str, edges: set[int], wanted: str) -> bool:
    place = text.find(wanted)
    while wanted and place >= 0:
        if place in edges and place + len(wanted) in edges:
            return True
        place = text.find(wanted, place + 1)
    return False


if __name__ == "__main__":
    main()
