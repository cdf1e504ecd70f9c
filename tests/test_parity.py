"""Versions of a text are told from texts that are not, damaged or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraalign import corpora
from paraalign.align.comparison import Comparison
from paraalign.align.parity import Parity, Signs, chance, measure_parity
from paraalign.lexicon import load_lexicon
from paraalign.model import Document
from paraalign.segment import segment

PARTS = st.floats(0, 1)


def declaration() -> tuple[Document, Document]:
    paths = corpora.declaration()
    return segment(paths[0], "fr"), segment(paths[1], "vi")


def parity(source: Document, target: Document) -> Parity:
    lexicon = load_lexicon(source.lang, target.lang)
    return measure_parity(Comparison(source, target, None, lexicon))


def without(document: Document, dropped: slice) -> Document:
    kept = list(document.sentences)
    del kept[dropped]
    return Document(
        view=document.view,
        lang=document.lang,
        clauses=document.clauses,
        sentences=tuple(kept),
    )


def test_the_declaration_is_parallel_both_ways() -> None:
    source, target = declaration()
    assert parity(source, target).parallel
    assert parity(target, source).parallel


def test_a_damaged_version_is_still_a_version() -> None:
    source, target = declaration()
    assert parity(source, without(target, slice(5, 9))).parallel


def test_a_report_on_the_same_event_is_no_version() -> None:
    source, _ = declaration()
    found = parity(source, segment(corpora.press(), "en"))
    assert not found.parallel
    assert found.similarity < 0.5


@given(PARTS, PARTS, PARTS, PARTS)
def test_more_coverage_never_makes_a_version_less_likely(
    low: float, high: float, preferred: float, ordered: float
) -> None:
    low, high = sorted((low, high))
    chances = [chance(Signs(cover, preferred, ordered, 1.0), "encoder") for cover in (low, high)]
    assert chances[0] <= chances[1]


@pytest.mark.parametrize("evidence", ["encoder+lexicon", "encoder", "lexicon", "form"])
def test_figures_that_differ_speak_against(evidence: str) -> None:
    same = chance(Signs(0.2, 0.5, 0.9, 0.9, 1.0), evidence)
    other = chance(Signs(0.2, 0.5, 0.9, 0.9, 0.0), evidence)
    assert other < same
