import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from report_builder import document, finding, long_report, report, small_report

from paraalign.lexicon import lexicon_name, load_lexicon
from paraalign.model import Kind, Link, Report
from paraalign.report.glosses import glosses_of
from paraalign.report.html import render
from paraalign.report.kinds import LETTERS
from paraalign.report.wordmap import units, word_map

html5lib = pytest.importorskip("html5lib", reason="checks pages as browsers read them")

LEXICON = lexicon_name(load_lexicon("fr", "vi"))
NASTY = "</script><script>alert(1)</script>\"' & <b> \u202eevil\u202c 🎋 \x0c\x00"


def page(shown: Report) -> html.HtmlElement:
    return html.document_fromstring(render(shown))


def test_the_page_is_valid_html() -> None:
    html5lib.HTMLParser(strict=True).parse(render(small_report()))


FOLDERS = [folder / "node_modules" for folder in Path(__file__).resolve().parents]
JARS = (folder / "vnu-jar/build/dist/vnu.jar" for folder in FOLDERS)
VNU = os.environ.get("VNU_JAR") or next((str(jar) for jar in JARS if jar.is_file()), None)


@pytest.mark.skipif(
    VNU is None or shutil.which("java") is None,
    reason="no validator here: npm install vnu-jar, or VNU_JAR; and Java",
)
@pytest.mark.parametrize("shown", [small_report(), long_report(160)])
def test_the_validator_of_the_w3c_finds_no_error(tmp_path: Path, shown: Report) -> None:
    path = tmp_path / "report.html"
    path.write_text(render(shown), encoding="utf-8")
    command = ["java", "-jar", str(VNU), "--errors-only", str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_the_page_asks_the_network_for_nothing() -> None:
    text = render(small_report())
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:|//)|@import|url\(", text)
    assert "default-src 'none'" in text


@pytest.mark.parametrize("side", ["source", "target"])
def test_the_texts_are_shown_whole(side: str) -> None:
    shown = small_report()
    cells = page(shown).xpath(f"//div[contains(@class,'cell {side}')]//span[@class='s']")
    document = getattr(shown, side)
    expected = [document.read(sentence.span) for sentence in document.sentences]
    assert [cell.text_content() for cell in cells] == expected


def test_there_is_a_row_a_clause_and_a_visible_gap_a_missing_one() -> None:
    tree = page(small_report())
    assert len(tree.find_class("row")) == 5
    assert len([cell for cell in tree.find_class("cell") if "gap" in cell.classes]) == 2


def test_every_finding_is_listed_and_marked_on_each_side_it_concerns() -> None:
    shown = small_report()
    tree = page(shown)
    assert len(tree.find_class("f")) == len(shown.findings)
    for side in ("source", "target"):
        marked = tree.xpath(f"//div[contains(@class,'cell {side}')]//*[@data-f]/@data-f")
        numbers = {int(number) for value in marked for number in value.split()}
        faults = {5, 8} if side == "source" else set()  # of the target alone
        assert numbers == set(range(1, len(shown.findings) + 1)) - faults


def test_each_kind_has_a_letter_of_its_own() -> None:
    assert len(set(LETTERS.values())) == len(Kind)


def test_texts_that_differ_are_said_so_first() -> None:
    tree = page(small_report(parallel=False))
    alert = tree.xpath("//*[@role='alert']")[0]
    assert alert.text_content().startswith("The two texts are not versions of each other")
    assert not page(small_report()).xpath("//*[@role='alert']")


def test_a_stretch_with_two_findings_carries_both() -> None:
    shared = page(small_report()).xpath("//mark[contains(@data-f,' ')]")
    assert any(mark.text_content() == "douze" for mark in shared)


def test_hostile_text_is_shown_as_text() -> None:
    source, target = document(NASTY, "fr"), document(f"Một {NASTY}", "vi", NASTY)
    found = finding((source, target), Kind.DEFECT, "alert(1)", "<b>")
    shown = report(source, target, [Link((0,), (0,))], [replace(found, message=NASTY, id=NASTY)])
    text = render(shown)
    tree = html.document_fromstring(text)
    scripts = [str(element.text) for element in tree.iter("script")]
    assert len(scripts) == 3
    assert json.loads(scripts[0])["key"] == f"|{NASTY}"
    assert "\x00" not in text


def test_the_page_is_the_same_each_time() -> None:
    assert render(small_report()) == render(small_report())


def test_a_page_without_findings_says_so() -> None:
    shown = replace(small_report(), findings=())
    assert "Nothing found." in render(shown)


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_any_text_gives_a_page_that_parses(first: str, second: str) -> None:
    source, target = document(first, "fr"), document(second, "vi")
    links = [Link((index,), ()) for index in range(len(source.clauses))]
    links += [Link((), (index,)) for index in range(len(target.clauses))]
    html5lib.HTMLParser(strict=False).parse(render(report(source, target, links)))


def test_words_are_counted_as_scripts_count() -> None:
    assert units("a🎋b", range(4)).tolist() == [0, 1, 3, 4]


def test_word_links_point_at_the_words() -> None:
    shown = small_report()
    sides = {"source": shown.source, "target": shown.target}
    index = {
        side: {sentence.span: number for number, sentence in enumerate(doc.sentences)}
        for side, doc in sides.items()
    }
    words = word_map(shown, index)
    start, end, _ = words["source"][0][:3]
    text = shown.source.read(shown.source.sentences[0].span)
    assert text[start:end] == "Règlement"
    assert words["links"][0][:4] == [0, 0, 0, 75]


def test_words_have_the_glosses_of_the_lexicon_of_the_run() -> None:
    shown = replace(small_report(), signature={"lexicon": LEXICON})
    glosses = glosses_of(shown)[0]
    assert "thành viên" in glosses.texts[glosses.places["membres"]]


def test_a_run_without_lexicon_has_no_glosses() -> None:
    shown = replace(small_report(), signature={"lexicon": "none"})
    assert [each.texts for each in glosses_of(shown)] == [[], []]


def test_the_head_names_the_gravest_and_surest_findings() -> None:
    head = re.search(r'<p class="first">.*?</p>', render(small_report()), re.DOTALL)
    assert head
    assert re.findall(r'data-go="(\d+)"', head[0])[0] == "2"
    assert len(re.findall("data-go", head[0])) == 8


def test_a_long_page_is_valid_html_too() -> None:
    html5lib.HTMLParser(strict=True).parse(render(long_report(160)))


def test_the_head_names_two_of_a_kind_at_most() -> None:
    shown = long_report(30)
    head = re.search(r'<p class="first">.*?</p>', render(shown), re.DOTALL)
    assert head
    assert re.findall(r"badge k-(\w+)", head[0]) == ["number"] * 2 + ["mistranslation"] * 2


def test_a_few_findings_need_no_choice_in_the_head() -> None:
    shown = small_report()
    assert 'class="first"' not in render(replace(shown, findings=shown.findings[:3]))


def test_clauses_are_named_in_the_head_each_with_what_to_look_at() -> None:
    clauses = page(small_report()).find_class("clauses")[0]
    assert len(clauses.find_class("clause")) == 5
    gaps = [clause.getnext().text_content() for clause in clauses.find_class("hole")]
    assert [text.split(" ")[:2] for text in gaps] == [["only", "fr"], ["only", "vi"]]
    quotes = [quote.text_content() for quote in clauses.xpath(".//a[@data-go]/q")]
    assert {"12 mai 2023", "publie"} < set(quotes)


def test_of_many_clauses_the_neediest_are_named_in_the_order_of_the_text() -> None:
    words = ("habitants réunis", "người dân họp")
    texts = ["\n\n".join(f"{n}. {word}." for n in range(1, 71)) for word in words]
    source, target = document(texts[0], "fr"), document(texts[1], "vi")
    links = [Link((n,), (n,)) for n in range(70) if n not in {20, 69}]
    links += [Link((20,), ()), Link((), (20,)), Link((69,), ()), Link((), (69,))]
    tree = page(report(source, target, links))
    named = [str(link.get("href")) for link in tree.find_class("clause")]
    assert named == ["#r69", "#r70", "#r71", "#r72"]  # where words have no counterpart


def test_the_maps_image_is_no_broken_svg() -> None:
    texts = ["\n\n".join(f"{n}. {word}." for n in range(1, 71)) for word in ("Lyon", "Huế")]
    source, target = document(texts[0], "fr"), document(texts[1], "vi")
    links = [Link((n,), (n,)) for n in range(70)]
    svg = re.search(r"<svg.*?</svg>", render(report(source, target, links)), re.DOTALL)
    assert svg
    etree.fromstring(svg[0])


def test_marks_that_are_hardly_sure_are_paler() -> None:
    shown = small_report()
    doubtful = tuple(replace(each, confidence=0.2) for each in shown.findings)
    assert page(shown).xpath("//mark[contains(@class, 'faint')]") == []
    marks = page(replace(shown, findings=doubtful)).xpath("//mark")
    assert all("faint" in mark.get("class") for mark in marks)
