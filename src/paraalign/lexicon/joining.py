"""Join what was learned to what was written by hand.

Where a word was seen often, what was seen decides how usual each rendering is; where it was seen
seldom, the order of the hand-written entry does. Pairs that only learning knows are taken in where
both directions believe in them and a reader has confirmed them, and never for function words.

>>> round(blend(0.5, 0.1, seen=0.0), 2), round(blend(0.5, 0.1, seen=1e6), 2)
(0.5, 0.32)
"""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from paraalign.lexicon.build import Draft, PairDraft
from paraalign.lexicon.corpus import Figures

__all__ = ["Functions", "blend", "join_learned"]

TRUST = 60.0
"""Weighted uses of a word at which what was seen counts for half."""

MOST_TRUST = 0.45
"""What it counts for at most: the texts that were seen are not all texts."""

LEAST_COUNT = 7.0
LEAST_SHARE = 0.03
LEAST_PRODUCT = 0.006
"""What a pair that only learning knows must have: weighted uses, each way, both ways."""


class Functions(NamedTuple):
    """Keys of the function words of both sides."""

    left: frozenset[str]
    right: frozenset[str]


class _Seen(NamedTuple):
    left: str
    right: str
    onward: float
    back: float
    uses: float


def blend(written: float, learned: float, *, seen: float) -> float:
    """Return the share between *written* and *learned* for a word *seen* so often, by weight."""
    trust = min(MOST_TRUST, seen / (TRUST + seen))
    return written * (1 - trust) + learned * trust


def join_learned(
    draft: Draft,
    figures: Figures,
    functions: Functions,
    confirmed: Collection[tuple[str, str]] | None = None,
) -> None:
    """Add what *figures* say to the pairs of *draft*, and the pairs that only they know.

    Call it after the draft has the shares of its hand-written pairs. Of the pairs that only the
    figures know, those that a reader *confirmed* are taken, or all where it is None. (Half of a
    sample of 200 was wrong, whatever the threshold; without any of them, discrimination on news
    falls by a tenth of a point.)
    """
    uses = _uses(figures)
    titles = figures.target_titles | draft.right_titles()
    known = {(seen.left, seen.right): seen for seen in _iter_seen(figures)}
    for left, entry in draft.pairs.items():
        for pair in entry.values():
            seen = known.pop((left, pair.key), None)
            _blend_pair(pair, seen, uses[0].get(left, 0.0), uses[1].get(pair.key, 0.0))
    for seen in known.values():
        is_let = confirmed is None or (seen.left, seen.right) in confirmed
        if (
            is_let
            and _is_worth(seen, functions)
            and not _extends(seen.right, draft.pairs.get(seen.left, {}))
        ):
            entry = draft.pairs.setdefault(seen.left, {})
            draft.titles.setdefault(seen.left, seen.left)
            entry[seen.right] = _learned_pair(seen, titles)


def _iter_seen(figures: Figures) -> Iterator[_Seen]:
    learned = figures.learned
    for left, right, onward, back, count in zip(
        learned.sources.tolist(),
        learned.targets.tolist(),
        learned.onward.tolist(),
        learned.back.tolist(),
        learned.counts.tolist(),
        strict=True,
    ):
        if count > 0.5:  # noqa: PLR2004
            yield _Seen(figures.sources[left], figures.targets[right], onward, back, count)


def _uses(figures: Figures) -> tuple[dict[str, float], dict[str, float]]:
    uses: tuple[dict[str, float], dict[str, float]] = ({}, {})
    for seen in _iter_seen(figures):
        uses[0][seen.left] = uses[0].get(seen.left, 0.0) + seen.uses
        uses[1][seen.right] = uses[1].get(seen.right, 0.0) + seen.uses
    return uses


def _blend_pair(pair: PairDraft, seen: _Seen | None, left_uses: float, right_uses: float) -> None:
    onward, back = (seen.onward, seen.back) if seen else (0.0, 0.0)
    pair.onward = blend(pair.onward, onward, seen=left_uses)
    pair.back = blend(pair.back, back, seen=right_uses)
    pair.seen = seen.uses if seen else 0.0


def _is_worth(seen: _Seen, functions: Functions) -> bool:
    return (
        seen.uses >= LEAST_COUNT
        and min(seen.onward, seen.back) >= LEAST_SHARE
        and seen.onward * seen.back >= LEAST_PRODUCT
        and seen.left != seen.right
        and seen.left not in functions.left
        and seen.right not in functions.right
        and not any(char.isdigit() for char in seen.left)
        and seen.left.replace("'", "").isalpha()
    )


def _extends(right: str, entry: Collection[str]) -> bool:
    """Tell whether *right* is only a longer phrase around a rendering that is known already."""
    return any(f" {known} " in f" {right} " for known in entry if " " in known)


def _learned_pair(seen: _Seen, titles: Mapping[str, str]) -> PairDraft:
    title = titles.get(seen.right, "")
    return PairDraft(
        key=seen.right,
        title=title or seen.right,
        rank=99,
        pos="",
        domain="general",
        origin="learned",
        onward=seen.onward,
        back=seen.back,
        seen=seen.uses,
    )
