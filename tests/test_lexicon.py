import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paraalign.errors import ParaalignError
from paraalign.lexicon import lexicon_name, load_lexicon
from paraalign.lexicon.bilingual import TableLexicon
from paraalign.lexicon.coverage import coverage, hits, overlap
from paraalign.lexicon.package import read_parts
from paraalign.segment.words import cut

CASES = Path(__file__).parent / "cases"
LOOK = json.loads((CASES / "lexicon_look.json").read_text(encoding="utf-8"))
FIRST = json.loads((CASES / "lexicon_first.json").read_text(encoding="utf-8"))
FORMS = json.loads((CASES / "lexicon_forms.json").read_text(encoding="utf-8"))
MATCHES = json.loads((CASES / "lexicon_matches.json").read_text(encoding="utf-8"))
TEXTS = st.text(
    alphabet=st.sampled_from("abđêốỳhoàhòa tệ quyền paix l'Étatœ -.,«»\u00a0\u0301\u0323😀\n12"),
    max_size=60,
)


@pytest.fixture(scope="module")
def french() -> TableLexicon:
    loaded = load_lexicon("fr", "vi")
    assert loaded
    return loaded


@pytest.fixture(scope="module")
def vietnamese() -> TableLexicon:
    loaded = load_lexicon("vi", "fr")
    assert loaded
    return loaded


@pytest.mark.parametrize("case", LOOK, ids=lambda case: case["label"])
def test_look_gives_what_a_pocket_dictionary_gives(french: TableLexicon, case: dict) -> None:  # type: ignore[type-arg]
    look = french.renderings if case["lang"] == "fr" else french.reverse_renderings
    given_texts = [rendering.text for rendering in look(case["input"])][:12]
    assert set(case["expected"]) <= set(given_texts)


@pytest.mark.parametrize("case", MATCHES, ids=lambda case: case["label"])
def test_matches_find_renderings_in_place(french: TableLexicon, case: dict) -> None:  # type: ignore[type-arg]
    source, target = case["source"], case["target"]
    if case["label"] == "decomposed text":
        target = unicodedata.normalize("NFD", target)
    found = [
        [source[slice(*match.source)], unicodedata.normalize("NFC", target[slice(*match.target)])]
        for match in french.matches(source, target)
    ]
    for wanted in case.get("expected", []):
        assert found.count(wanted) >= case["expected"].count(wanted)
    if not case.get("expected", [1]):
        assert found == []
    assert not [pair for pair in case.get("absent", []) if pair in found]


@pytest.mark.parametrize("case", FIRST, ids=lambda case: case["label"])
def test_the_first_sense_is_that_of_a_pocket_dictionary(french: TableLexicon, case: dict) -> None:  # type: ignore[type-arg]
    look = french.renderings if case["lang"] == "fr" else french.reverse_renderings
    texts = [rendering.text for rendering in look(case["input"])]
    assert texts[0] in case["first"]
    assert not set(texts) & set(case["absent"])


@pytest.mark.parametrize("case", FORMS, ids=lambda case: case["label"])
def test_forms_lead_to_their_entry(french: TableLexicon, case: dict[str, str]) -> None:
    renderings = french.renderings(case["input"])
    assert bool(renderings) == bool(case["entry"])
    assert renderings == french.renderings(case["entry"])


@pytest.mark.parametrize("case", MATCHES, ids=lambda case: case["label"])
def test_matches_begin_and_end_where_words_do(french: TableLexicon, case: dict) -> None:  # type: ignore[type-arg]
    ranges = cut(case["source"], "fr")
    starts, ends = {start for start, _ in ranges}, {end for _, end in ranges}
    longest = {match.source for match in french.matches(case["source"], case["target"])}
    wanted = [pair[0] for pair in case.get("expected", [])]
    for start, end in longest:
        if case["source"][start:end] in wanted:
            assert start in starts
            assert end in ends


