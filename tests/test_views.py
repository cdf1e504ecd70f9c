"""Views: edits keep each clean character tied to the stretch that it stands for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraalign.errors import ParaalignError
from paraalign.views import Dropped, Edit, Replaced, Span, View


@st.composite
def edited(draw: st.DrawFn) -> tuple[View, list[Edit], View]:
    text = draw(st.text(max_size=20))
    before = View.of(text)
    for _ in range(draw(st.integers(1, 3))):
        size = len(before.text)
        cuts = sorted(draw(st.lists(st.integers(0, size), max_size=6)))
        pairs = zip(cuts[::2], cuts[1::2], strict=False)
        edits = [Edit(start, end, draw(st.text(max_size=3)), "why") for start, end in pairs]
        after = before.edit(edits)
        result = (before, edits, after)
        before = after
    return result


@given(edited())
def test_the_text_is_that_of_the_edits(case: tuple[View, list[Edit], View]) -> None:
    before, edits, after = case
    text = before.text
    for edit in reversed(edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    assert after.text == text


@given(edited())
def test_offsets_never_fall(case: tuple[View, list[Edit], View]) -> None:
    *_, view = case
    assert len(view.starts) == len(view.ends) == len(view.text)
    assert (np.diff(view.starts) >= 0).all()
    assert (np.diff(view.ends) >= 0).all()
    assert (view.starts <= view.ends).all()


@given(edited())
def test_each_given_character_is_behind_a_clean_one_or_dropped(
    case: tuple[View, list[Edit], View],
) -> None:
    *_, view = case
    seen = {place for drop in view.dropped for place in range(*drop.span)}
    seen |= {place for i in range(len(view.text)) for place in range(*view.span(i, i + 1))}
    assert seen == set(range(len(view.given)))


@given(edited(), st.data())
def test_a_part_reads_as_the_whole_does_there(
    case: tuple[View, list[Edit], View], data: st.DataObject
) -> None:
    *_, view = case
    start = data.draw(st.integers(0, len(view.given)))
    end = data.draw(st.integers(start, len(view.given)))
    part = view.part(Span(start, end))
    assert part.given == view.given[start:end]
    assert part.text == view.read(Span(start, end))


def test_an_edit_that_drops_is_on_record() -> None:
    assert View.of("abc").edit([Edit(1, 2, "", "tag")]).dropped == (Dropped(Span(1, 2), "tag"),)


def test_an_edit_that_replaces_is_on_record() -> None:
    view = View.of("a&b").edit([Edit(1, 2, "et", "sign")])
    assert view.replaced == (Replaced(Span(1, 2), "et", "sign"),)


def test_an_edit_without_a_reason_leaves_no_record() -> None:
    view = View.of("a  b").edit([Edit(1, 3, " ", "")])
    assert (view.dropped, view.replaced) == ((), ())


def test_no_edit_gives_the_same_view() -> None:
    view = View.of("abc")
    assert view.edit([]) is view


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, 2, "", "x"), Edit(1, 3, "", "x")],
        [Edit(2, 3, "", "x"), Edit(0, 1, "", "x")],
        [Edit(0, 9, "", "x")],
        [Edit(2, 1, "", "x")],
    ],
)
def test_edits_that_overlap_or_leave_the_text_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ParaalignError, match="overlaps its neighbour or leaves the text"):
        View.of("abc").edit(edits)


def test_an_inserted_character_stands_for_nothing() -> None:
    view = View.of("ab").edit([Edit(1, 1, "\n", "")])
    assert view.span(1, 2) == Span(1, 1)
    assert view.range(Span(0, 1)) == (0, 1)
    assert view.range(Span(1, 2)) == (2, 3)


def test_records_of_a_part_are_cut_to_it() -> None:
    view = View.of("a<b>c").edit([Edit(1, 4, "", "tag")])
    assert view.part(Span(2, 5)).dropped == (Dropped(Span(0, 2), "tag"),)
