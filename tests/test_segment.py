"""Documents are cut into leaves, sentences and words that hold all of the text, in order."""

import json
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st

from paraalign.errors import InputError, OptionError
from paraalign.model import Document, Role, Span
from paraalign.read import Block, Reading, read_file, read_text
from paraalign.segment import segment
from paraalign.segment.blocks import make_reading
from paraalign.views import Edit, View

HERE = Path(__file__).parent
CASES = json.loads((HERE / "cases" / "clauses.json").read_text("utf-8"))
DECLARATION = HERE.parent / "corpora" / "declaration"
LABELS = (
    "title", "subtitle", "1", "1, par. 2", "2", "3", "3.1", "3.2", "3.3", "3.4", "4", "5",
    "5, par. 2", "5, par. 3", "closing", "signature",
)  # fmt: skip
PIECES = st.sampled_from(json.loads((HERE / "cases" / "pieces.json").read_text("utf-8")))
TEXTS = (st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=120)).filter(str.strip)


def read(text: str, layout: str) -> Reading:
    """Return the reading of a generated *text*, one without any text left aside."""
    try:
        return read_text(text, format=layout)
    except InputError:
        return reject()


def check(document: Document) -> None:
    """Assert all that must hold of a document."""
    leaves = [document.clauses[index] for index in document.leaves()]
    spans = [leaf.span for leaf in leaves]
    assert all(0 <= span.start < span.end <= len(document.text) for span in spans)
    assert_disjoint(spans)
    assert_disjoint([sentence.span for sentence in document.sentences])
    assert_disjoint([word.span for word in document.words])
    assert_covered(document, spans)
    for index, clause in enumerate(document.clauses):
        if clause.parent is not None:
            assert clause.parent < index
            holder = document.clauses[clause.parent]
            assert holder.role is Role.SECTION
            assert holder.span.start <= clause.span.start < clause.span.end <= holder.span.end
    for sentence in document.sentences:
        holder = document.clauses[sentence.clause]
        assert holder.role is not Role.SECTION
        assert holder.span.start <= sentence.span.start <= sentence.span.end <= holder.span.end
    for word in document.words:
        outer = document.sentences[word.sentence].span
        assert outer.start <= word.span.start < word.span.end <= outer.end
        assert document.read(word.span) == word.text
    assert len({clause.label for clause in leaves}) == len(leaves)


def assert_disjoint(spans: list[Span]) -> None:
    assert all(a.end <= b.start for a, b in pairwise(spans))


def assert_covered(document: Document, leaves: list[Span]) -> None:
    """Every character is white space, dropped, or in a leaf, a sentence and a word."""
    view = document.view
    free = np.array([char.isspace() for char in view.given], dtype=bool)
    blank = [view.span(i, i + 1) for i, char in enumerate(view.text) if char.isspace()]
    for span in (*blank, *(drop.span for drop in view.dropped)):
        free[span.start : span.end] = True
    seen = np.zeros(len(view.text), dtype=int)
    solid = np.array([not char.isspace() for char in view.text], dtype=bool)
    for spans in (leaves, [s.span for s in document.sentences], [w.span for w in document.words]):
        held = free.copy()
        seen[:] = 0
        for span in spans:
            held[span.start : span.end] = True
            seen[slice(*view.range(span))] += 1
        assert held.all()
        assert (seen[solid] == 1).all()


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_leaves_numbers_roles_and_labels(case: dict[str, Any]) -> None:
    document = segment(read_text(case["text"], format=case["format"]), case["lang"])
    found = [
        [str(clause.role), clause.number, clause.label, document.read(clause.span)[:40]]
        for clause in document.clauses
        if clause.role is not Role.SECTION
    ]
    assert found == case["expected"]
    check(document)


@pytest.mark.parametrize("lang", ["fr", "vi"])
def test_the_declaration_has_sixteen_leaves(lang: str) -> None:
    document = segment(read_file(DECLARATION / f"{lang}.md"), lang)
    assert tuple(document.clauses[index].label for index in document.leaves()) == LABELS
    roles = [document.clauses[index].role for index in document.leaves()]
    assert roles[:3] == [Role.TITLE, Role.SUBTITLE, Role.CLAUSE]
    assert roles[-2:] == [Role.CLOSING, Role.SIGNATURE]
    sections = [clause for clause in document.clauses if clause.role is Role.SECTION]
    assert [section.number for section in sections] == ["1", "3", "5"]
    check(document)


def test_a_section_holds_its_leaves_and_their_numbers() -> None:
    reading = make_reading(["Điều 1. Quyền", "1. Một là:", "a) học;", "b) làm.", "2. Hai."])
    document = segment(reading, "vi")
    tree = [(clause.number, clause.role, clause.parent) for clause in document.clauses]
    assert tree == [
        ("1", Role.SECTION, None),
        ("1", Role.HEADING, 0),
        ("1", Role.SECTION, 0),
        ("1", Role.CLAUSE, 2),
        ("a", Role.CLAUSE, 2),
        ("b", Role.CLAUSE, 2),
        ("2", Role.CLAUSE, 0),
    ]


def test_renumbering_loses_no_block() -> None:
    texts = [f"{number}) Un point parmi d'autres." for number in (3, 1, 7, 7, 2)]
    document = segment(make_reading(texts), "fr")
    assert len(document.leaves()) == len(texts)


@given(TEXTS, st.sampled_from(["fr", "vi", "en", "xx"]), st.sampled_from(["txt", "md", "html"]))
@settings(max_examples=150, deadline=None)
@example("Article 5", "fr", "txt")
def test_leaves_sentences_and_words_hold_all_of_any_text(text: str, lang: str, layout: str) -> None:
    check(segment(read(text, layout), lang))


@given(TEXTS, st.sampled_from(["fr", "vi"]))
@settings(max_examples=60, deadline=None)
def test_every_line_is_one_unit_where_lines_are_given(text: str, lang: str) -> None:
    document = segment(read(text, "txt"), lang, units="lines")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert [document.given(clause.span) for clause in document.clauses] == lines
    assert [sentence.span for sentence in document.sentences] == [
        clause.span for clause in document.clauses
    ]


def test_nothing_is_cut_inside_one_stretch_of_the_given_text() -> None:
    view = View.of("un X deux").edit([Edit(3, 4, "a. B c", "expansion")])
    reading = Reading(view=view, blocks=(Block(Span(0, 9), "paragraph"),), format="txt")
    document = segment(reading, "fr")
    assert [document.given(word.span) for word in document.words] == ["un", "X", "deux"]


def test_ten_thousand_lines_take_seconds() -> None:
    text = "\n".join(
        f"Ligne {index} : nous partons demain, s'il fait beau." for index in range(10_000)
    )
    started = time.perf_counter()
    document = segment(read_text(text, format="txt"), "fr", units="lines")
    assert len(document.clauses) == 10_000
    assert time.perf_counter() - started < 10


def test_a_very_long_paragraph_is_cut_in_time() -> None:
    text = "Nous convenons de ce qui suit, à savoir le point (a). " * 2_000
    started = time.perf_counter()
    check(segment(read_text(text, format="txt"), "fr"))
    assert time.perf_counter() - started < 10


def test_unknown_units_are_refused() -> None:
    with pytest.raises(OptionError, match="unknown units 'pages'; allowed are clauses"):
        segment(make_reading(["Un."]), "fr", units="pages")