def test_there_is_no_lexicon_for_other_pairs() -> None:
    assert load_lexicon("de", "fr") is None
    assert lexicon_name(None) == "none"


def test_the_signature_names_pair_and_version(french: TableLexicon) -> None:
    assert lexicon_name(french).startswith("paraalign fr-vi ")


def test_both_directions_mirror_each_other(french: TableLexicon, vietnamese: TableLexicon) -> None:
    onward = french.matches("la paix et la liberté", "hòa bình và tự do")
    back = vietnamese.matches("hòa bình và tự do", "la paix et la liberté")
    assert {match[:2] for match in onward} == {match[:2][::-1] for match in back}
    assert vietnamese.langs == ("vi", "fr")


def test_what_was_written_stands_before_what_was_learned(french: TableLexicon) -> None:
    for word in ("volume", "prise", "établissement"):
        origins = [rendering.origin for rendering in french.renderings(word)]
        assert origins == sorted(origins)


def test_a_word_that_has_an_entry_comes_before_what_it_may_be_a_form_of(
    french: TableLexicon,
) -> None:
    texts = [rendering.text for rendering in french.renderings("mise")]
    assert texts.index("tiền đặt cược") < texts.index("đặt cược")


def test_no_rendering_is_given_twice(french: TableLexicon) -> None:
    texts = [rendering.text for rendering in french.renderings("ouvert")]
    assert len(texts) == len(set(texts))


def test_prose_wins_over_interface_language(french: TableLexicon) -> None:
    assert french.renderings("droit")[0].text == "quyền"


def test_variants_are_not_shown(french: TableLexicon) -> None:
    assert {"hand", "learned"} >= {rendering.origin for rendering in french.renderings("respect")}


def test_coverage_tells_a_translation_from_a_stranger(french: TableLexicon) -> None:
    source = french.index(["la paix et la sécurité", "un bon repas"], "fr")
    target = french.index(["hòa bình và an ninh", "một bữa ăn ngon"], "vi")
    shares = coverage(source, target)
    assert shares[0, 0] > 0.8
    assert shares[0, 1] < 0.2
    assert overlap(source, target).argmax(axis=1).tolist() == [0, 1]


def test_hits_agree_with_matches(french: TableLexicon) -> None:
    source, target = "les droits de la personne", "quyền của con người"
    found = hits(french.index([source], "fr"), french.index([target], "vi"))[:, 0]
    places = french.index([source], "fr").starts
    matched = {match.source[0] for match in french.matches(source, target)}
    assert matched == {int(place) for place, score in zip(places, found, strict=True) if score}


def test_an_index_of_nothing_is_empty(french: TableLexicon) -> None:
    index = french.index([], "fr")
    assert index.text_count == len(index.texts) == len(index.keys) == 0
    assert coverage(index, french.index(["hòa bình"], "vi")).shape == (0, 1)


@given(TEXTS, TEXTS)
@settings(max_examples=60, deadline=None)
def test_matches_stand_in_both_texts_in_order(source: str, target: str) -> None:
    lexicon = load_lexicon("fr", "vi")
    assert lexicon
    found = lexicon.matches(source, target)
    assert [match[:2] for match in found] == sorted({match[:2] for match in found})
    for match in found:
        assert 0 <= match.source[0] < match.source[1] <= len(source)
        assert 0 <= match.target[0] < match.target[1] <= len(target)
        assert 0 < match.score <= 1


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_composed_and_decomposed_text_match_alike(text: str) -> None:
    lexicon = load_lexicon("fr", "vi")
    assert lexicon
    composed, split = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    counts = {len(lexicon.matches("la paix, les droits", one)) for one in (composed, split)}
    assert len(counts) == 1


def test_a_broken_package_is_refused() -> None:
    with pytest.raises(ParaalignError, match="not a lexicon file"):
        read_parts(b"PK\x03\x04 something else\n")
