"""A document handed to spaCy keeps its text, its words, its clauses and its findings."""

import pytest

from paraalign import corpora
from paraalign.model import Bitext, Document, Finding, Kind, Links, Report, Severity, Span
from paraalign.segment import segment


@pytest.fixture(scope="module")
def documents() -> tuple[Document, Document]:
    french, vietnamese = corpora.declaration()
    return segment(french, "fr"), segment(vietnamese, "vi")


def report(documents: tuple[Document, Document], *findings: Finding) -> Report:
    bitext = Bitext(*documents, Links())
    return Report(bitext=bitext, findings=findings, parallel=True, similarity=1.0, signature={})


def test_the_text_of_a_doc_is_the_clean_text(documents: tuple[Document, Document]) -> None:
    for doc, document in zip(report(documents).to_spacy(), documents, strict=True):
        assert doc.text == document.view.text


def test_our_words_are_tokens(documents: tuple[Document, Document]) -> None:
    for doc, document in zip(report(documents).to_spacy(), documents, strict=True):
        tokens = [token.text for token in doc if not token.is_space]
        assert tokens == [document.view.read(word.span) for word in document.words]


def test_clauses_are_spans_with_their_labels(documents: tuple[Document, Document]) -> None:
    source, _ = report(documents).to_spacy()
    third = source.spans["clauses"][2]
    assert third.label_ == "1"
    assert third.text.startswith("1. Nous, collectivités")


def test_a_finding_is_a_span_on_the_side_where_it_stands(
    documents: tuple[Document, Document],
) -> None:
    start = documents[0].text.index("Cités Unies France")
    span = Span(start, start + len("Cités Unies France"))
    finding = Finding(
        kind=Kind.ENTITY,
        severity=Severity.MAJOR,
        confidence=0.9,
        message="",
        check="x",
        source=(span,),
        id="abc",
    )
    source, target = report(documents, finding).to_spacy()
    assert [(s.text, s.label_, s.id_) for s in source.spans["findings"]] == [
        ("Cités Unies France", "entity", "abc")
    ]
    assert not len(target.spans["findings"])
