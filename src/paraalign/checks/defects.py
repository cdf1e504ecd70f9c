"""Faults of one text, whatever the other says: debris of markup, doubled words, stray blanks.

What cleaning dropped is on record with its reason, so debris is read off the view and quoted in
full: the whole "12^{èmes}", not its braces.

>>> [match[0] for match in DOUBLED.finditer("selon les les communes")]
['les les']
"""

import re
from collections.abc import Callable, Iterator, Sequence

import regex

from paraalign.checks.check import Check, finding
from paraalign.checks.context import Context, Passage, Side
from paraalign.checks.wordlists import word_list
from paraalign.langs import function_words
from paraalign.model import Document, Finding, Kind, Role, Severity, Span

__all__ = ["CHECKS", "DOUBLED", "blemish"]

DOUBLED = re.compile(r"(?<![\w-])([^\W\d_]+) \1(?![\w'’-])", re.IGNORECASE)
_SPACES = {
    "fr": re.compile(r"\d [eè]mes?(?!\w)|(?<=\w) +[,.](?=\s|$)|(?<=[^\W\d_]),(?=[^\W\d_])"),
    "vi": re.compile(r"(?<=\w) +[,.;:!?](?=\s|$)|(?<=[^\W\d_]),(?=[^\W\d_])"),
    "en": re.compile(r"(?<=\w) +[,.;:!?](?=\s|$)|(?<=[^\W\d_]),(?=[^\W\d_])"),
}
_NAME = r"\p{Lu}\w+(?: \p{Lu}\w+)?"
_DASHED = regex.compile(rf"(?<!\w)({_NAME}) [-–] ({_NAME})(?!\w)")
_FINAL = re.compile(r"[.!?…][\s\"”»)/]*$")
_ENDS_OPEN = re.compile(r"[^\W_][\s\"”»)]*$")
_BODY = {Role.CLAUSE, Role.PARAGRAPH}
_WORTH = 40  # characters from which a paragraph is expected to end in a mark


def find_debris(context: Context) -> Iterator[Finding]:
    """Yield each stretch that carries remains of LaTeX, or a tag inside a word."""
    for side in Side:
        document = context.documents[side]
        for span in _debris(document):
            quote = document.given(span)
            reading = document.read(span)
            message = context.say("debris-markup", {"quote": quote, "reading": reading})
            yield blemish("debris-markup", side, span, message, 0.95)


def find_doubled(context: Context) -> Iterator[Finding]:
    """Yield each word written twice in a row that can't be on purpose."""
    for side, passage in _passages(context):
        lang = context.langs[side]
        for match in DOUBLED.finditer(passage.text):
            word = match[1].lower()
            if word in word_list("double", lang) or (
                lang != "fr" and word not in function_words(lang)
            ):
                continue
            span = passage.span(*match.span())
            message = context.say("doubled-word", {"word": match[1]})
            yield blemish("doubled-word", side, span, message, 0.9)


def find_stray_blanks(context: Context) -> Iterator[Finding]:
    """Yield each blank where the language's typography has none, or none where it has one."""
    for side, passage in _passages(context):
        pattern = _SPACES.get(context.langs[side])
        for match in pattern.finditer(passage.text) if pattern else ():
            start, end = _token(passage.text, *match.span())
            message = context.say("blank-stray", {"quote": passage.text[start:end]})
            yield blemish("blank-stray", side, passage.span(start, end), message, 0.85)


def find_unended(context: Context) -> Iterator[Finding]:
    """Yield each paragraph without final mark whose counterpart has one."""
    for pair in context.pairs:
        for side in Side:
            own, other = (context.clause(each, pair.of(each)[-1]) for each in (side, side.other))
            role = context.documents[side].clauses[pair.of(side)[-1]].role
            long_enough = len(own.text) >= _WORTH and role in _BODY
            if long_enough and _ENDS_OPEN.search(own.text) and _FINAL.search(other.text):
                match = re.search(r"\S+\s*$", own.text)
                place = match.start() if match else 0
                span = own.span(place, len(own.text.rstrip()))
                message = context.say(
                    "punctuation-final", {"other_lang": context.names[side.other]}
                )
                yield blemish("punctuation-final", side, span, message, 0.8)


def find_missing_dashes(context: Context) -> Iterator[Finding]:
    """Yield each two names without the dash that stands between them elsewhere in the text."""
    for side in Side:
        passages = [passage for each, passage in _passages(context) if each is side]
        pairs = {match.groups() for p in passages for match in _DASHED.finditer(p.text)}
        for one, other in sorted(pairs):
            bare = re.compile(rf"(?<!\w){re.escape(one)} {re.escape(other)}(?!\w)")
            for passage in passages:
                for match in bare.finditer(passage.text):
                    values = {"quote": match[0], "usual": f"{one} - {other}"}
                    message = context.say("dash-missing", values)
                    yield blemish("dash-missing", side, passage.span(*match.span()), message, 0.8)


def blemish(check: str, side: Side, span: Span, message: str, confidence: float) -> Finding:
    """Return a minor finding of kind defect at *span* of *side*."""
    return finding(
        check=check,
        kind=Kind.DEFECT,
        severity=Severity.MINOR,
        confidence=confidence,
        message=message,
        source=() if side else (span,),
        target=(span,) if side else (),
    )


def _passages(context: Context) -> Iterator[tuple[Side, Passage]]:
    for side in Side:
        document = context.documents[side]
        for index in document.leaves():
            if document.clauses[index].role is not Role.CODE:
                yield side, context.clause(side, index)


def _debris(document: Document) -> list[Span]:
    """Return the stretches of *document* that carry debris, each with the words it stands in."""
    view = document.view
    spans = [drop.span for drop in view.dropped if _is_debris(document, drop.span, drop.reason)]
    spans += [each.span for each in view.replaced if each.reason == "LaTeX"]
    words = sorted({Span(*_token(view.given, *span)) for span in spans})
    return _merged(words, view.given)


def _is_debris(document: Document, span: Span, reason: str) -> bool:
    if reason == "LaTeX":
        return True
    text = document.text
    around = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    is_page = text.lstrip()[:1] == "<" or (document.path or "").endswith(("html", "htm", "xml"))
    return reason == "tag" and not is_page and all(char.isalpha() for char in around)


def _token(text: str, start: int, end: int) -> tuple[int, int]:
    """Return *start* and *end* widened to the next white space."""
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _merged(spans: Sequence[Span], text: str) -> list[Span]:
    """Return *spans* with those joined that overlap or have but white space or a dash between."""
    joined: list[Span] = []
    for span in spans:
        if joined and _between(text, joined[-1], span).strip(" -–\\\u00a0") == "":
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _between(text: str, one: Span, other: Span) -> str:
    return text[one.end : max(one.end, other.start)]


def _check(name: str, function: Callable[[Context], Iterator[Finding]]) -> Check:
    return Check(name, Kind.DEFECT, Severity.MINOR, function)


CHECKS = (
    _check("debris-markup", find_debris),
    _check("doubled-word", find_doubled),
    _check("blank-stray", find_stray_blanks),
    _check("dash-missing", find_missing_dashes),
    _check("punctuation-final", find_unended),
)
