"""Documents built from lists of units, for the tests of the aligner."""

from collections.abc import Sequence

from paraalign.model import Clause, Document, Role, Sentence, Span
from paraalign.views import View


def document(units: Sequence[str], lang: str) -> Document:
    """Return a document whose leaves are *units*; "|" parts sentences, "3. " opens clause 3."""
    text, clauses, sentences = "", [], []
    for index, unit in enumerate(units):
        start = len(text)
        for part in unit.split("|"):
            sentences.append(Sentence(index, Span(len(text), len(text) + len(part))))
            text += part + " "
        head, dot, _ = unit.partition(". ")
        number = head if dot and head.replace(".", "").isdigit() else None
        role = Role.CLAUSE if number else Role.PARAGRAPH
        span = Span(start, len(text) - 1)
        clauses.append(Clause(span=span, number=number, label=str(index), role=role))
    return Document(
        view=View.of(text), lang=lang, clauses=tuple(clauses), sentences=tuple(sentences)
    )
