"""Doubt words without a lexicon: what vectors alone tell, for any two languages.

A word that is rendered has a partner that stands where its neighbours make one expect it. So three
likenesses are asked for: of the likeliest partner, of the best word near that place, and of the
best there by what the words mean in their sentences (the encoder's last layer). A single word is
easily mistaken; the means over two to five neighbours on either side are telling. They are
weighed as English and French words were that people marked (`benchmarks/accuracy/english.py`); no
word of either language has a say in it, so that it holds for other pairs as well.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from paraalign.align.words.groups import Floats
from paraalign.checks.coverage.features import Look, around

__all__ = ["plain_columns", "plain_odds"]

_SENSE_REACH = 3
_LINK_REACH = 5


def plain_columns(look: Look) -> dict[str, Floats]:
    """Return what vectors tell of each word, name to values; signs are left out of the means."""
    words = (~look.side.signs()).astype(np.float64)
    places = np.arange(len(look.posterior))
    cosines, senses = (
        look.turned(values) for values in (look.table.evidence.cosines, look.table.evidence.senses)
    )
    posterior = look.posterior.max(axis=1)
    near, sense = (np.where(look.near, values, -1.0).max(axis=1) for values in (cosines, senses))
    seen = {
        "posterior": posterior,
        "posterior_2": around(posterior, words, 2),
        "near": near,
        "near_2": around(near, words, 2),
        "sense_3": around(sense, words, _SENSE_REACH),
        "linked_5": around(cosines[places, look.partners], words, _LINK_REACH),
        "content": look.content.astype(np.float64),
        "sign": 1.0 - words,
    }
    if look.crossed is None:
        return seen
    return seen | {"crossed": look.crossed, "crossed_2": around(look.crossed, words, 2)}


def plain_odds(look: Look, weights: Mapping[str, Sequence[float]]) -> Floats:
    """Return how far each word is doubted, in log odds. Shape: (words,).

    *weights* holds for each column its mean in faithful translations and its weight.
    """
    seen = plain_columns(look)
    parts = [weight * (seen[name] - mean) for name, (mean, weight) in weights.items()]
    return np.asarray(np.sum(parts, axis=0), dtype=np.float64)
