"""Terms that are not rendered alike throughout, or not as the house's glossary wants it.

One term of a text, one rendering: a reader takes two renderings for two things. Prose may vary its
words, so only the terms of the text are looked at (`paraalign.checks.terms`), and of these only
those that have two renderings beyond doubt: each found twice and more by the word links, or each
known to the lexicon. A glossary leaves no room for doubt.

>>> is_variant("phần mềm tự do", "phần mềm miễn phí"), is_variant("tệp rules", "tệp rules đơn giản")
(True, False)
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from paraalign.checks.check import Check, finding
from paraalign.checks.context import Context, Pair, Passage, Side
from paraalign.checks.terms import Use, lexicon_uses, linked_uses
from paraalign.checks.wordlists import word_list
from paraalign.lexicon import GlossedLexicon, Term
from paraalign.model import Finding, Kind, Severity, Span

__all__ = ["CHECKS", "is_variant"]

_SEEN = 2  # times that the links must show a rendering to be believed
_USUAL = 3  # times that a form of address must stand to be the usual one
# "inconsistent" and "address" counted on published documents (benchmarks/accuracy/checks.md);
# "merged" is a guess; a glossary leaves none.
_CONFIDENCE = {
    "inconsistent": 0.8,
    "merged": 0.4,
    "address": 0.6,
    "required": 0.9,
    "forbidden": 0.9,
}


def find_inconsistent(context: Context) -> Iterator[Finding]:
    """Yield each term of the source that the target renders in several ways."""
    for term, uses in _varied(context).items():
        renderings = Counter(use.rendering for use in uses)
        usual = max(renderings, key=lambda each: (renderings[each], each))
        first = next(use for use in uses if use.rendering == usual)
        rest = [use for use in uses if use.rendering != usual]
        others = dict.fromkeys(use.rendering for use in rest)
        shown = [first, *(next(u for u in rest if u.rendering == each) for each in others)]
        said = ", ".join(_counted(context, u, renderings[u.rendering]) for u in shown)
        values = {"term": _own(context, first), "renderings": said}
        text = context.say("terminology-inconsistent", values)
        yield _finding("inconsistent", Severity.MINOR, text, [first, *rest], term)


def find_merged(context: Context) -> Iterator[Finding]:
    """Yield each rendering that stands for several terms of the source."""
    by_rendering: defaultdict[str, dict[str, list[Use]]] = defaultdict(dict)
    for term, uses in linked_uses(context, Side.SOURCE).items():
        for rendering in {use.rendering for use in uses}:
            same = [use for use in uses if use.rendering == rendering]
            if len(same) >= _SEEN and " " in term and rendering.count(" ") >= _USUAL:
                by_rendering[rendering][term] = same
    for rendering, terms in by_rendering.items():
        kept = _unlike(terms)
        if len(kept) > 1:
            uses = [terms[term][0] for term in kept]
            say = context.messages.say
            said = [say("list.item", {"text": _own(context, use)}) for use in uses]
            values = {
                "rendering": _read(context, uses[0]),
                "terms": context.messages.listed(said),
            }
            text = context.say("terminology-merged", values)
            yield _finding("merged", Severity.MINOR, text, uses, rendering)


def find_other_address(context: Context) -> Iterator[Finding]:
    """Yield the rarer of two forms of address that stand for one ("chúng ta" for "chúng tôi")."""
    forms = [each.replace("_", " ") for each in sorted(word_list("address", context.langs[1]))]
    places = {form: _places(context, form) for form in forms}
    ranked = sorted(places, key=lambda form: (-len(places[form]), form))
    for rare in ranked[1:]:
        spans = places[rare]
        if spans and len(places[ranked[0]]) >= max(_USUAL, 2 * len(spans)):
            values: dict[str, str | int] = {
                "rare": rare,
                "source": _own_words(context, spans[0]),
                "usual": ranked[0],
                "number": len(places[ranked[0]]),
            }
            yield finding(
                check="terminology-address",
                kind=Kind.TERMINOLOGY,
                severity=Severity.MINOR,
                confidence=_CONFIDENCE["address"],
                message=context.say("terminology-address", values),
                source=tuple(s for place in spans for s in context.facing(Side.TARGET, place)),
                target=tuple(spans),
            )


def find_unmet(context: Context) -> Iterator[Finding]:
    """Yield each term of the source whose required rendering is missing from the target."""
    glossed = context.lexicon
    if not isinstance(glossed, GlossedLexicon):
        return
    for pair in context.pairs:
        own, other = _passages(context, pair)
        allowed: defaultdict[str, set[str]] = defaultdict(set)
        for term in glossed.terms:
            if term.status != "forbidden":
                allowed[term.source].add(term.target)
        there = {term.target for term, *_ in glossed.uses(other.text, Side.TARGET)}
        for term, start, end in _longest(glossed.uses(own.text, Side.SOURCE)):
            if term.status == "required" and not allowed[term.source] & there:
                values = {"source": own.text[start:end], "target": term.target}
                text = context.say("terminology-required", values)
                yield _glossary_finding("required", text, source=own.span(start, end))


def find_forbidden(context: Context) -> Iterator[Finding]:
    """Yield each rendering in the target that the glossary forbids for a term of the source."""
    glossed = context.lexicon
    if not isinstance(glossed, GlossedLexicon):
        return
    for pair in context.pairs:
        own, other = _passages(context, pair)
        here = {term.source: (start, end) for term, start, end in glossed.uses(own.text, 0)}
        for term, start, end in glossed.uses(other.text, 1):
            if term.status == "forbidden" and term.source in here:
                values = {"source": term.source, "target": term.target}
                text = context.say("terminology-forbidden", values)
                spans = own.span(*here[term.source]), other.span(start, end)
                yield _glossary_finding("forbidden", text, source=spans[0], target=spans[1])


def is_variant(one: str, other: str) -> bool:
    """Tell whether two renderings are two terms, not one with more or less around it."""
    if one == other or "" in {one, other}:
        return False
    return f" {one} " not in f" {other} " and f" {other} " not in f" {one} "


def _varied(context: Context) -> dict[str, list[Use]]:
    """Return the uses of the terms with several renderings, in order, each term once."""
    varied = {
        term: kept
        for term, uses in linked_uses(context, Side.SOURCE).items()
        if (kept := _doubtless(uses))
    }
    for term, known in lexicon_uses(context, Side.SOURCE).items():
        if term not in varied and (kept := _apart(known)):
            varied[term] = kept
    return _widest(varied)


def _doubtless(uses: Sequence[Use]) -> list[Use]:
    """Return the *uses* by renderings that were seen twice and more, if there are two such."""
    seen = Counter(use.rendering for use in uses)
    sure = [each for each in seen if seen[each] >= _SEEN]
    apart = [each for each in sure if any(is_variant(each, other) for other in sure)]
    return [use for use in uses if use.rendering in apart]


def _apart(known: Sequence[Sequence[Use]]) -> list[Use]:
    """Return one use for each of *known*, if no rendering can serve all of them."""
    if len(known) < _SEEN:
        return []
    counts = Counter(name for uses in known for name in {use.rendering for use in uses})
    picked = [max(uses, key=lambda use: (counts[use.rendering], use.rendering)) for uses in known]
    names = {use.rendering for use in picked}
    if not any(is_variant(one, other) for one in names for other in names):
        return []
    return picked


def _widest(varied: dict[str, list[Use]]) -> dict[str, list[Use]]:
    """Return *varied* without terms inside a longer one: "décentralisée franco"."""
    taken: list[Span] = []
    kept = {}
    for term in sorted(varied, key=lambda each: (-len(varied[each]), -len(each), each)):
        spans = [use.span for use in varied[term]]
        if not any(
            one.start < other.end and other.start < one.end for one in spans for other in taken
        ):
            kept[term] = varied[term]
            taken += spans
    return kept


def _unlike(terms: dict[str, list[Use]]) -> list[str]:
    """Return those of *terms* that share no stem of a word with another, in text order."""
    kept: list[str] = []
    for term in sorted(terms, key=lambda each: terms[each][0].span):
        heads = {word[:5] for word in term.split()}
        if not any(heads & {word[:5] for word in other.split()} for other in kept):
            kept.append(term)
    return kept


def _places(context: Context, form: str) -> list[Span]:
    """Return where *form* stands in the target for a word of the source."""
    pattern = re.compile(rf"(?<!\w){form}(?!\w)", re.IGNORECASE)
    spans = [
        passage.span(*match.span())
        for index in context.leaves[Side.TARGET]
        for passage in [context.clause(Side.TARGET, index)]
        for match in pattern.finditer(passage.text)
    ]
    return [span for span in spans if context.facing(Side.TARGET, span)]


def _own_words(context: Context, span: Span) -> str:
    facing = context.facing(Side.TARGET, span)
    return " ".join(context.documents[Side.SOURCE].read(each) for each in facing)


def _passages(context: Context, pair: Pair) -> tuple[Passage, Passage]:
    clauses = [[context.documents[side].clauses[n].span for n in pair.of(side)] for side in Side]
    spans = [Span(each[0].start, each[-1].end) for each in clauses]
    return context.passage(Side.SOURCE, spans[0]), context.passage(Side.TARGET, spans[1])


def _longest(uses: Sequence[tuple[Term, int, int]]) -> Iterator[tuple[Term, int, int]]:
    """Yield the *uses* that stand inside no longer one."""
    for use in uses:
        if not any(
            o[1] <= use[1] and use[2] <= o[2] and o[2] - o[1] > use[2] - use[1] for o in uses
        ):
            yield use


def _counted(context: Context, use: Use, count: int) -> str:
    return context.messages.say("list.counted", {"text": _read(context, use), "number": count})


def _own(context: Context, use: Use) -> str:
    return " ".join(context.documents[Side.SOURCE].read(use.span).split())


def _read(context: Context, use: Use) -> str:
    return " ".join(context.documents[Side.TARGET].read(use.facing).split())


def _finding(
    fault: str, severity: Severity, message: str, uses: Sequence[Use], term: str
) -> Finding:
    return finding(
        check=f"terminology-{fault}",
        kind=Kind.TERMINOLOGY,
        severity=severity,
        confidence=_CONFIDENCE[fault],
        message=message,
        source=tuple(dict.fromkeys(use.span for use in uses)),
        target=tuple(dict.fromkeys(use.facing for use in uses)),
        evidence={"term": term, "renderings": sorted({use.rendering for use in uses})},
    )


def _glossary_finding(
    fault: str, message: str, *, source: Span, target: Span | None = None
) -> Finding:
    return finding(
        check=f"terminology-{fault}",
        kind=Kind.TERMINOLOGY,
        severity=Severity.MAJOR,
        confidence=_CONFIDENCE[fault],
        message=message,
        source=(source,),
        target=(target,) if target else (),
    )


CHECKS = (
    Check(
        "terminology-inconsistent",
        Kind.TERMINOLOGY,
        Severity.MINOR,
        find_inconsistent,
    ),
    Check(
        "terminology-merged",
        Kind.TERMINOLOGY,
        Severity.MINOR,
        find_merged,
    ),
    Check(
        "terminology-address",
        Kind.TERMINOLOGY,
        Severity.MINOR,
        find_other_address,
    ),
    Check(
        "terminology-required",
        Kind.TERMINOLOGY,
        Severity.MAJOR,
        find_unmet,
    ),
    Check(
        "terminology-forbidden",
        Kind.TERMINOLOGY,
        Severity.MAJOR,
        find_forbidden,
    ),
)
