"""Doubts about words: what raises them, what settles them, and what stays out of it."""

from functools import cache

import numpy as np
import pytest

import paraalign as pa
from paraalign.align.words.evidence import WordEvidence
from paraalign.align.words.links import WordTable, word_tables
from paraalign.checks.context import Side
from paraalign.checks.coverage.words import Doubts, doubts, freedom, rendered, settings
from paraalign.encode import load_encoder
from paraalign.encode.tokens import encode_document
from paraalign.lexicon import load_lexicon
from paraalign.model import Document, Link
from paraalign.read import read_text
from paraalign.segment import segment

PLAIN = "Les États protègent la santé publique.", "Các quốc gia bảo vệ sức khỏe cộng đồng."
MORE = "Les États et les entreprises protègent la santé publique.", PLAIN[1]
DATED = "Adopté le 12 avril 2023 à Hanoï.", "Thông qua ngày 12 tháng 4 năm 2023 tại Hà Nội."


@cache
def table_of(pair: tuple[str, str], *, encoded: bool = True) -> WordTable:
    documents = lines(pair[0], "fr"), lines(pair[1], "vi")
    encoder = load_encoder("e5")
    assert encoder is not None
    tokens = None
    if encoded:
        tokens = encode_document(documents[0], encoder), encode_document(documents[1], encoder)
    lexicon = load_lexicon("fr", "vi")
    (table,) = word_tables(
        WordEvidence(*documents, (Link((0,), (0,)),), tokens=tokens, lexicon=lexicon)
    )
    return table


def lines(text: str, lang: str) -> Document:
    return segment(read_text(text, format="txt"), lang, units="lines")


def doubted(pair: tuple[str, str], which: Side = Side.SOURCE, mode: str = "full") -> Doubts:
    return doubts(table_of(pair, encoded=mode == "full"), which, settings(mode))


def score(found: Doubts, form: str) -> float:
    return float(found.scores[found.side.forms.index(form)])


@pytest.mark.parametrize("mode", ["full", "lexicon"])
def test_a_word_without_counterpart_is_doubted_most(mode: str) -> None:
    found = doubted(MORE, mode=mode)
    content = np.flatnonzero(found.content)
    worst = max(content.tolist(), key=lambda place: float(found.scores[place]))
    assert found.side.forms[worst] == "entreprises"


@pytest.mark.parametrize("mode", ["full", "lexicon"])
def test_a_word_is_doubted_less_when_its_counterpart_stands_there(mode: str) -> None:
    there = MORE[0], "Các quốc gia và doanh nghiệp bảo vệ sức khỏe cộng đồng."
    assert score(doubted(there, mode=mode), "entreprises") < 0.5 * score(
        doubted(MORE, mode=mode), "entreprises"
    )


def test_a_figure_on_both_sides_settles_its_words() -> None:
    found = doubted(DATED, Side.TARGET)
    assert max(score(found, "12"), score(found, "2023")) < 0.1
    undated = doubted(("Adopté à Hanoï.", DATED[1]), Side.TARGET)
    assert score(found, "tháng") < 0.5 * score(undated, "tháng")


@pytest.mark.parametrize("which", Side)
def test_every_word_has_a_probability_and_a_partner(which: Side) -> None:
    found = doubted(MORE, which)
    others = doubted(MORE, which.other)
    assert ((found.scores > 0) & (found.scores < 1)).all()
    assert ((found.partners >= 0) & (found.partners < len(others.scores))).all()


def test_freedom_is_the_share_of_words_without_rendering_mixed_with_the_usual() -> None:
    fitted = {**settings("full"), "freedom": 0.25}
    assert freedom([], fitted) == pytest.approx(0.25)
    assert freedom([doubted(MORE)], fitted) > freedom([doubted(PLAIN)], fitted)


def test_what_is_rendered_needs_no_fitted_figures() -> None:
    found = rendered(table_of(MORE), Side.SOURCE)
    forms = table_of(MORE).source.forms
    assert found[forms.index("entreprises")] < 0.2 < found[forms.index("santé")]


def test_the_words_that_two_revisers_marked_rank_high() -> None:
    report = pa.check(*pa.corpora.declaration(), options=pa.Options(select=("dash",)))
    encoder, documents = load_encoder("e5"), (report.source, report.target)
    assert encoder is not None
    tokens = encode_document(documents[0], encoder), encode_document(documents[1], encoder)
    links, lexicon = report.bitext.links.sentences, load_lexicon("fr", "vi")
    ranks = [np.ones(len(document.words)) for document in documents]
    for table in word_tables(WordEvidence(*documents, links, tokens=tokens, lexicon=lexicon)):
        for which in Side:
            found = doubts(table, which, settings("full"))
            ranks[which][list(found.side.words)] = found.scores
    gold = pa.corpora.gold("divergences")
    figures = pa.evaluate(report, gold, doubts=(ranks[0].tolist(), ranks[1].tolist())).words
    assert (figures[0].average_precision or 0.0) > 0.53
    assert (figures[1].average_precision or 0.0) > 0.64
