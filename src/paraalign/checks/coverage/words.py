"""Score every word: how likely is it that a reviser would mark it as left over?

What is seen of a word (`features`) is weighed by trees grown on divergences made on
purpose (`trees`). Revisers mark phrases, so a word is doubted with the words around it,
and a single function word, which tells nothing, takes most of its score from them, unless it has a
sure partner of its own. A figure that stands on both sides settles the words that go with it ("lần
thứ 12", "tháng 4" for "avril"). Where there is no lexicon, vectors alone are asked
(`plain`).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from paraalign.align.words.groups import Floats, WordSide
from paraalign.align.words.links import WordTable
from paraalign.checks.context import Side
from paraalign.checks.coverage.features import Look, around, columns, usual_of
from paraalign.checks.coverage.plain import plain_odds
from paraalign.checks.coverage.trees import Trees

__all__ = ["Doubts", "Fitted", "doubts", "freedom", "rendered", "settings"]

Fitted: TypeAlias = Mapping[str, Any]
"""What `words.json` and `phrases.json`, or `plain.json`, hold."""

_LISTED = 0.4  # support of the lexicon from which a pair needs no other proof
_LIKELY = 0.2  # posterior from which such a pair may be one
_OWN_SHARE = 0.3  # of a function word's score
_OWN_SHARE_TIED = 0.75  # of the score of a function word or a sign that has a sure partner
_TIED = 0.9  # posterior from which a partner is sure
_LIGHT = 0.3  # weight of a function word among neighbours
_SETTLED = -5.0  # doubt about the words of a figure that stands on both sides
_PHRASE = 0.25  # share that the content words around a word have in its score
_PHRASE_REACH = 5
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
    look = Look(table=table, which=which, usual=fitted["usual"], usual_rendered=fitted["rendered"])
    slope, bias = fitted["calibration"]
    return Doubts(
        side=look.side,
        content=look.content,
        scores=1.0 / (1.0 + np.exp(-(slope * _odds(look, fitted) + bias))),
        partners=look.partners,
        strengths=look.posterior.max(axis=1),
        expected=look.expected,
        explained=_explained(look),
        rendered=look.rendered,
        usually_rendered=usual_of(look.side, fitted["rendered"]),
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
    return Look(table=table, which=which).rendered


def _odds(look: Look, fitted: Fitted) -> Floats:
    """Return how far each word is doubted, before calibration."""
    if "plain" in fitted:
        odds = plain_odds(look, fitted["plain"])
    else:
        odds = _gate(_weighed(look, fitted), look)
    return np.where(_settled(look), np.minimum(odds, _SETTLED), odds)


def _weighed(look: Look, fitted: Fitted) -> Floats:
    odds: Floats = fitted["trees"].odds(columns(look))
    if look.crossed is not None:
        odds = odds + fitted.get("crossed", 0.0) * look.crossed
    content = look.content.astype(np.float64)
    return odds + _PHRASE * around(odds, content, _PHRASE_REACH, own=False)


def _explained(look: Look) -> NDArray[np.bool_]:
    likely = np.where(look.posterior >= _LIKELY, look.known, 0.0)
    places, partners = np.arange(len(likely)), likely.argmax(axis=1)
    mutual = likely.argmax(axis=0)[partners] == places
    return np.asarray(mutual & (likely[places, partners] >= _LISTED), dtype=np.bool_)


def _gate(scores: Floats, look: Look) -> Floats:
    weights = np.where(look.side.signs(), 0.0, np.where(look.content, 1.0, _LIGHT))
    near = around(scores, weights, 2, own=False)
    own = np.where(look.posterior.max(axis=1) > _TIED, _OWN_SHARE_TIED, _OWN_SHARE)
    return np.where(look.content, scores, own * scores + (1 - own) * near)


def _settled(look: Look) -> NDArray[np.bool_]:
    """Return which words belong to a figure that the other side has too. Shape: (words,)."""
    same = look.turned(look.table.evidence.same).max(axis=1) > 0
    settled = np.zeros(len(same), dtype=np.bool_)
    run: list[int] = []
    for place, is_figure in enumerate([*look.figures.tolist(), False]):
        if is_figure:
            run.append(place)
            continue
        if run:
            settled[run] = same[run].any()
            run = []
    return settled


@cache
def settings(mode: str) -> Fitted:
    """Return the fitted figures of *mode*, by what there is.

    "cross" has all: lexicon, encoder and cross-encoder; "full" lacks the cross-encoder, "lexicon"
    the encoder too; "encoder-cross" lacks the lexicon, "encoder" has the encoder alone.

    >>> 0 < settings("full")["least"] < 1
    True
    """
    if mode.startswith("encoder"):
        return dict(_read("plain")[mode])
    words, phrases = _read("words"), _read("phrases")[mode]
    own = {**words["full"], **words["cross"]} if mode == "cross" else words[mode]
    return {**own, **phrases, "trees": Trees.of(own["trees"])}


def _read(part: str) -> Fitted:
    path = resources.files("paraalign.checks.coverage") / f"{part}.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))
