"""Join the reports of batches into one, as if the texts had been checked in one go.

Texts are joined by a line feed; indices and offsets move by what stands before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from paraalign.model import (
    Bitext,
    Clause,
    Document,
    Finding,
    Link,
    Links,
    Report,
    Sentence,
    Span,
    Word,
    WordLink,
)
from paraalign.views import Dropped, Offsets, Replaced, View

__all__ = ["joined"]


@dataclass(frozen=True, slots=True)
class _Shift:
    """How far one side of a batch moves: characters, clauses, sentences, words."""

    text: int
    clauses: int
    sentences: int
    words: int

    def span(self, span: Span) -> Span:
        return Span(span.start + self.text, span.end + self.text)


def joined(reports: Sequence[Report]) -> Report:
    """Return *reports* as one.

    It is parallel where most of the text is; similarity is the mean, weighted by units.

    Raises:
        ValueError: If there is none.
    """
    if len(reports) == 1:
        return reports[0]
    sources, targets = [each.source for each in reports], [each.target for each in reports]
    moves = list(zip(reports, _shifts(sources), _shifts(targets), strict=True))
    sizes = np.array([len(each.links.clauses) for each in reports], dtype=float)
    shares = sizes / max(sizes.sum(), 1.0)
    return Report(
        bitext=Bitext(_document(sources), _document(targets), _links(moves)),
        findings=tuple(
            _finding(finding, *shift) for report, *shift in moves for finding in report.findings
        ),
        parallel=bool(shares @ [each.parallel for each in reports] > 1 / 2),
        similarity=round(float(shares @ [each.similarity for each in reports]), 4),
        signature=reports[0].signature,
    )


def _shifts(documents: Sequence[Document]) -> list[_Shift]:
    counts = [(len(d.text) + 1, len(d.clauses), len(d.sentences), len(d.words)) for d in documents]
    before = accumulate(counts, lambda a, b: tuple(map(sum, zip(a, b, strict=True))))
    return [_Shift(0, 0, 0, 0), *(_Shift(*each) for each in before)][: len(documents)]


def _document(documents: Sequence[Document]) -> Document:
    moves = list(zip(documents, _shifts(documents), strict=True))
    return replace(
        documents[0],
        view=_view([document.view for document in documents]),
        clauses=tuple(_clause(each, by) for doc, by in moves for each in doc.clauses),
        sentences=tuple(
            Sentence(each.clause + by.clauses, by.span(each.span))
            for doc, by in moves
            for each in doc.sentences
        ),
        words=tuple(
            Word(each.sentence + by.sentences, by.span(each.span), each.text)
            for doc, by in moves
            for each in doc.words
        ),
    )


def _clause(clause: Clause, by: _Shift) -> Clause:
    parent = None if clause.parent is None else clause.parent + by.clauses
    return replace(clause, span=by.span(clause.span), parent=parent)


def _view(views: Sequence[View]) -> View:
    """Return *views* as one, a line feed between the given texts and between the clean ones."""
    offsets = [0, *accumulate(len(view.given) + 1 for view in views)]
    starts: list[Offsets] = []
    ends: list[Offsets] = []
    for view, offset in zip(views, offsets, strict=False):
        place = offset + len(view.given)  # of the line feed after it
        starts += [view.starts + offset, np.array([place])]
        ends += [view.ends + offset, np.array([place + 1])]
    moved = list(zip(views, offsets, strict=False))
    return View(
        given="\n".join(view.given for view in views),
        text="\n".join(view.text for view in views),
        starts=np.concatenate(starts)[:-1].astype(np.int32),
        ends=np.concatenate(ends)[:-1].astype(np.int32),
        dropped=tuple(
            Dropped(Span(each.span.start + by, each.span.end + by), each.reason)
            for view, by in moved
            for each in view.dropped
        ),
        replaced=tuple(
            Replaced(Span(each.span.start + by, each.span.end + by), each.text, each.reason)
            for view, by in moved
            for each in view.replaced
        ),
    )


def _links(moves: Sequence[tuple[Report, _Shift, _Shift]]) -> Links:
    return Links(
        tuple(
            _link(link, a.clauses, b.clauses)
            for report, a, b in moves
            for link in report.links.clauses
        ),
        tuple(
            _link(link, a.sentences, b.sentences)
            for report, a, b in moves
            for link in report.links.sentences
        ),
        tuple(
            WordLink(link.source + a.words, link.target + b.words, link.score)
            for report, a, b in moves
            for link in report.links.words
        ),
    )


def _link(link: Link, source: int, target: int) -> Link:
    sides = ([i + source for i in link.source], [i + target for i in link.target])
    return Link(tuple(sides[0]), tuple(sides[1]), link.score)


def _finding(finding: Finding, source: _Shift, target: _Shift) -> Finding:
    return replace(
        finding,
        source_clause=_moved(finding.source_clause, source.clauses),
        target_clause=_moved(finding.target_clause, target.clauses),
        source=tuple(map(source.span, finding.source)),
        target=tuple(map(target.span, finding.target)),
        source_at=_moved(finding.source_at, source.text),
        target_at=_moved(finding.target_at, target.text),
    )


def _moved(place: int | None, by: int) -> int | None:
    return None if place is None else place + by
