"""The units of one side, as the aligner sees them: lengths, words, printed numbers, places.

Clauses, sentences and lines are aligned by the same search; it sees a `Side`, and a `Side` knows
nothing of what its units are. The printed number of a clause is set apart from its words, so that
"4. Objet" and "3. Objet" share their content and differ in their number alone.

>>> body_start("3.2. Considérant", "3.2")
5
>>> body_start("Article 3 – Objet", "3"), body_start("Les 12 Assises", None)
(12, 0)
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from paraalign.align.forms import Form, split_words
from paraalign.model import Clause, Document, Span

__all__ = ["NumberValue", "Side", "Trait", "body_start", "clause_side", "sentence_side"]

_MARKER_WORDS = 2
_MARKER_LETTERS = 24
_AFTER_NUMBER = re.compile(r"[\s.)\]:°–—-]*")

NumberValue = Callable[[str, str], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Trait:
    """What stands on a unit besides its words: number, role and level."""

    number: tuple[int, ...] | None = None
    role: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Side:
    """The units of one document, in order.

    Attributes:
        lang: ISO 639-1 code.
        lengths: Characters of each unit without blanks and number. Shape: (units,).
        texts: What each unit reads, without its printed number.
        words: The words of all units, one after the other, with places within their unit.
        bounds: Where the words of each unit start, and the end. Shape: (units + 1,).
        traits: Number, role and level of each unit.
        spans: Where each unit stands in the text as given.
        bodies: Where its content begins there, after a printed number. Shape: (units,).
    """

    lang: str
    lengths: NDArray[np.float64]
    texts: tuple[str, ...]
    words: tuple[Form, ...]
    bounds: NDArray[np.int64]
    traits: tuple[Trait, ...]
    spans: tuple[Span, ...]
    bodies: NDArray[np.int64]

    def __len__(self) -> int:
        """Return how many units there are."""
        return len(self.spans)

    @classmethod
    def of(
        cls,
        lang: str,
        texts: Sequence[str],
        traits: Sequence[Trait],
        spans: Sequence[Span],
        bodies: Sequence[int] | None = None,
    ) -> "Side":
        """Return the side whose units read *texts*, their printed numbers left out.

        >>> len(Side.of("fr", ["Oui."], [Trait()], [Span(0, 4)]))
        1
        """
        words = [split_words(text) for text in texts]
        counts = [len(unit) for unit in words]
        return cls(
            lang=lang,
            lengths=np.array([len("".join(text.split())) for text in texts], np.float64),
            texts=tuple(texts),
            words=tuple(word for unit in words for word in unit),
            bounds=np.cumsum([0, *counts]).astype(np.int64),
            traits=tuple(traits),
            spans=tuple(spans),
            bodies=np.array([s.start for s in spans] if bodies is None else bodies, np.int64),
        )


def body_start(text: str, number: str | None) -> int:
    """Return where the content of *text* begins after its printed *number*, in characters.

    >>> body_start("Điều 2. Quyền", "2")
    8
    """
    head = text[: _MARKER_LETTERS + len(number)] if number else ""
    printed = re.search(rf"(?<!\w){re.escape(number)}(?!\w)", head) if number else None
    if printed is None or len(text[: printed.start()].split()) > _MARKER_WORDS:
        return 0
    found = _AFTER_NUMBER.match(text, printed.end())
    return found.end() if found else 0


def clause_side(document: Document, value: NumberValue) -> tuple[Side, tuple[int, ...]]:
    """Return the leaf clauses of *document* as a side, and their indices.

    *value* reads a printed number: text and language in, levels out ("3.2" is (3, 2)).
    """
    leaves = document.leaves()
    clauses = [document.clauses[leaf] for leaf in leaves]
    ranges = [document.view.range(clause.span) for clause in clauses]
    texts = [document.view.text[start:end] for start, end in ranges]
    begins = [body_start(text, clause.number) for text, clause in zip(texts, clauses, strict=True)]
    side = Side.of(
        document.lang,
        [text[begin:] for text, begin in zip(texts, begins, strict=True)],
        [_trait(document, clause, value) for clause in clauses],
        [clause.span for clause in clauses],
        [
            document.view.span(start + begin, end).start
            for (start, end), begin in zip(ranges, begins, strict=True)
        ],
    )
    return side, leaves


def _trait(document: Document, clause: Clause, value: NumberValue) -> Trait:
    number = (value(clause.number, document.lang) or None) if clause.number else None
    return Trait(number, clause.role.value, clause.level)


def sentence_side(document: Document, bodies: Mapping[int, int] | None = None) -> Side:
    """Return the sentences of *document* as a side.

    *bodies* says where the content of a clause begins in the text as given, after a printed number.
    """
    spans = [sentence.span for sentence in document.sentences]
    firsts = [(bodies or {}).get(sentence.clause, 0) for sentence in document.sentences]
    starts = [
        max(span.start, min(first, span.end)) for span, first in zip(spans, firsts, strict=True)
    ]
    texts = [document.read(Span(start, s.end)) for start, s in zip(starts, spans, strict=True)]
    return Side.of(document.lang, texts, [Trait()] * len(spans), spans, starts)
