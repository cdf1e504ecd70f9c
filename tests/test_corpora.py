"""What ships is what the registry says, and a changed file is noticed."""

import json
from pathlib import Path

import pytest

from paraalign import corpora
from paraalign.errors import InputError

NAMES = sorted(corpora.registry())


@pytest.mark.parametrize("name", NAMES)
def test_every_file_has_the_checksum_and_the_size_of_its_entry(name: str) -> None:
    assert len(corpora.load(name).encode()) == corpora.registry()[name].bytes


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_says_where_it_is_from_and_on_what_terms(name: str) -> None:
    entry = corpora.registry()[name]
    assert entry.origin
    assert entry.licence
    assert entry.description


def test_an_unknown_name_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(InputError, match=r"declaration/fr\.md"):
        corpora.load("declaration/de.md")


def test_a_changed_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "press").mkdir()
    (tmp_path / "press" / "en.txt").write_text("changed", encoding="utf-8")
    monkeypatch.setattr(corpora, "_folder", lambda: tmp_path)
    corpora.registry()  # cached: the registry of the real folder stays in force
    with pytest.raises(InputError, match="SHA-256"):
        corpora.load("press/en.txt")


def test_gold_spans_quote_the_texts_as_given() -> None:
    texts = {"fr": corpora.load("declaration/fr.md"), "vi": corpora.load("declaration/vi.md")}
    quotes = [
        (texts[side][span["start"] : span["end"]], span["text"])
        for record in corpora.gold("divergences")
        for side in texts
        for span in record[side]
    ]
    assert len(quotes) > 150
    assert all(found == said for found, said in quotes)


def test_gold_is_json_that_reads_back() -> None:
    assert json.loads(corpora.load("declaration/clauses.json")) == corpora.gold("clauses")
