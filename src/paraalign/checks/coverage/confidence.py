"""How likely is a divergence to be one? What speaks for it, weighed as it was fitted.

Two questions are asked and the higher answer counts. Would a reviser mark it? That depends on how
freely the whole text is translated: where every third word is rephrased, one more word without
counterpart is no news; in a close translation it is. Does it stand out like something set in, taken
out or exchanged on purpose? That does in any text. Both are logistic sums of the same few features.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from paraalign.align.words.groups import Floats
from paraalign.align.words.links import WordTable
from paraalign.checks.coverage.phrases import Divergence, Phrase
from paraalign.checks.coverage.text import Sides
from paraalign.checks.coverage.words import Doubts, Fitted

__all__ = ["FEATURES", "confidence_features", "confidences"]

FEATURES = (
    "score",
    "words",
    "gap",
    "rendered",
    "surprise",
    "both",
    "close",
    "likeness",
    "crossed",
    "peak",
    "crossed_other",
    "free",
    "omission",
    "addition",
)
"""What the confidence in a divergence is judged by; a feature that is not there counts as 0."""

_SMALLEST = 1e-4
_FULL_GAP = 12.0  # log odds beyond which a gap is no surer
_AROUND = 5  # words on either side of a phrase that tell how closely its place is translated


def confidence_features(
    each: Divergence, table: WordTable, sides: Sides, free: float
) -> dict[str, float]:
    """Return what the confidence in a divergence is judged by, name to value.

    *free* is the `freedom` of the text.
    """
    score = min(max(each.score, _SMALLEST), 1 - _SMALLEST)
    found = [_evidence(side, phrase) for side, phrase in _phrases(sides, each)]
    known, surprises, around, sizes = zip(*found, strict=True)
    return {
        "score": float(np.log(score / (1 - score))),
        "words": float(np.log(max(1, *sizes, 1))),
        "gap": min(_FULL_GAP, max(p.gap for p in each.phrases if p)) / _FULL_GAP,
        "rendered": min(known),
        "surprise": max(surprises),
        "both": min(surprises) if len(found) > 1 else 0.0,
        "close": float(np.mean(around)),
        "likeness": _likeness(each, table),
        **_crossed(each, table),
        "free": float(np.log(free / (1 - free))),
        str(each.kind): 1.0,
    }


def confidences(rows: Sequence[Mapping[str, float]], fitted: Fitted) -> Floats:
    """Return the confidence in divergences that have the features *rows*. Shape: (rows,).

    *fitted* holds the figures to go by, as `settings` gives them. The higher counts of what is due
    by the freedom of the text and of what is for a clear case in any.

    >>> confidences([{}], {"confidence": {"bias": 0.0}, "clear": {"bias": -1.0}}).tolist()
    [0.5]
    """
    table = np.array([[row.get(name, 0.0) for name in FEATURES] for row in rows])
    questions = (fitted["confidence"], fitted["clear"])
    weights = np.array([[own.get(name, 0.0) for name in FEATURES] for own in questions])
    biases = np.array([own["bias"] for own in questions])
    odds = table.reshape(-1, len(FEATURES)) @ weights.T + biases
    return np.asarray(1 / (1 + np.exp(-odds.max(axis=1))), dtype=np.float64)


def _phrases(sides: Sides, each: Divergence) -> list[tuple[Doubts, Phrase]]:
    both = zip(sides, each.phrases, strict=True)
    return [(side, phrase) for side, phrase in both if phrase]


def _evidence(side: Doubts, phrase: Phrase) -> tuple[float, float, float, int]:
    """Return how far its content words are rendered, less than usual, around it; their number."""
    places = np.flatnonzero(side.content[phrase.start : phrase.end]) + phrase.start
    first, last = max(0, phrase.start - _AROUND), min(len(side.scores), phrase.end + _AROUND)
    inside = set(places.tolist())
    near = [n for n in range(first, last) if side.content[n] and n not in inside]
    around = float(side.rendered[near].mean()) if near else float(side.usually_rendered.mean())
    if not len(places):
        return 0.0, 0.0, around, 0
    known = float(side.rendered[places].mean())
    return known, float(side.usually_rendered[places].mean()) - known, around, len(places)


def _likeness(each: Divergence, table: WordTable) -> float:
    """Return how alike the two phrases are at best, in units of a cosine; 0 for a lone phrase."""
    if each.source is None or each.target is None:
        return 0.0
    one, other = each.source, each.target
    return float(table.evidence.total[one.start : one.end, other.start : other.end].max())


def _crossed(each: Divergence, table: WordTable) -> dict[str, float]:
    """Return how far the other side lacks a phrase, both sides read together, in log odds.

    Of the phrase that it lacks more, the mean and the highest of its words; the mean of the other.
    """
    if table.crossed is None:
        return {}
    both = zip(table.crossed, each.phrases, strict=True)
    found = sorted(
        (float(odds[p.start : p.end].mean()), float(odds[p.start : p.end].max()))
        for odds, p in both
        if p
    )
    other = found[0][0] - found[-1][0] if len(found) > 1 else 0.0
    return {"crossed": found[-1][0], "peak": found[-1][1], "crossed_other": other}
