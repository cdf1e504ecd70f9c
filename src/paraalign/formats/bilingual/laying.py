"""Lay the pairs of a bilingual file out as two texts of one line a unit, a batch at a time.

A file of many thousand pairs is checked in batches, so that memory stays bounded. What a batch
gives are two texts whose lines are the units, and what stands against what: the pairs as given.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice

from paraalign.formats.bilingual.pair import Pair
from paraalign.model import Document, Link

__all__ = ["BATCH", "PairedTexts", "batches"]

BATCH = 1000  # pairs
_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class PairedTexts:
    """A batch of pairs as two texts.

    Attributes:
        ids: The name of each pair.
        source: One line a pair; empty where the pair has no source.
        target: Likewise.
    """

    ids: tuple[str, ...]
    source: str
    target: str

    @classmethod
    def of(cls, pairs: Sequence[Pair]) -> "PairedTexts":
        r"""Return *pairs* as two texts; line breaks inside a unit become blanks.

        >>> PairedTexts.of([Pair("1", "a\nb", ""), Pair("2", "c", "d")]).source
        'a b\nc'
        """
        return cls(
            tuple(pair.id for pair in pairs),
            "\n".join(_line(pair.source) for pair in pairs),
            "\n".join(_line(pair.target) for pair in pairs),
        )

    def named(self, document: Document) -> Document:
        """Return *document*, cut into lines, with its clauses named as the pairs are."""
        clauses = tuple(
            replace(clause, label=self.ids[line])
            for clause, line in zip(document.clauses, _lines_of(document), strict=True)
        )
        return replace(document, clauses=clauses)

    def links(self, source: Document, target: Document) -> tuple[Link, ...]:
        """Return the pairs as links between the lines of *source* and *target*, in order."""
        first, second = (
            {line: (index,) for index, line in enumerate(_lines_of(document))}
            for document in (source, target)
        )
        sides = [(first.get(line, ()), second.get(line, ())) for line in range(len(self.ids))]
        return tuple(Link(left, right) for left, right in sides if left or right)


def batches(pairs: Iterable[Pair], size: int = BATCH) -> Iterator[PairedTexts]:
    """Yield *pairs* as texts, *size* pairs at a time.

    >>> [len(batch.ids) for batch in batches([Pair("1", "a", "b")] * 5, 2)]
    [2, 2, 1]
    """
    rest = iter(pairs)
    for _ in count():
        batch = list(islice(rest, size))
        if not batch:
            return
        yield PairedTexts.of(batch)


def _line(text: str) -> str:
    return _BREAK.sub(" ", text).strip()


def _lines_of(document: Document) -> Iterator[int]:
    """Yield the number of the line, from 0, on which each clause of *document* stands."""
    line, done = 0, 0
    for clause in document.clauses:
        line += document.text.count("\n", done, clause.span.start)
        done = clause.span.start
        yield line
