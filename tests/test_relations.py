"""Relations: what contradicts itself over the languages, and what only looks like it."""

from typing import Any

import pytest
from conftest import build_context
from hypothesis import given
from hypothesis import strategies as st

from paraalign.checks import Side
from paraalign.checks.relations import (
    CHECKS,
    find_contradictions,
    find_negations,
    unanswered,
)
from paraalign.model import Kind, Severity

LOST: dict[str, Any] = {"source": ["Il ne vote pas."], "target": ["Anh ấy đi bầu."]}
TEXTS = st.lists(
    st.sampled_from(["ne", "pas", "doit", "et", "ou", "không", "phải", "có thể", "và", "🌍", "é"]),
    max_size=8,
).map(" ".join)


def test_a_lost_negation_is_critical_and_says_so() -> None:
    (found,) = find_negations(build_context(LOST))
    assert (found.kind, found.severity) == (Kind.MISTRANSLATION, Severity.CRITICAL)
    assert "negates" in found.message
    assert found.target_at is not None


def test_a_contradiction_quotes_both_sides() -> None:
    case = {"source": ["Il doit voter."], "target": ["Anh ấy có thể đi bầu."]}
    (found,) = find_contradictions(build_context(case))
    assert "“doit”" in found.message
    assert "“có thể”" in found.message
    assert found.evidence["relation"] == ["obligation", "permission"]


def test_two_cues_that_face_each_other_contradict_whatever_else_might_answer() -> None:
    case = {
        "source": ["Vous devez leur répondre et leur montrer les règles."],
        "target": ["Bạn có lẽ đáp lại họ và chỉ cho họ các quy tắc."],
    }
    (found,) = find_contradictions(build_context(case))
    assert found.evidence["relation"] == ["obligation", "permission"]


def test_a_like_cue_near_by_settles_the_matter() -> None:
    case = {
        "source": ["Vous devez leur répondre et leur montrer les règles."],
        "target": ["Bạn có thể phải đáp lại họ và cho họ biết các quy tắc."],
    }
    assert not list(find_contradictions(build_context(case)))


def test_languages_without_lists_are_left_alone() -> None:
    context = build_context(LOST | {"target_lang": "xx"})
    assert not list(find_negations(context))
    assert not list(find_contradictions(context))


@pytest.mark.parametrize("which", list(Side))
@given(st.tuples(TEXTS, TEXTS))
def test_a_cue_stands_where_it_is_said_to(which: Side, texts: tuple[str, str]) -> None:
    for cue in ("negation", "obligation", "permission", "all", "some", "or", "and"):
        found = unanswered(texts, ("fr", "vi"), cue, which)
        assert 0 <= found.start <= found.stop <= len(texts[which])


def test_the_checks_are_one_family() -> None:
    assert {check.family for check in CHECKS} == {"relation"}
