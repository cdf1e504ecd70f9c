"""What can be seen of a word that may have no counterpart, as one row of figures a word.

A reviser who wonders whether a word is covered looks at its likeliest partner, at whose partner
that is, at what the dictionary offers and whether any of it stands near, at what is usual for a
word of its kind, and at the neighbours. Each of these is a column here; what they weigh together
is told by `trees`. `Look` holds what several columns need.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from paraalign.align.words.groups import Floats, WordSide
from paraalign.align.words.keys import figure_words
from paraalign.align.words.known import is_content
from paraalign.align.words.links import WordTable
from paraalign.align.words.posterior import expected_places
from paraalign.checks.context import Side

__all__ = ["Look", "around", "columns", "usual_of"]

_LEARNED = 0.8  # of a rendering of the lexicon
_LIKELY = 0.2  # posterior from which such a pair may be one
_TAKEN = 0.1  # evidence from which a word is somebody else's rendering
_NEAR, _NEAR_SHARE = 6.0, 0.08
_FAR = 10.0  # words beyond which a partner is no farther
_LONG = 15  # letters beyond which a word is no longer


@dataclass(frozen=True, eq=False, kw_only=True)
class Look:
    """One side of a word table, looked at from that side.

    Attributes:
        table: The table.
        which: The side.
        usual: Mean posterior of each word type in faithful translations, by language.
        usual_rendered: Likewise how well each is rendered.
    """

    table: WordTable
    which: Side
    usual: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    usual_rendered: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @cached_property
    def side(self) -> WordSide:
        """The words."""
        return self.table.target if self.which else self.table.source

    @cached_property
    def other(self) -> WordSide:
        """The words of the other side."""
        return self.table.source if self.which else self.table.target

    def turned(self, values: Floats) -> Floats:
        """Return *values* of pairs with the words of this side as rows."""
        return values.T if self.which else values

    @cached_property
    def posterior(self) -> Floats:
        """How far each pair goes together. Shape: (words, other words)."""
        return self.turned(self.table.posterior)

    @cached_property
    def partners(self) -> NDArray[np.int64]:
        """The likeliest partner of each word. Shape: (words,)."""
        likeliest: NDArray[np.int64] = self.posterior.argmax(axis=1)
        return likeliest

    @cached_property
    def crossed(self) -> Floats | None:
        """How far the other side lacks each word, both sides read together. Shape: (words,)."""
        return None if self.table.crossed is None else self.table.crossed[self.which]

    @cached_property
    def known(self) -> Floats:
        """How well each pair is known from lexicon, text or likeness, 0 to 1."""
        found = np.maximum(self.table.evidence.lexicon, _LEARNED * self.table.learned)
        return self.turned(np.maximum(found, self.table.evidence.same))

    @cached_property
    def expected(self) -> Floats:
        """The place on the other side at which each word is expected. Shape: (words,)."""
        return expected_places(self.posterior)

    @cached_property
    def away(self) -> Floats:
        """How many words each word of the other side is from there."""
        places = np.arange(self.posterior.shape[1])
        return np.asarray(np.abs(places[None, :] - self.expected[:, None]), dtype=np.float64)

    @cached_property
    def near(self) -> NDArray[np.bool_]:
        """Which words of the other side are near the place at which each is expected."""
        reach = max(_NEAR, _NEAR_SHARE * self.posterior.shape[1])
        return np.asarray(self.away <= reach, dtype=np.bool_)

    @cached_property
    def content(self) -> NDArray[np.bool_]:
        """Which words say something by themselves. Shape: (words,)."""
        return content_of(self.side)

    @cached_property
    def figures(self) -> NDArray[np.bool_]:
        """Which words are figures or belong to one. Shape: (words,)."""
        return np.array(figure_words(self.side.forms, self.side.lang), dtype=np.bool_)

    @cached_property
    def rendered(self) -> Floats:
        """The best rendering of each that is not another's, 0 to 1. Shape: (words,)."""
        if not self.table.evidence.lexicon.any():
            return np.asarray(self.posterior.max(axis=1), dtype=np.float64)
        likely = np.where(self.posterior >= _LIKELY, self.known * self.posterior, 0.0)
        owners, owned = likely.argmax(axis=0), likely.max(axis=0) >= _TAKEN
        taken = owned[None, :] & (owners[None, :] != np.arange(len(self.known))[:, None])
        return np.asarray((self.known * ~taken).max(axis=1), dtype=np.float64)


