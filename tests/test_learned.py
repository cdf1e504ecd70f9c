"""Two texts without a lexicon teach what their words mean, and no more than they can know."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from paraalign.align.cover import Floats
from paraalign.align.learned import learn_renderings, rendering_keys
from paraalign.align.lexical import LexicalCover
from paraalign.align.units import Side, Trait
from paraalign.model import Link, Span

PAIRS = [
    ("neige et camp", "schnee und lager"),
    ("neige profonde", "tiefer schnee"),
    ("camp de base", "das basislager lager"),
    ("vent", "sturm"),
]
WORDS = st.lists(st.sampled_from(["eau", "feu", "neige", "terre", "air"]), max_size=6).map(" ".join)


def side(lang: str, texts: list[str]) -> Side:
    return Side.of(lang, texts, [Trait()] * len(texts), [Span(0, len(text)) for text in texts])


def sides() -> tuple[Side, Side]:
    return side("fr", [one for one, _ in PAIRS]), side("de", [other for _, other in PAIRS])


def in_order(count: int) -> list[Link]:
    return [Link((index,), (index,)) for index in range(count)]


def covered(source: Side, target: Side, cover: LexicalCover) -> Floats:
    """Return how well each unit of the target renders each word of the source."""
    return cover.best(np.arange(len(source)), np.arange(len(target)))[0]


def test_words_that_keep_standing_in_one_link_render_each_other() -> None:
    found = {(one.source, one.target) for one in learn_renderings(*sides(), in_order(4))}
    assert {("neige", "schne"), ("camp", "lager")} <= found


def test_what_stood_together_once_is_not_taken_for_a_rendering() -> None:
    found = {(one.source, one.target) for one in learn_renderings(*sides(), in_order(4))}
    assert ("vent", "sturm") not in found
    assert ("profo", "tiefe") not in found


def test_a_word_that_another_explains_is_not_explained_twice() -> None:
    found = {(one.source, one.target) for one in learn_renderings(*sides(), in_order(4))}
    assert ("neige", "lager") not in found
    assert ("camp", "schne") not in found


def test_gaps_teach_nothing() -> None:
    gaps = [Link((index,), ()) for index in range(4)] + [Link((), (index,)) for index in range(4)]
    assert learn_renderings(*sides(), gaps) == []


def test_renderings_count_where_no_word_is_shared() -> None:
    source, target = sides()
    cover = LexicalCover.of(source, target, None)
    keys = rendering_keys((source, target), learn_renderings(source, target, in_order(4)))
    assert covered(source, target, cover)[0].max() < 0.1
    assert covered(source, target, cover.extended(keys))[0].argmax() in {0, 1}
    assert covered(source, target, cover.extended(keys))[0].max() > 0.3


@settings(deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=8))
def test_strengths_are_chances_and_keys_stand_in_order(texts: list[tuple[str, str]]) -> None:
    pair = side("fr", [one for one, _ in texts]), side("de", [other for _, other in texts])
    found = learn_renderings(*pair, in_order(len(texts)))
    assert found == sorted(found)
    assert all(0 < one.strength <= 1 for one in found)
    cover = LexicalCover.of(*pair, None).extended(rendering_keys(pair, found))
    assert all((np.diff(keys.places) >= 0).all() for keys in cover.keys)
    assert all((np.diff(keys.units) >= 0).all() for keys in cover.keys)
