"""Find sentences whose words are all there while what they assert differs.

"The parties may not" against "the parties may", "shall" against "may", "all" against "some", "and"
against "or": no word is left over for long, yet nothing could matter more. Such words are few, so
each language lists them (`relations.json`): patterns that *ask* for a like on the other
side, and patterns that *answer*, among them many that only might ("sans", "refuser", "thiếu"). A
negation that nothing answers is reported; of the other cues only two that contradict each other,
each unanswered, or one standing where the other does, so that free wording stays in peace.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib import resources
from itertools import product
from typing import Any, NamedTuple

import regex

from paraalign.checks.check import Check, finding
from paraalign.checks.context import Context, Passage, Side
from paraalign.model import Finding, Kind, Link, Severity, Span

__all__ = [
    "CHECKS",
    "cues_in",
    "find_contradictions",
    "find_negations",
    "unanswered",
]

_SIDES = ("source", "target")
_LONGEST_LINK = 2  # sentences a side; in longer links too much answers by chance
_ANSWER = 40, 0.25  # characters from the place that faces a cue, or share of the text, in which
_HINT = 20, 0.08  # something answers it, or only hints at an answer
_SCOPE = 3  # words after a cue that it bears upon
_FACING = 15, 40  # characters between a cue and the place that faces another: the nearer way, both
_LIKE = 60  # characters from there within which a like cue is the one that renders it


class _Patterns(NamedTuple):
    asks: tuple[regex.Pattern[str], ...]
    answers: tuple[regex.Pattern[str], ...]
    hints: tuple[regex.Pattern[str], ...]
    ignored: tuple[regex.Pattern[str], ...]


class _Placed(NamedTuple):
    """A cue, the place of the other passage that faces it, and those of the words linked to it."""

    cue: range
    faced: int
    linked: tuple[int, ...]

    def may_face(self, other: range) -> bool:
        """Tell whether the cue *other* is among what is linked to it, if anything is."""
        return not self.linked or any(place in other for place in self.linked)


def unanswered(
    texts: tuple[str, str],
    langs: tuple[str, str],
    cue: str,
    which: Side,
    places_of: Callable[[range], Sequence[int]] = lambda _: (),
) -> range:
    """Return where in the text of side *which* a *cue* stands that the other side lacks.

    The range is empty where there is none. *texts* and *langs* are those of both sides.
    *places_of* gives the places in the text of the other side that face a cue, none where that is
    not known. An answer counts within a quarter of the text from such a place, what only hints at
    one within a few words; where no place is known, both count anywhere.

    >>> langs = "fr", "vi"
    >>> unanswered(("Il ne vote pas.", "Anh ấy không đi bầu."), langs, "negation", Side.SOURCE)
    range(0, 0)
    >>> texts = "Je ne vote pas.", "Tôi đi bầu ở đây, vì trời mưa to và con đường đến đó không đẹp."
    >>> unanswered(texts, langs, "negation", Side.SOURCE, lambda cue: [cue.start])
    range(3, 5)
    """
    own, other = (_patterns(cue, langs[side]) for side in (which, which.other))
    if own is None or other is None:
        return range(0)
    facing = _blanked(texts[which.other], other)
    for ask in _asked(texts[which], own):
        places = places_of(ask)
        if not any(
            _is_near(places, match, facing, reach)
            for patterns, reach in ((other.answers, _ANSWER), (other.hints, _HINT))
            for pattern in patterns
            for match in pattern.finditer(facing)
        ):
            return ask
    return range(0)


def cues_in(text: str, lang: str, cues: Sequence[str]) -> tuple[str, ...]:
    """Return which of *cues* stand in *text*, in the order given.

    >>> cues_in("Il ne peut pas voter.", "fr", ("obligation", "negation"))
    ('negation',)
    """
    found = ((cue, _patterns(cue, lang)) for cue in cues)
    return tuple(cue for cue, patterns in found if patterns and _asked(text, patterns))


def _is_near(
    places: Sequence[int], match: regex.Match[str], text: str, reach: tuple[int, float]
) -> bool:
    least, share = reach
    most = max(least, share * len(text))
    return not places or any(abs(match.start() - place) <= most for place in places)


def _asked(text: str, patterns: _Patterns) -> list[range]:
    plain = _blanked(text, patterns)
    found = {match.start(): match.end() for one in patterns.asks for match in one.finditer(plain)}
    return [range(start, end) for start, end in sorted(found.items())]


def _blanked(text: str, patterns: _Patterns) -> str:
    """Return *text* with what only looks like a cue blanked out, its length kept."""
    for pattern in patterns.ignored:
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


@cache
def _patterns(cue: str, lang: str) -> _Patterns | None:
    lists = _data()["cues"][cue].get(lang)
    if lists is None:
        return None
    compiled = {
        name: tuple(regex.compile(piece, regex.IGNORECASE) for piece in lists.get(name, ()))
        for name in _Patterns._fields
    }
    return _Patterns(**compiled)


@cache
def _data() -> Mapping[str, Any]:
    path = resources.files("paraalign.checks") / "relations.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def find_negations(context: Context) -> Iterator[Finding]:
    """Yield each negation of *context* that nothing on the other side could stand for."""
    for passages in _facing(context):
        for which in Side:
            cue = _unanswered(context, passages, "negation", which)
            if cue:
                yield _negation(context, which, passages[which].span(cue.start, cue.stop))


def _unanswered(
    context: Context, passages: tuple[Passage, Passage], cue: str, which: Side
) -> range:
    places_of = partial(_places, context, which, passages)
    return unanswered(_texts(passages), context.langs, cue, which, places_of)


def _places(
    context: Context, which: Side, passages: tuple[Passage, Passage], cue: range
) -> list[int]:
    """Return the places in the other passage that face *cue*, or what it bears upon."""
    faced = _place(context, which, passages, cue.start)
    found = [faced, *_linked(context, which, passages, cue, scope=_SCOPE)]
    return [place for place in found if place is not None]


def _linked(
    context: Context,
    which: Side,
    passages: tuple[Passage, Passage],
    cue: range,
    *,
    scope: int = 0,
) -> Iterator[int]:
    """Yield the places of the words linked to *cue* and to as many after it as *scope* says."""
    own, other = passages[which], passages[which.other]
    words = context.words_in(which, own.span(cue.start, cue.stop))
    for word in range(words.start, words.stop + scope):
        for linked in context.linked_words(which, word):
            place, _ = other.range(context.documents[which.other].words[linked].span)
            if 0 <= place < len(other.text):
                yield place


def _place(
    context: Context, which: Side, passages: tuple[Passage, Passage], start: int
) -> int | None:
    """Return the place in the other passage that faces the character *start* of this one."""
    found = context.opposite_place(which, passages[which].span(start, start + 1))
    if found is None:
        return None
    place, _ = passages[which.other].range(Span(found, found))
    return place


def find_contradictions(context: Context) -> Iterator[Finding]:
    """Yield each two cues of *context* that contradict each other, such as "doit" and "có thể"."""
    for passages in _facing(context):
        for cues in _contrary(context, passages):
            found = [
                _unanswered(context, passages, cue, side)
                for cue, side in zip(cues, Side, strict=True)
            ]
            pairs = _iter_opposed(context, passages, cues)
            for pair in [found] if all(found) else pairs:
                yield _contradiction(context, cues, _spans(passages, pair))


def _contrary(context: Context, passages: tuple[Passage, Passage]) -> Iterator[tuple[str, str]]:
    """Yield each cue of the source and of the target that stand there and contradict each other."""
    source, target = (
        cues_in(text, lang, tuple(_data()["cues"]))
        for text, lang in zip(_texts(passages), context.langs, strict=True)
    )
    for one, other in _contrasts():
        yield from (
            cues for cues in ((one, other), (other, one)) if cues[0] in source and cues[1] in target
        )


def _iter_opposed(
    context: Context, passages: tuple[Passage, Passage], cues: tuple[str, str]
) -> Iterator[tuple[range, range]]:
    """Yield each two of *cues*, one a side, that face each other while no like cue is near."""
    sides = list(zip(Side, cues, reversed(cues), strict=True))
    asked = [_placed(context, passages, side, cue) for side, cue, _ in sides]
    likes = [_placed(context, passages, side, cue) for side, _, cue in sides]
    taken: set[range] = set()
    for one, other in product(*asked):
        is_lone = not (_near(one, likes[1]) or _near(other, likes[0]))
        if is_lone and one.cue not in taken and _are_opposite(one, other):
            taken.add(one.cue)
            yield one.cue, other.cue


def _placed(
    context: Context, passages: tuple[Passage, Passage], which: Side, cue: str
) -> list[_Placed]:
    patterns = _patterns(cue, context.langs[which])
    asked = _asked(passages[which].text, patterns) if patterns else []
    found = []
    for ask in asked:
        place = _place(context, which, passages, ask.start)
        if place is not None:
            found.append(_Placed(ask, place, tuple(_linked(context, which, passages, ask))))
    return found


def _are_opposite(one: _Placed, other: _Placed) -> bool:
    """Tell whether each stands about where the other is faced, and neither goes with another."""
    gaps = sorted((abs(one.faced - other.cue.start), abs(other.faced - one.cue.start)))
    is_near = all(gap <= most for gap, most in zip(gaps, _FACING, strict=True))
    return is_near and one.may_face(other.cue) and other.may_face(one.cue)


def _near(one: _Placed, likes: Sequence[_Placed]) -> bool:
    """Tell whether any of *likes* stands about where *one* is faced."""
    return any(abs(like.cue.start - one.faced) <= _LIKE for like in likes)


def _facing(context: Context) -> Iterator[tuple[Passage, Passage]]:
    """Yield the passages of linked sentences; of linked clauses where no sentences are linked."""
    links = context.bitext.links.sentences
    units = [[item.span for item in document.sentences] for document in context.documents]
    if not links:
        units = [[item.span for item in document.clauses] for document in context.documents]
    for link in links or [Link(pair.source, pair.target) for pair in context.pairs]:
        if 0 < len(link.source) <= _LONGEST_LINK and 0 < len(link.target) <= _LONGEST_LINK:
            source, target = (
                context.passage(side, Span(spans[chosen[0]].start, spans[chosen[-1]].end))
                for side, spans, chosen in zip(Side, units, (link.source, link.target), strict=True)
            )
            yield source, target


def _texts(passages: Sequence[Passage]) -> tuple[str, str]:
    return passages[0].text, passages[1].text


def _spans(passages: Sequence[Passage], cues: Sequence[range]) -> tuple[Span, Span]:
    spans = [p.span(cue.start, cue.stop) for p, cue in zip(passages, cues, strict=True)]
    return spans[0], spans[1]


def _contrasts() -> list[tuple[str, str]]:
    return [(one, other) for one, other in _data()["contrasts"]]


def _negation(context: Context, which: Side, span: Span) -> Finding:
    quote = " ".join(context.documents[which].read(span).split())
    names = {"lang": context.names[which], "other_lang": context.names[which.other]}
    message = context.say("relation-negation", {"quote": quote, **names})
    return finding(
        check="relation-negation",
        kind=Kind.MISTRANSLATION,
        severity=Severity.CRITICAL,
        confidence=_data()["confidence"]["negation"],
        message=message,
        source=(span,) if which is Side.SOURCE else (),
        target=(span,) if which is Side.TARGET else (),
        source_at=None if which is Side.SOURCE else context.opposite_place(which, span),
        target_at=context.opposite_place(which, span) if which is Side.SOURCE else None,
        evidence={"relation": "negation"},
    )


def _contradiction(context: Context, cues: tuple[str, str], spans: tuple[Span, Span]) -> Finding:
    values = {}
    for name, document, span, cue in zip(_SIDES, context.documents, spans, cues, strict=True):
        values[name] = document.read(span)
        values[f"{name}_cue"] = context.messages.say(f"cue.{cue}")
    return finding(
        check="relation-contradiction",
        kind=Kind.MISTRANSLATION,
        severity=Severity.CRITICAL,
        confidence=min(_data()["confidence"][cue] for cue in cues),
        message=context.say("relation-contradiction", values),
        source=(spans[0],),
        target=(spans[1],),
        evidence={"relation": list(cues)},
    )


CHECKS = (
    Check(
        "relation-negation",
        Kind.MISTRANSLATION,
        Severity.CRITICAL,
        find_negations,
    ),
    Check(
        "relation-contradiction",
        Kind.MISTRANSLATION,
        Severity.CRITICAL,
        find_contradictions,
    ),
)
