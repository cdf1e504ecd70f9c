import csv
import io
import json
import os
import zipfile
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from report_builder import declaration_report, document, finding, report, small_report

from paraalign import formats
from paraalign.atomic import check_writable, write_bytes
from paraalign.errors import OptionError
from paraalign.formats.tables import defused, table_named
from paraalign.formats.writing import encoded
from paraalign.model import Kind, Link, Report, Span
from paraalign.report.plain import plain

SCHEMA = json.loads(files("paraalign.formats").joinpath("report.schema.json").read_text("utf-8"))
XLIFF = "{urn:oasis:names:tc:xliff:document:1.2}"
XLIFF2 = "{urn:oasis:names:tc:xliff:document:2.0}"
ITS = "{http://www.w3.org/2005/11/its}"
NASTY = "a\x00\x0b\ud800\ufffe<]]>&\u202e🎋"


def text_of(shown: Report, name: str, table: str = "links") -> str:
    content = formats.dumps(shown, name, table=table)
    assert isinstance(content, str)
    return content


def nasty_report() -> Report:
    source, target = document(NASTY, "fr", NASTY), document(f"=1+1 {NASTY}", "vi")
    found = finding((source, target), Kind.DEFECT, "<]]>", "=1+1")
    return report(source, target, [Link((0,), (0,))], [replace(found, message=NASTY)])


@pytest.mark.parametrize("shown", [small_report(), declaration_report(), nasty_report()])
def test_json_is_as_the_schema_says(shown: Report) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(text_of(shown, "json")))


def test_a_report_that_breaks_the_schema_is_refused_by_it() -> None:
    broken = json.loads(text_of(small_report(), "json"))
    broken["findings"][0]["kind"] = "other"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, SCHEMA)


def test_json_offsets_give_the_stretch_that_is_meant() -> None:
    shown = json.loads(text_of(small_report(), "json"))
    for item in shown["findings"]:
        for side in ("source", "target"):
            for span in item[side]:
                assert shown[side]["text"][span["start"] : span["end"]] == span["text"]


def test_json_words_are_linked_by_their_spans() -> None:
    shown = json.loads(text_of(small_report(), "json"))
    (start, end), (other, last) = (
        shown["links"]["words"][0][side] for side in ("source", "target")
    )
    assert shown["source"]["text"][start:end] == "Règlement"
    assert shown["target"]["text"][other:last] == "Nội"


def test_json_counts_what_was_found() -> None:
    summary = json.loads(text_of(small_report(), "json"))["summary"]
    assert summary["findings"] == sum(summary["kinds"].values()) == 11
    assert summary["severities"] == {"minor": 4, "major": 6, "critical": 1}
    assert (summary["gaps"], summary["parallel"]) == (2, True)


def test_json_has_a_finding_and_a_link_a_line_or_more() -> None:
    lines = text_of(small_report(), "json").splitlines()
    assert any(line.startswith('   {"source": [3], "target": [], "score": 0.7') for line in lines)


def test_half_a_surrogate_pair_is_spelled_out_in_json() -> None:
    content = encoded(text_of(nasty_report(), "json"))
    assert json.loads(content.decode("utf-8"))["source"]["text"] == NASTY


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(st.text(), st.one_of(st.floats(), st.sets(st.integers()), st.tuples(st.text())))
)
def test_any_evidence_becomes_json(evidence: dict[str, object]) -> None:
    json.dumps(plain(evidence), allow_nan=False)


@pytest.mark.parametrize("name", formats.ENDINGS)
def test_the_same_report_gives_the_same_bytes(name: str) -> None:
    assert formats.dumps(small_report(), name) == formats.dumps(small_report(), name)


@pytest.mark.parametrize("name", formats.ENDINGS)
def test_no_character_of_a_text_costs_the_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"report.{name}"
    formats.write(nasty_report(), path)
    if name in {"tmx", "xlf", "xliff"}:
        etree.parse(path)
    elif name == "xlsx":
        assert openpyxl.load_workbook(path)["Texts"]["C2"].value.startswith("=1+1")
    else:
        assert "🎋" in path.read_text("utf-8")


@pytest.mark.parametrize("name", formats.ENDINGS)
def test_a_report_without_anything_can_be_written(name: str) -> None:
    empty = report(document("", "fr"), document("", "vi"), [])
    assert formats.dumps(empty, name)


def test_an_unknown_ending_is_refused_with_what_is_allowed(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"unknown ending '\.docx'.*\.json.*\.sarif"):
        formats.write(small_report(), tmp_path / "report.docx")
    with pytest.raises(OptionError, match="no ending"):
        formats.format_of("report")
    assert not list(tmp_path.iterdir())


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(OptionError, match="unknown format 'docx'"):
        formats.dumps(small_report(), "docx")
    with pytest.raises(OptionError, match="unknown format 'tmx'"):
        formats.dumps_document(small_report().source, "tmx")


