"""What the figures of coverage are fitted on and measured with: texts linked, encoded, edited.

Encoding is most of the time, so the vectors of a pair are made once for all that is fitted.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from divergenceedits import KINDS, edits
from divergencegold import SEED, Annotated, Record
from numpy.typing import NDArray
from wordgold import lines_document

from paraalign.align.words import WordTable, word_tables
from paraalign.encode import load_encoder
from paraalign.encode.tokens import Tokens, encode_document
from paraalign.lexicon import load_lexicon
from paraalign.model import Document, Link

MODES = ("full", "encoder", "lexicon")
THOROUGH = ("declaration", "udhr", "debian_code_of_conduct")  # read in full for divergences
Floats = NDArray[np.float64]


class Encoded(NamedTuple):
    """A document pair with its sentence links and token vectors."""

    documents: tuple[Document, Document]
    links: tuple[Link, ...]
    tokens: tuple[Tokens, Tokens]

    def tables(self, mode: str) -> list[WordTable]:
        """Return the word tables with what *mode* may use."""
        tokens = None if mode == "lexicon" else self.tokens
        lexicon = None if mode == "encoder" else load_lexicon("fr", "vi")
        return word_tables(*self.documents, self.links, tokens=tokens, lexicon=lexicon)


def encoded_lines(pairs: Sequence[tuple[str, str]]) -> Encoded:
    """Return *pairs* as two documents of lines, encoded."""
    sides = [[" ".join(text.split()) for text in side] for side in zip(*pairs, strict=True)]
    fr, vi = lines_document(sides[0], "fr"), lines_document(sides[1], "vi")
    return encoded((fr, vi), tuple(Link((n,), (n,)) for n in range(len(pairs))))


def encoded(documents: tuple[Document, Document], links: tuple[Link, ...]) -> Encoded:
    """Return *documents* with their token vectors."""
    encoder = load_encoder("e5")
    assert encoder is not None
    one, other = (encode_document(document, encoder) for document in documents)
    return Encoded(documents, links, (one, other))


def with_edits(pair: Encoded) -> tuple[Encoded, Annotated]:
    """Return *pair* with every third line edited, and the edits as records."""
    tables = pair.tables("full")
    kinds = [KINDS[(n // 3) % 3] if n % 3 == 0 else "" for n in range(len(tables))]
    made = edits(tables, kinds, SEED)
    lines = [
        e.pair if e else (t.source.text, t.target.text) for e, t in zip(made, tables, strict=True)
    ]
    changed = encoded_lines(lines)
    records = []
    for number, edit in enumerate(made):
        if edit is not None:
            bases = [d.sentences[number].span.start for d in changed.documents]
            source = tuple((bases[0] + a, bases[0] + b) for a, b in edit.source)
            ours = (edit.target,) if edit.target else ()
            target = tuple((bases[1] + a, bases[1] + b) for a, b in ours)
            spans = source, target
            records.append(Record(edit.kind, "major", agreed=True, counted=True, spans=spans))
    return changed, Annotated("edited", changed.documents, changed.links, records)


def logistic(table: Floats, y: Floats, w: Floats, ridge: float = 0.5) -> Floats:
    """Return logistic weights of the columns of *table* for *y*, rows weighing *w*."""
    weights = np.zeros(table.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-(table @ weights)))
        slope = table.T @ (w * (chance - y)) + ridge * weights
        bend = (table * (w * chance * (1 - chance))[:, None]).T @ table
        weights -= np.linalg.solve(bend + ridge * np.eye(len(weights)), slope)
    return weights
