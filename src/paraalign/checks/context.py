"""What a check may look at: two linked texts, with cheap ways from one side to the other.

A check asks small questions again and again: which words does this clause have, where does this
word stand on the other side, where would a missing stretch have stood, which given stretch is
this piece of clean text. A `Context` answers them, the tables behind it built once.

>>> view = View.of("Article 2. Oui.")
>>> Passage(view, 11, 15).text
'Oui.'
>>> Passage(view, 11, 15).span(0, 3)
Span(start=11, end=14)
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from paraalign.align.words.evidence import WordEvidence
from paraalign.encode.cross import CrossEncoder
from paraalign.encode.tokens import Tokens
from paraalign.lexicon.protocol import Lexicon
from paraalign.messages import Messages, Values, messages_in
from paraalign.model import Bitext, Document, Link, Span
from paraalign.views import View

__all__ = ["Context", "Pair", "Passage", "Side"]


class Side(IntEnum):
    """The two sides of a bitext."""

    SOURCE = 0
    TARGET = 1

    @property
    def other(self) -> "Side":
        """The side that faces this one.

        >>> Side.SOURCE.other.name
        'TARGET'
        """
        return Side(1 - self)


class Passage(NamedTuple):
    """A stretch of the clean text of *view*, from *start* to *end*, that knows where it stands."""

    view: View
    start: int
    end: int

    @property
    def text(self) -> str:
        """The clean text of the passage."""
        return self.view.text[self.start : self.end]

    def span(self, start: int, end: int) -> Span:
        """Return the given stretch behind *start* to *end*, counted in the passage's own text."""
        return self.view.span(self.start + start, self.start + end)

    def range(self, span: Span) -> tuple[int, int]:
        """Return the range of the passage's own text that the given *span* touches."""
        start, end = self.view.range(span)
        return start - self.start, end - self.start