def content_of(side: WordSide) -> NDArray[np.bool_]:
    """Return which words of *side* say something by themselves. Shape: (words,)."""
    return np.array([is_content(form, side.lang) for form in side.forms], dtype=np.bool_)


def usual_of(side: WordSide, figures: Mapping[str, Mapping[str, float]]) -> Floats:
    """Return for each word of *side* the figure of its kind; that of all words for rare ones.

    For a language without figures, the mean of the others.
    """
    means = [known.get("", 0.0) for known in figures.values()]
    known = figures.get(side.lang, {})
    other = known.get("", float(np.mean(means)) if means else 0.0)
    return np.array([known.get(form.casefold(), other) for form in side.forms], dtype=np.float64)


def around(values: Floats, weights: Floats, reach: int, *, own: bool = True) -> Floats:
    """Return the weighted mean within *reach* of each place; its own value where none weighs."""
    kernel = np.ones(2 * reach + 1)
    kernel[reach] = 1.0 if own else 0.0
    sums = np.convolve(values * weights, kernel)[reach:-reach]
    shares = np.convolve(weights, kernel)[reach:-reach]
    return np.where(shares > 0, sums / np.maximum(shares, 1e-9), values)


def columns(look: Look) -> dict[str, Floats]:
    """Return what is seen of each word, name to values."""
    found = {**_links(look), **_lexicon(look), **_kind(look), **_partner(look)}
    return found | _neighbours(look, found)


def _links(look: Look) -> dict[str, Floats]:
    evidence = look.table.evidence
    total, cosines = look.turned(evidence.total), look.turned(evidence.cosines)
    best = np.partition(np.pad(cosines, ((0, 0), (1, 0)), constant_values=-1.0), -2, axis=1)
    strongest, usual = look.posterior.max(axis=1), usual_of(look.side, look.usual)
    local = np.where(look.near, cosines, -1.0).max(axis=1)
    return {
        "link": total.max(axis=1),
        "cosine": best[:, -1],
        "margin": best[:, -1] - best[:, -2],
        "cosine_near": local,
        "posterior": strongest,
        "unusual": strongest - usual,
        "usual": usual,
    }


def _lexicon(look: Look) -> dict[str, Floats]:
    places = np.arange(len(look.known))
    same = look.turned(look.table.evidence.same)
    usual = usual_of(look.side, look.usual_rendered)
    return {
        "known": look.known.max(axis=1),
        "known_near": (look.known * look.near).max(axis=1),
        "known_partner": look.known[places, look.partners],
        "rendered": look.rendered,
        "usually_rendered": usual,
        "missed": usual - look.rendered,
        "same": same.max(axis=1),
        "learned": look.turned(look.table.learned).max(axis=1),
    }


def _kind(look: Look) -> dict[str, Floats]:
    forms = look.side.forms
    return {
        "content": look.content.astype(np.float64),
        "figure": look.figures.astype(np.float64),
        "capital": np.array([form[:1].isupper() for form in forms], dtype=np.float64),
        "length": np.array([min(len(form), _LONG) for form in forms], dtype=np.float64),
    }


def _partner(look: Look) -> dict[str, Floats]:
    places = np.arange(len(look.posterior))
    back = look.posterior.argmax(axis=0)[look.partners]
    return {
        "mutual": (back == places).astype(np.float64),
        "off": np.minimum(look.away[places, look.partners], _FAR),
    }


_SMOOTHED = ("link", "posterior", "unusual", "rendered", "missed", "cosine_near")


def _neighbours(look: Look, own: Mapping[str, Floats]) -> dict[str, Floats]:
    words = (~look.side.signs()).astype(np.float64)
    content = look.content.astype(np.float64)
    found = {}
    for name in _SMOOTHED:
        found[f"{name}_1"] = around(own[name], words, 1)
        found[f"{name}_2"] = around(own[name], words, 2)
        found[f"{name}_5"] = around(own[name], content, 5, own=False)
    for name in ("posterior", "missed", "content"):
        found[f"{name}_before"] = np.concatenate([[0.0], own[name][:-1]])
        found[f"{name}_after"] = np.concatenate([own[name][1:], [0.0]])
    return found
