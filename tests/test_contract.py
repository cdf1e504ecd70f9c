"""Every report keeps the contract: over the texts we have, and over texts no one would write."""

import copy
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import paraalign as pa
from paraalign.formats import dumps, dumps_document
from paraalign.formats.contract import uncovered, violations
from paraalign.model import Document
from paraalign.read import Reading
from paraalign.views import Span

PACKAGE = Path(pa.__file__ or "").parent
SCHEMA = json.loads((PACKAGE / "formats" / "report.schema.json").read_text(encoding="utf-8"))
DATA = Path(os.environ.get("PARAALIGN_DATA", Path(__file__).parents[2] / "shared")) / "corpora"
NO_ENCODER = pa.Options(encoder="none", source_lang="fr", target_lang="vi")

PIECES = st.sampled_from(
    [
        "1. ",
        "- 3.2. ",
        "a) ",
        "Điều 4. ",
        "Article premier",
        "\n",
        "\n\n",
        " ",
        "\u00a0",
        "\u200b",
        "Chúng tôi cảm ơn 12 địa phương.",
        "Nous remercions les 12 collectivités.",
        "« Hợp tác »",
        "Tie\u0302\u0301ng Vie\u0323\u0302t",
        "$(H\\grave{a}\\ N\\^{o}i)$",
        "12^{èmes} ",
        "<p>",
        "</p>",
        "<mark>uy</mark>",
        "&amp;",
        "**",
        "`code`",
        "🇻🇳",
        "\u202e",
        "2026",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=8), min_size=1, max_size=24).map("".join)


def parsed(report: pa.Report) -> dict[str, Any]:
    content = json.loads(dumps(report, "json"))
    jsonschema.validate(content, SCHEMA)
    assert isinstance(content, dict)
    return content


@pytest.fixture(scope="module")
def declaration() -> dict[str, Any]:
    return parsed(pa.check(*pa.corpora.declaration()))


def test_the_declaration_keeps_the_contract(declaration: dict[str, Any]) -> None:
    assert list(violations(declaration)) == []


def test_a_text_that_is_no_version_keeps_the_contract() -> None:
    french, _ = pa.corpora.declaration()
    report = pa.check(french, pa.corpora.press(), options=pa.Options(encoder="none"))
    assert list(violations(parsed(report))) == []


@pytest.mark.parametrize("units", ["clauses", "sentences", "lines"])
@pytest.mark.parametrize("preset", ["parity", "corpus"])
def test_every_way_of_aligning_keeps_the_contract(units: str, preset: str) -> None:
    options = pa.Options(encoder="none", units=units, preset=preset)  # type: ignore[arg-type]
    assert list(violations(parsed(pa.check(*pa.corpora.declaration(), options=options)))) == []


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(TEXTS, TEXTS, st.sampled_from(["txt", "md", "html", "xml"]))
def test_any_two_texts_give_a_report_that_keeps_it(source: str, target: str, form: str) -> None:
    try:
        texts = pa.read_text(source, format=form), pa.read_text(target, format=form)
    except pa.InputError:
        return
    assert list(violations(parsed(pa.check(*texts, options=NO_ENCODER)))) == []


Change = Callable[[dict[str, Any]], object]
CHANGES: dict[str, Change] = {
    "a clause in two links": lambda r: r["links"]["clauses"].append(r["links"]["clauses"][0]),
    "a sentence in no link": lambda r: r["links"]["sentences"].pop(),
    "a link of nothing": lambda r: r["links"]["clauses"].append(
        {"source": [], "target": [], "score": 1}
    ),
    "leaves out of order": lambda r: r["source"]["clauses"].reverse(),
    "a sentence outside its clause": lambda r: r["source"]["sentences"][0].update(clause=4),
    "a changed text": lambda r: r["target"].update(text=r["target"]["text"].lower()),
    "a quote that is not there": lambda r: r["findings"][0]["target"][0].update(text="khác"),
    "an id twice": lambda r: r["findings"][0].update(id=r["findings"][1]["id"]),
    "a word beyond the text": lambda r: r["links"]["words"][0].update(source=[0, 10**6]),
    "a parent that comes later": lambda r: r["source"]["clauses"][0].update(parent=5),
    "a gap with no place": lambda r: [f.update(source=[], source_at=None) for f in r["findings"]],
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_broken_rule_is_noticed(name: str, declaration: dict[str, Any]) -> None:
    broken = copy.deepcopy(declaration)
    CHANGES[name](broken)
    assert list(violations(broken))


def test_uncovered_gives_what_no_leaf_holds(declaration: dict[str, Any]) -> None:
    assert set(uncovered(declaration["source"])) == {"-"}


def documents() -> Iterator[Path]:
    """Yield the texts of the data folder as published, where there is one."""
    for folder in sorted(DATA.iterdir()) if DATA.is_dir() else ():
        yield from (path for lang in ("fr", "vi", "en") for path in folder.glob(f"{lang}.*"))


def lost(reading: Reading, document: Document) -> list[str]:
    """Return the characters that are in no leaf, not dropped, and not white space."""
    text = reading.view.given
    kept = bytearray(len(text))
    spans = [document.clauses[index].span for index in document.leaves()]
    for span in [*spans, *(drop.span for drop in reading.view.dropped)]:
        kept[span.start : span.end] = b"\1" * (span.end - span.start)
    return [
        char for char, is_kept in zip(text, kept, strict=True) if not (is_kept or char.isspace())
    ]


@pytest.mark.skipif(not DATA.is_dir(), reason="no data folder: set PARAALIGN_DATA")
def test_no_character_of_the_corpora_is_lost() -> None:
    for path in documents():
        reading = pa.read_file(path)
        assert lost(reading, pa.segment(reading, lang=path.name[:2])) == [], path


@pytest.mark.parametrize("name", ["declaration/fr.md", "declaration/vi.md", "press/en.txt"])
def test_no_character_of_the_texts_that_ship_is_lost(name: str) -> None:
    reading = pa.read_text(pa.corpora.load(name), path=name)
    document = pa.segment(reading)
    assert lost(reading, document) == []
    assert json.loads(dumps_document(document, "json"))["text"] == reading.view.given


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS, st.sampled_from(["txt", "md", "html", "xml"]))
def test_no_character_of_any_text_is_lost(text: str, form: str) -> None:
    try:
        reading = pa.read_text(text, format=form)
    except pa.InputError:
        return
    assert lost(reading, pa.segment(reading, lang="vi")) == []


def test_spans_quote_the_text_as_given(declaration: dict[str, Any]) -> None:
    quotes = [
        (declaration[side]["text"][span["start"] : span["end"]], span["text"])
        for finding in declaration["findings"]
        for side in ("source", "target")
        for span in finding[side]
    ]
    assert quotes
    assert all(found == said for found, said in quotes)
    assert Span(0, 1) == (0, 1)
