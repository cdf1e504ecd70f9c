"""Which sentences of linked clauses correspond, one with one or several with several.

Sentences are compared by what their words account for against the background of the whole
document, then searched within each linked pair of clauses, in order. A sentence that nothing
accounts for stays alone: a gap is what a reviser wants to see.
"""

from collections.abc import Iterator, Sequence

from paraalign.align.comparison import Comparison
from paraalign.align.evidence import Evidence
from paraalign.align.learned import link_learning
from paraalign.align.options import AlignOptions
from paraalign.align.search import find_links
from paraalign.model import Document, Link

__all__ = ["link_sentences"]


def link_sentences(
    comparison: Comparison, clauses: tuple[Link, ...], *, options: AlignOptions
) -> tuple[Link, ...]:
    """Return the links between the sentences of the two documents, each in exactly one.

    *clauses* are the links between their clauses. With units "sentences" (see `AlignOptions`) they
    are not looked at.

    >>> from paraalign.views import View
    >>> empty = Document(view=View.of(""), lang="fr")
    >>> link_sentences(Comparison(empty, empty), (), options=AlignOptions())
    ()
    """
    groups = _groups(comparison.source), _groups(comparison.target)
    if options.units == "lines" and all(
        len(group) == 1 for side in groups for group in side.values()
    ):
        return tuple(_as_clauses(clauses, *groups))
    evidence = comparison.sentences.priced(options.preset, options.run)
    if options.units == "sentences":
        return tuple(link_learning(evidence, _link_all))
    pairs = [
        (
            [i for clause in link.source for i in groups[0].get(clause, ())],
            [j for clause in link.target for j in groups[1].get(clause, ())],
        )
        for link in clauses
    ]

    def link_pairs(evidence: Evidence) -> list[Link]:
        return [link for pair in pairs for link in _link_within(evidence, *pair)]

    return tuple(link_learning(evidence, link_pairs))


def _link_all(evidence: Evidence) -> list[Link]:
    ends = range(len(evidence.sides[0])), range(len(evidence.sides[1]))
    return find_links(evidence, *ends, anchors=evidence.anchors, crossing=False)


def _groups(document: Document) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = {}
    for index, sentence in enumerate(document.sentences):
        groups.setdefault(sentence.clause, []).append(index)
    return groups


def _as_clauses(
    clauses: Sequence[Link], source: dict[int, list[int]], target: dict[int, list[int]]
) -> Iterator[Link]:
    for link in clauses:
        yield Link(
            tuple(i for clause in link.source for i in source.get(clause, ())),
            tuple(j for clause in link.target for j in target.get(clause, ())),
            link.score,
        )


def _link_within(
    evidence: Evidence, source: Sequence[int], target: Sequence[int]
) -> Sequence[Link]:
    """Return the links within two linked clauses; at least one, since the clauses are linked."""
    links = find_links(evidence, source, target, crossing=False)
    most = evidence.run
    if not source or not target or max(len(source), len(target)) > most:
        return links
    if all(link.is_gap for link in links):
        return [Link(tuple(source), tuple(target), 0.0)]
    return links
