import json
from hashlib import sha256
from pathlib import Path

import pytest

from paraalign import pipeline
from paraalign.cli import main
from paraalign.errors import InputError
from paraalign.lexicon import (
    Glossary,
    GlossedLexicon,
    Term,
    load_lexicon,
    read_glossary,
    with_glossaries,
)
from paraalign.lexicon.coverage import coverage

TBX2 = """<?xml version="1.0"?><martif type="TBX"><text><body><termEntry>
<descrip type="subjectField">law</descrip>
<langSet xml:lang="fr-FR"><tig><term>arrêté</term></tig></langSet>
<langSet xml:lang="vi"><tig><term>quyết định</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
<ntig><termGrp><term>lệnh</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp></ntig>
</langSet></termEntry></body></text></martif>"""
TBX3 = """<tbx xmlns="urn:iso:std:iso:30042:ed-2" style="dct"><text><body><conceptEntry>
<langSec xml:lang="fr"><termSec><term>commune</term></termSec></langSec>
<langSec xml:lang="vi"><termSec><term>xã</term></termSec></langSec>
</conceptEntry></body></text></tbx>"""
UNIT = '<tu><tuv xml:lang="fr"><seg>{}</seg></tuv><tuv xml:lang="vi-VN"><seg>{}</seg></tuv></tu>'


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_csv_gives_terms_with_status(tmp_path: Path) -> None:
    text = "source,target,status\ncommune,xã,required\ncommune,làng,forbidden\n"
    glossary = read_glossary(write(tmp_path, "a.csv", text), "fr", "vi")
    assert [term.status for term in glossary.terms] == ["required", "forbidden"]


def test_columns_may_be_named_by_language_and_reordered(tmp_path: Path) -> None:
    text = "vi\tdomain\tfr\nxã\tadmin\tcommune\n"
    glossary = read_glossary(write(tmp_path, "a.tsv", text), "fr", "vi")
    assert glossary.terms == (Term("commune", "xã", "admitted", "admin"),)


