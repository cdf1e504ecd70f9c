"""Gold files are read in each of their forms, and refused in one line where they are none."""

import json
from pathlib import Path
from typing import Any

import pytest

from paraalign.errors import InputError
from paraalign.evaluate.divergences import place
from paraalign.evaluate.gold import Gold, Quote, read_gold
from paraalign.evaluate.placing import Index, letters
from paraalign.model import Document, Kind, Severity, Span
from paraalign.read import read_text
from paraalign.segment import segment

LANGS = ("fr", "vi")
FRENCH = "# Titre\n\n1. Un bien commun.\n\nUn autre bien.\n\n2. Le bien, c’est *bien*."
VIETNAMESE = "# Tựa\n\n1. Một tài sản.\n\nTài sản khác.\n\n2. Tài sản là tốt."


@pytest.fixture(scope="module")
def documents() -> tuple[Document, Document]:
    source, target = (
        segment(read_text(text, format="md"), lang)
        for text, lang in zip((FRENCH, VIETNAMESE), LANGS, strict=True)
    )
    return source, target


def spans(gold: Gold, documents: tuple[Document, Document]) -> list[list[tuple[int, ...]]]:
    records, unplaced = place(gold, documents)
    assert unplaced == 0
    return [[tuple(each.start for each in side) for side in record.spans] for record in records]


def test_a_string_is_a_quote_and_an_empty_one_none() -> None:
    gold = read_gold([{"kind": "omission", "fr": "bien", "vi": "", "severity": "major"}], LANGS)
    assert gold.records is not None
    assert gold.records[0].quotes == ((Quote("bien"),), ())
    assert gold.records[0].severity is Severity.MAJOR


def test_source_and_target_serve_as_names_of_the_sides() -> None:
    gold = read_gold([{"kind": "omission", "source": "bien", "target": []}], ("en", "de"))
    assert gold.records is not None
    assert gold.records[0].quotes == ((Quote("bien"),), ())


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("omission_vi", Kind.OMISSION),
        ("omission_fr", Kind.ADDITION),
        ("addition_vi", Kind.ADDITION),
        ("addition_fr", Kind.OMISSION),
        ("modality", Kind.MISTRANSLATION),
        ("term", Kind.TERMINOLOGY),
        ("typo", Kind.DEFECT),
        ("entity", Kind.ENTITY),
    ],
)
def test_other_names_of_kinds_are_known(name: str, kind: Kind) -> None:
    gold = read_gold({"divergences": [{"type": name, "fr": "a", "vi": "b"}]}, LANGS)
    assert gold.records is not None
    assert gold.records[0].kind is kind


def test_one_vote_is_no_agreement() -> None:
    rows = [{"kind": "omission", "fr": "a", "vi": "", "votes": votes} for votes in (1, 2)]
    gold = read_gold(rows, LANGS)
    assert [each.is_agreed for each in gold.records or ()] == [False, True]


def test_units_are_read_from_the_files_beside(tmp_path: Path) -> None:
    for lang, text in zip(LANGS, ("Un\nDeux\n", "Một\nHai\n"), strict=True):
        (tmp_path / f"units.{lang}.txt").write_text(text, encoding="utf-8")
    path = tmp_path / "gold.json"
    path.write_text(json.dumps({"alignment": [{"fr": [0], "vi": [0, 1]}]}), encoding="utf-8")
    gold = read_gold(path, LANGS)
    assert gold.units == (("Un", "Deux"), ("Một", "Hai"))
    assert gold.links == (((0,), (0, 1)),)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"names": []}, "it has no 'divergences'"),
        ([{"kind": "joke", "fr": "a", "vi": "b"}], "'joke' is not a valid Kind"),
        ([{"kind": "omission", "fr": "a"}], "it has no 'vi'"),
        ([{"kind": "omission", "fr": "a", "vi": "b", "severity": "grave"}], "GRAVE"),
        ([3], "no gold for fr and vi"),
    ],
)
def test_what_is_no_gold_is_refused_in_one_line(
    data: list[Any] | dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError, match=said) as error:
        read_gold(data, LANGS)
    assert "\n" not in str(error.value)


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the gold can't be read"):
        read_gold(tmp_path / "none.json", LANGS)
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="no well-formed JSON"):
        read_gold(tmp_path / "broken.json", LANGS)


