"""Reading: the blocks of each format, and that no character is lost on the way."""

import unicodedata
from pathlib import Path

import numpy as np
import pytest
from conftest import Case, load_cases
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from paraalign.errors import InputError
from paraalign.read import Reading, read_file, read_text
from paraalign.read.reader import guess_format

FORMATS = ("txt", "md", "html", "xml")
MARKUP = [
    "<p>", "</p>", "<br>", "<b>", "</b>", "<li>", "<ul>", "</ul>", "<td>", "<q>", "<pre>", "</pre>",
    "<!-- x -->", "<![CDATA[", "]]>", "<?xml version='1.0'?>", "<script>a</script>", "&nbsp;",
    "&amp;", "&eacute;", "\n", "\n\n", "\r\n", "\t", "# ", "- ", "1. ", "> ", "```\n", "    ", "|",
    "\n|---|---|\n", "**", "*", "_", "`", "~~", "[a](b)", "![i](u)", "[x]: http://x\n", "\\", "\\*",
    "{/*c*/}", "{: #x}", "$(ng\\grave{a}y)$", "\\textbf{a}", "12^{èmes}", "e\u0301\u0302", "\u0301",
    "\u00ad", "\u200b", "\ufeff", "\u00a0", "\x0c", "\x00", "🙂", "Việt", "mot", "===\n", "---\n",
    '#use wml::x title="T"\n', "<Intro>\n", "une phrase coupée en deux par la page et",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(MARKUP), st.text(max_size=5)), max_size=12).map("".join)


def lost_characters(reading: Reading) -> list[str]:
    """Return the characters that are in no block, not dropped and no white space."""
    text = reading.view.given
    seen = np.zeros(len(text), dtype=bool)
    for span in [block.span for block in reading.blocks] + [
        drop.span for drop in reading.view.dropped
    ]:
        seen[span.start : span.end] = True
    return [text[place] for place in np.flatnonzero(~seen) if not text[place].isspace()]


@pytest.mark.parametrize("case", load_cases("layouts"))
def test_blocks_and_their_clean_text(case: Case) -> None:
    reading = read_text(case["input"], format=case["format"])
    blocks = [[block.kind, reading.view.read(block.span)] for block in reading.blocks]
    assert blocks == case["expected"]


@settings(deadline=None)
@given(TEXTS, st.sampled_from(FORMATS))
def test_what_holds_for_every_text(text: str, name: str) -> None:
    try:
        reading = read_text(text, format=name)
    except InputError:  # nothing but white space and markup
        return
    view = reading.view
    assert not lost_characters(reading)
    assert unicodedata.is_normalized("NFC", view.text)
    assert (np.diff(view.starts) >= 0).all()
    assert (np.diff(view.ends) >= 0).all()
    assert view.text == "\n".join(view.read(block.span) for block in reading.blocks)
    places = [place for block in reading.blocks for place in block.span]
    assert places == sorted(places)
    assert all(view.span(*view.range(block.span)) == block.span for block in reading.blocks)


@settings(deadline=None)
@given(TEXTS)
def test_what_was_read_once_reads_the_same_again(text: str) -> None:
    try:
        once = read_text(text, format="html").view.text
        again = read_text(once.replace("&", "&amp;").replace("<", "&lt;"), format="html")
    except InputError:
        return
    assume("<pre" not in text)  # what stands in it verbatim would be cleaned outside
    assume("#use" not in once)  # which makes of any page a source of the Website Meta Language
    assert again.view.text.replace("\n", " ") == once.replace("\n", " ")


def test_a_block_starts_after_its_bullet() -> None:
    reading = read_text("- 2. Tenues\n", format="md")
    assert reading.blocks[0].span == (2, 11)
    assert [drop.reason for drop in reading.view.dropped] == ["bullet"]


def test_levels_count_headings_and_lists() -> None:
    reading = read_text("### a\n\n- b\n  - c\n", format="md")
    assert [block.level for block in reading.blocks] == [3, 1, 2]


@pytest.mark.parametrize(
    ("reason", "text", "name"),
    [
        ("link target", "[a](http://b)", "md"),
        ("emphasis", "*a*", "md"),
        ("fence", "```\na\n```", "md"),
        ("front matter", "---\nlang: fr\n---\na", "md"),
        ("comment", "<p>a<!-- b -->", "html"),
        ("script", "<p>a<script>b</script>", "html"),
        ("tag", "<p>a", "html"),
        ("instruction", "<?xml version='1.0'?><a>b</a>", "xml"),
    ],
)
def test_markup_is_dropped_with_its_reason(reason: str, text: str, name: str) -> None:
    assert reason in {drop.reason for drop in read_text(text, format=name).view.dropped}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<!DOCTYPE html><p>a", "html"),
        ("<p>a</p>", "html"),
        ('#use wml::debian::template title="a"\n<p>a', "html"),
        ('<?xml version="1.0"?><a>b</a>', "xml"),
        ("<a><b>c</b></a>", "xml"),
        ("# a\n\n- b\n- c\n", "md"),
        ("a **b** et [c](d)", "md"),
        ("1. a\n\n2. b", "txt"),
        ("a < b, c > d", "txt"),
    ],
)
def test_the_format_is_told_from_the_content(text: str, name: str) -> None:
    assert guess_format(text) == name


def test_the_ending_tells_the_format(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("# a\n\n- b\n- c", encoding="utf-8")
    reading = read_file(path)
    assert (reading.format, reading.encoding, reading.path) == ("txt", "utf-8", str(path))


def test_a_file_without_a_known_ending_is_looked_into(tmp_path: Path) -> None:
    path = tmp_path / "a.dat"
    path.write_text("<p>a</p>", encoding="utf-8")
    assert read_file(path).format == "html"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\t\n", "only white space"),
        ("\u200b\ufeff".encode(), "no text"),
        (b"%PDF-1.7 x", "byte offset 0: is a PDF"),
        (b"abc\x00\x01\x02", "byte offset 3: control character"),
        (b"Hanoi \xc3\xa9t\xc3\xa9 \xff", "byte offset 12: invalid start byte; tried utf-8"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(InputError, match=message) as caught:
        read_file(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_file(tmp_path / "a.txt")


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a directory"):
        read_file(tmp_path)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(InputError, match="50,000,000 bytes; at most 16,777,216"):
        read_file(path)


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(InputError, match="17,000,000 characters; at most"):
        read_text("a" * 17_000_000)


def test_a_path_with_a_nul_is_refused() -> None:
    with pytest.raises(InputError, match="can't be read"):
        read_file("a\0b")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(InputError, match="unknown format 'pdf'; known are txt, md, html, xml"):
        read_text("a", format="pdf")


def test_markup_without_text_is_refused() -> None:
    with pytest.raises(InputError, match="no text among the markup"):
        read_text("<p></p>", format="html")
