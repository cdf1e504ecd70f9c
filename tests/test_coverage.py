"""Uncovered words: what is reported, where, as what, and what is left in peace."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from paraalign.align.words.evidence import WordEvidence
from paraalign.align.words.links import link_words
from paraalign.checks.context import Context
from paraalign.checks.coverage.findings import CHECKS, find_uncovered
from paraalign.checks.coverage.phrases import Divergence, Phrase
from paraalign.checks.coverage.words import settings
from paraalign.encode import Encoder, load_encoder
from paraalign.encode.tokens import encode_document
from paraalign.lexicon import load_lexicon
from paraalign.model import Bitext, Document, Finding, Kind, Link, Links, Severity
from paraalign.read import read_text
from paraalign.segment import segment

CASES = json.loads((Path(__file__).parent / "cases" / "coverage.json").read_text("utf-8"))
WORDS = ["patrimoine", "le", "droit", "Hanoï", "12", "–", "🌍", "culture", "pas", "e\u0301cole"]
OTHERS = ["di sản", "quyền", "Hà Nội", "12", "–", "🌍", "văn hóa", "không", "của"]


@cache
def encoder() -> Encoder:
    found = load_encoder("e5")
    assert found is not None
    return found


def context_of(source: str, target: str, *, encoded: bool = True, known: bool = True) -> Context:
    documents = lines(source, "fr"), lines(target, "vi")
    links = tuple(Link((n,), (n,)) for n in range(len(documents[0].sentences)))
    tokens = None
    if encoded:
        tokens = encode_document(documents[0], encoder()), encode_document(documents[1], encoder())
    lexicon = load_lexicon("fr", "vi") if known else None
    words = link_words(WordEvidence(*documents, links, tokens=tokens, lexicon=lexicon))
    bitext = Bitext(*documents, Links(clauses=links, sentences=links, words=words))
    return Context(bitext=bitext, lexicon=lexicon, tokens=tokens)


def lines(text: str, lang: str) -> Document:
    return segment(read_text(text, format="txt"), lang, units="lines")


def told(context: Context, found: Finding) -> tuple[str, str, str]:
    quotes = [
        " … ".join(document.given(span) for span in spans)
        for document, spans in zip(context.documents, (found.source, found.target), strict=True)
    ]
    return str(found.kind), quotes[0], quotes[1]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_cases_are_reported_as_they_say(case: dict[str, Any]) -> None:
    context = context_of(case["source"], case["target"])
    found = [told(context, each) for each in find_uncovered(context)]
    assert found == [tuple(each) for each in case["expected"]]


def test_a_missing_stretch_has_a_place_on_the_other_side() -> None:
    context = context_of(CASES[0]["source"], CASES[0]["target"])
    (found,) = find_uncovered(context)
    assert found.source == ()
    assert found.source_at is not None
    assert 0 <= found.source_at <= len(context.bitext.source.text)
    assert found.target_at is None


def test_the_message_quotes_the_words_and_gives_glosses() -> None:
    (found,) = find_uncovered(context_of(CASES[0]["source"], CASES[0]["target"]))
    assert "“văn hóa”" in found.message
    assert "culture" in found.message
    assert found.evidence["glosses"]["văn hóa"]


def test_a_lower_threshold_never_reports_less() -> None:
    context = context_of(CASES[1]["source"], CASES[1]["target"])
    counts = [len(list(find_uncovered(context, least=least))) for least in (0.9, 0.5, 0.2, 0.0)]
    assert counts == sorted(counts)
    assert all(each.confidence >= 0.2 for each in find_uncovered(context, least=0.2))


def test_each_check_of_the_family_yields_its_own_kind_alone() -> None:
    context = context_of(CASES[1]["source"], CASES[1]["target"])
    together = [each for check in CHECKS for each in check.function(context)]
    assert sorted(map(str, together)) == sorted(map(str, find_uncovered(context)))
    for check in CHECKS:
        assert {each.kind for each in check.function(context)} <= {check.kind}


def test_without_encoder_the_lexicon_still_finds_an_added_phrase() -> None:
    context = context_of(CASES[2]["source"], CASES[2]["target"], encoded=False)
    quotes = [told(context, each)[2] for each in find_uncovered(context)]
    assert any("khiếu nại" in quote for quote in quotes)


def test_without_encoder_and_lexicon_nothing_is_claimed() -> None:
    context = context_of(CASES[1]["source"], CASES[1]["target"], encoded=False, known=False)
    assert list(find_uncovered(context)) == []


def test_figures_are_left_to_the_value_checks() -> None:
    context = context_of("Il compte 12 articles.", "Văn bản có 15 điều.")
    for found in find_uncovered(context, least=0.0):
        assert not any(char.isdigit() for quote in told(context, found)[1:] for char in quote)


def test_the_same_input_gives_the_same_findings() -> None:
    first, second = (
        list(find_uncovered(context_of(CASES[1]["source"], CASES[1]["target"]))) for _ in range(2)
    )
    assert first == second


@examples(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=10),
    st.lists(st.sampled_from(OTHERS), min_size=1, max_size=10),
)
def test_findings_keep_their_shape(one: list[str], other: list[str]) -> None:
    context = context_of(" ".join(one), " ".join(other), encoded=False)
    for found in find_uncovered(context, least=0.0):
        kind, source, target = told(context, found)
        assert (kind == "omission") == (bool(source) and not target)
        assert (kind == "addition") == (bool(target) and not source)
        assert (found.target_at is None) == bool(target)
        assert (found.source_at is None) == bool(source)
        assert 0.0 <= found.confidence <= 1.0
        assert found.severity in Severity


def test_a_divergence_knows_its_kind() -> None:
    phrase = Phrase(0, 1, 0.5)
    assert Divergence(phrase, None).kind is Kind.OMISSION
    assert Divergence(None, phrase).kind is Kind.ADDITION
    assert Divergence(phrase, phrase).kind is Kind.MISTRANSLATION


@pytest.mark.parametrize("mode", ["cross", "full", "encoder", "encoder-cross", "lexicon"])
def test_fitted_figures_make_doubt_raise_confidence(mode: str) -> None:
    fitted = settings(mode)
    assert fitted["calibration"][0] > 0
    assert fitted["confidence"]["score"] > 0
    assert fitted["confidence"]["free"] < 0 or "encoder" in mode  # there nothing is told by it
    assert 0 < fitted["least"] < 1


def test_a_word_left_over_tells_more_in_a_close_translation() -> None:
    extra = (
        "Les États protègent la santé publique.",
        "Các quốc gia và doanh nghiệp bảo vệ sức khỏe cộng đồng.",
    )
    close = [("Les enfants ont des droits.", "Trẻ em có các quyền."), extra]
    loose = [("Il pleut des cordes ce matin.", "Ông ấy đã bán chiếc xe cũ."), extra]
    doubts_of = []
    for pairs in (close * 6, loose * 6):
        context = context_of(*("\n".join(side) for side in zip(*pairs, strict=True)))
        found = find_uncovered(context, least=0.0)
        doubts_of.append([f.confidence for f in found if "doanh nghiệp" in told(context, f)[2]])
    assert doubts_of[0]
    assert max(doubts_of[0]) > max(doubts_of[1], default=0.0)
