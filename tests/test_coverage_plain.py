"""Words doubted without a lexicon: what vectors alone tell, in any language."""

import pytest
from conftest import tokens_of

from paraalign.align.words.evidence import WordEvidence
from paraalign.align.words.links import WordTable, word_tables
from paraalign.checks.context import Side
from paraalign.checks.coverage.features import Look
from paraalign.checks.coverage.plain import plain_columns, plain_odds
from paraalign.checks.coverage.words import doubts, settings
from paraalign.model import Document, Link
from paraalign.read import read_text
from paraalign.segment import segment

PAIRS = [
    ("en", "one two three four five six seven", "de", "eins zwei drei vier fünf sechs sieben"),
    ("es", "uno dos tres cuatro cinco seis siete", "it", "uno due tre quattro cinque sei sette"),
    ("en", "one two three four five six seven", "fr", "un deux trois quatre cinq six sept"),
]


def line(text: str, lang: str) -> Document:
    return segment(read_text(text, format="txt"), lang, units="lines")


def table_of(pair: tuple[str, str, str, str], meanings: list[int]) -> WordTable:
    """Return the table of *pair*, whose source words mean 0, 1, 2, its target words *meanings*."""
    source, target = line(pair[1], pair[0]), line(pair[3], pair[2])
    tokens = (
        tokens_of(source, list(range(len(source.words)))),
        tokens_of(target, meanings),
    )
    links = (Link((0,), (0,)),)
    return word_tables(WordEvidence(source, target, links, tokens=tokens, lexicon=None))[0]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0]}-{pair[2]}")
def test_a_word_without_counterpart_is_doubted_most(pair: tuple[str, str, str, str]) -> None:
    table = table_of(pair, [0, 1, 2, 20, 4, 5, 6])
    for which in Side:
        found = doubts(table, which, settings("encoder"))
        assert found.scores.argmax() == 3


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0]}-{pair[2]}")
def test_words_that_all_have_one_are_not_doubted(pair: tuple[str, str, str, str]) -> None:
    table = table_of(pair, list(range(7)))
    for which in Side:
        fitted = settings("encoder")
        assert (doubts(table, which, fitted).scores < fitted["doubtful"]).all()


def test_doubts_are_probabilities_and_the_same_each_time() -> None:
    table = table_of(PAIRS[0], [0, 9, 2, 20, 21, 5, 6])
    one, other = (doubts(table, Side.SOURCE, settings("encoder")).scores for _ in range(2))
    assert (one == other).all()
    assert ((one > 0) & (one < 1)).all()


def test_every_column_is_weighed_and_what_speaks_for_a_partner_lessens_the_doubt() -> None:
    fitted = settings("encoder")
    table = table_of(PAIRS[0], list(range(7)))
    look = Look(
        table=table,
        which=Side.SOURCE,
        usual=fitted["usual"],
        usual_rendered=fitted["rendered"],
    )
    assert set(plain_columns(look)) == set(fitted["plain"])
    assert plain_odds(look, fitted["plain"]).shape == (7,)
    likenesses = set(fitted["plain"]) - {"content", "sign"}
    assert all(fitted["plain"][name][1] < 0 for name in likenesses)


def test_no_word_of_any_language_has_a_say() -> None:
    fitted = settings("encoder")
    for name in ("usual", "rendered"):
        assert all(set(figures) == {""} for figures in fitted[name].values())
