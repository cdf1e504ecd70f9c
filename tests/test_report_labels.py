"""Reports for people speak the language of the messages, each of their labels."""

import io
import re
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from lxml import html
from report_builder import long_report, small_report

from paraalign import formats
from paraalign.messages import messages_in
from paraalign.model import Report
from paraalign.report import notebook
from paraalign.report.html import render

# what only an English report says; words of the texts and of the run's record left out
ENGLISH = re.compile(
    r"\b(the|of|with|findings?|words?|sentences?|clauses?|nothing|only|major|severity|omission)\b"
)
OTHERS = ["fr", "vi"]


def in_language(report: Report, lang: str) -> Report:
    found = tuple(replace(each, message="!") for each in report.findings)
    options = {"options": {"message_lang": lang}}
    return replace(report, findings=found, signature=options)


def said_by_page(shown: Report) -> str:
    tree: Any = html.document_fromstring(render(shown))
    for left_out in tree.xpath("//script | //style | //footer/p | //q | //*[@class='s']"):
        left_out.drop_tree()
    for left_out in tree.xpath("//*[@class='evidence']"):
        left_out.drop_tree()
    names = tree.xpath("//@title | //@aria-label | //@placeholder")
    return " ".join([tree.text_content(), *map(str, names)])


@pytest.mark.parametrize("lang", OTHERS)
@pytest.mark.parametrize("shown", [small_report(), long_report(120)])
def test_the_page_speaks_one_language(shown: Report, lang: str) -> None:
    text = said_by_page(in_language(shown, lang))
    assert messages_in(lang).say("page.filters") in text
    french = {"clause", "clauses", "omission"} if lang == "fr" else set()
    assert {found.group() for found in ENGLISH.finditer(text)} <= french


@pytest.mark.parametrize("lang", ["en", *OTHERS])
def test_the_page_says_which_language_it_speaks(lang: str) -> None:
    assert f'<html lang="{lang}">' in render(in_language(small_report(), lang))


@pytest.mark.parametrize(
    ("lang", "title", "clause"), [("fr", "titre", "clause"), ("vi", "tiêu đề", "mục")]
)
def test_the_workbook_speaks_it_too(lang: str, title: str, clause: str) -> None:
    content = formats.dumps(in_language(small_report(), lang), "xlsx")
    assert isinstance(content, bytes)
    book = openpyxl.load_workbook(io.BytesIO(content))
    say = messages_in(lang).say
    assert book.sheetnames == [say("report.texts"), say("report.findings"), say("report.run")]
    assert book.worksheets[0]["A1"].value == clause
    assert book.worksheets[0]["A2"].value == title
    assert book.worksheets[1]["D2"].value == say("kind.mistranslation")


@pytest.mark.parametrize("lang", OTHERS)
def test_markdown_and_cells_speak_it_too(lang: str) -> None:
    shown = in_language(small_report(), lang)
    say = messages_in(lang).say
    for text in (str(formats.dumps(shown, "md")), notebook.html(shown)):
        assert say("kind.number") in text
        assert say("clause.title") in text
        assert say("report.similarity", {"share": 0.9}) in text


def test_rules_of_sarif_are_named() -> None:
    assert "nom propre" in str(formats.dumps(in_language(small_report(), "fr"), "sarif"))
