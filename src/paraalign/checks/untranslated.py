"""Stretches left in the language of the other side.

Languages are told apart by their function words and marks, sentence by sentence: a Vietnamese
sentence is full of syllables with marks and of "của", "và", "các"; a French or English one of "de",
"les", "the". Names, codes, addresses and short titles hold few function words, and so are left in
peace; so is a quotation, and a sentence that both sides hold in the same words.

>>> foreign_share("The installer will ask you for the name of the disk.".split(), "vi", "en") > 0.3
True
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from paraalign.checks.check import Check, finding
from paraalign.checks.context import Context, Side
from paraalign.checks.syllables import is_syllable
from paraalign.langs import function_words
from paraalign.model import Finding, Kind, Role, Severity, Span

__all__ = ["CHECKS", "foreign_share"]

_LEAST = 4  # words a stretch must have
_FOREIGN = 0.25  # share of function words that tells a language
_TITLE = 0.1  # likewise where most words can't be Vietnamese: titles have few function words
_STRANGE = 0.5  # share of such words
_OWN = 0.1  # share of words of the text's own language that excuses a stretch
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"^[\s\"“«‘'(]+.*[\"”»’')][\s.]*$", re.DOTALL)
_MARKED = re.compile("[\u00c0-\u00ff\u0102-\u01b0\u1ea0-\u1ef9]")
_LANGS = ("fr", "en", "vi")


def find_in_target(context: Context) -> Iterator[Finding]:
    """Yield each stretch of the target that is in another language."""
    yield from _stretches(context, Side.TARGET)


def find_in_source(context: Context) -> Iterator[Finding]:
    """Yield each stretch of the source that is in another language."""
    yield from _stretches(context, Side.SOURCE)


def foreign_share(words: Sequence[str], own: str, foreign: str) -> float:
    """Return the share of *words* that are function words of *foreign* and none of *own*.

    >>> foreign_share("Đó là tất cả".split(), "vi", "fr")
    0.0
    """
    lowered = [word.lower() for word in words]
    telling = function_words(foreign) - function_words(own)
    return sum(word in telling for word in lowered) / max(1, len(lowered))


def _stretches(context: Context, side: Side) -> Iterator[Finding]:
    """Yield runs of neighbouring sentences of *side* that are in another language."""
    document = context.documents[side]
    found = [
        (index, lang)
        for index, sentence in enumerate(document.sentences)
        if document.clauses[sentence.clause].role is not Role.CODE
        and (lang := _language_left(context, side, sentence.span))
    ]
    run: list[int] = []
    for (index, lang), (following, _) in pairwise([*found, (-1, "")]):
        run.append(index)
        same = following == index + 1 and _clause(context, side, following) == _clause(
            context, side, index
        )
        if not same:
            yield _finding(context, side, run, lang)
            run = []


def _clause(context: Context, side: Side, sentence: int) -> int:
    return context.documents[side].sentences[sentence].clause


def _language_left(context: Context, side: Side, span: Span) -> str:
    """Return the language other than its own that the sentence at *span* is in, or ""."""
    own = context.langs[side]
    text = context.passage(side, span).text
    words = _WORD.findall(text)
    if len(words) < _LEAST or _QUOTED.match(text) or _own_share(words, own) > _OWN:
        return ""
    shares = {lang: foreign_share(words, own, lang) for lang in _LANGS if lang != own}
    best = max(shares, key=lambda lang: (shares[lang], lang))
    least = _TITLE if own == "vi" and _strange_share(words) >= _STRANGE else _FOREIGN
    return best if shares[best] >= least else ""


def _strange_share(words: Sequence[str]) -> float:
    """Return the share of *words* in small letters that can't be Vietnamese syllables."""
    return sum(word[0].islower() and not is_syllable(word) for word in words) / len(words)


def _own_share(words: Sequence[str], own: str) -> float:
    """Return the share of *words* that only a text in the language *own* would hold."""
    if own == "vi":
        others = function_words("fr") | function_words("en")
        own_words = (w for w in words if _MARKED.search(w) and w.lower() not in others)
        return sum(is_syllable(word) for word in own_words) / len(words)
    others = frozenset[str]().union(*(function_words(lang) for lang in _LANGS if lang != own))
    telling = function_words(own) - others
    return sum(word.lower() in telling for word in words) / len(words)


def _finding(context: Context, side: Side, run: Sequence[int], lang: str) -> Finding:
    sentences = context.documents[side].sentences
    span = Span(sentences[run[0]].span.start, sentences[run[-1]].span.end)
    facing = [index for each in run for index in context.linked_sentences(side, each)]
    others = context.documents[side.other].sentences
    spans = (Span(others[min(facing)].span.start, others[max(facing)].span.end),) if facing else ()
    return finding(
        check=f"untranslated-{side.name.lower()}",
        kind=Kind.UNTRANSLATED,
        severity=Severity.MAJOR,
        confidence=0.9,
        message=context.say(
            "untranslated",
            {"text_lang": context.names[side], "lang": context.messages.language(lang)},
        ),
        source=spans if side else (span,),
        target=(span,) if side else spans,
        evidence={"language": lang},
    )


CHECKS = (
    Check(
        "untranslated-target",
        Kind.UNTRANSLATED,
        Severity.MAJOR,
        find_in_target,
    ),
    Check(
        "untranslated-source",
        Kind.UNTRANSLATED,
        Severity.MAJOR,
        find_in_source,
    ),
)
