"""Typography is set aside; words, marks and figures are not."""

import pytest

from paraalign.checks.typography import comparable


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("l’eau", "l'eau"),
        ("« Hợp tác »", '" Hợp tác "'),
        ("2022–2023", "2022-2023"),
        ("để…", "để..."),
        ("deux  mots", "deux mots"),
    ],
)
def test_typography_makes_no_difference(one: str, other: str) -> None:
    assert comparable(one, "fr") == comparable(other, "fr")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hội nghị", "Hôi nghị"), ("12", "13"), ("matériels", "materiels"), ("Non", "non")],
)
def test_words_marks_and_figures_do(one: str, other: str) -> None:
    assert comparable(one, "fr") != comparable(other, "fr")
