"""Where the terms of a text stand, and what renders each.

A term is what a text says again and again with the same words: a noun with what qualifies it
("coopération décentralisée", "système de paquets") or a word that always has a capital ("le
Prestataire"). What renders it is read off the word links, where these point to one stretch, and off
the lexicon, where a rendering that it knows stands on the other side.

>>> [(run.start, run.stop) for run in term_runs("la coopération décentralisée".split(), "fr")]
[(1, 3)]
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from paraalign.checks.context import Context, Side
from paraalign.checks.wordlists import word_list
from paraalign.langs import function_words
from paraalign.model import Role, Span, Word

__all__ = ["Use", "lexicon_uses", "linked_uses", "slackless", "term_runs"]

_LEAST = 4  # letters of the first and the last word of a term
_LONGEST = 3  # words of a term, a word such as "de" between two included
_LOOSE = 2  # words by which a linked stretch may be longer than the words linked
_LEAST_LETTERS = 9  # of an entry of the lexicon that counts as a term


class Use(NamedTuple):
    """A term where it stands, with what renders it: spans and the words by which these compare."""

    span: Span
    facing: Span
    rendering: str


def linked_uses(context: Context, side: Side) -> dict[str, list[Use]]:
    """Return the uses of the terms of *side* whose words are all linked to one stretch."""
    uses: defaultdict[str, list[Use]] = defaultdict(list)
    words = context.documents[side].words
    lang = context.langs[side]
    for sentence in _sentences(context, side):
        texts = [words[index].text for index in sentence]
        for run in term_runs(texts, lang):
            use = _linked_use(context, side, sentence[run.start : run.stop])
            if use:
                uses[_key(texts[run.start : run.stop])].append(use)
    return uses


def lexicon_uses(context: Context, side: Side) -> dict[str, list[list[Use]]]:
    """Return the uses of the terms of *side* that the lexicon knows, all that render each in turn.

    Only entries of several words count; what the lexicon finds nowhere on the other side is left to
    the checks of meaning.
    """
    uses: defaultdict[str, list[list[Use]]] = defaultdict(list)
    if context.lexicon is None or side is Side.TARGET:
        return uses
    for pair in context.pairs:
        own, other = (context.passage(each, _whole(context, each, pair.of(each))) for each in Side)
        found: defaultdict[tuple[int, int], list[Use]] = defaultdict(list)
        for match in context.lexicon.matches(own.text, other.text):
            if match.is_term and _is_term(own.text[slice(*match.source)], context.langs[side]):
                facing = other.span(*match.target)
                text = slackless(other.text[slice(*match.target)], context.langs[side.other])
                found[match.source].append(Use(own.span(*match.source), facing, text))
        for place, renderings in found.items():
            uses[_key(own.text[slice(*place)].split())].append(renderings)
    return uses


def term_runs(texts: Sequence[str], lang: str) -> Iterator[range]:
    """Yield the runs among the words *texts* of a sentence that have the form of a term."""
    for start in range(len(texts)):
        if start and _is_defined(texts[start]):
            yield range(start, start + 1)
        for end in range(start + 2, min(start + _LONGEST, len(texts)) + 1):
            if _has_term_form(texts[start:end], lang):
                yield range(start, end)


def slackless(text: str, lang: str) -> str:
    """Return the words of *text* by which renderings compare: no articles, plurals, signs.

    >>> slackless("các hợp tác giữa các địa phương", "vi")
    'hợp tác giữa địa phương'
    """
    slack = word_list("slack", lang)
    words = ("".join(c for c in w if c.isalnum()) for w in text.lower().split())
    return " ".join(_stem(word, lang) for word in words if word and word not in slack)


def _key(texts: Sequence[str]) -> str:
    return " ".join(text.lower().rstrip("sx") or text for text in texts)


def _stem(word: str, lang: str) -> str:
    return word if lang == "vi" else word.rstrip("sx") or word


def _is_defined(text: str) -> bool:
    return len(text) >= _LEAST and text[0].isupper() and text[1:].islower()


def _has_term_form(texts: Sequence[str], lang: str) -> bool:
    """Tell whether *texts* are two telling words, with at most one word such as "de" between."""
    ends = [texts[0].lower(), texts[-1].lower()]
    if any(len(end) < _LEAST or not end.isalpha() or _is_unfit(end, lang) for end in ends):
        return False
    return all(text.lower() in function_words(lang) for text in texts[1:-1])


def _is_term(text: str, lang: str) -> bool:
    """Tell whether an entry of the lexicon is a term rather than a turn of phrase."""
    words = text.lower().replace("'", " ").replace("’", " ").split()
    is_unfit = _is_unfit(words[0], lang) or _is_unfit(words[-1], lang)
    return len(text) >= _LEAST_LETTERS and not is_unfit


def _is_unfit(word: str, lang: str) -> bool:
    """Tell whether no term opens or ends with *word*."""
    return word in function_words(lang) or word in word_list("no terms", lang)


def _sentences(context: Context, side: Side) -> Iterator[range]:
    """Yield the words of each sentence of *side*, code left out."""
    document = context.documents[side]
    for index, sentence in enumerate(document.sentences):
        if document.clauses[sentence.clause].role is not Role.CODE:
            yield context.words_of_sentence(side, index)


def _linked_use(context: Context, side: Side, run: range) -> Use | None:
    """Return the use of the words *run*, None where they are linked to several stretches."""
    telling = [index for index in run if len(context.documents[side].words[index].text) >= _LEAST]
    linked = [context.linked_words(side, index) for index in telling]
    places = sorted({place for each in linked for place in each})
    if not all(linked) or places[-1] - places[0] >= len(places) + _LOOSE:
        return None
    others: tuple[Word, ...] = context.documents[side.other].words
    stretch = others[places[0] : places[-1] + 1]
    if any(word.is_sign and word.text not in "-–" for word in stretch):
        return None
    own = context.documents[side].words
    text = slackless(" ".join(word.text for word in stretch), context.langs[side.other])
    facing = Span(stretch[0].span.start, stretch[-1].span.end)
    return Use(Span(own[run[0]].span.start, own[run[-1]].span.end), facing, text)


def _whole(context: Context, side: Side, clauses: Sequence[int]) -> Span:
    spans = [context.documents[side].clauses[index].span for index in clauses]
    return Span(spans[0].start, spans[-1].end)
