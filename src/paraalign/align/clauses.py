"""Which clauses of two versions correspond, however they are numbered, and which stand alone.

Printed numbers mislead as soon as one version lacks a clause or counts otherwise, so they are one
piece of evidence among others: what the words account for, lengths, headings, places. The leaves of
the clause trees are linked; sections follow the leaf that opens them.
"""

from collections.abc import Iterable, Iterator

from paraalign.align.evidence import weigh
from paraalign.align.options import AlignOptions
from paraalign.align.search import find_links
from paraalign.align.units import clause_side
from paraalign.encode.tokens import Tokens
from paraalign.lexicon.protocol import Lexicon
from paraalign.model import Document, Link
from paraalign.segment.numbering import value

__all__ = ["link_clauses"]


def link_clauses(
    source: Document,
    target: Document,
    *,
    tokens: tuple[Tokens, Tokens] | None,
    lexicon: Lexicon | None,
    options: AlignOptions,
) -> tuple[Link, ...]:
    """Return the links between the clauses of *source* and *target*, each clause in exactly one.

    Links may be n:m; a link with an empty side is a gap; links of moved clauses cross others (with
    the preset "corpus" no clause counts as moved). They stand in source order, gaps of the target
    where they fall between.

    Args:
        source: A segmented document.
        target: The other version.
        tokens: The tokens of both, or None to do without an encoder.
        lexicon: Renderings between the two languages, or None.
        options: See `AlignOptions`.

    >>> from paraalign.views import View
    >>> empty = Document(view=View.of(""), lang="fr")
    >>> link_clauses(empty, empty, tokens=None, lexicon=None, options=AlignOptions())
    ()
    """
    first, leaves = clause_side(source, value)
    second, others = clause_side(target, value)
    evidence = weigh(
        (first, second), tokens=tokens, lexicon=lexicon, preset=options.preset, run=options.run
    )
    if options.units != "lines":
        evidence = evidence.for_blocks()
    links = find_links(
        evidence,
        range(len(first)),
        range(len(second)),
        anchors=evidence.anchors,
        crossing=options.preset == "parity",
    )
    named = [
        Link(
            tuple(leaves[i] for i in link.source), tuple(others[j] for j in link.target), link.score
        )
        for link in links
    ]
    return tuple(_with_sections(named, _leads(source), _leads(target)))


def _leads(document: Document) -> dict[int, list[int]]:
    """Return the sections that each leaf opens, by leaf."""
    leads: dict[int, list[int]] = {}
    waiting: list[int] = []
    for index in range(len(document.clauses)):
        if not document.is_leaf(index):
            waiting.append(index)
        elif waiting:
            leads[index], waiting = waiting, []
    return leads


def _with_sections(
    links: Iterable[Link], source: dict[int, list[int]], target: dict[int, list[int]]
) -> Iterator[Link]:
    """Yield *links* and those of the sections, before the link of the leaf that opens them."""
    for link in links:
        opened = [section for leaf in link.source for section in source.get(leaf, ())]
        facing = [section for leaf in link.target for section in target.get(leaf, ())]
        for pair in zip(opened, facing, strict=False):
            yield Link((pair[0],), (pair[1],), link.score)
        paired = min(len(opened), len(facing))
        yield Link(
            tuple(sorted((*opened[paired:], *link.source))),
            tuple(sorted((*facing[paired:], *link.target))),
            link.score,
        )
