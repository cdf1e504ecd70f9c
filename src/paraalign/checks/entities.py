"""Names that the other side drops, changes, or replaces by a description.

A name counts as rendered when it stands on the other side verbatim, without its accents or blanks
(Hanoï, Hà Nội), in an established foreign form (from the lexicon and the names of territories), or
in much the same letters (Moscou, Moskva). Of a name of several words half must be rendered: "Cités
Unies France" is not, by "Pháp" alone. What then faces the name is found from the word links and
from the capitals of the other side; with nothing there, the name is missing.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple
from weakref import WeakKeyDictionary

from paraalign.checks.check import Check, finding
from paraalign.checks.context import Context, Pair, Passage, Side
from paraalign.checks.facing import densest, widened
from paraalign.checks.names import Letters, Name, Part, find_names, name_word, territory
from paraalign.checks.syllables import is_syllable
from paraalign.checks.wordlists import word_list
from paraalign.langs import function_words
from paraalign.letters import name_key
from paraalign.lexicon.protocol import Match
from paraalign.model import Finding, Kind, Role, Severity, Span

__all__ = ["CHECKS"]

_LIKE = 0.6  # likeness of letters from which a name is a transliteration
_HALF = 0.5  # share of a name of several words that must be rendered
_WIDTH = 1.6  # how much wider than the name its rendering may be
_NEAR = 24  # characters that it may take in any case
_JOINED = 3  # words that may be one transliterated name
_SHORT = 3  # letters below which a word is compared whole
# Counted over the findings of NTREX (benchmarks/accuracy/checks.md); "changed" is a guess.
_CONFIDENCE = {"missing": 0.56, "added": 0.65, "replaced": 0.43, "changed": 0.7}


_found: WeakKeyDictionary[Context, "dict[Side, tuple[_Lost, ...]]"] = WeakKeyDictionary()


class _Facts(NamedTuple):
    """One side of a pair: passage, its names, and what the other side says."""

    side: Side
    passage: Passage
    names: list[Name]
    other: Passage
    letters: Letters
    marked: Letters
    capitals: tuple[Part, ...]
    matches: list[Match]


class _Lost(NamedTuple):
    """A name without rendering, and the stretch of the other side that faces it, if any."""

    name: Name
    span: Span
    facing: Span | None
    is_name: bool


def find_missing(context: Context) -> Iterator[Finding]:
    """Yield each source name that nothing in the target stands for."""
    for lost in _losses(context, Side.SOURCE):
        if not lost.facing:
            yield _finding(context, "missing", lost.name.text, source=lost.span)


def find_added(context: Context) -> Iterator[Finding]:
    """Yield each target name that nothing in the source stands for."""
    taken = [lost.facing for lost in _losses(context, Side.SOURCE) if lost.facing]
    for lost in _losses(context, Side.TARGET):
        if not any(_overlap(lost.span, span) for span in taken) and _is_telling(lost.name):
            yield _finding(context, "added", lost.name.text, target=lost.span)


def find_replaced(context: Context) -> Iterator[Finding]:
    """Yield each source name that a description stands for."""
    yield from _against(context, "replaced", is_name=False)


def find_changed(context: Context) -> Iterator[Finding]:
    """Yield each source name that another name stands for."""
    yield from _against(context, "changed", is_name=True)


def _against(context: Context, fault: str, *, is_name: bool) -> Iterator[Finding]:
    for lost in _losses(context, Side.SOURCE):
        if lost.facing and lost.is_name == is_name:
            other = context.documents[Side.TARGET].read(lost.facing)
            yield _finding(
                context, fault, lost.name.text, other, source=lost.span, target=lost.facing
            )


def _losses(context: Context, side: Side) -> tuple[_Lost, ...]:
    """Return the names of *side* that the other side does not render, with what faces them."""
    known = _found.setdefault(context, {})
    if side not in known:
        known[side] = tuple(_iter_losses(context, side))
    return known[side]


def _iter_losses(context: Context, side: Side) -> Iterator[_Lost]:
    for pair in context.pairs:
        around = _letters_around(context, side.other, pair)
        for index in pair.of(side):
            facts = _facts(context, side, index, pair)
            if context.documents[side].clauses[index].role is Role.CODE:
                continue
            for name in facts.names:
                if not _is_rendered(context, facts, name, around):
                    yield _lost(context, facts, name)
                elif surname := _lost_surname(context, facts, name, around):
                    yield _lost(context, facts, surname)


def _facts(context: Context, side: Side, index: int, pair: Pair) -> _Facts:
    passage = context.clause(side, index)
    clauses = context.documents[side.other].clauses
    spans = [clauses[each].span for each in pair.of(side.other)]
    other = context.passage(side.other, Span(spans[0].start, spans[-1].end))
    found = find_names(passage.text, context.langs[side])
    names = [name for each in found if (name := _core(context, side, each))]
    capitals = [
        part
        for name in find_names(other.text, context.langs[side.other])
        for part in _joints(name, other.text)
    ]
    return _Facts(
        side=side,
        passage=passage,
        names=names,
        other=other,
        letters=Letters(other.text),
        marked=Letters(other.text, marked=True),
        capitals=tuple(capitals),
        matches=_matches(context, side, passage.text, other.text) if names else [],
    )


def _joints(name: Name, text: str) -> Iterator[Part]:
    """Yield each run of one to three words of *name*: "Mát xcơ va" is one name."""
    for size in range(1, _JOINED + 1):
        for first in range(len(name.parts) - size + 1):
            start, end = name.parts[first].start, name.parts[first + size - 1].end
            yield Part(start, end, text[start:end])


def _matches(context: Context, side: Side, own: str, other: str) -> list[Match]:
    if context.lexicon is None:
        return []
    if side is Side.SOURCE:
        return context.lexicon.matches(own, other)
    flipped = context.lexicon.matches(other, own)
    return [Match(match.target, match.source, match.score, match.is_term) for match in flipped]


def _core(context: Context, side: Side, name: Name) -> Name | None:
    """Return *name* without a common word that opens the sentence; None if none is left."""
    if name.text.lower() in word_list("no names", context.langs[side]):
        return None
    if re.fullmatch(r"[IVXLCDM]+e?", name.text):
        return None
    if name.form != "name":
        return name
    if len(name.parts) == 1:
        return None if _is_common(context, side, name.parts[0]) else name
    if context.langs[side] == "vi" and (foreign := _foreign_parts(name)):
        name = name._replace(parts=foreign)
    if name.is_opening and len(name.parts) > 1 and _is_common(context, side, name.parts[0]):
        first = name.parts[1].start
        text = name.text[first - name.start :]
        rest = Name(first, name.end, text, name.parts[1:], name.form, is_opening=False)
        return _core(context, side, rest)
    return name


def _foreign_parts(name: Name) -> tuple[Part, ...]:
    """Return the parts of a Vietnamese *name* that are foreign: "Bang South Carolina"."""
    return tuple(part for part in name.parts if not is_syllable(part.text))


def _is_common(context: Context, side: Side, part: Part) -> bool:
    """Tell whether *part* is also a common word of its language."""
    word = part.text.lower()
    if word in function_words(context.langs[side]):
        return True
    if context.lexicon is None:
        return True
    look_up = context.lexicon.reverse_renderings if side else context.lexicon.renderings
    known = [each for each in look_up(word) if each.origin == "hand"]
    if known and known[0].text[:1].isupper():  # "panama": a country first, then a hat
        return False
    return any(each.domain != "names" and each.pos not in {"", "pn"} for each in known)


def _is_rendered(context: Context, facts: _Facts, name: Name, around: str) -> bool:
    if name_key(name.text) in around or _forms(context, facts, name.text):
        return True
    if name.form == "acronym" and _is_reordered(facts, name):
        return True
    other = context.langs[facts.side.other]
    own = [part for part in name.parts if not name_word(part.text, other)]  # Ryder of Ryder Cup
    places = [_part_places(context, facts, part) for part in own or name.parts]
    width = max(_NEAR, _WIDTH * len(name.text))
    starts = {start for each in places for start, _ in each}
    most = max((_count_within(places, s, s + width) for s in starts), default=0)
    return most >= _HALF * len(places)


def _lost_surname(context: Context, facts: _Facts, name: Name, around: str) -> Name | None:
    """Return the last word of *name* if it is gone where the words before it stand."""
    *first, last = name.parts
    letters = name_key(last.text)
    if not first or len(letters) <= _SHORT or letters in around:
        return None
    taken = {place for part in first for place in facts.letters.places(part.text)}
    before = [_part_places(context, facts, part) for part in first]
    gone = set(_part_places(context, facts, last)) <= taken
    if gone and (taken or all(before)) and not _is_common(context, facts.side, last):
        return Name(last.start, last.end, last.text, (last,), "name", is_opening=False)
    return None


def _count_within(places: Sequence[Sequence[tuple[int, int]]], start: int, end: float) -> int:
    """Return how many of the parts with *places* stand from *start* to *end*, each in its own."""
    inside = [{one for one, other in each if start <= one and other <= end} for each in places]
    return min(sum(map(bool, inside)), len(set().union(*inside)))


def _is_reordered(facts: _Facts, name: Name) -> bool:
    """Tell whether an acronym of the same letters stands on the other side: OTAN, NATO."""
    return any(
        part.text.isupper() and sorted(part.text) == sorted(name.text) for part in facts.capitals
    )


def _part_places(context: Context, facts: _Facts, part: Part) -> list[tuple[int, int]]:
    """Return where on the other side *part* of a name may be rendered."""
    places = facts.letters.places(part.text) + _forms(context, facts, part.text)
    places += [
        match.target
        for match in facts.matches
        if match.source[0] < part.end
        and part.start < match.source[1]
        and (_is_common(context, facts.side, part) or facts.other.text[match.target[0]].isupper())
    ]
    letters = name_key(part.text)
    if places or len(letters) <= _SHORT:
        return places
    return [
        (each.start, each.end)
        for each in facts.capitals
        if _is_like(letters, name_key(each.text)) and not _is_taken(facts, each.text)
    ]


def _is_taken(facts: _Facts, text: str) -> bool:
    """Tell whether *text* of the other side is a common syllable or stands on this side too."""
    whole = rf"(?<!\w){re.escape(text)}(?!\w)"
    return is_syllable(text) or bool(re.search(whole, facts.passage.text))


def _forms(context: Context, facts: _Facts, text: str) -> list[tuple[int, int]]:
    """Return where a foreign form of *text* known to lexicon or CLDR stands on the other side."""
    langs = context.langs
    forms = list(territory(text, langs[facts.side], langs[facts.side.other]))
    if context.lexicon:
        look_up = context.lexicon.reverse_renderings if facts.side else context.lexicon.renderings
        forms += [each.text for each in look_up(text) if each.origin != "learned"]
    forms += name_word(text, langs[facts.side.other])
    return [place for form in forms for place in facts.marked.places(form)]


def _is_like(one: str, other: str) -> bool:
    if min(len(one), len(other)) <= _SHORT or one[0] != other[0]:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _LIKE


def _letters_around(context: Context, side: Side, pair: Pair) -> str:
    """Return the letters of the clauses of *side* next to *pair*, where a name may have moved."""
    leaves = context.leaves[side]
    places = [bisect_right(leaves, index) - 1 for index in pair.of(side)]
    near = range(max(0, min(places) - 1), min(len(leaves), max(places) + 2))
    return name_key(" ".join(context.clause(side, leaves[place]).text for place in near))


def _lost(context: Context, facts: _Facts, name: Name) -> _Lost:
    span = facts.passage.span(name.start, name.end)
    start_end = _facing(context, facts, span, name)
    if start_end is None:
        return _Lost(name, span, None, is_name=False)
    facing = facts.other.span(*start_end)
    text = facts.other.text[slice(*start_end)]
    words = re.findall(r"\w+", text)
    return _Lost(name, span, facing, is_name=all(word[0].isupper() for word in words))


def _facing(context: Context, facts: _Facts, span: Span, name: Name) -> tuple[int, int] | None:
    """Return the range of the other passage that faces *span*: linked words, from their capital."""
    linked = [facts.other.range(each) for each in context.facing(facts.side, span)]
    linked += [
        match.target
        for match in facts.matches
        if name.start <= match.source[0] and match.source[1] <= name.end
    ]
    inside = [each for each in linked if 0 <= each[0] < each[1] <= len(facts.other.text)]
    if not inside:
        return None
    first, last = densest(sorted(inside))
    return widened(facts.other.text, first, last, name)


def _is_telling(name: Name) -> bool:
    """Tell whether a name of the target can hardly be anything but a name."""
    if name.form != "name":
        return len(name.text) >= _SHORT
    return any(len(part.text) > _SHORT and not is_syllable(part.text) for part in name.parts)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _finding(  # noqa: PLR0913  a finding has this many sides
    context: Context,
    fault: str,
    own: str,
    other: str = "",
    *,
    source: Span | None = None,
    target: Span | None = None,
) -> Finding:
    quotes = {"target": own} if fault == "added" else {"source": own, "target": other}
    return finding(
        check=f"entity-{fault}",
        kind=Kind.ENTITY,
        severity=Severity.CRITICAL if fault == "changed" else Severity.MAJOR,
        confidence=_CONFIDENCE[fault],
        message=context.say(f"entity-{fault}", quotes),
        source=(source,) if source else (),
        target=(target,) if target else (),
        evidence={"name": own, "facing": other},
    )


def _check(
    fault: str,
    severity: Severity,
    function: Callable[[Context], Iterator[Finding]],
) -> Check:
    return Check(f"entity-{fault}", Kind.ENTITY, severity, function)


CHECKS = (
    _check("missing", Severity.MAJOR, find_missing),
    _check("added", Severity.MAJOR, find_added),
    _check("replaced", Severity.MAJOR, find_replaced),
    _check("changed", Severity.CRITICAL, find_changed),
)
