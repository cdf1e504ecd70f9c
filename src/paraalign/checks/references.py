"""References inside a text ("point 3.2", "khoản 1 Điều 4") that lead elsewhere, or nowhere.

Versions must resolve their references alike. References of two linked clauses are compared by what
they count ("article premier" and "Điều 1" are one), whatever word names the part, since a French
"paragraphe" may be a Vietnamese "khoản" or "đoạn". What both sides cite must then be the same
clause: where the numbers agree and the clauses behind them do not, a clause was renumbered and its
references were not.

>>> [(each.text, each.value) for each in find_references("les points 3.1 et 3.2", "fr")]
[('points 3.1', (3, 1)), ('3.2', (3, 2))]
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from paraalign.checks.check import Check, finding
from paraalign.checks.compared import body_start
from paraalign.checks.context import Context, Pair, Side
from paraalign.checks.wordlists import word_list
from paraalign.model import Finding, Kind, Role, Severity, Span
from paraalign.segment.numbering import value

__all__ = ["CHECKS", "Reference", "find_references"]

_NUMBER = r"(?:\d{1,3}(?:\.\d{1,2}){0,4}(?![\d%]|[.,]\d)|[IVXLC]+|premier|première|[a-zđ](?=\)))"
_AND = re.compile(
    rf"(?:,| et| à| ou| và| đến| hoặc| and| to| or)\s+({_NUMBER})\b(?!\s*[%°h]|\s+\w*ans?\b)"
)
_PRINTED = re.compile(r"[\w.]*\w\b(?!['’])")  # the "l" of "l'article" is no twelfth letter
_DEEP = 2  # parts of a number, as in "3.2", from which it can hardly be another text's


class Reference(NamedTuple):
    """A number that names a part: *start* to *end* as printed, with the word before the first."""

    start: int
    end: int
    text: str
    value: tuple[int, ...]


class _Cited(NamedTuple):
    reference: Reference
    span: Span


def find_missing(context: Context) -> Iterator[Finding]:
    """Yield each reference of the source that the target lacks."""
    for source, target in _lost(context):
        for each in source[len(target) :]:
            text = context.say("reference-missing", {"source": each.reference.text})
            yield _finding("missing", Severity.MAJOR, text, source=each)


def find_added(context: Context) -> Iterator[Finding]:
    """Yield each reference of the target that the source lacks."""
    for source, target in _lost(context):
        for each in target[len(source) :]:
            text = context.say("reference-added", {"target": each.reference.text})
            yield _finding("added", Severity.MAJOR, text, target=each)


def find_changed(context: Context) -> Iterator[Finding]:
    """Yield each reference that faces a reference to another number."""
    for source, target in _lost(context):
        for one, other in zip(source, target, strict=False):
            text = context.say("reference-changed", _quotes(one, other))
            yield _finding("changed", Severity.CRITICAL, text, source=one, target=other)


def find_astray(context: Context) -> Iterator[Finding]:
    """Yield each two references of one number to clauses that are not linked to each other."""
    homes = _homes(context)
    for pair in context.pairs:
        source, target = (_cited(context, side, pair) for side in Side)
        for one in source:
            like = [each for each in target if each.reference.value == one.reference.value]
            ends = [homes[side].get(one.reference.value, ()) for side in Side]
            linked = {each for end in ends[0] for each in context.linked_clauses(Side.SOURCE, end)}
            if like and len(ends[0]) == len(ends[1]) == 1 and linked and not linked & set(ends[1]):
                text = context.say("reference-astray", _quotes(one, like[0]))
                yield _finding("astray", Severity.MAJOR, text, source=one, target=like[0])


def find_dangling(context: Context) -> Iterator[Finding]:
    """Yield each reference of several parts ("3.9") to a clause that its own text lacks."""
    homes = _homes(context)
    for side in Side:
        depths = {(len(number), number[:1]) for number in homes[side]}
        for index in context.leaves[side]:
            for each in _cited_in(context, side, index):
                number = each.reference.value
                near = len(number) >= _DEEP and (len(number), number[:1]) in depths
                if near and number not in homes[side]:
                    values = {"quote": each.reference.text, "lang": context.names[side]}
                    text = context.say("reference-dangling", values)
                    one = {"target": each} if side else {"source": each}
                    yield _finding("dangling", Severity.MAJOR, text, **one)


def find_references(text: str, lang: str) -> list[Reference]:
    """Return the references to numbered parts in *text*, in order."""
    found = []
    for match in _pattern(lang).finditer(text):
        found.append(_reference(text, match.start(), match, lang))
        end = match.end()
        while more := _AND.match(text, end):
            found.append(_reference(text, more.start(1), more, lang))
            end = more.end()
    return [each for each in found if each.value]


def _reference(text: str, start: int, match: re.Match[str], lang: str) -> Reference:
    return Reference(start, match.end(1), text[start : match.end(1)], value(match[1], lang))


@lru_cache
def _pattern(lang: str) -> re.Pattern[str]:
    words = sorted((re.escape(w).replace("_", " ") for w in word_list("references", lang)), key=len)
    named = "|".join(reversed(words)) or "(?!)"
    return re.compile(rf"(?<!\w)(?i:{named})\s+(?:số |n[°o]\s?)?({_NUMBER})(?!\w|\s*[%€$])")


def _lost(context: Context) -> Iterator[tuple[list[_Cited], list[_Cited]]]:
    """Yield, pair by pair, the references of either side that the other has nothing for."""
    for pair in context.pairs:
        sides = [_cited(context, side, pair) for side in Side]
        numbers = [_numbers(context, side, pair) for side in Side]
        source, target = (
            [each for each in sides[side] if each.reference.value not in numbers[side.other]]
            for side in Side
        )
        yield source, target


def _numbers(context: Context, side: Side, pair: Pair) -> set[tuple[int, ...]]:
    """Return what all that may be a printed number counts in the clauses of *side*."""
    texts = [context.clause(side, index).text for index in pair.of(side)]
    printed = (match[0] for text in texts for match in _PRINTED.finditer(text))
    return {value(each, context.langs[side]) for each in printed}


def _cited(context: Context, side: Side, pair: Pair) -> list[_Cited]:
    return [each for index in pair.of(side) for each in _cited_in(context, side, index)]


def _cited_in(context: Context, side: Side, index: int) -> Iterator[_Cited]:
    """Yield the references in the clause *index*, without its own number."""
    clause = context.documents[side].clauses[index]
    passage = context.clause(side, index)
    if clause.role in {Role.CODE, Role.HEADING, Role.TITLE}:
        return
    body = body_start(clause, passage.text)
    for each in find_references(passage.text, context.langs[side]):
        if each.end > body:
            yield _Cited(each, passage.span(each.start, each.end))


def _homes(context: Context) -> list[dict[tuple[int, ...], list[int]]]:
    """Return the leaf clauses of both sides by what their printed numbers count."""
    homes: list[dict[tuple[int, ...], list[int]]] = [{}, {}]
    for side in Side:
        for index in context.leaves[side]:
            number = context.documents[side].clauses[index].number
            if number:
                homes[side].setdefault(value(number, context.langs[side]), []).append(index)
    return homes


_CONFIDENCE = {"missing": 0.8, "added": 0.8, "changed": 0.9, "astray": 0.8, "dangling": 0.5}


def _quotes(source: _Cited, target: _Cited) -> dict[str, str]:
    return {"source": source.reference.text, "target": target.reference.text}


def _finding(
    fault: str,
    severity: Severity,
    message: str,
    *,
    source: _Cited | None = None,
    target: _Cited | None = None,
) -> Finding:
    return finding(
        check=f"reference-{fault}",
        kind=Kind.STRUCTURE,
        severity=severity,
        confidence=_CONFIDENCE[fault],
        message=message,
        source=(source.span,) if source else (),
        target=(target.span,) if target else (),
    )


CHECKS = (
    Check(
        "reference-missing",
        Kind.STRUCTURE,
        Severity.MAJOR,
        find_missing,
    ),
    Check(
        "reference-added",
        Kind.STRUCTURE,
        Severity.MAJOR,
        find_added,
    ),
    Check(
        "reference-changed",
        Kind.STRUCTURE,
        Severity.CRITICAL,
        find_changed,
    ),
    Check(
        "reference-astray",
        Kind.STRUCTURE,
        Severity.MAJOR,
        find_astray,
    ),
    Check(
        "reference-dangling",
        Kind.STRUCTURE,
        Severity.MAJOR,
        find_dangling,
    ),
)
