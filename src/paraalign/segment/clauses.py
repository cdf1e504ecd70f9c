"""A reading in, a document out: clauses, sentences and words, each with its span.

All cutting is done on the clean view; the spans are of the text as given, by the map that the view
carries. Where several clean characters stand for one stretch of the given text (a LaTeX remain, an
entity), nothing is cut between them.

>>> from paraalign.segment.blocks import make_reading
>>> document = segment(make_reading(["ACCORD", "1. Nous convenons. Nous partons."]), "fr")
>>> [(clause.label, document.read(clause.span)) for clause in document.clauses]
[('title', 'ACCORD'), ('1', '1. Nous convenons. Nous partons.')]
>>> [document.read(sentence.span) for sentence in document.sentences]
['ACCORD', '1. Nous convenons.', 'Nous partons.']
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

import regex

from paraalign.errors import OptionError
from paraalign.model import Clause, Document, Role, Sentence, Word
from paraalign.read.reading import Reading
from paraalign.segment import sentences, words
from paraalign.segment.blocks import Piece, pieces
from paraalign.segment.outline import Node, outline
from paraalign.views import Span, View

__all__ = ["Units", "cut_words", "segment"]

Units: TypeAlias = Literal["clauses", "sentences", "lines"]
_UNITS = ("clauses", "sentences", "lines")
_LINE = regex.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def segment(reading: Reading, lang: str, *, units: str = "clauses") -> Document:
    """Return the document that *reading*, a text in the language *lang*, holds.

    Args:
        reading: The text and its blocks.
        lang: ISO 639-1 code; decides numbering words, abbreviations and what a word is.
        units: "clauses" and "sentences" cut clauses and sentences; with "lines" every line of the
            given text that is not empty is one clause and one sentence.

    Raises:
        OptionError: If *units* is none of these.
    """
    if units not in _UNITS:
        message = f"unknown units {units!r}; allowed are {', '.join(_UNITS)}"
        raise OptionError(message)
    if units == "lines":
        clauses, found = _lines(reading.view)
    else:
        clauses, found = _clauses(reading, lang)
    return Document(
        view=reading.view,
        lang=lang,
        path=reading.path,
        offset=reading.offset,
        clauses=tuple(clauses),
        sentences=tuple(found),
        words=cut_words(reading.view, found, lang),
    )


def cut_words(view: View, sentences: Sequence[Sentence], lang: str) -> tuple[Word, ...]:
    """Return the words of *sentences*, which stand in order in a text in the language *lang*.

    >>> [word.text for word in cut_words(View.of("Un mot."), [Sentence(0, Span(0, 7))], "fr")]
    ['Un', 'mot', '.']
    """
    return tuple(_words(view, sentences, lang))


def _lines(view: View) -> tuple[list[Clause], list[Sentence]]:
    spans = []
    for match in _LINE.finditer(view.given):
        stretch = match[0].strip()
        if stretch:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            spans.append(Span(start, start + len(stretch)))
    clauses = [
        Clause(span=span, number=None, label=f"line {number}", role=Role.PARAGRAPH)
        for number, span in enumerate(spans, 1)
    ]
    return clauses, [Sentence(index, span) for index, span in enumerate(spans)]


def _clauses(reading: Reading, lang: str) -> tuple[list[Clause], list[Sentence]]:
    view = reading.view
    cut = pieces(reading, lang)
    nodes = outline(view.text, cut, lang, reading.format)
    edges = _edges(view)
    clauses = [_clause(view, node, edges) for node in nodes]
    leaves = [index for index, node in enumerate(nodes) if node.role is not Role.SECTION]
    places = _Places(view.starts.tolist(), view.ends.tolist())
    found = []
    for index, piece in zip(leaves, cut, strict=True):
        ranges = _sentences(view.text, piece, nodes[index], lang)
        for start, end in _separable(places, piece.start, ranges):
            found.append(Sentence(index, view.span(start, end)))
    return clauses, found


def _edges(view: View) -> tuple[dict[int, int], dict[int, int]]:
    """Return what was dropped at an edge and belongs to its clause: start by end, end by start.

    That is the sign that bounds a formula, and a comment that ends a line, an anchor for instance.
    """
    signs = [drop.span for drop in view.dropped if drop.reason == "LaTeX"]
    notes = [drop.span for drop in view.dropped if drop.reason == "comment"]
    after = {span.start: span.end for span in signs}
    after |= {len(view.given[: span.start].rstrip(" ")): span.end for span in notes}
    return {span.end: span.start for span in signs}, after


def _clause(view: View, node: Node, edges: tuple[dict[int, int], dict[int, int]]) -> Clause:
    span = view.span(node.start, node.end)
    before, after = edges
    return Clause(
        span=Span(before.get(span.start, span.start), after.get(span.end, span.end)),
        number=node.number,
        label=node.label,
        role=node.role,
        parent=node.parent,
        level=node.level,
    )


def _sentences(text: str, piece: Piece, node: Node, lang: str) -> list[tuple[int, int]]:
    """Return the ranges of the sentences of *piece*, from its start; code is one sentence."""
    if node.role is Role.CODE:
        return [(0, piece.end - piece.start)]
    opening = piece.mark.length if piece.mark else 0
    return sentences.cut(text[piece.start : piece.end], lang, opening=opening)


def _words(view: View, found: Sequence[Sentence], lang: str) -> Iterator[Word]:
    text = view.text
    places = _Places(view.starts.tolist(), view.ends.tolist())
    for index, sentence in enumerate(found):
        start, end = view.range(sentence.span)
        for low, high in _separable(places, start, words.cut(text[start:end], lang)):
            span = Span(places.starts[low], places.ends[high - 1])
            yield Word(index, span, text[low:high])


class _Places(NamedTuple):
    """Where each clean character starts and ends: lists, for one look-up after the other."""

    starts: list[int]
    ends: list[int]


def _separable(
    places: _Places, offset: int, ranges: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Move *ranges* by *offset*, and join those that stand for one stretch of the given text."""
    joined: list[tuple[int, int]] = []
    for low, high in ranges:
        start, end = low + offset, high + offset
        if joined and places.starts[start] < places.ends[joined[-1][1] - 1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
