"""Every check finds what its cases say, quotes it, and leaves the rest alone."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CASES, Case, build_context, load_cases

from paraalign.checks import CHECKS, Context, Side, coverage, run_checks
from paraalign.errors import OptionError
from paraalign.model import Finding

FILES = sorted(path.stem for path in CASES.glob("*.json"))


def _check_files() -> Iterator[Path]:
    for name in FILES:
        path = CASES / f"{name}.json"
        cases = json.loads(path.read_text(encoding="utf-8"))
        if cases and isinstance(cases, list) and isinstance(cases[0], dict) and "find" in cases[0]:
            yield path


def _quotes(context: Context, finding: Finding) -> list[object]:
    documents = context.documents
    source = [documents[Side.SOURCE].given(span) for span in finding.source]
    return [finding.check, source, [documents[Side.TARGET].given(span) for span in finding.target]]


CASE_FILES = [path.stem for path in _check_files()]


@pytest.mark.parametrize("case", [c for name in CASE_FILES for c in load_cases(name)])
def test_a_family_finds_exactly_what_the_case_says(case: Case) -> None:
    context = build_context(case)
    family = case["check"].partition("-")[0]
    found = [_quotes(context, each) for each in run_checks(context, select=[family])]
    assert found == case["find"]


OWN_CHECKS = [check.name for check in CHECKS if check not in coverage.CHECKS]


@pytest.mark.parametrize("name", OWN_CHECKS)
def test_every_check_has_a_positive_and_a_negative_case(name: str) -> None:
    cases = [c.values[0] for stem in CASE_FILES for c in load_cases(stem)]
    assert any(name in [found[0] for found in case["find"]] for case in cases)
    assert any(case["check"] == name and not case["find"] for case in cases)


def test_names_of_checks_are_unique() -> None:
    names = [check.name for check in CHECKS]
    assert len(names) == len(set(names))


def test_an_unknown_name_is_refused_with_the_families() -> None:
    with pytest.raises(OptionError, match="families are clause"):
        run_checks(build_context({"source": "a", "target": "b"}), select=["nonsense"])


def test_an_id_survives_edits_elsewhere() -> None:
    case = {"source": ["Un.", "Deux trois."], "target": ["Một."], "links": [[[0], [0]], [[1], []]]}
    edited = {**case, "source": ["Un tout autre début.", "Deux trois."]}
    before, after = (run_checks(build_context(each), select=["clause"]) for each in (case, edited))
    assert [each.id for each in before] == [each.id for each in after]
    assert before[0].source != after[0].source


def test_ids_are_unique_even_of_twins() -> None:
    case = {
        "source": ["Oui.", "Oui."],
        "target": ["Có."],
        "links": [[[0], []], [[1], []], [[], [0]]],
    }
    ids = [each.id for each in run_checks(build_context(case))]
    assert len(ids) == len(set(ids))


def test_a_missing_stretch_has_a_place_on_the_other_side() -> None:
    case = {
        "source": ["Un.", "Deux.", "Trois."],
        "target": ["Một.", "Ba."],
        "links": [[[0], [0]], [[1], []], [[2], [1]]],
    }
    (found,) = run_checks(build_context(case), select=["clause"])
    assert (found.target, found.target_at) == ((), 4)
