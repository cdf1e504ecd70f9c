"""What is decided over all checks: what repeats is said once, and rules of a profile count."""

import pytest
from conftest import Case, build_context

from paraalign.checks import Context, load_profile, run_checks
from paraalign.checks.check import finding
from paraalign.checks.run import settled
from paraalign.model import Bitext, Finding, Kind, Link, Links, Severity, Span
from paraalign.read import read_text
from paraalign.segment import segment

NAMES: Case = {
    "source": [f"La réunion numéro {n} a eu lieu." for n in ("un", "deux", "trois")],
    "target": [f"Cuộc họp Bernstein số {n} đã diễn ra." for n in ("một", "hai", "ba")],
    "lexicon": True,
}


def test_a_name_that_repeats_is_one_finding_with_all_its_places() -> None:
    (found,) = run_checks(build_context(NAMES), select=["entity"])
    assert len(found.target) == 3
    assert found.message == "“Bernstein” stands only in the Vietnamese; so 3 times."


def test_a_name_that_stands_twice_is_two_findings() -> None:
    case = {**NAMES, "source": NAMES["source"][:2], "target": NAMES["target"][:2]}
    assert len(run_checks(build_context(case), select=["entity"])) == 2


def test_a_profile_moves_severities() -> None:
    rules = load_profile("lax", severity=[("entity", "minor")])
    found = run_checks(build_context(NAMES), select=["entity"], profile=rules)
    assert {each.severity for each in found} == {Severity.MINOR}


def test_what_is_skipped_does_not_run_unless_selected() -> None:
    rules = load_profile("lax", skip=["entity"])
    context = build_context(NAMES)
    assert not any(e.check.startswith("entity") for e in run_checks(context, profile=rules))
    assert run_checks(context, select=["entity"], profile=rules)


def test_a_finding_inside_a_merged_clause_stays() -> None:
    case = {
        "source": ["Il y a 50 communes.", "Elles signent."],
        "target": ["Có 60 xã. Các xã ký kết."],
        "links": [[[0, 1], [0]]],
    }
    found = [each.check for each in run_checks(build_context(case), select=["clause", "number"])]
    assert sorted(found) == ["clause-merged", "number-changed"]


def told_of_the_first_word(check: str, kind: Kind, end: int = 2) -> Finding:
    return finding(
        check=check,
        kind=kind,
        severity=Severity.MAJOR,
        confidence=0.5,
        message="",
        source=(Span(0, end),),
    )


def test_two_checks_that_stumble_over_the_same_words_are_surer_than_either() -> None:
    both = [
        told_of_the_first_word("entity-missing", Kind.ENTITY),
        told_of_the_first_word("coverage-omission", Kind.OMISSION),
    ]
    (found,) = settled(build_context(NAMES), both)
    assert (found.kind, found.confidence) == (Kind.ENTITY, 0.75)


@pytest.mark.parametrize(
    ("end", "count"), [(len("La réunion de la"), 1), (len("La réunion numéro"), 2)]
)
def test_a_finding_is_covered_as_far_as_its_content_words_are(end: int, count: int) -> None:
    case = {**NAMES, "source": ["La réunion de la numéro un."] if count == 1 else NAMES["source"]}
    both = [
        told_of_the_first_word("entity-missing", Kind.ENTITY, len("La réun")),
        told_of_the_first_word("coverage-omission", Kind.OMISSION, end),
    ]
    assert len(settled(build_context(case), both)) == count


def test_one_check_alone_is_no_surer_for_saying_it_in_two_ways() -> None:
    both = [
        told_of_the_first_word("entity-missing", Kind.ENTITY),
        told_of_the_first_word("entity-missing", Kind.OMISSION),
    ]
    assert {each.confidence for each in settled(build_context(NAMES), both)} == {0.5}


@pytest.mark.parametrize("text", ["\u200b<mark>uy</mark>A", "\u200bA<mark>uy</mark>"])
def test_a_finding_that_starts_in_markup_before_its_clause_has_a_place(text: str) -> None:
    given = (("1.", "fr"), (text, "vi"))
    source, target = (segment(read_text(each, format="txt"), lang) for each, lang in given)
    links = Links(clauses=(Link((0,), (0,)),))
    context = Context(bitext=Bitext(source, target, links))
    (found,) = run_checks(context, select=["debris"])
    assert (found.source_at, found.target_clause) == (0, 0)
