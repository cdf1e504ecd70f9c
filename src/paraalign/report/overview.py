"""Say in the head of a page where to look: which clauses need it, and at what words in them.

A list of a hundred findings in the order of the text tells nobody where to begin. So the head names
the gravest and surest findings, and of every clause the words that matter most: of each kind of
finding the best one first, since three likely mistranslations say less than one of them and the
word that was added. What differs between the texts goes before faults of form, and what is hardly
sure behind all else: how grave it would be says little then.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from paraalign.model import Finding, Kind

__all__ = ["by_kind", "first", "rank"]

FIRST = 8  # findings that the head names
OF_A_KIND = 2  # at most of these
PHRASES = 5  # that it names of a clause
SURE = 0.4  # confidence below which a finding goes behind the others


def first(findings: Sequence[Finding]) -> list[int]:
    """Return the numbers of the *findings* to look at first, the gravest and surest, from 1.

    They are few, and few of a kind. Where there are hardly more than these, none needs naming.

    >>> first([])
    []
    """
    if len(findings) <= FIRST:
        return []
    seen: Counter[Kind] = Counter()
    chosen: list[int] = []
    for number in _ranked(range(1, len(findings) + 1), findings):
        kind = findings[number - 1].kind
        seen[kind] += 1
        chosen += [number] if seen[kind] <= OF_A_KIND else []
    return chosen[:FIRST]


def by_kind(numbers: Iterable[int], findings: Sequence[Finding]) -> list[int]:
    """Return which of the *numbers* of *findings* stand for their clause, the weightiest first.

    Of each kind there is one before there are two of any; faults of form stand for it where there
    is nothing else.

    >>> by_kind([], [])
    []
    """
    seen: Counter[Kind] = Counter()
    rounds: list[tuple[int, int]] = []
    ranked = _ranked(numbers, findings)
    ranked = [n for n in ranked if findings[n - 1].kind is not Kind.DEFECT] or ranked
    for number in ranked:
        kind = findings[number - 1].kind
        rounds.append((seen[kind], number))
        seen[kind] += 1
    chosen = {number for _, number in sorted(rounds, key=lambda each: each[0])[:PHRASES]}
    return [number for number in ranked if number in chosen]


def rank(finding: Finding) -> tuple[bool, int, bool, float]:
    """Return what findings are sorted by so that those to look at first come first."""
    unsure, form = finding.confidence < SURE, finding.kind is Kind.DEFECT
    return unsure, -int(finding.severity), form, -finding.confidence


def _ranked(numbers: Iterable[int], findings: Sequence[Finding]) -> list[int]:
    return sorted(numbers, key=lambda number: rank(findings[number - 1]))