@pytest.mark.parametrize(
    ("stem", "table"),
    [
        ("links", "links"),
        ("report", "links"),
        ("findings", "findings"),
        ("pair-findings", "findings"),
        ("my_words", "words"),
        ("clauses", "clauses"),
        ("Sentences.v2", "sentences"),
        ("passwords", "links"),
    ],
)
def test_the_name_of_a_table_says_what_it_holds(stem: str, table: str) -> None:
    assert table_named(stem) == table


def test_tsv_has_the_clauses_and_the_sentences_inside(tmp_path: Path) -> None:
    formats.write(small_report(), tmp_path / "links.tsv")
    rows = (tmp_path / "links.tsv").read_text("utf-8").splitlines()
    cells = [row.split("\t") for row in rows]
    assert {len(row) for row in cells} == {8}
    assert [row[0] for row in cells[1:4]] == ["clause", "sentence", "clause"]
    assert cells[-2][1:3] == ["", "3"]


def test_each_level_has_a_table_of_its_own() -> None:
    assert text_of(small_report(), "tsv", "sentences").count("\nsentence\t") == 6
    assert text_of(small_report(), "tsv", "clauses").count("\nclause\t") == 5


def test_tsv_of_findings_has_a_row_each(tmp_path: Path) -> None:
    formats.write(small_report(), tmp_path / "findings.tsv")
    rows = (tmp_path / "findings.tsv").read_text("utf-8").splitlines()
    assert len(rows) == 12
    assert rows[1].split("\t")[1:4] == ["mistranslation", "major", "0.70"]


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+1-1", "-2+3", "\t=1", "\r=1"])
def test_a_formula_is_defused(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "trois", "-3.5", "+12", "a=b", "« - »", "0"])
def test_what_is_no_formula_is_left_alone(cell: str) -> None:
    assert defused(cell) == cell


def test_csv_is_safe_in_spreadsheets_and_tsv_is_untouched() -> None:
    rows = list(csv.reader(io.StringIO(text_of(nasty_report(), "csv").replace("\x00", ""))))
    assert rows[1][-1].startswith("'=1+1")
    assert "\t=1+1" in text_of(nasty_report(), "tsv")


def test_tmx_has_a_unit_a_sentence_link_and_keeps_the_gaps() -> None:
    tree = etree.fromstring(text_of(small_report(), "tmx").encode())
    assert [len(unit.findall("tuv")) for unit in tree.iter("tu")] == [2, 2, 2, 2, 1, 1]
    notes = [note.text or "" for note in tree.iter("note")]
    assert len(notes) == 11
    assert notes[0].startswith("mistranslation (major, 70%)")


def test_tmx_gives_the_texts_back() -> None:
    shown = small_report()
    tree = etree.fromstring(text_of(shown, "tmx").encode())
    segments = tree.xpath("//tuv[@xml:lang='fr']/seg/text()")
    assert segments == [shown.source.read(sentence.span) for sentence in shown.source.sentences]


def test_xliff_1_2_has_a_group_a_clause_and_every_finding_as_a_note() -> None:
    tree = etree.fromstring(text_of(small_report(), "xlf").encode())
    groups = [group.get("resname") for group in tree.iter(f"{XLIFF}group")]
    assert groups == ["title", "1", "2", "3", "4"]
    assert len(list(tree.iter(f"{XLIFF}note"))) == 11
    ids = [unit.get("id") for unit in tree.iter(f"{XLIFF}trans-unit")]
    assert ids == ["1.1", "2.1", "2.2", "3.1", "4.1", "5.1"]


def test_xliff_2_1_has_a_unit_a_clause_and_every_finding_as_a_quality_issue() -> None:
    tree = etree.fromstring(text_of(small_report(), "xliff").encode())
    assert len(list(tree.iter(f"{XLIFF2}unit"))) == 5
    assert len(list(tree.iter(f"{XLIFF2}note"))) == 11
    comments = {each.get(f"{ITS}locQualityIssueComment") for each in tree.iter(f"{XLIFF2}sm")}
    assert len(comments) + len(list(tree.iter(f"{ITS}locQualityIssue"))) == 11
    ids = [element.get("id") for element in tree.iter(f"{XLIFF2}*") if element.get("id")]
    assert len(ids) == len(set(ids))


def test_xliff_2_1_marks_the_stretches_of_findings_even_where_they_overlap() -> None:
    tree = etree.fromstring(text_of(small_report(), "xliff").encode())
    marked = {}
    for start in tree.iter(f"{XLIFF2}sm"):
        text = start.tail or ""
        for after in start.itersiblings():
            if after.tag == f"{XLIFF2}em" and after.get("startRef") == start.get("id"):
                break
            text += after.tail or ""
        marked[start.get("id")] = text
    assert marked["m2.1.s1"] == "12 mai 2023"
    assert [text for name, text in marked.items() if str(name).startswith("m2.2.s")] == [
        "élisent douze délégués",
        "douze",
    ]
    assert len(list(tree.iter(f"{XLIFF2}em"))) == len(marked)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)), max_size=6))