def test_semicolons_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    glossary = read_glossary(write(tmp_path, "a.csv", "\ufeffcommune;xã\n"), "fr", "vi")
    assert glossary.terms[0][:2] == ("commune", "xã")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "commune,xã\ncommune,\n", r"a\.csv:2: found no target term"),
        ("a.csv", "commune,xã,maybe\n", r"a\.csv:1: found status 'maybe'; allowed: required"),
        ("a.tsv", "commune\n", r"a\.tsv:1: found no target term"),
        ("a.csv", "a,b,required\na,b,forbidden\n", r"a\.csv:2: found 'a' = 'b' forbidden, which"),
        ("a.tbx", "<martif><text>", r"a\.tbx:1: no well-formed XML"),
        ("a.tbx", "<html/>", r"a\.tbx:1: found a root element 'html'"),
        ("a.doc", "x", r"allowed: csv, tsv, tbx, tmx"),
        ("a.tbx", TBX2.replace("preferredTerm", "bestTerm"), r"a\.tbx:4: found status"),
    ],
)
def test_bad_files_are_refused_with_line_and_reason(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        read_glossary(write(tmp_path, name, text), "fr", "vi")


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be read"):
        read_glossary(tmp_path / "no.csv", "fr", "vi")


def test_a_file_in_another_encoding_is_an_input_error(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("arrêté,x\n".encode("latin-1"))
    with pytest.raises(InputError, match="UTF-8"):
        read_glossary(path, "fr", "vi")


def test_tbx_2_gives_status_and_domain(tmp_path: Path) -> None:
    glossary = read_glossary(write(tmp_path, "a.tbx", TBX2), "fr", "vi")
    assert glossary.terms == (
        Term("arrêté", "quyết định", "required", "law"),
        Term("arrêté", "lệnh", "forbidden", "law"),
    )


def test_tbx_3_is_read_with_its_namespace(tmp_path: Path) -> None:
    glossary = read_glossary(write(tmp_path, "a.tbx", TBX3), "fr", "vi")
    assert glossary.terms == (Term("commune", "xã"),)


def test_entities_are_not_read(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret.txt", "SECRET")
    text = f'<!DOCTYPE tbx [<!ENTITY x SYSTEM "{secret.as_uri()}">]>' + TBX3.replace("xã", "a&x;")
    glossary = read_glossary(write(tmp_path, "a.tbx", text), "fr", "vi")
    assert "SECRET" not in str(glossary.terms)


def test_tmx_gives_short_segments_and_recurring_phrases(tmp_path: Path) -> None:
    units = [("Conseil municipal", "Hội đồng thành phố")] + [
        (f"La convention vise {what}.", f"Công ước nhằm {vi}.")
        for what, vi in (
            ("la paix", "hòa bình"),
            ("la santé", "sức khỏe"),
            ("le climat", "khí hậu"),
        )
    ]
    body = "".join(UNIT.format(*unit) for unit in units)
    path = write(tmp_path, "a.tmx", f"<tmx><body>{body}</body></tmx>")
    pairs = {term[:2] for term in read_glossary(path, "fr", "vi").terms}
    assert ("Conseil municipal", "Hội đồng thành phố") in pairs
    assert any("convention" in source and "Công ước" in target for source, target in pairs)
    assert not any("climat" in source for source, _ in pairs)


def glossed(*terms: Term) -> GlossedLexicon:
    return GlossedLexicon(Glossary("house.csv", ("fr", "vi"), terms), load_lexicon("fr", "vi"))


def test_the_users_rendering_comes_first() -> None:
    lexicon = glossed(Term("patrimoine", "di tích", "required"))
    first = lexicon.renderings("patrimoines")[0]
    assert (first.text, first.origin) == ("di tích", "user")


def test_a_forbidden_rendering_is_never_given_nor_matched() -> None:
    lexicon = glossed(Term("patrimoine", "di sản", "forbidden"))
    assert "di sản" not in [one.text for one in lexicon.renderings("patrimoine")]
    assert lexicon.matches("le patrimoine", "di sản") == []


def test_a_users_term_matches_with_full_score() -> None:
    lexicon = glossed(Term("Assises", "Hội nghị", "required"))
    found = lexicon.matches("les Assises", "tại hội nghị này")
    assert [match.score for match in found if match.source == (4, 11)] == [1.0]


def test_a_users_term_counts_in_coverage() -> None:
    lexicon = glossed(Term("zorgue bleue", "trò quậy", "admitted"))
    shares = coverage(lexicon.index(["une zorgue bleue"], "fr"), lexicon.index(["trò quậy"], "vi"))
    assert shares[0, 0] > 0.8


def test_a_glossary_serves_where_there_is_no_lexicon() -> None:
    glossary = Glossary("house.csv", ("de", "fr"), (Term("Gemeinde", "commune"),))
    lexicon = GlossedLexicon(glossary, load_lexicon("de", "fr"))
    assert lexicon.matches("die Gemeinde", "la commune")[0].target == (3, 10)
    assert lexicon.name == "house.csv (1 term)"


def test_a_forbidden_pair_shares_no_key_in_the_index() -> None:
    lexicon = glossed(Term("patrimoine", "di sản", "forbidden"))
    source = lexicon.index(["les patrimoines"], "fr")
    shares = coverage(source, lexicon.index(["di sản", "tài sản"], "vi"))
    assert shares[0, 0] == 0
    assert shares[0, 1] > 0


def test_a_forbidden_pair_is_dropped_in_the_other_direction_too() -> None:
    glossary = Glossary("a.csv", ("vi", "fr"), (Term("di sản", "patrimoine", "forbidden"),))
    lexicon = GlossedLexicon(glossary, load_lexicon("vi", "fr"))
    shares = coverage(lexicon.index(["di sản"], "vi"), lexicon.index(["patrimoine"], "fr"))
    assert shares[0, 0] == 0


def test_dropping_a_pair_leaves_the_shared_lexicon_alone() -> None:
    glossed(Term("patrimoine", "di sản", "forbidden")).index(["patrimoine"], "fr")
    whole = load_lexicon("fr", "vi")
    assert whole
    assert "di sản" in [one.text for one in whole.renderings("patrimoine")]


def test_the_first_glossary_outranks_the_next() -> None:
    first = Glossary("a.csv", ("fr", "vi"), (Term("commune", "xã", "required"),))
    terms = (Term("commune", "xã", "forbidden"), Term("commune", "phường"))
    lexicon = with_glossaries(None, [first, Glossary("b.csv", ("fr", "vi"), terms)])
    assert lexicon
    assert [one.text for one in lexicon.renderings("commune")] == ["xã", "phường"]
    assert lexicon.name == "a.csv + b.csv (2 terms)"


def test_no_glossary_leaves_the_lexicon_as_it_is() -> None:
    base = load_lexicon("fr", "vi")
    assert with_glossaries(base, []) is base


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    french = "La commune gère les écoles de son territoire.\n\nElle publie ses comptes.\n"
    vietnamese = "Xã quản lý các trường học trên địa bàn.\n\nXã công bố tài khoản của mình.\n"
    write(tmp_path, "fr.md", french)
    write(tmp_path, "vi.md", vietnamese)
    return tmp_path


@pytest.mark.parametrize("command", ["check", "align"])
def test_the_signature_says_which_glossaries(
    texts: Path, command: str, capfd: pytest.CaptureFixture[str]
) -> None:
    data = "commune,xã,required\n"
    write(texts, "a.csv", data)
    write(texts, "b.tsv", "école\ttrường học\n")
    glossaries = ["--glossary", "a.csv", "--glossary", "b.tsv"]
    main([command, "fr.md", "vi.md", "--encoder", "none", "-o", "-.json", *glossaries])
    signature = json.loads(capfd.readouterr().out)["signature"]
    assert signature["lexicon"].startswith("a.csv + b.tsv (2 terms) over paraalign fr-vi")
    stated = signature["options"]["glossaries"]
    assert [one["name"] for one in stated] == ["a.csv", "b.tsv"]
    assert stated[0]["sha256"] == sha256(data.encode()).hexdigest()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "commune,xã\nécole,\n", "a.csv:2: found no target term"),
        ("a.tbx", TBX2.replace("preferredTerm", "bestTerm"), "a.tbx:4: found status"),
        ("a.doc", "x", "allowed: csv, tsv, tbx, tmx"),
    ],
)
def test_a_bad_glossary_ends_the_command_with_one_line(
    texts: Path, name: str, text: str, message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    write(texts, name, text)
    status = main(["check", "fr.md", "vi.md", "--encoder", "none", "--glossary", name])
    output, error = capfd.readouterr()
    assert (status, output, error.count("\n")) == (2, "", 1)
    assert message in error


def test_a_missing_glossary_ends_the_command_with_one_line(
    texts: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert texts
    assert main(["align", "fr.md", "vi.md", "--encoder", "none", "--glossary", "no.csv"]) == 2
    assert "no.csv: the glossary can't be read" in capfd.readouterr().err


def test_an_output_may_not_overwrite_a_glossary(
    texts: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = write(texts, "a.csv", "commune,xã\n")
    options = ["--glossary", "a.csv", "-o", "a.csv"]
    assert main(["check", "fr.md", "vi.md", "--encoder", "none", *options]) == 2
    assert path.read_text(encoding="utf-8") == "commune,xã\n"
    assert "a.csv" in capfd.readouterr().err


def test_options_take_glossaries(texts: Path) -> None:
    path = write(texts, "a.csv", "commune,phường,forbidden\n")
    options = pipeline.Options(encoder="none", glossaries=(path,))
    report = pipeline.align(texts / "fr.md", texts / "vi.md", options=options)
    assert report.signature["options"]["glossaries"][0]["name"] == "a.csv"


def test_a_users_term_does_not_reach_over_a_full_stop() -> None:
    glossary = Glossary("a.csv", ("fr", "vi"), (Term("zorgue bleue", "trò quậy"),))
    lexicon = GlossedLexicon(glossary)
    assert lexicon.matches("zorgue bleue", "trò quậy")
    assert lexicon.matches("zorgue. Bleue", "trò quậy") == []
    assert lexicon.matches("zorgue bleue", "trò, quậy") == []


def test_a_users_term_matches_in_other_forms_and_spellings() -> None:
    lexicon = glossed(Term("collectivité territoriale", "hoà giải viên", "required"))
    found = lexicon.matches("les collectivités territoriales", "các hòa giải viên")
    assert [match.score for match in found if match.source == (4, 31)] == [1.0]
