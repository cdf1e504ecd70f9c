"""Sentence links of ours and of other aligners, on the same texts, in one table.

    python benchmarks/accuracy/peers.py [--data FOLDER] [--limit LINES] [--cache FOLDER]

The texts and scores are those of sentences.py, which says what was tuned on what: nothing on the
edits of NTREX; of Text+Berg's development text, our prices of the preset "corpus". The peers run as
they come, where they are installed:

- galechurch (pip install galechurch; Apache-2.0): lengths alone, Gale and Church 1993;
- nltk (pip install nltk; Apache-2.0): the same by other hands;
- vecalign's search (Thompson and Koehn 2019), as sentweave carries it (pip install sentweave;
  Apache-2.0), over sums of the token vectors that ours takes too, centred by language; runs of up
  to six units in all. With the vectors of its own choice, LASER, it has .902 and .986 on the test
  half of Text+Berg by its paper.

Others are not on PyPI (hunalign, bleualign with translations) or don't install here (bertalign).
"""

import argparse
import importlib
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from cached import CachedEncoder
from sentences import EVIDENCE, Task, document, link, ntrex, scores, text_berg

from paraalign.align.units import sentence_side
from paraalign.align.vectors import TokenCover
from paraalign.encode import load_encoder
from paraalign.encode.tokens import encode_document
from paraalign.lexicon import load_lexicon
from paraalign.model import Link

from data import data_folder, parser  # isort: skip - found by the path that sentences sets
from vecalign import MODULE, runs, vecalign  # isort: skip - likewise


def main() -> None:
    """Print a line for each text and aligner."""
    options = arguments()
    data = data_folder(options.data)
    model = load_encoder("e5")
    assert model is not None
    encoder = CachedEncoder(model, options.cache)
    print(f"{'text':16}{'aligner':26}{'strict':>8}{'lax':>8}{'gap prec':>10}{'gap rec':>9}")
    for task in (text_berg(data, options.limit), ntrex(data, options.limit)):
        for name, links in rows(task, encoder):
            strict, lax, precision, recall = scores(task.gold, links)
            figures = f"{strict:8.4f}{lax:8.4f}{precision:10.3f}{recall:9.3f}"
            print(f"{task.name:16}{name:26}{figures}", flush=True)
        encoder.save()
    for module in sorted({module for module, _ in PEERS.values()}):
        if not find_spec(module):
            print(f"not compared: {module} is not installed")


def arguments() -> argparse.Namespace:
    """Return the options of the command line."""
    made = parser(__doc__)
    made.add_argument("--limit", type=int, default=None, help="lines of NTREX at most")
    made.add_argument("--cache", type=Path, default=Path("/tmp/paraalign-benchmarks"))  # noqa: S108
    options: argparse.Namespace = made.parse_args()
    return options


def rows(task: Task, encoder: CachedEncoder) -> list[tuple[str, list[Link]]]:
    """Return the links of each aligner, ours first."""
    known = load_lexicon(*task.langs) is not None
    kinds = [kind for kind in EVIDENCE[1:] if known or "lexicon" not in kind]
    found = [
        (f"ours, {kind}", link(task, kind, encoder if "encoder" in kind else None))
        for kind in kinds
    ]
    peers = {name: run for name, (module, run) in PEERS.items() if find_spec(module)}
    return [*found, *((name, run(task, encoder)) for name, run in peers.items())]


def galechurch(task: Task, _: CachedEncoder) -> list[Link]:
    """Return the links of galechurch."""
    block = importlib.import_module("galechurch").align(task.source, task.target)
    ends = [
        (bead.source_start, bead.source_end, bead.target_start, bead.target_end)
        for bead in block.beads
    ]
    return [Link(tuple(range(*one[:2])), tuple(range(*one[2:]))) for one in ends]


def nltk(task: Task, _: CachedEncoder) -> list[Link]:
    """Return the links of nltk, whose pairs of units are joined where they share one."""
    lengths = [[len(line) for line in side] for side in (task.source, task.target)]
    pairs = importlib.import_module("nltk.translate.gale_church").align_blocks(*lengths)
    return joined(pairs, len(task.source), len(task.target))


def joined(pairs: Sequence[tuple[int, int]], source_count: int, target_count: int) -> list[Link]:
    """Return links that hold the *pairs*, and gaps for the rest.

    >>> [link[:2] for link in joined([(0, 0), (0, 1)], 1, 3)]
    [((0,), (0, 1)), ((), (2,))]
    """
    links: list[tuple[set[int], set[int]]] = []
    for i, j in sorted(pairs):
        if links and (i in links[-1][0] or j in links[-1][1]):
            links[-1][0].add(i)
            links[-1][1].add(j)
        else:
            links.append(({i}, {j}))
    alone = set(range(source_count)).difference(*(one for one, _ in links))
    facing = set(range(target_count)).difference(*(other for _, other in links))
    found = [Link(tuple(sorted(one)), tuple(sorted(other))) for one, other in links]
    return [
        *found,
        *(Link((i,), ()) for i in sorted(alone)),
        *(Link((), (j,)) for j in sorted(facing)),
    ]


def vecalign_search(task: Task, encoder: CachedEncoder) -> list[Link]:
    """Return the links of vecalign's search over sums of our token vectors."""
    pair = document(task.source, task.langs[0]), document(task.target, task.langs[1])
    tokens = encode_document(pair[0], encoder), encode_document(pair[1], encoder)
    sums = TokenCover.of(sentence_side(pair[0]), sentence_side(pair[1]), tokens).sums
    overlaps = [runs(np.asarray(side, np.float32)) for side in sums]
    return [Link(*bead) for bead in vecalign(overlaps)]


PEERS: dict[str, tuple[str, Callable[[Task, CachedEncoder], list[Link]]]] = {
    "galechurch": ("galechurch", galechurch),
    "nltk": ("nltk", nltk),
    "vecalign, our vectors": (MODULE, vecalign_search),
}


if __name__ == "__main__":
    main()
