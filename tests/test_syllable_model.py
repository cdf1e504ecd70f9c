"""The model of syllables stays small, whatever it is asked."""

import pytest

from paraalign.checks import syllable_model
from paraalign.checks.syllable_model import Model


def made() -> Model:
    counts = {"hoi5": 40, "hoi": 10, "nghi5": 30, "nghi": 20}
    return Model(counts, {}, {"hoi5": "nghi5 25", "hoi5 nghi5": ""})


def test_what_follows_often_costs_less() -> None:
    model = made()
    assert model.cost("", "hoi5", "nghi5") < model.cost("", "hoi5", "nghi")


def test_only_so_many_answers_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syllable_model, "_REMEMBERED", 10)
    model = made()
    first = model.cost("", "hoi5", "nghi5")
    for number in range(100):
        model.cost(str(number), "hoi5", "nghi5")
    assert len(model._costs) <= 10  # noqa: SLF001 - what it keeps is what is asked about
    assert len(model._after) <= 10  # noqa: SLF001
    assert model.cost("", "hoi5", "nghi5") == first