def test_marks_of_any_kind_leave_the_text_as_it_is(marks: list[tuple[int, int]]) -> None:
    source, target = document("Les villes de Lyon.", "fr"), document("Lyon.", "vi")
    found = [
        replace(finding((source, target), Kind.DEFECT, "villes", ""), source=(Span(a, a + n),))
        for a, n in marks
    ]
    shown = report(source, target, [Link((0,), (0,))], found)
    tree = etree.fromstring(text_of(shown, "xliff").encode())
    assert "".join(map(str, next(tree.iter(f"{XLIFF2}source")).itertext())) == source.text


def test_a_workbook_has_the_texts_the_findings_and_the_run(tmp_path: Path) -> None:
    formats.write(small_report(), tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert book.sheetnames == ["Texts", "Findings", "Run"]
    texts, findings = book["Texts"], book["Findings"]
    assert [row[0].value for row in texts.iter_rows(min_row=2)] == ["title", "1", "2", "3", None]
    assert texts.freeze_panes == findings.freeze_panes == "B2"
    assert findings.auto_filter.ref == "A1:L12"
    assert findings["J1"].value == "decision"
    assert findings.data_validations.dataValidation[0].formula1 == '"Accept,Reject,Intended"'
    assert texts["C2"].alignment.wrap_text


def test_rows_of_a_workbook_are_as_high_as_their_texts(tmp_path: Path) -> None:
    long = "Các địa phương " * 60
    shown = report(document("Lyon.", "fr"), document(long.strip(), "vi"), [Link((0,), (0,))])
    formats.write(shown, tmp_path / "report.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "report.xlsx")["Texts"]
    assert 200 < float(sheet.row_dimensions[2].height) < 300  # 900 characters, 60 a line


def test_a_workbook_holds_no_formula(tmp_path: Path) -> None:
    formats.write(nasty_report(), tmp_path / "report.xlsx")
    with zipfile.ZipFile(tmp_path / "report.xlsx") as book:
        assert all(b"<f>" not in book.read(name) for name in book.namelist())


def test_a_text_too_long_for_a_cell_goes_on_in_the_next(tmp_path: Path) -> None:
    long = "a" * 40_000
    shown = report(document(long, "fr"), document("b", "vi"), [Link((0,), (0,))])
    formats.write(shown, tmp_path / "report.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "report.xlsx")["Texts"]
    assert "".join(str(sheet.cell(row, 2).value) for row in (2, 3)) == long


def test_markdown_escapes_what_would_be_markup() -> None:
    text = text_of(small_report(), "md")
    assert "\\<script\\>" in text
    assert "| 3 | 3\\. Le siège est à Lyon. | — | — | 10 |" in text


def test_sarif_points_into_lines_and_columns() -> None:
    log = json.loads(text_of(small_report(), "sarif"))
    results = log["runs"][0]["results"]
    assert len(results) == 11
    region = results[1]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 33, "endLine": 3, "endColumn": 44}
    assert [result["level"] for result in results[:3]] == ["warning", "error", "warning"]


def test_sarif_counts_characters_where_a_file_holds_two_texts() -> None:
    shown = small_report()
    bitext = replace(shown.bitext, target=replace(shown.target, offset=1000))
    log = json.loads(text_of(replace(shown, bitext=bitext), "sarif"))
    place = log["runs"][0]["results"][0]["relatedLocations"][0]["physicalLocation"]
    assert place["region"] == {"charOffset": 1000, "charLength": 7}


def test_a_document_is_written_as_it_stands_in_a_report(tmp_path: Path) -> None:
    source = small_report().source
    formats.write_document(source, tmp_path / "source.json")
    written = json.loads((tmp_path / "source.json").read_text("utf-8"))
    assert written == json.loads(text_of(small_report(), "json"))["source"]
    formats.write_document(source, tmp_path / "source.tsv")
    assert (tmp_path / "source.tsv").read_text("utf-8").count("\n") == 5
    with pytest.raises(OptionError, match=r"allowed are \.json, \.tsv, \.csv"):
        formats.write_document(source, tmp_path / "source.tmx")


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("old")
    path.chmod(0o640)
    write_bytes(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.json"]


def test_a_failed_write_leaves_what_stood_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.json"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OptionError, match="no space left on device"):
        write_bytes(path, b"new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.json"]
    assert path.read_text() == "old"


def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "report.json"
    link.symlink_to(tmp_path / "there" / "real.json")
    write_bytes(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "there" / "real.json").read_bytes() == b"new"


def test_a_folder_or_a_place_in_no_folder_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="it is a folder"):
        check_writable(tmp_path)
    with pytest.raises(OptionError, match="no such file or directory"):
        check_writable(tmp_path / "missing" / "report.json")
    check_writable(tmp_path / "report.json")
    assert not list(tmp_path.iterdir())
