"""Hand a document to spaCy: its words as tokens, its clauses and findings as spans.

Whoever has a spaCy pipeline (a tagger, a matcher, displaCy) should not have to find our offsets in
it again. The `Doc` holds the clean text, cut into our words; clauses and findings are span groups,
labelled with the clause's label and the finding's kind.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from paraalign.model import Document, Report, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as SpacySpan

__all__ = ["spacy_docs"]


def spacy_docs(report: Report) -> tuple["Doc", "Doc"]:
    """Return the source and the target of *report* as spaCy documents.

    Span groups: "clauses" (leaves, labelled as a person names them), "sentences", and "findings"
    (labelled with their kind, `span.id_` the finding's id). A finding without a stretch on one side
    has no span there.

    >>> from paraalign import corpora
    >>> from paraalign.pipeline import Options, align
    >>> source, _ = spacy_docs(align(*corpora.declaration(), options=Options(encoder="none")))
    >>> [span.label_ for span in source.spans["clauses"]][:3]
    ['title', 'subtitle', '1']
    """
    sides = (report.source, report.target)
    source, target = (_doc(document) for document in sides)
    for doc, document, side in zip((source, target), sides, (0, 1), strict=True):
        doc.spans["findings"] = _group(doc, document, _found(report, side))
    return source, target


def _found(report: Report, side: int) -> Iterator[tuple[Span, str, str]]:
    for finding in report.findings:
        for span in (finding.source, finding.target)[side]:
            yield span, finding.kind.value, finding.id


def _doc(document: Document) -> "Doc":
    import spacy  # noqa: PLC0415 - heavy
    from spacy.tokens import Doc  # noqa: PLC0415 - heavy

    pieces = list(_pieces(document))
    words = [text for text, _ in pieces]
    doc = Doc(spacy.blank("xx").vocab, words=words, spaces=[space for _, space in pieces])
    leaves = [document.clauses[index] for index in document.leaves()]
    doc.spans["clauses"] = _group(doc, document, ((leaf.span, leaf.label, "") for leaf in leaves))
    doc.spans["sentences"] = _group(doc, document, ((s.span, "", "") for s in document.sentences))
    return doc


def _group(
    doc: "Doc", document: Document, marked: Iterable[tuple[Span, str, str]]
) -> list["SpacySpan"]:
    """Return the stretches *marked* with label and id as spans of *doc*, widened to its tokens."""
    spans = [
        doc.char_span(
            *document.view.range(span), label=label, span_id=name, alignment_mode="expand"
        )
        for span, label, name in marked
    ]
    return [span for span in spans if span is not None]


def _pieces(document: Document) -> Iterator[tuple[str, bool]]:
    """Yield the tokens of the clean text, and whether one blank follows; joined they give it."""
    text, done = document.view.text, 0
    ranges = [document.view.range(word.span) for word in document.words]
    starts = [start for start, _ in ranges[1:]]
    for (start, end), after in zip(ranges, [*starts, len(text)], strict=True):
        if done < start:
            yield text[done:start], False
        has_space = text[end:after].startswith(" ")
        yield text[start:end], has_space
        done = end + has_space
    if done < len(text):
        yield text[done:], False
