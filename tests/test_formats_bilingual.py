"""Bilingual files read back: their pairs are the links, and the report names their units."""

import json
import resource
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_builder import small_report

import paraalign as pa
from paraalign import formats, pipeline
from paraalign.cli import main
from paraalign.errors import InputError
from paraalign.formats.bilingual import batches, is_pair_file, joined, open_pairs
from paraalign.formats.bilingual.laying import PairedTexts
from paraalign.formats.bilingual.pair import Pair

CASES: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("cases").joinpath("bilingual.json").read_text("utf-8")
)
FAST = pa.Options(encoder="none")


def pairs_of(path: Path) -> list[Pair]:
    return list(open_pairs(path).pairs())


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_each_file_gives_its_pairs(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / f"file{case['ending']}"
    path.write_text(case["text"], "utf-8")
    if "error" in case:
        with pytest.raises(InputError, match=case["error"]):
            pairs_of(path)
        return
    file = open_pairs(path)
    assert [list(pair) for pair in file.pairs()] == case["pairs"]
    assert list(file.langs) == case["langs"]


@pytest.mark.parametrize("ending", ["tmx", "xlf", "xliff"])
def test_what_we_write_is_read_back_pair_by_pair(ending: str, tmp_path: Path) -> None:
    shown = small_report()
    path = tmp_path / f"pair.{ending}"
    formats.write(shown, path)
    read = [(pair.source, pair.target) for pair in pairs_of(path)]
    written = [
        tuple(
            " ".join(document.read(document.sentences[index].span) for index in side)
            for document, side in zip((shown.source, shown.target), link[:2], strict=True)
        )
        for link in shown.links.sentences
    ]
    assert [pair for pair in read if any(pair)] == written


def workbook(path: Path, rows: list[list[str | None]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_workbook_of_two_columns_is_read(tmp_path: Path) -> None:
    rows: list[list[str | None]] = [["id", "fr", "vi"], ["k1", "Bonjour", "Xin chào"]]
    path = workbook(tmp_path / "table.xlsx", [*rows, ["k2", "Merci", None]])
    assert pairs_of(path) == [Pair("k1", "Bonjour", "Xin chào"), Pair("k2", "Merci", "")]
    assert open_pairs(path).langs == ("fr", "vi")


def test_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(b"PK no zip")
    with pytest.raises(InputError, match=r"table\.xlsx: no XLSX workbook"):
        pairs_of(path)


@pytest.mark.parametrize("ending", [".tmx", ".xlf", ".po", ".tsv", ".csv", ".xlsx"])
def test_a_missing_file_is_said(ending: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or directory"):
        pairs_of(tmp_path / f"none{ending}")


def test_entities_of_a_file_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    path = tmp_path / "evil.tmx"
    path.write_text(
        f'<!DOCTYPE tmx [<!ENTITY e SYSTEM "{tmp_path}/secret.txt">]><tmx version="1.4">'
        '<header srclang="fr"/><body><tu><tuv xml:lang="fr"><seg>a&e;b</seg></tuv>'
        '<tuv xml:lang="vi"><seg>c</seg></tuv></tu></body></tmx>'
    )
    assert "secret" not in str(pairs_of(path))


def test_texts_are_no_bilingual_files() -> None:
    assert not any(map(is_pair_file, ("a.md", "a.txt", "a.html", "a", 3)))


PO = """msgid ""
msgstr ""
"Language: vi\\n"

msgid "Le comité se réunit le 12 mai 2023."
msgstr "Ủy ban họp ngày 13 tháng 5 năm 2023."

msgid "Les membres de l'association publient les comptes."
msgstr ""

msgid "Le siège de l'association est à Lyon."
msgstr "Trụ sở của hiệp hội đặt tại Lyon."
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "vi.po"
    path.write_text(PO, "utf-8")
    return path


def test_the_pairs_are_the_links(catalogue: Path) -> None:
    report = pa.check(catalogue, options=FAST)
    assert [(link.source, link.target) for link in report.links.clauses] == [
        ((0,), (0,)),
        ((1,), ()),
        ((2,), (1,)),
    ]
    assert report.links.sentences == report.links.clauses
    assert (report.source.lang, report.target.lang) == ("fr", "vi")


def test_findings_point_to_the_units(catalogue: Path) -> None:
    report = pa.check(catalogue, options=FAST)
    number = next(each for each in report.findings if each.kind is pa.Kind.NUMBER)
    assert number.source_clause is not None
    assert report.source.clauses[number.source_clause].label == "line 5"
    gap = next(each for each in report.findings if each.source_clause == 1)
    assert (gap.severity, gap.target) == (pa.Severity.MAJOR, ())
    assert report.source.clauses[1].label == "line 8"


def test_texts_are_aligned_anew_where_asked(catalogue: Path) -> None:
    report = pa.align(catalogue, options=pa.Options(encoder="none", realign=True))
    assert report.source.clauses[0].label != "line 5"
    assert report.signature["options"]["realign"] is True


def test_the_command_line_reads_pairs(catalogue: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(catalogue), "--encoder", "none", "--fail-on", "major"]) == 1
    assert "line 5" in capfd.readouterr().out
    (catalogue.parent / "empty.po").write_text("# nothing\n")
    assert main(["check", str(catalogue.parent / "empty.po")]) == 2
    assert "no pair in it" in capfd.readouterr().err


def test_many_pairs_are_checked_in_batches_and_joined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "batches", partial(batches, size=100))
    rows = [f"Le comité {n} est à Lyon.\tỦy ban {n} ở Lyon." for n in range(1, 211)]
    rows[204] = "Le comité 205 est à Lyon.\tỦy ban 206 ở Lyon."
    rows[7] = "\tỦy ban 8 ở Lyon."
    path = tmp_path / "pairs.tsv"
    path.write_text("\n".join(rows), "utf-8")
    steps: list[tuple[str, int, int]] = []
    options = pa.Options(encoder="none", source_lang="fr", target_lang="vi", select=("number",))
    report = pa.check(path, options=options, progress=lambda *step: steps.append(step))
    assert steps == [("units", done, 210) for done in (0, 100, 200, 210)]
    assert len(report.links.clauses) == 210
    for document in (report.source, report.target):
        assert all(
            document.text[word.span.start : word.span.end] == word.text for word in document.words
        )
    (wrong,) = (each for each in report.findings if each.source_clause == 203)
    assert report.source.clauses[203].label == "row 205"
    assert [report.source.given(span) for span in wrong.source] == ["205"]
    assert [report.target.given(span) for span in wrong.target] == ["206"]


def test_a_joined_report_reads_as_one(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("Un <b>mot</b> 1.\tMột từ 1.\n" * 3, "utf-8")
    options = pa.Options(encoder="none", source_lang="fr", target_lang="vi")
    one = pa.check(path, options=options)
    two = joined([one, one])
    view = two.source.view
    assert view.text == f"{one.source.view.text}\n{one.source.view.text}"
    assert [view.read(clause.span) for clause in two.source.clauses] == ["Un mot 1."] * 6
    assert len(view.dropped) == 2 * len(one.source.view.dropped) > 0
    assert len(two.findings) == 2 * len(one.findings)
    assert formats.dumps(two, "html")


def test_a_long_catalogue_is_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.po"
    path.write_text(
        "".join(f'msgid "Le fichier {n}"\nmsgstr "Tệp {n}"\n\n' for n in range(20_000)), "utf-8"
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert sum(len(batch.ids) for batch in batches(open_pairs(path).pairs())) == 20_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kB


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=8))
def test_each_unit_is_one_line_whatever_it_holds(pairs: list[tuple[str, str]]) -> None:
    batch = PairedTexts.of([Pair(str(n), *pair) for n, pair in enumerate(pairs)])
    for text in (batch.source, batch.target):
        assert text.count("\n") == max(len(pairs) - 1, 0)
