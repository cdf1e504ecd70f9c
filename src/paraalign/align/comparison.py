"""Two documents side by side, and what speaks for linking parts of them, gathered once.

Clauses are linked, then the sentences within them, and both texts are judged as a whole: three
questions to one body of evidence. It is gathered by sentence when first asked for, taken together
by clause, and kept as long as the comparison is.

>>> from paraalign.views import View
>>> empty = Document(view=View.of(""), lang="fr")
>>> comparison = Comparison(empty, empty)
>>> len(comparison.sentences.anchors), comparison.leaves
(0, ((), ()))
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from paraalign.align.cover import Ints
from paraalign.align.evidence import Evidence, weigh
from paraalign.align.units import Side, clause_side, sentence_side
from paraalign.align.wording import Wording
from paraalign.encode.tokens import Tokens
from paraalign.lexicon.protocol import Lexicon
from paraalign.model import Document
from paraalign.segment.numbering import value

__all__ = ["Comparison"]


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two versions to be linked.

    Attributes:
        source: A segmented document.
        target: The other version.
        tokens: The tokens of both, or None to do without an encoder.
        lexicon: Renderings between the two languages, or None.
    """

    source: Document
    target: Document
    tokens: tuple[Tokens, Tokens] | None = None
    lexicon: Lexicon | None = None

    @cached_property
    def sentences(self) -> Evidence:
        """The evidence by sentence."""
        return weigh(self._sentence_sides, self._wording)

    @cached_property
    def clauses(self) -> Evidence:
        """The evidence by leaf clause."""
        (first, firsts), (second, seconds) = self._leaf_sides
        groups = _groups(self.source, firsts), _groups(self.target, seconds)
        return weigh((first, second), self._wording.grouped(groups))

    @property
    def leaves(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The leaf clauses of both documents, by index."""
        return self._leaf_sides[0][1], self._leaf_sides[1][1]

    @cached_property
    def _wording(self) -> Wording:
        return Wording.of(*self._sentence_sides, tokens=self.tokens, lexicon=self.lexicon)

    @cached_property
    def _leaf_sides(self) -> tuple[tuple[Side, tuple[int, ...]], tuple[Side, tuple[int, ...]]]:
        return clause_side(self.source, value), clause_side(self.target, value)

    @cached_property
    def _sentence_sides(self) -> tuple[Side, Side]:
        (first, firsts), (second, seconds) = self._leaf_sides
        return (
            _without_numbers(self.source, first, firsts),
            _without_numbers(self.target, second, seconds),
        )


def _groups(document: Document, leaves: tuple[int, ...]) -> Ints:
    """Return where the sentences of each of *leaves* begin, and the end."""
    homes = [sentence.clause for sentence in document.sentences]
    return np.append(np.searchsorted(homes, leaves), len(homes)).astype(np.int64)


def _without_numbers(document: Document, clauses: Side, leaves: tuple[int, ...]) -> Side:
    """Return the sentences of *document*, printed numbers of their clauses left out."""
    return sentence_side(document, dict(zip(leaves, clauses.bodies.tolist(), strict=True)))
