"""What the head of a page names: the gravest and surest, few of a kind."""

from hypothesis import given
from hypothesis import strategies as st

from paraalign.checks.check import finding
from paraalign.model import Finding, Kind, Severity, Span
from paraalign.report.overview import FIRST, OF_A_KIND, PHRASES, by_kind, first

KINDS = (Kind.OMISSION, Kind.ADDITION, Kind.MISTRANSLATION, Kind.NUMBER, Kind.ENTITY, Kind.DEFECT)


def found(kind: Kind, severity: Severity, confidence: float) -> Finding:
    return finding(
        check="x-y",
        kind=kind,
        severity=severity,
        confidence=confidence,
        message="m",
        source=(Span(0, 1),),
    )


def test_what_is_hardly_sure_goes_behind_what_is_surer() -> None:
    grave = found(Kind.ADDITION, Severity.CRITICAL, 0.27)
    sure = found(Kind.ADDITION, Severity.MINOR, 0.48)
    others = [found(kind, Severity.MINOR, 0.5) for kind in KINDS[:4] if kind is not Kind.ADDITION]
    numbers = by_kind(range(1, 6), [grave, sure, *others])
    assert numbers.index(2) < numbers.index(1)


def test_of_what_is_sure_the_gravest_comes_first() -> None:
    minor = found(Kind.ADDITION, Severity.MINOR, 0.9)
    critical = found(Kind.OMISSION, Severity.CRITICAL, 0.5)
    assert by_kind([1, 2], [minor, critical]) == [2, 1]


def test_faults_of_form_stand_for_a_clause_where_there_is_nothing_else() -> None:
    form = found(Kind.DEFECT, Severity.MAJOR, 0.9)
    assert by_kind([1], [form]) == [1]
    assert by_kind([1, 2], [form, found(Kind.NUMBER, Severity.MINOR, 0.2)]) == [2]


@given(
    st.lists(
        st.builds(
            found,
            st.sampled_from(KINDS),
            st.sampled_from(list(Severity)),
            st.floats(min_value=0, max_value=1),
        ),
        max_size=20,
    )
)
def test_few_are_named_and_few_of_a_kind(findings: list[Finding]) -> None:
    numbers = first(findings)
    kinds = [findings[number - 1].kind for number in numbers]
    assert len(numbers) <= FIRST
    assert all(kinds.count(kind) <= OF_A_KIND for kind in kinds)
    assert len(by_kind(range(1, len(findings) + 1), findings)) <= PHRASES
