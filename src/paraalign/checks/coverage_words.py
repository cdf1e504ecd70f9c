"""Score every word: how likely is it that a reviser would mark it as left over?

Three doubts are added up (the hand-set sum that did best of some eighty trials): the word has no
likely partner; its posterior is low for a word of its kind, and so are its neighbours'; the lexicon
finds none of its renderings near the place where the neighbours' links make one expect it. Single
function words tell nothing, so each takes most of its score from the words around it, unless it
has a sure partner of its own. A figure that stands on both sides settles the words that go with it
("lần thứ 12", "tháng 4" for "avril").
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from paraalign.align.wordgroups import Floats, WordSide
from paraalign.align.wordkeys import figure_words
from paraalign.align.wordlexicon import is_content
from paraalign.align.wordposterior import expected_places
from paraalign.align.words import WordTable
from paraalign.checks.context import Side

__all__ = ["Doubts", "Fitted", "doubts", "freedom", "rendered", "settings", "word_features"]

Fitted: TypeAlias = Mapping[str, Any]
"""What `coverage_words.json` and `coverage_phrases.json` hold for what there is to go by."""

_NEAR, _NEAR_SHARE = 6.0, 0.08
_LEARNED = 0.8  # of a rendering of the lexicon
_LISTED = 0.4  # support of the lexicon from which a pair needs no other proof
_LIKELY = 0.2  # posterior from which such a pair may be one
_OWN_SHARE = 0.3  # of a function word's score
_OWN_SHARE_TIED = 0.75  # of the score of a function word or a sign that has a sure partner
_TIED = 0.9  # posterior from which a partner is sure
_LIGHT = 0.3  # weight of a function word among neighbours
_SETTLED = -3.0  # doubt about the words of a figure that stands on both sides
_TAKEN = 0.1  # evidence from which a word is somebody else's rendering
_RENDERED = 0.2  # below it, a word is taken to have no rendering
_PRIOR_WORDS = 100  # words that a text must outweigh before its own freedom is believed


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Doubts:
    """One side of a group of linked words, with the doubt about each.

    Attributes:
        side: The words.
        content: Which of them say something by themselves. Shape: (words,).
        scores: Probability that a reviser marks the word, 0 to 1. Shape: (words,).
        partners: The likeliest partner of each on the other side, by place. Shape: (words,).
        strengths: Its posterior. Shape: (words,).
        expected: The place on the other side at which each is expected. Shape: (words,).
        explained: Which have a rendering of the lexicon, or themselves, for a partner that has
            no likelier one. Shape: (words,).
        rendered: The best rendering of each anywhere in the linked clause that is no likelier
            rendering of another word, 0 to 1. Shape: (words,).
        usually_rendered: The mean of that over words of its kind in faithful translations; what
            has no rendering though its kind nearly always does is telling. Shape: (words,).
    """

    side: WordSide
    content: NDArray[np.bool_]
    scores: Floats
    partners: NDArray[np.int64]
    strengths: Floats
    expected: Floats
    explained: NDArray[np.bool_]
    rendered: Floats
    usually_rendered: Floats


def doubts(table: WordTable, which: Side, fitted: Fitted) -> Doubts:
    """Return the doubts about the words of side *which* of *table*.

    *fitted* holds the figures to go by, as `settings` gives them.
    """
    side = table.target if which else table.source
    posterior = table.posterior.T if which else table.posterior
    features = word_features(table, which, fitted)
    content = np.array([is_content(form, side.lang) for form in side.forms], dtype=np.bool_)
    gated = _gate(_sum(features, fitted), content, side.signs(), features["posterior"])
    gated = np.where(_settled(table, which), np.minimum(gated, _SETTLED), gated)
    slope, bias = fitted["calibration"]
    return Doubts(
        side=side,
        content=content,
        scores=1.0 / (1.0 + np.exp(-(slope * gated + bias))),
        partners=posterior.argmax(axis=1),
        strengths=posterior.max(axis=1),
        expected=expected_places(posterior),
        explained=_explained(_known(table, which), posterior),
        rendered=rendered(table, which),
        usually_rendered=_usual(side, fitted["rendered"]),
    )


def freedom(sides: Iterable[Doubts], fitted: Fitted) -> float:
    """Return how freely a text is translated: the share of content words without rendering.

    Where every second word is rephrased, a word without counterpart is no news. *sides* are all
    groups of a text; little text says little, so the usual freedom of *fitted* is mixed in.
    """
    missed = total = 0
    for side in sides:
        missed += int((side.rendered[side.content] < _RENDERED).sum())
        total += int(side.content.sum())
    prior: float = fitted["freedom"]
    return (missed + _PRIOR_WORDS * prior) / (total + _PRIOR_WORDS)


def rendered(table: WordTable, which: Side) -> Floats:
    """Return the best rendering of each word of side *which* that is not another's, 0 to 1.

    Without a lexicon, the best posterior. Shape: (words,).
    """
    posterior = table.posterior.T if which else table.posterior
    if not table.evidence.lexicon.any():
        return np.asarray(posterior.max(axis=1), dtype=np.float64)
    known = _known(table, which)
    likely = np.where(posterior >= _LIKELY, known * posterior, 0.0)
    owners, owned = likely.argmax(axis=0), likely.max(axis=0) >= _TAKEN
    taken = owned[None, :] & (owners[None, :] != np.arange(len(known))[:, None])
    return np.asarray((known * ~taken).max(axis=1), dtype=np.float64)


def word_features(table: WordTable, which: Side, fitted: Fitted) -> dict[str, Floats]:
    """Return what speaks for each word of side *which* being covered, name to values."""
    side = table.target if which else table.source
    total = table.evidence.total.T if which else table.evidence.total
    posterior = table.posterior.T if which else table.posterior
    words = ~side.signs()
    link = total.max(axis=1)
    found = posterior.max(axis=1)
    usual = found - _usual(side, fitted["usual"])
    return {
        "link": link,
        "link_around": _around(link, words, 1),
        "posterior": found,
        "unusual": _around(usual, words, 2),
        "known_near": _near(_known(table, which), expected_places(posterior)),
    }


def _known(table: WordTable, which: Side) -> Floats:
    known = np.maximum(table.evidence.lexicon, _LEARNED * table.learned)
    known = np.maximum(known, table.evidence.same)
    return known.T if which else known


def _explained(known: Floats, posterior: Floats) -> NDArray[np.bool_]:
    likely = np.where(posterior >= _LIKELY, known, 0.0)
    places, partners = np.arange(len(likely)), likely.argmax(axis=1)
    mutual = likely.argmax(axis=0)[partners] == places
    return np.asarray(mutual & (likely[places, partners] >= _LISTED), dtype=np.bool_)


def _near(known: Floats, expected: Floats) -> Floats:
    columns = known.shape[1]
    off = np.abs(np.arange(columns)[None, :] - expected[:, None])
    inside = off <= max(_NEAR, _NEAR_SHARE * columns)
    return np.asarray((known * inside).max(axis=1), dtype=np.float64)


def _around(values: Floats, counted: NDArray[np.bool_], reach: int) -> Floats:
    """Return the mean of the *counted* values within *reach* of each; its own where none is."""
    weights = counted.astype(np.float64)
    return _weighted_around(values, weights, reach, own=True)


def _weighted_around(values: Floats, weights: Floats, reach: int, *, own: bool) -> Floats:
    kernel = np.ones(2 * reach + 1)
    kernel[reach] = 1.0 if own else 0.0
    sums = np.convolve(values * weights, kernel)[reach:-reach]
    shares = np.convolve(weights, kernel)[reach:-reach]
    return np.where(shares > 0, sums / np.maximum(shares, 1e-9), values)


def _gate(
    scores: Floats, content: NDArray[np.bool_], signs: NDArray[np.bool_], posterior: Floats
) -> Floats:
    weights = np.where(signs, 0.0, np.where(content, 1.0, _LIGHT))
    around = _weighted_around(scores, weights, 2, own=False)
    own = np.where(posterior > _TIED, _OWN_SHARE_TIED, _OWN_SHARE)
    return np.where(content, scores, own * scores + (1 - own) * around)


def _settled(table: WordTable, which: Side) -> NDArray[np.bool_]:
    """Return which words belong to a figure that the other side has too. Shape: (words,)."""
    side = table.target if which else table.source
    same = np.asarray(table.evidence.same.max(axis=1 - which) > 0, dtype=np.bool_)
    settled = np.zeros(len(side.words), dtype=np.bool_)
    run: list[int] = []
    for place, is_figure in enumerate([*figure_words(side.forms, side.lang), False]):
        if is_figure:
            run.append(place)
            continue
        settled[run] = same[run].any()
        run = []
    return settled


def _sum(features: dict[str, Floats], fitted: Fitted) -> Floats:
    weights: dict[str, Sequence[float]] = fitted["doubt"]
    total = np.zeros(len(features["link"]))
    for name, (mean, weight) in weights.items():
        total += weight * (features[name] - mean)
    return total


def _usual(side: WordSide, figures: Mapping[str, Mapping[str, float]]) -> Floats:
    """Return for each word of *side* the figure of its kind; that of all words for rare ones."""
    known = figures.get(side.lang, {})
    other = known.get("", 0.0)
    return np.array([known.get(form.casefold(), other) for form in side.forms], dtype=np.float64)


@cache
def settings(mode: str) -> Fitted:
    """Return the fitted figures of *mode*: "full", "encoder" or "lexicon", by what there is.

    >>> 0 < settings("full")["least"] < 1
    True
    """
    folder = resources.files("paraalign.checks")
    parts = [folder / f"coverage_{part}.json" for part in ("words", "phrases")]
    words, phrases = (json.loads(part.read_text(encoding="utf-8"))[mode] for part in parts)
    return {**words, **phrases}
