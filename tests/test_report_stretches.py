from hypothesis import given
from hypothesis import strategies as st
from report_builder import document, finding, small_report

from paraalign.model import Document, Kind, Span
from paraalign.report.marking import marks_by_span
from paraalign.report.stretches import Mark, cut, place
from paraalign.views import Edit, View

TEXTS = st.text(alphabet="aé 🎋ộ\u0301\u200b«»\n", max_size=30)
MARKS = st.lists(
    st.builds(Mark, st.integers(1, 9), st.integers(-2, 32), st.integers(-2, 32)), max_size=8
)


@given(TEXTS, MARKS)
def test_stretches_join_to_the_text(text: str, marks: list[Mark]) -> None:
    assert "".join(stretch.text for stretch in cut(text, marks)) == text


@given(TEXTS, MARKS)
def test_each_mark_covers_exactly_its_characters(text: str, marks: list[Mark]) -> None:
    numbered = [mark._replace(number=number) for number, mark in enumerate(marks, start=1)]
    stretches = cut(text, numbered)
    for mark in numbered:
        covered = "".join(s.text for s in stretches if mark.number in s.marks)
        assert covered == text[max(mark.start, 0) : max(mark.end, mark.start, 0)]


@given(TEXTS, MARKS)
def test_no_mark_is_lost(text: str, marks: list[Mark]) -> None:
    shown = {number for stretch in cut(text, marks) for number in stretch.marks}
    assert shown == {mark.number for mark in marks}


def test_a_point_stands_between_the_stretches_around_it() -> None:
    assert [s.text for s in cut("abc", [Mark(1, 1, 1)])] == ["a", "", "bc"]


def test_a_point_at_the_end_is_kept() -> None:
    assert cut("ab", [Mark(1, 2, 2)])[-1].marks == (1,)


def test_nothing_is_shown_where_there_is_nothing() -> None:
    assert place([], 3) is None


def test_a_place_before_all_is_shown_in_the_first() -> None:
    assert place([Span(5, 9), Span(10, 12)], 0) == 0


def test_a_mark_over_two_sentences_is_in_both() -> None:
    source, target = document("Un. Deux.", "fr"), document("Một. Hai.", "vi")
    found = finding((source, target), Kind.OMISSION, "n. De", "")
    shown = [Span(0, 3), Span(4, 9)]
    marks = marks_by_span(source, shown, [found], side="source")
    assert [marks[span] for span in shown] == [[Mark(1, 1, 3)], [Mark(1, 0, 2)]]


def test_a_dropped_tag_is_marked_as_a_point() -> None:
    view = View.of("ch<mark>uy").edit([Edit(2, 8, "", "tag")])
    source = Document(view=view, lang="vi")
    found = finding((source, source), Kind.DEFECT, "<mark>", "<mark>")
    marks = marks_by_span(source, [Span(0, 10)], [found], side="source")
    assert marks[Span(0, 10)] == [Mark(1, 2, 2)]


def test_a_fault_of_one_side_marks_nothing_on_the_other() -> None:
    report = small_report()
    shown = [sentence.span for sentence in report.source.sentences]
    faults = [f for f in report.findings if f.kind in {Kind.DEFECT, Kind.TRUNCATION}]
    assert len(faults) == 2
    assert not marks_by_span(report.source, shown, faults, side="source")


def test_a_missing_stretch_is_marked_where_it_would_stand() -> None:
    report = small_report()
    missing = [f for f in report.findings if f.target_at is not None]
    shown = [sentence.span for sentence in report.target.sentences]
    marks = marks_by_span(report.target, shown, missing, side="target")
    assert {mark.number for cell in marks.values() for mark in cell} == {1, 2, 3}
    assert all(mark.start == mark.end for cell in marks.values() for mark in cell)
