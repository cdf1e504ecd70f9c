"""Both sides read together, word by word: every word gets its figure, however long the clause."""

from functools import cache

import numpy as np
import pytest

from paraalign.align.words.evidence import WordEvidence
from paraalign.align.words.links import WordTable, word_tables
from paraalign.checks.coverage import crossed
from paraalign.checks.coverage.crossed import read_across
from paraalign.encode import Tokens, encode_document, load_cross_encoder, load_encoder
from paraalign.model import Document, Link
from paraalign.read import read_text
from paraalign.segment import segment

FRENCH = "Les États protègent la santé.\nElle est un droit.\nLes entreprises aident, le soir."
VIETNAMESE = "Các quốc gia bảo vệ sức khỏe.\nĐó là một quyền."
LINKS = Link((0,), (0,)), Link((1, 2), (1,))


@cache
def texts() -> tuple[tuple[Document, Document], tuple[Tokens, Tokens]]:
    encoder = load_encoder("e5")
    assert encoder is not None
    one, other = (
        segment(read_text(text, format="txt"), lang, units="lines")
        for text, lang in ((FRENCH, "fr"), (VIETNAMESE, "vi"))
    )
    return (one, other), (encode_document(one, encoder), encode_document(other, encoder))


def read() -> list[WordTable]:
    documents, tokens = texts()
    cross = load_cross_encoder("e5")
    assert cross is not None
    tables = word_tables(WordEvidence(*documents, LINKS, tokens=tokens))
    assert all(table.crossed is None for table in tables)
    return read_across(tables, documents, tokens, cross)


def odds(tables: list[WordTable], form: str) -> float:
    return next(
        float(table.crossed[0][table.source.forms.index(form)])
        for table in tables
        if table.crossed and form in table.source.forms
    )


def test_every_word_has_a_figure() -> None:
    for table in read():
        assert table.crossed is not None
        for side, found in zip(table.sides, table.crossed, strict=True):
            assert found.shape == (len(side.words),)
            assert np.isfinite(found).all()


def test_a_word_without_counterpart_has_the_higher_odds() -> None:
    tables = read()
    assert odds(tables, "entreprises") > odds(tables, "santé") + 1


@pytest.mark.parametrize("longest", [1, 7, 20, 60])
def test_a_long_clause_is_read_in_parts(longest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read()
    monkeypatch.setattr(crossed, "_LONGEST", longest)
    parts = read()
    for table, part in zip(whole, parts, strict=True):
        assert table.crossed is not None
        assert part.crossed is not None
        assert [len(side) for side in part.crossed] == [len(side) for side in table.crossed]
        assert all((side > -20).all() for side in part.crossed)


def test_no_tables_stay_none() -> None:
    documents, tokens = texts()
    cross = load_cross_encoder("e5")
    assert cross is not None
    assert read_across([], documents, tokens, cross) == []
