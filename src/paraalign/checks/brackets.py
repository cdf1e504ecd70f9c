"""Brackets and quotation marks that do not close.

Pairs are matched clause by clause, since a quotation may run over sentences but rarely over
clauses. The bracket of an enumeration mark ("a)", "1)") opens nowhere and is none.

>>> unmatched("a) voir (point 3")
[8]
"""

import re
from collections.abc import Iterator

from paraalign.checks.check import Check, finding
from paraalign.checks.context import Context, Side
from paraalign.model import Finding, Kind, Role, Severity

__all__ = ["CHECKS", "unmatched"]

_PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»", "“": "”"}
_CLOSERS = {close: start for start, close in _PAIRS.items()}
_MARK = re.compile(
    r"(?:^|(?<=[\s;,:.–-]))\(?(?:\d[\d.]{0,5}|[ivxlcdm]{1,5}|[IVXLCDM]{1,5}|\w)\)|(?<!\w)[:;]-?[()]"
)
_STRAIGHT = re.compile(r'(?<![\d′])"')


def find_open(context: Context) -> Iterator[Finding]:
    """Yield each bracket or quotation mark without its partner."""
    for side in Side:
        document = context.documents[side]
        for index in document.leaves():
            if document.clauses[index].role is not Role.CODE:
                yield from _open_in(context, side, index)


def unmatched(text: str) -> list[int]:
    """Return the places of the brackets and quotation marks of *text* that lack a partner."""
    marks = {match.end() - 1 for match in _MARK.finditer(text) if match[0][0] != "("}
    waiting: list[int] = []
    lost: list[int] = []
    for place, char in enumerate(text):
        if char in _PAIRS:
            waiting.append(place)
        elif char in _CLOSERS and not _closes(text, place, waiting, lost) and place not in marks:
            lost.append(place)
    straight = [match.start() for match in _STRAIGHT.finditer(text)]
    return sorted([*lost, *waiting, *(straight[-1:] if len(straight) % 2 else [])])


def _closes(text: str, place: int, waiting: list[int], lost: list[int]) -> bool:
    """Take the partner of the closing mark at *place* from *waiting*; tell whether there is one."""
    partner = _CLOSERS[text[place]]
    for index in range(len(waiting) - 1, -1, -1):
        if text[waiting[index]] == partner:
            lost += waiting[index + 1 :]
            del waiting[index:]
            return True
    return False


def _open_in(context: Context, side: Side, index: int) -> Iterator[Finding]:
    passage = context.clause(side, index)
    for place in unmatched(passage.text):
        span = passage.span(place, place + 1)
        yield finding(
            check="bracket-open",
            kind=Kind.STRUCTURE,
            severity=Severity.MINOR,
            confidence=0.8,
            message=context.say("bracket-open", {"mark": passage.text[place]}),
            source=() if side else (span,),
            target=(span,) if side else (),
        )


CHECKS = (
    Check(
        "bracket-open",
        Kind.STRUCTURE,
        Severity.MINOR,
        find_open,
    ),
)
