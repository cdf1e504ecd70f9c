"""Catalogues say the same in each language, and checks say nothing outside them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Case, build_context, load_cases
from hypothesis import given
from hypothesis import strategies as st
from test_checks import CASE_FILES

import paraalign
from paraalign.checks import CHECKS, run_checks
from paraalign.errors import OptionError
from paraalign.messages import Messages, catalogue, message_langs, messages_in
from paraalign.messages.plurals import form_of, holds
from paraalign.model import Kind, Role, Severity

LANGS = message_langs()
ENGLISH = messages_in("en")
OTHERS = [lang for lang in LANGS if lang != "en"]
SOURCES = Path(paraalign.__file__).parent
PROSE = re.compile(r"[a-z]+ [a-z]+ [a-z]+")
CASES: list[Case] = [case.values[0] for name in CASE_FILES for case in load_cases(name)]


def forms(messages: Messages) -> Iterator[tuple[str, str]]:
    for key, entry in messages.entries.items():
        for form in [entry] if isinstance(entry, str) else entry.values():
            yield key, form


@pytest.mark.parametrize("lang", OTHERS)
def test_every_message_is_there_with_the_same_parameters(lang: str) -> None:
    messages = messages_in(lang)
    assert set(messages.entries) == set(ENGLISH.entries)
    assert set(messages.names) == set(ENGLISH.names)
    for key in ENGLISH.entries:
        assert messages.parameters(key) == ENGLISH.parameters(key), key


@pytest.mark.parametrize("lang", LANGS)
def test_every_plural_has_the_forms_of_its_language(lang: str) -> None:
    messages = messages_in(lang)
    wanted = {*messages.head["plural"], "other"}
    for key, entry in messages.entries.items():
        if not isinstance(entry, str):
            assert set(entry) == wanted, key
            assert "count" in messages.parameters(key), key


def test_every_kind_severity_check_and_part_of_a_text_has_a_name() -> None:
    names = [f"kind.{kind}" for kind in Kind] + [f"severity.{level}" for level in Severity]
    names += [f"clause.{role}" for role in Role] + [f"check.{check.name}" for check in CHECKS]
    assert [name for name in names if not ENGLISH.has(name)] == []
    described = {key for key in ENGLISH.entries if key.startswith("check.")}
    assert described == {f"check.{check.name}" for check in CHECKS}


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_typed_where_typography_has_a_mark(lang: str) -> None:
    for key, form in forms(messages_in(lang)):
        assert not re.search(r"[\"']", form), key
        assert not re.search(r"\s\s|\s$|^\s", form), key


def test_french_has_its_quotes_and_blanks() -> None:
    for key, form in forms(messages_in("fr")):
        assert not re.search(r"[“”]|«(?!\u202f)|(?<!\u202f)»|(?<![\u202f\u00a0])[;:!?]", form), key


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_english_and_vietnamese_have_theirs(lang: str) -> None:
    for key, form in forms(messages_in(lang)):
        assert not re.search(r"[«»\u202f]|\s[;:!?.,]", form), key
        assert form.count("“") == form.count("”"), key


@pytest.mark.parametrize("lang", LANGS)
def test_a_sentence_ends_in_a_stop(lang: str) -> None:
    sentences = [form for key, form in forms(messages_in(lang)) if key.startswith("finding.")]
    assert all(sentence.endswith(".") for sentence in sentences)


@pytest.mark.parametrize(
    ("lang", "count", "said"),
    [
        ("en", 0, "0 findings"),
        ("en", 1, "1 finding"),
        ("en", 12345, "12,345 findings"),
        ("fr", 0, "0 constat"),
        ("fr", 1, "1 constat"),
        ("fr", 12345, "12\u202f345 constats"),
        ("vi", 1, "1 phát hiện"),
        ("vi", 12345, "12.345 phát hiện"),
    ],
)
def test_counts_take_the_form_and_marks_of_the_language(lang: str, count: int, said: str) -> None:
    assert messages_in(lang).say("count.finding", {"count": count}) == said


def test_a_share_is_a_percentage() -> None:
    said = [messages_in(lang).say("report.similarity", {"share": 0.876}) for lang in LANGS]
    assert said == ["similarity 88%", "similitude 88\u202f%", "độ tương đồng 88%"]


def test_a_value_with_braces_is_left_alone() -> None:
    said = ENGLISH.say("finding.doubled-word", {"word": "{word} {0}"})
    assert said == "“{word} {0}” is written twice."


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        ENGLISH.say("finding.doubled-word")


def test_a_language_is_added_by_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (SOURCES / "messages" / "data" / "en.toml").read_text(encoding="utf-8")
    (tmp_path / "en.toml").write_text(text, "utf-8")
    (tmp_path / "de.toml").write_text(text.replace("is written twice", "steht doppelt da"), "utf-8")
    monkeypatch.setattr(catalogue, "_folder", lambda: tmp_path)
    messages_in.cache_clear()
    said = messages_in(paraalign.Options(message_lang="de").message_lang)
    assert said.say("finding.doubled-word", {"word": "der"}) == "“der” steht doppelt da."
    assert message_langs() == ("de", "en")
    messages_in.cache_clear()


def test_a_language_without_a_catalogue_is_refused() -> None:
    with pytest.raises(OptionError, match="message-lang is 'tlh'; en, fr, vi are allowed"):
        paraalign.Options(message_lang="tlh")


def test_the_command_line_refuses_it_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    from paraalign.cli import main  # noqa: PLC0415 - not for the other tests

    assert main(["check", "a.md", "b.md", "--message-lang", "tlh"]) == 2
    assert capsys.readouterr().err == ("paraalign: message-lang is 'tlh'; en, fr, vi are allowed\n")


@pytest.mark.parametrize("lang", OTHERS)
def test_findings_are_the_same_in_every_language(lang: str) -> None:
    for case in CASES:
        family = [case["check"].partition("-")[0]]
        english = run_checks(build_context(case), select=family)
        other = run_checks(build_context(case, message_lang=lang), select=family)
        assert [each.id for each in other] == [each.id for each in english]
        assert all(a.message != b.message for a, b in zip(english, other, strict=True))
        assert [a.evidence for a in other] == [b.evidence for b in english]


def test_every_message_about_a_finding_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    said: set[str] = set()
    say = Messages.say

    def noting(self: Messages, key: str, values: object = None) -> str:
        said.add(key)
        return say(self, key, values)  # type: ignore[arg-type]

    monkeypatch.setattr(Messages, "say", noting)
    for case in CASES:
        run_checks(build_context(case), select=[case["check"].partition("-")[0]])
    # said by the pipeline, with a lexicon, in test_run.py
    elsewhere = {"clause-unrelated", "glossed", "repeated"}
    findings = {key for key in ENGLISH.entries if key.startswith("finding.")}
    silent = {key.removeprefix("finding.") for key in findings - said}
    assert {key for key in silent if not key.startswith("coverage-")} <= elsewhere


@pytest.mark.parametrize("path", sorted((SOURCES / "checks").glob("*.py")), ids=lambda p: p.stem)
def test_a_check_builds_no_prose_of_its_own(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [text for text in _strings(tree) if PROSE.search(text)] == []


def _strings(tree: ast.AST) -> Iterator[str]:
    """Yield the strings of *tree* that are no docstring and no message of an error."""
    spared = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.body[-1], ast.Raise):
            spared |= {id(part) for line in node.body for part in ast.walk(line)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in spared
        ):
            yield node.value


@pytest.mark.parametrize(
    ("rule", "counts"),
    [
        ("n = 1", [1]),
        ("n = 0..1", [0, 1]),
        ("n % 10 = 2..4 and n % 100 != 12..14", [2, 3, 4, 22, 23, 24]),
        ("n = 3,5..6 or n = 9", [3, 5, 6, 9]),
    ],
)
def test_a_plural_rule_holds_for_its_counts(rule: str, counts: list[int]) -> None:
    assert [count for count in range(26) if holds(rule, count)] == counts


def test_a_rule_in_another_notation_is_refused() -> None:
    with pytest.raises(ValueError, match="plural rule has 'n == 1'"):
        holds("n == 1", 1)


@given(st.integers(0, 10**9))
def test_every_count_has_a_form(count: int) -> None:
    for lang in LANGS:
        rules = messages_in(lang).head["plural"]
        assert form_of(count, rules) in {*rules, "other"}
