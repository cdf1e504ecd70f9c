"""Word-link gold as documents: the six annotated clauses, and the Hansards development half.

Gold links count tokens of the gold's own cutting; ours count words of ours. Both are laid over the
characters of the text: a link of ours stands for all pairs of gold tokens that its words touch.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from paraalign.model import Document, Link
from paraalign.read import read_text
from paraalign.segment import segment

Pairs = set[tuple[int, int]]


class GoldText(NamedTuple):
    """Documents, one line a gold segment, and what links are right in each line.

    Attributes:
        source: The source lines.
        target: The target lines.
        links: One sentence link a line.
        places: Of either side, for each line, the stretch of each gold token.
        sure: For each line, the links that must be found, as pairs of gold tokens.
        possible: For each line, those that may be found, the sure ones among them.
    """

    source: Document
    target: Document
    links: tuple[Link, ...]
    places: tuple[list[list[tuple[int, int]]], list[list[tuple[int, int]]]]
    sure: list[Pairs]
    possible: list[Pairs]


def declaration(data: Path) -> GoldText:
    """Return the annotated clauses of the declaration in the folder *data*."""
    folder = data / "corpora" / "declaration"
    rows = json.loads((folder / "wordalign.json").read_text(encoding="utf-8"))
    texts = {c["clause"]: c for c in json.loads((folder / "clauses.json").read_text("utf-8"))}
    lines = [
        [" ".join(texts[row["clause"]][lang].split()) for row in rows] for lang in ("fr", "vi")
    ]
    tokens = [[row[f"{lang}_tokens"] for row in rows] for lang in ("fr", "vi")]
    sure = [{(i, j) for i, j in row["sure"]} for row in rows]
    possible = [{(i, j) for i, j in row["sure"] + row["possible"]} for row in rows]
    return gold_text(("fr", "vi"), lines, tokens, sure, possible)


def hansards(data: Path) -> GoldText:
    """Return the Hansards development half in the folder *data*."""
    folder = data / "benchmarks" / "hansards"
    rows = (folder / "dev.src-tgt").read_text(encoding="utf-8").splitlines()
    sides = [[row.split(" ||| ")[k].split() for row in rows] for k in (0, 1)]
    sure, possible = [], []
    for row in (folder / "dev.gold").read_text(encoding="utf-8").splitlines():
        sure.append({_link(item, "-") for item in row.split() if "-" in item})
        possible.append(sure[-1] | {_link(item, "p") for item in row.split() if "p" in item})
    lines = [[" ".join(tokens) for tokens in side] for side in sides]
    return gold_text(("en", "fr"), lines, sides, sure, possible)


def gold_text(
    langs: tuple[str, str],
    lines: Sequence[list[str]],
    tokens: Sequence[list[list[str]]],
    sure: list[Pairs],
    possible: list[Pairs],
) -> GoldText:
    """Lay gold *tokens* and links over documents made of *lines*."""
    documents = [lines_document(side, lang) for side, lang in zip(lines, langs, strict=True)]
    places = [_places(d, side) for d, side in zip(documents, tokens, strict=True)]
    links = tuple(Link((n,), (n,)) for n in range(len(sure)))
    return GoldText(documents[0], documents[1], links, (places[0], places[1]), sure, possible)


def lines_document(lines: Iterable[str], lang: str) -> Document:
    """Return a document in which each of *lines* is one sentence."""
    return segment(read_text("\n".join(lines), format="txt"), lang, units="lines")


def expanded(gold: GoldText, pairs: Iterable[tuple[int, int]]) -> list[Pairs]:
    """Return *pairs* of our words as pairs of gold tokens, line by line."""
    found: list[Pairs] = [set() for _ in gold.sure]
    for one, other in pairs:
        line = gold.source.words[one].sentence
        rows = touched(gold.places[0][line], gold.source.words[one].span)
        columns = touched(gold.places[1][line], gold.target.words[other].span)
        found[line] |= {(i, j) for i in rows for j in columns}
    return found


def touched(places: Sequence[tuple[int, int]], span: tuple[int, int]) -> list[int]:
    """Return the gold tokens that *span* touches."""
    return [n for n, (start, end) in enumerate(places) if start < span[1] and end > span[0]]


def error_rate(found: Sequence[Pairs], gold: GoldText, lines: Iterable[int]) -> float:
    """Return the alignment error rate (Och & Ney 2003) over *lines*."""
    chosen = list(lines)
    hits = sum(len(found[n] & gold.sure[n]) + len(found[n] & gold.possible[n]) for n in chosen)
    return 1 - hits / max(1, sum(len(found[n]) + len(gold.sure[n]) for n in chosen))


def _link(item: str, sign: str) -> tuple[int, int]:
    left, right = item.split(sign)
    return int(left) - 1, int(right) - 1


def _places(document: Document, lines: list[list[str]]) -> list[list[tuple[int, int]]]:
    text, done, places = document.text, 0, []
    for tokens in lines:
        row = []
        for token in tokens:
            start = text.index(token, done)
            done = start + len(token)
            row.append((start, done))
        places.append(row)
    return places
