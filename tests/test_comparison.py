"""Clauses are judged by the evidence of their sentences, gathered once."""

import numpy as np
from align_builder import document

from paraalign.align.comparison import Comparison
from paraalign.align.lexical import LexicalCover
from paraalign.align.units import clause_side
from paraalign.segment.numbering import value

FRENCH = ["1. Hanoï et Paris.|En 2023.", "2. Saigon en 1945.", "Bordeaux"]
VIETNAMESE = ["1. Hà Nội và Paris.|Năm 2023.", "Bordeaux"]


def comparison() -> Comparison:
    return Comparison(document(FRENCH, "fr"), document(VIETNAMESE, "vi"))


def test_evidence_is_gathered_once() -> None:
    compared = comparison()
    assert compared.sentences is compared.sentences
    assert compared.clauses is compared.clauses


def test_sentences_taken_together_cover_what_their_clause_covers() -> None:
    compared = comparison()
    source, target = (clause_side(one, value)[0] for one in (compared.source, compared.target))
    whole = LexicalCover.of(source, target, None)
    units = np.arange(len(FRENCH)), np.arange(len(VIETNAMESE))
    grouped = compared.clauses.covers[0]
    for found, wanted in zip(grouped.best(*units), whole.best(*units), strict=True):
        assert found.tolist() == wanted.tolist()
    assert [bounds.tolist() for bounds in grouped.bounds] == [
        bounds.tolist() for bounds in whole.bounds
    ]


def test_the_printed_number_of_a_clause_is_no_word_of_its_first_sentence() -> None:
    source = comparison().sentences.sides[0]
    assert source.texts[:3] == ("Hanoï et Paris.", "En 2023.", "Saigon en 1945.")
    assert "1" not in {word.text for word in source.words}


def test_prices_are_those_asked_for() -> None:
    evidence = comparison().sentences
    corpus = evidence.priced("corpus", 3)
    assert corpus.prices.null > evidence.prices.null
    assert corpus.run == 3
    blocks = evidence.priced("parity", 8, blocks=True).prices
    assert blocks.merge == evidence.prices.merge + evidence.prices.block


def test_a_short_text_and_none_can_be_compared() -> None:
    empty = Comparison(document(["Paris"], "fr"), document([], "vi"))
    assert len(empty.clauses.anchors) == 0
    assert len(empty.sentences.anchors) == 0
