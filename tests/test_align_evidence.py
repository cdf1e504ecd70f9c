"""What the aligner reckons coverage above, and what it takes for a contradiction."""

import numpy as np
import pytest

from paraalign.align.background import backgrounds, cosine_backgrounds, expected_places
from paraalign.align.figures import Figures
from paraalign.align.lexical import LexicalCover
from paraalign.align.units import Side, Trait
from paraalign.model import Span


def side(lang: str, texts: list[str]) -> Side:
    """Return a side of plain units."""
    return Side.of(lang, texts, [Trait()] * len(texts), [Span(0, len(text)) for text in texts])


def contradictions(source: str, target: str) -> float:
    """Return how many figures both sides have that the other lacks."""
    figures = Figures.of(side("fr", [source]), side("vi", [target]))
    missing = figures.missing(np.array([0]), np.array([0]), 1)
    return float(min(part.item() for part in missing))


@pytest.mark.parametrize(
    ("source", "target"),
    [("CVE-2015-4105", "CVE-2015-4106"), ("debian-installer/language", "debian-installer/country")],
)
def test_other_figures_and_copied_names_contradict(source: str, target: str) -> None:
    assert contradictions(source, target) == 1.0


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("trois articles", "3 điều"),
        ("CVE-2015-4105", "CVE-2015-4105"),
        ("hommes/femmes", "nam/nữ"),
        ("le 03/04", "ngày 3/4"),
    ],
)
def test_figures_spelt_otherwise_do_not_contradict(source: str, target: str) -> None:
    assert contradictions(source, target) == 0.0


def test_a_longer_run_lacks_no_more_figures() -> None:
    figures = Figures.of(side("fr", ["1 et 2"]), side("vi", ["1", "2"]))
    missing = figures.missing(np.array([0]), np.array([0, 1]), 2)[0]
    assert missing[:, 0, 1].tolist() == [1.0, 0.0]


def test_counterparts_are_expected_between_anchors() -> None:
    assert expected_places([(5, 9)], 11, 15).tolist()[5] == 9
    assert expected_places([], 2, 4).tolist() == [0, 3]


def test_background_has_a_value_for_each_run_and_unit_even_without_units_to_compare() -> None:
    first, second = side("fr", ["Hanoï", "Paris"]), side("vi", [])
    cover = LexicalCover.of(first, second, None)
    grounds = backgrounds(cover, [], 3, (np.array([1.0, 2.0]), np.zeros(0)))
    assert [ground.shape for ground in grounds] == [(3, 2), (3, 0)]
    assert (grounds[0][:, 1] > grounds[0][:, 0]).all()


def test_cosine_background_of_a_unit_leaves_its_counterpart_out() -> None:
    vectors = np.eye(30, dtype=np.float32)
    grounds = cosine_backgrounds((vectors, vectors), [(i, i) for i in range(30)])
    assert max(ground.max() for ground in grounds) < 0.05
