"""Confidence: what raises it and what does not."""

import pytest

from paraalign.checks.coverage.confidence import confidences
from paraalign.checks.coverage.words import settings

USUAL = {"score": -1.0, "words": 0.0, "gap": 0.0, "surprise": 0.3, "close": 0.5, "free": -0.8}


@pytest.mark.parametrize("mode", ["cross", "full", "lexicon"])
@pytest.mark.parametrize("name", ["score", "words"])
def test_more_doubt_and_more_words_raise_it(mode: str, name: str) -> None:
    fitted = settings(mode)
    more, less = confidences([USUAL | {name: 1.0}, USUAL | {name: -1.0}], fitted)
    assert more > less


@pytest.mark.parametrize("mode", ["cross", "full", "lexicon"])
def test_the_freedom_of_the_text_never_raises_it(mode: str) -> None:
    fitted = settings(mode)
    free, usual = confidences([USUAL | {"free": 0.5}, USUAL], fitted)
    assert free <= usual


def test_the_higher_answer_counts() -> None:
    rows = {"confidence": {"bias": -1.0}, "clear": {"bias": 1.0}}
    assert confidences([{}], rows) > 0.5
    assert confidences([{}], {"confidence": rows["clear"], "clear": rows["confidence"]}) > 0.5


def test_nothing_told_is_nothing_judged() -> None:
    assert confidences([], settings("cross")).shape == (0,)
