"""Sentences that break off.

A sentence that ends in a word which asks for a complement ("những khó khăn của.") was cut, and so,
probably, was a clause that ends without a full stop and is much shorter than its counterpart, which
has one. Where both versions break off at the same place, that is how the text is laid out.

>>> lacks_complement("lắng nghe những khó khăn của.", "vi"), lacks_complement("C'est tout.", "fr")
('của', '')
"""

import re
from collections.abc import Iterator
from statistics import median

from paraalign.checks.check import Check, finding
from paraalign.checks.context import Context, Pair, Side
from paraalign.checks.wordlists import word_list
from paraalign.model import Finding, Kind, Role, Severity, Span

__all__ = ["CHECKS", "lacks_complement"]

_LAST = re.compile(r"(?<![\w-])([^\W\d_]+['’]?)\s*([.!?…]*)[\s\"”»)/]*$")
_INSERTED = re.compile(r"<\w+\s[^>]*>")  # markup that may stand for what can't be read: a link
_FINAL = re.compile(r"[.!?…:;][\s\"”»)/]*$")
_BODY = {Role.CLAUSE, Role.PARAGRAPH, Role.ITEM}
_SHORT = 0.6  # share of the expected length below which an unfinished clause was cut
_WORTH = 60  # characters a clause must have for its length to say something


def find_broken_off(context: Context) -> Iterator[Finding]:
    """Yield each sentence that ends in a word which asks for a complement."""
    for side in Side:
        for index in range(len(context.documents[side].sentences)):
            span = _open_end(context, side, index)
            others = context.linked_sentences(side, index)
            if span and not any(_open_end(context, side.other, other) for other in others):
                yield _broken(context, side, span)


def _open_end(context: Context, side: Side, index: int) -> Span | None:
    """Return the last word of the sentence *index* of *side* if something should follow it."""
    document = context.documents[side]
    sentence = document.sentences[index]
    passage = context.passage(side, sentence.span)
    word = lacks_complement(passage.text, document.lang)
    if not word or not _may_end(context, side, index, word):
        return None
    start = passage.text.lower().rindex(word)
    span = passage.span(start, start + len(word))
    is_whole = any(document.words[n].span == span for n in context.words_in(side, span))
    is_followed = _INSERTED.search(document.text, span.end, sentence.span.end)
    return span if is_whole and not is_followed else None


def _may_end(context: Context, side: Side, index: int, word: str) -> bool:
    """Tell whether a sentence ends after *word*, and not only an item of a list or a line."""
    document = context.documents[side]
    sentence = document.sentences[index]
    if document.clauses[sentence.clause].role not in _BODY:
        return False
    if _FINAL.search(context.passage(side, sentence.span).text):
        return True
    following = document.sentences[index + 1 : index + 2]
    is_last = not following or following[0].clause != sentence.clause
    return is_last and word not in word_list("lists", document.lang)


def find_cut_short(context: Context) -> Iterator[Finding]:
    """Yield each clause without final mark that is much shorter than its finished counterpart."""
    ratio = _usual_ratio(context)
    for pair in context.pairs:
        texts = [context.clause(side, pair.of(side)[-1]).text for side in Side]
        lengths = [_length(context, side, pair) for side in Side]
        for side in Side:
            expected = lengths[side.other] * (ratio if side else 1 / ratio)
            unfinished = not _FINAL.search(texts[side]) and _FINAL.search(texts[side.other])
            if unfinished and expected > _WORTH and lengths[side] < _SHORT * expected:
                yield _cut(context, side, pair)


def lacks_complement(text: str, lang: str) -> str:
    """Return the last word of *text* if it asks for what should follow, else ""."""
    match = _LAST.search(text)
    word = match[1].lower().replace("’", "'") if match else ""
    return word if word in word_list("open", lang) else ""


def _usual_ratio(context: Context) -> float:
    """Return how long target clauses are to source clauses, in the middle of this pair of texts."""
    lengths = [[_length(context, side, pair) for side in Side] for pair in context.pairs]
    ratios = [target / source for source, target in lengths if min(source, target) > _WORTH]
    return median(ratios) if ratios else 1.0


def _length(context: Context, side: Side, pair: Pair) -> int:
    return sum(len(context.clause(side, index).text) for index in pair.of(side))


def _broken(context: Context, side: Side, span: Span) -> Finding:
    word = context.documents[side].read(span).lower()
    return finding(
        check="truncation-word",
        kind=Kind.TRUNCATION,
        severity=Severity.MAJOR,
        confidence=0.9,
        message=context.say("truncation-word", {"word": word}),
        source=() if side else (span,),
        target=(span,) if side else (),
    )


def _cut(context: Context, side: Side, pair: Pair) -> Finding:
    document = context.documents[side]
    words = context.words_of_clause(side, pair.of(side)[-1])
    clause = document.clauses[pair.of(side)[-1]].span
    span = document.words[words[-1]].span if words else clause
    return finding(
        check="truncation-short",
        kind=Kind.TRUNCATION,
        severity=Severity.MAJOR,
        confidence=0.7,
        message=context.say("truncation-short"),
        source=() if side else (span,),
        target=(span,) if side else (),
    )


CHECKS = (
    Check(
        "truncation-word",
        Kind.TRUNCATION,
        Severity.MAJOR,
        find_broken_off,
    ),
    Check(
        "truncation-short",
        Kind.TRUNCATION,
        Severity.MAJOR,
        find_cut_short,
    ),
)
