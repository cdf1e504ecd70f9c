"""Find the terms in a translation memory.

Two signs are trusted: a short segment without closing punctuation is a term with its rendering (a
label, a title, a list item), and a phrase that keeps coming back with the same phrase opposite is
one too. The second is measured by the Dice coefficient over segments; of phrases inside each other
the longest stays.

>>> mine_terms([("Conseil municipal", "Hội đồng thành phố")], ("fr", "vi"))
[('Conseil municipal', 'Hội đồng thành phố')]
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from paraalign.lexicon.folding import fold_text

__all__ = ["mine_terms"]

LONGEST = (4, 6)
"""Words of a term at most: source, target."""

LEAST_SEGMENTS = 3
LEAST_DICE = 0.8


def mine_terms(pairs: Sequence[tuple[str, str]], langs: tuple[str, str]) -> list[tuple[str, str]]:
    """Return terms and their renderings from the segment *pairs* in *langs*, without doubles.

    Short segments first, in order, then recurring phrases, most frequent first.
    """
    short = [pair for pair in pairs if _is_term(pair[0], langs[0], 0)]
    short = [pair for pair in short if _is_term(pair[1], langs[1], 1)]
    long = [pair for pair in pairs if pair not in set(short)]
    return list(dict.fromkeys([*short, *_recurring(long, langs)]))


def _is_term(text: str, lang: str, side: int) -> bool:
    return not text.endswith((".", "!", "?", ":", ";", "…")) and (
        0 < len(fold_text(text, lang)) <= LONGEST[side]
    )


def _recurring(pairs: Sequence[tuple[str, str]], langs: tuple[str, str]) -> list[tuple[str, str]]:
    phrases = [
        [dict(_iter_phrases(pair[side], langs[side], LONGEST[side])) for pair in pairs]
        for side in (0, 1)
    ]
    kept = [_frequent(found) for found in phrases]
    both: Counter[tuple[str, str]] = Counter()
    titles: dict[str, str] = {}
    for left, right in zip(*phrases, strict=True):
        titles |= left | right
        both.update((a, b) for a in left if a in kept[0] for b in right if b in kept[1])
    best: dict[str, list[tuple[float, int, str]]] = defaultdict(list)
    for (a, b), count in both.items():
        dice = 2 * count / (kept[0][a] + kept[1][b])
        if count >= LEAST_SEGMENTS and dice >= LEAST_DICE:
            best[a].append((dice, len(b), b))
    chosen = {a: max(found)[2] for a, found in best.items()}
    order = sorted(chosen, key=lambda a: (-kept[0][a], a))
    return [(titles[a], titles[chosen[a]]) for a in order if not _is_inside(a, chosen)]


def _frequent(found: Sequence[dict[str, str]]) -> Counter[str]:
    counts = Counter(phrase for phrases in found for phrase in phrases)
    return Counter({key: count for key, count in counts.items() if count >= LEAST_SEGMENTS})


def _is_inside(phrase: str, chosen: dict[str, str]) -> bool:
    return any(
        other != phrase and chosen[other] == chosen[phrase] and f" {phrase} " in f" {other} "
        for other in chosen
    )


def _iter_phrases(text: str, lang: str, longest: int) -> Iterator[tuple[str, str]]:
    tokens = fold_text(text, lang)
    for first in range(len(tokens)):
        for last in range(first, min(first + longest, len(tokens))):
            if last > first and not tokens[last].joins:
                break
            key = " ".join(token.key for token in tokens[first : last + 1])
            if len(key) > LONGEST[0]:
                yield key, text[tokens[first].start : tokens[last].end]
