"""Learn a text's own terms from the text: what is linked again and again is a rendering.

Every text has terms that no lexicon lists. A pair of content words that come out as each other's
best partner in several clauses, most times that either occurs, is taken for a rendering, and the
words are linked once more. The danger is known: a mistranslation made throughout is learned too.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

import numpy as np

from paraalign.align.words.groups import Floats, WordSide
from paraalign.langs.language import function_words

__all__ = ["grouped", "is_content", "learn_renderings", "learned_table"]

_LEAST_POSTERIOR = 0.15
_LEAST_CLAUSES = 2
_LEAST_SHARE = 0.3
_SURE = 1.5  # a posterior of two thirds counts in full


def is_content(form: str, lang: str) -> bool:
    """Tell whether *form* is a word that says something by itself: no sign, no function word.

    >>> is_content("hội nghị", "vi"), is_content("của", "vi"), is_content(",", "vi")
    (True, False, False)
    """
    return any(char.isalnum() for char in form) and form.casefold() not in function_words(lang)


def learn_renderings(
    groups: Iterable[tuple[WordSide, WordSide, Floats]],
) -> dict[tuple[str, str], float]:
    """Return the pairs of content words that the posteriors of *groups* keep linking.

    The value is how steadily they are linked, 0 to 1.
    """
    mass: dict[tuple[str, str], float] = defaultdict(float)
    clauses: Counter[tuple[str, str]] = Counter()
    counts: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    for source, target, found in groups:
        counts[0].update(form.casefold() for form in source.forms)
        counts[1].update(form.casefold() for form in target.forms)
        pairs = _best_pairs(source, target, found)
        clauses.update({pair for pair, _ in pairs})
        for pair, value in pairs:
            mass[pair] += min(1.0, _SURE * value)
    shares = {pair: mass[pair] / min(counts[0][pair[0]], counts[1][pair[1]]) for pair in mass}
    often = {pair for pair, count in clauses.items() if count >= _LEAST_CLAUSES}
    return {pair: min(1.0, shares[pair]) for pair in often if shares[pair] >= _LEAST_SHARE}


def learned_table(
    source: WordSide, target: WordSide, partners: Mapping[str, Collection[str]]
) -> Floats:
    """Return 1 where a target form is among the *partners* learned for the source form, else 0."""
    table = np.zeros((len(source.words), len(target.words)))
    for i, form in enumerate(source.forms):
        if known := partners.get(form.casefold()):
            table[i] = [other.casefold() in known for other in target.forms]
    return table


def grouped(renderings: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return the target forms of each source form of *renderings*.

    >>> sorted(grouped([("a", "b"), ("a", "c")])["a"])
    ['b', 'c']
    """
    partners: dict[str, set[str]] = defaultdict(set)
    for one, other in renderings:
        partners[one].add(other)
    return dict(partners)


def _best_pairs(
    source: WordSide, target: WordSide, found: Floats
) -> list[tuple[tuple[str, str], float]]:
    best = found.argmax(axis=1)
    pairs = []
    for i, j in enumerate(best):
        one, other = source.forms[i], target.forms[j]
        if found[i, j] < _LEAST_POSTERIOR or not is_content(one, source.lang):
            continue
        if is_content(other, target.lang):
            pairs.append(((one.casefold(), other.casefold()), float(found[i, j])))
    return pairs
