"""Which clauses of two versions correspond, however they are numbered, and which stand alone.

Printed numbers mislead as soon as one version lacks a clause or counts otherwise, so they are one
piece of evidence among others: what the words account for, lengths, headings, places. The leaves of
the clause trees are linked; sections follow the leaf that opens them. The title of a text stands
for that of the other, be it worded ever so freely.
"""

from collections.abc import Callable, Iterable, Iterator

from paraalign.align.comparison import Comparison
from paraalign.align.evidence import Evidence
from paraalign.align.learned import link_learning
from paraalign.align.options import AlignOptions
from paraalign.align.search import find_links
from paraalign.model import Document, Link, Role

__all__ = ["link_clauses"]

_BY_ROLE = 0.5  # score of a link of two titles that have nothing else in common


def link_clauses(
    comparison: Comparison,
    *,
    options: AlignOptions,
    progress: Callable[[int, int], object] | None = None,
) -> tuple[Link, ...]:
    """Return the links between the clauses of the two documents, each clause in exactly one.

    Links may be n:m; a link with an empty side is a gap; links of moved clauses cross others (with
    the preset "corpus" no clause counts as moved). They stand in source order, gaps of the target
    where they fall between. *progress* is called with how many source clauses are done, and of how
    many.

    >>> from paraalign.views import View
    >>> empty = Document(view=View.of(""), lang="fr")
    >>> link_clauses(Comparison(empty, empty), options=AlignOptions())
    ()
    """
    crossing = options.preset == "parity"
    leaves, others = comparison.leaves
    evidence = comparison.clauses.priced(
        options.preset, options.run, blocks=options.units != "lines"
    )

    def link(evidence: Evidence) -> list[Link]:
        ends = range(len(leaves)), range(len(others))
        return find_links(
            evidence, *ends, anchors=evidence.anchors, crossing=crossing, progress=progress
        )

    named = [
        Link(tuple(leaves[i] for i in one.source), tuple(others[j] for j in one.target), one.score)
        for one in link_learning(evidence, link)
    ]
    documents = comparison.source, comparison.target
    return tuple(_with_sections(_with_titles(named, documents), *map(_leads, documents)))


def _with_titles(links: list[Link], documents: tuple[Document, Document]) -> list[Link]:
    """Return *links*, with the one title of either text linked where both stand alone."""
    title, facing = (
        tuple(n for n, clause in enumerate(document.clauses) if clause.role is Role.TITLE)
        for document in documents
    )
    gaps = (title, ()), ((), facing)
    alone = [link for link in links if link[:2] in gaps]
    if len(title) != 1 or len(facing) != 1 or len(alone) != len(gaps):
        return links
    kept = [link for link in links if link[:2] != gaps[1]]
    both = Link(title, facing, _BY_ROLE)
    return [both if link[:2] == gaps[0] else link for link in kept]


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