class Pair(NamedTuple):
    """Leaf clauses that correspond, by index, both sides present; *score* as in `Link`."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float = 1.0

    def of(self, side: Side) -> tuple[int, ...]:
        """Return the clauses of *side*.

        >>> Pair((3,), (4, 5)).of(Side.TARGET)
        (4, 5)
        """
        return self.target if side else self.source


@dataclass(frozen=True, slots=False, eq=False, repr=False, kw_only=True)
class Context:
    """Two linked documents and what is known about their languages.

    Attributes:
        bitext: The documents and their links.
        lexicon: What words translate to, or None.
        tokens: Token vectors of source and target, or None.
        cross: What reads both sides together, for token vectors that it knows, or None.
        gathered: What speaks for each pair of words, where that is known already.
        message_lang: Language of the messages.
    """

    bitext: Bitext
    lexicon: Lexicon | None = None
    tokens: tuple[Tokens, Tokens] | None = None
    cross: CrossEncoder | None = None
    gathered: WordEvidence | None = None
    message_lang: str = "en"

    @property
    def documents(self) -> tuple[Document, Document]:
        """The documents, to be asked for by `Side`."""
        return self.bitext.source, self.bitext.target

    @cached_property
    def word_evidence(self) -> WordEvidence:
        """What speaks for each pair of words of linked sentences."""
        links = self.bitext.links.sentences
        made = WordEvidence(*self.documents, links, self.tokens, self.lexicon)
        return self.gathered or made

    @cached_property
    def langs(self) -> tuple[str, str]:
        """The languages of source and target, ISO 639-1."""
        return self.bitext.source.lang, self.bitext.target.lang

    @cached_property
    def names(self) -> tuple[str, str]:
        """The names of the two languages in that of the messages: "French", "Vietnamese"."""
        return self.messages.language(self.langs[0]), self.messages.language(self.langs[1])

    @cached_property
    def messages(self) -> Messages:
        """What there is to say, in the language of the messages."""
        return messages_in(self.message_lang)

    def say(self, key: str, values: Values | None = None) -> str:
        """Return the message *key* about a finding, filled in with *values*.

        The names of the two languages are `source_lang` and `target_lang`.
        """
        names = {"source_lang": self.names[0], "target_lang": self.names[1]}
        return self.messages.say(f"finding.{key}", {**names, **(values or {})})

    @cached_property
    def leaves(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The leaf clauses of both sides, in order."""
        return self.bitext.source.leaves(), self.bitext.target.leaves()

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The linked leaf clauses, in source order; a link to an empty side is no pair."""
        leaves = [set(indices) for indices in self.leaves]
        pairs = [_leaf_pair(link, leaves) for link in self.bitext.links.clauses]
        return tuple(pair for pair in pairs if pair.source and pair.target)

    def passage(self, side: Side, span: Span) -> Passage:
        """Return the clean text of the given *span* of *side*, with its place."""
        view = self.documents[side].view
        return Passage(view, *view.range(span))

    def clause(self, side: Side, index: int) -> Passage:
        """Return the clean text of the clause *index* of *side*, with its place."""
        return self.passage(side, self.documents[side].clauses[index].span)

    def clause_at(self, side: Side, offset: int) -> int | None:
        """Return the leaf clause of *side* that holds *offset* (or ends there), or None."""
        starts, leaves = self._leaf_starts[side]
        place = bisect_right(starts, offset) - 1
        if place < 0:
            return None
        span = self.documents[side].clauses[leaves[place]].span
        return leaves[place] if offset <= span.end else None

    def linked_clauses(self, side: Side, index: int) -> tuple[int, ...]:
        """Return the clauses of the other side that the clause *index* of *side* is linked to."""
        return self._clause_partners[side].get(index, ())

    def linked_sentences(self, side: Side, index: int) -> tuple[int, ...]:
        """Return the sentences of the other side linked to the sentence *index* of *side*."""
        return self._sentence_partners[side].get(index, ())

    def linked_words(self, side: Side, index: int) -> tuple[int, ...]:
        """Return the words of the other side linked to the word *index* of *side*, in order."""
        return self._word_partners[side].get(index, ())

    def sentences_of(self, side: Side, clause: int) -> range:
        """Return the indices of the sentences of the leaf *clause* of *side*."""
        return _equal_range(self._sentence_clauses[side], clause)

    def words_of_sentence(self, side: Side, sentence: int) -> range:
        """Return the indices of the words of the *sentence* of *side*."""
        return _equal_range(self._word_sentences[side], sentence)

    def words_of_clause(self, side: Side, clause: int) -> range:
        """Return the indices of the words of the leaf *clause* of *side*."""
        sentences = self.sentences_of(side, clause)
        if not sentences:
            return range(0)
        words = [self.words_of_sentence(side, index) for index in (sentences[0], sentences[-1])]
        return range(words[0].start, words[1].stop)

    def words_in(self, side: Side, span: Span) -> range:
        """Return the indices of the words of *side* that the given *span* touches."""
        starts, ends = self._word_places[side]
        first = bisect_right(ends, span.start)
        return range(first, max(first, bisect_left(starts, span.end)))

    def facing(self, side: Side, span: Span) -> tuple[Span, ...]:
        """Return the words of the other side linked to those in *span*, as joined stretches."""
        words = {w for i in self.words_in(side, span) for w in self.linked_words(side, i)}
        return _joined(self.documents[side.other], sorted(words))

    def clause_of(self, side: Side, span: Span) -> int | None:
        """Return the leaf clause of *side* that *span* is in, or None.

        A stretch may start in markup before its clause; then the first clause in it counts.
        """
        clause = self.clause_at(side, span.start)
        starts, leaves = self._leaf_starts[side]
        place = bisect_left(starts, span.start)
        if clause is None and place < len(starts) and starts[place] < span.end:
            return leaves[place]
        return clause

    def opposite_place(self, side: Side, span: Span) -> int | None:
        """Return where, on the other side of *side*, the counterpart of *span* would stand.

        That is after the counterpart of the nearest linked word before it, in the same clause;
        without word links, at the same share of the linked clauses; where the clause has no
        counterpart, after that of the nearest clause before it that has one. None only where no
        clause holds the *span*.
        """
        clause = self.clause_of(side, span)
        if clause is None:
            return None
        partners = self.linked_clauses(side, clause)
        if not partners:
            return self._after_linked_clause(side, clause)
        after = self._after_linked_word(side, span, clause)
        return self._share_of(side, span, clause, partners) if after is None else after

    def _after_linked_clause(self, side: Side, clause: int) -> int:
        clauses = self.documents[side.other].clauses
        for index in range(clause - 1, -1, -1):
            if partners := self.linked_clauses(side, index):
                return max(clauses[partner].span.end for partner in partners)
        return clauses[0].span.start if clauses else 0

    def _after_linked_word(self, side: Side, span: Span, clause: int) -> int | None:
        start = self.documents[side].clauses[clause].span.start
        before = self.words_in(side, Span(start, span.start))
        words = self.documents[side.other].words
        for index in reversed(before):
            if linked := self.linked_words(side, index):
                return words[linked[-1]].span.end
        return None

    def _share_of(self, side: Side, span: Span, clause: int, partners: Sequence[int]) -> int:
        own = self.documents[side].clauses[clause].span
        clauses = self.documents[side.other].clauses
        start, end = clauses[partners[0]].span.start, clauses[partners[-1]].span.end
        share = max(0, span.start - own.start) / max(1, own.end - own.start)
        return start + round(share * (end - start))

    @cached_property
    def _leaf_starts(self) -> list[tuple[list[int], tuple[int, ...]]]:
        return [
            ([document.clauses[leaf].span.start for leaf in indices], indices)
            for document, indices in zip(self.documents, self.leaves, strict=True)
        ]

    @cached_property
    def _clause_partners(self) -> list[dict[int, tuple[int, ...]]]:
        return _partners(self.bitext.links.clauses)

    @cached_property
    def _sentence_partners(self) -> list[dict[int, tuple[int, ...]]]:
        return _partners(self.bitext.links.sentences)

    @cached_property
    def _word_partners(self) -> tuple[Mapping[int, tuple[int, ...]], ...]:
        ways: tuple[defaultdict[int, set[int]], ...] = (defaultdict(set), defaultdict(set))
        for link in self.bitext.links.words:
            ways[0][link.source].add(link.target)
            ways[1][link.target].add(link.source)
        return tuple({word: tuple(sorted(linked)) for word, linked in way.items()} for way in ways)

    @cached_property
    def _sentence_clauses(self) -> list[list[int]]:
        return [[sentence.clause for sentence in doc.sentences] for doc in self.documents]

    @cached_property
    def _word_sentences(self) -> list[list[int]]:
        return [[word.sentence for word in doc.words] for doc in self.documents]

    @cached_property
    def _word_places(self) -> list[tuple[list[int], list[int]]]:
        return [
            ([word.span.start for word in doc.words], [word.span.end for word in doc.words])
            for doc in self.documents
        ]


def _leaf_pair(link: Link, leaves: list[set[int]]) -> Pair:
    source = tuple(index for index in link.source if index in leaves[0])
    return Pair(source, tuple(index for index in link.target if index in leaves[1]), link.score)


def _partners(links: Sequence[Link]) -> list[dict[int, tuple[int, ...]]]:
    return [
        {index: link.target for link in links for index in link.source},
        {index: link.source for link in links for index in link.target},
    ]


def _equal_range(values: list[int], value: int) -> range:
    return range(bisect_left(values, value), bisect_right(values, value))


def _joined(document: Document, words: Sequence[int]) -> tuple[Span, ...]:
    """Return the spans of *words*, neighbours joined."""
    spans: list[Span] = []
    for place, index in enumerate(words):
        span = document.words[index].span
        if place and index == words[place - 1] + 1:
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return tuple(spans)
