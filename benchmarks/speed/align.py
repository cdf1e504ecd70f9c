"""Measure what aligning costs beside encoding, and how both grow with the length of the texts.

    python benchmarks/speed/align.py [--data FOLDER] [--lines N] [--units N] [--encoder NAME]

Lines of NTREX, French and Vietnamese, are linked as they are, N and twice N of them (repeated, with
a number of their own, where N is beyond its size). Printed: processor time of encoding, of linking
and of judging parity, their ratio, and how linking grows when the length doubles. Then the search
for anchors alone on synthetic vectors of as many units as asked for. Times are processor time,
since the machine may have other work; memory is the peak of the process so far.
"""

import argparse
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from paraalign.align import AlignOptions, Comparison, link_clauses, measure_parity
from paraalign.align.anchors import find_anchors
from paraalign.align.lexical import LexicalCover
from paraalign.align.units import Side, Trait
from paraalign.align.vectors import TokenCover
from paraalign.encode import load_encoder
from paraalign.encode.tokens import Tokens, encode_document
from paraalign.lexicon import load_lexicon
from paraalign.model import Clause, Document, Role, Sentence, Span
from paraalign.views import View

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from data import data_folder, parser

OPTIONS = AlignOptions(units="lines")


def document(lines: Sequence[str], lang: str) -> Document:
    """Return a document with a clause and a sentence a line."""
    ends = np.cumsum([len(line) + 1 for line in lines]).tolist()
    spans = [Span(end - 1 - len(line), end - 1) for end, line in zip(ends, lines, strict=True)]
    clauses = tuple(
        Clause(span=span, number=None, label=str(index), role=Role.PARAGRAPH)
        for index, span in enumerate(spans)
    )
    sentences = tuple(Sentence(index, span) for index, span in enumerate(spans))
    return Document(view=View.of("\n".join(lines)), lang=lang, clauses=clauses, sentences=sentences)


def texts(data: Path, count: int) -> tuple[Document, Document]:
    """Return *count* lines of both languages."""
    rows = (data / "benchmarks/ntrex/segments.tsv").read_text("utf-8").splitlines()[1:]
    pairs = [row.split("\t")[1:3] for row in rows]
    sides: tuple[list[str], list[str]] = ([], [])
    for index in range(count):
        for side, text in zip(sides, pairs[index % len(pairs)], strict=True):
            side.append(text if index < len(pairs) else f"{text[:70]} {index}")
    return document(sides[0], "fr"), document(sides[1], "vi")


def measure(data: Path, count: int, name: str) -> float:
    """Print the costs for *count* lines, and return that of linking, in seconds."""
    pair, encoder, lexicon = texts(data, count), load_encoder(name), load_lexicon("fr", "vi")
    start = time.process_time()
    tokens: tuple[Tokens, Tokens] | None = None
    if encoder is not None:
        tokens = encode_document(pair[0], encoder), encode_document(pair[1], encoder)
    encoded = time.process_time()
    comparison = Comparison(*pair, tokens, lexicon)
    links = link_clauses(comparison, options=OPTIONS)
    linked = time.process_time()
    measure_parity(comparison)
    judged = time.process_time()
    right = sum(link.source == link.target for link in links) / count
    cost = encoded - start
    print(f"{count} lines: encode {cost:.1f} s, link {linked - encoded:.1f} s", end=", ")
    print(f"parity {judged - linked:.1f} s; linked 1-1 to their own {right:.3f}")
    if encoder is not None:
        print(f"aligning to encoding: {(judged - encoded) / cost:.2f}; {_memory()}")
    return linked - encoded


def anchors(count: int) -> None:
    """Print the cost of finding anchors among *count* synthetic units a side."""
    chance = np.random.default_rng(1)
    vectors = chance.standard_normal((count, 384)).astype(np.float32)
    noisy = vectors + 0.7 * chance.standard_normal((count, 384)).astype(np.float32)
    side = Side.of("fr", [""] * count, [Trait()] * count, [Span(0, 0)] * count)
    bounds = np.zeros(count + 1, np.int64)
    nothing = np.zeros((0, 384), np.float32)
    cover = TokenCover(
        weights=(np.zeros(0), np.zeros(0)),
        bounds=(bounds, bounds),
        tables=(nothing, nothing),
        means=(nothing, nothing),
        sums=(vectors, noisy),
    )
    words = LexicalCover.of(side, side, None)
    start = time.process_time()
    found = find_anchors(side, side, words, cover)
    taken = time.process_time() - start
    right = sum(i == j for i, j in found) / count
    print(f"anchors among {count} x {count}: {taken:.1f} s, right {right:.3f}; {_memory()}")


def _memory() -> str:
    return f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


def arguments() -> argparse.Namespace:
    """Return the options of the command line."""
    made = parser(__doc__)
    made.add_argument("--lines", type=int, default=500, help="lines to begin with")
    made.add_argument("--units", type=int, default=31_000, help="synthetic units; 0 for none")
    made.add_argument("--encoder", default="e5")
    options: argparse.Namespace = made.parse_args()
    return options


def main() -> None:
    """Print the figures."""
    options = arguments()
    data = data_folder(options.data)
    once = measure(data, options.lines, options.encoder)
    twice = measure(data, 2 * options.lines, options.encoder)
    print(f"twice the lines: {twice / max(once, 1e-9):.2f} times the time of linking")
    if options.units:
        anchors(options.units)


if __name__ == "__main__":
    main()