def test_an_offset_that_holds_counts(documents: tuple[Document, Document]) -> None:
    start = FRENCH.index("bien,")
    row = {"kind": "omission", "fr": [{"start": start, "end": start + 4, "text": "bien"}], "vi": []}
    assert spans(read_gold([row], LANGS), documents) == [[(start,), ()]]


def test_an_offset_of_another_file_leads_to_the_nearest(
    documents: tuple[Document, Document],
) -> None:
    start = FRENCH.index("bien,")
    span = {"start": start + 3, "end": start + 7, "text": "bien"}
    row = {"kind": "omission", "fr": [span], "vi": []}
    assert spans(read_gold([row], LANGS), documents) == [[(start,), ()]]


def test_a_clause_places_a_quote(documents: tuple[Document, Document]) -> None:
    rows = [
        {"kind": "mistranslation", "clause": clause, "fr": "bien", "vi": "tài sản"}
        for clause in ("1", "1p2", "2")
    ]
    found = spans(read_gold(rows, LANGS), documents)
    assert found == [
        [(FRENCH.index("bien commun"),), (VIETNAMESE.index("tài sản"),)],
        [(FRENCH.index("bien.\n\n2"),), (VIETNAMESE.index("Tài sản khác"),)],
        [(FRENCH.index("bien,"),), (VIETNAMESE.index("Tài sản là"),)],
    ]


def test_a_unit_places_a_quote(documents: tuple[Document, Document]) -> None:
    units = {
        "fr": ["Titre", "Un bien commun.", "Un autre bien.", "Le bien, c'est bien."],
        "vi": ["Tựa", "Một tài sản.", "Tài sản khác.", "Tài sản là tốt."],
    }
    rows = [
        {"type": "omission_vi", "fr_unit": 2, "vi_unit": 2, "fr": "bien", "vi": ""},
        {"type": "term", "fr_unit": 3, "vi_unit": 3, "fr": "bien, c'est bien", "vi": "tài sản"},
    ]
    found = spans(read_gold({"units": units, "divergences": rows}, LANGS), documents)
    assert found == [
        [(FRENCH.index("bien.\n\n2"),), ()],
        [(FRENCH.index("bien,"),), (VIETNAMESE.index("Tài sản là"),)],
    ]


def test_a_quote_ends_where_its_markup_does_not(documents: tuple[Document, Document]) -> None:
    found = Index.of(documents[0]).find("c'est bien")
    assert found is not None
    assert FRENCH[found.start : found.end] == "c’est *bien"


def test_a_record_that_the_texts_do_not_hold_is_counted(
    documents: tuple[Document, Document],
) -> None:
    rows = [{"kind": "omission", "fr": text, "vi": ""} for text in ("bien", "autre", "licorne")]
    records, unplaced = place(read_gold(rows, LANGS), documents)
    assert len(records) == 2
    assert unplaced == 1


def test_the_gold_of_another_text_is_refused(documents: tuple[Document, Document]) -> None:
    rows = [{"kind": "omission", "fr": text, "vi": ""} for text in ("zèbre", "licorne", "bien")]
    with pytest.raises(InputError, match="2 of 3 records quote what the texts do not hold"):
        place(read_gold(rows, LANGS), documents)


def test_units_that_are_missing_stand_between_their_neighbours(
    documents: tuple[Document, Document],
) -> None:
    index = Index.of(documents[0])
    texts = ["Titre", "no such unit", "Un autre bien."]
    assert index.units(texts)[1] is None
    found = index.homes(texts)
    assert (found[0].start, found[0].stop) == (0, len("titre"))
    assert found[1].start == found[0].stop
    assert found[1].stop == found[2].start


def test_letters_set_typography_aside() -> None:
    assert letters("L’ E\u0301COLE \u200b« x »") == letters("l'école\u00a0“X”")


def test_a_quote_of_nothing_is_nowhere(documents: tuple[Document, Document]) -> None:
    assert Index.of(documents[0]).find(" ") is None
    assert Index.of(documents[0]).find("Titre") == Span(2, 7)
