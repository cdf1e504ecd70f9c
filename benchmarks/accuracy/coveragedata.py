"""What the figures of coverage are fitted on and measured with: texts linked, encoded, edited.

Encoding is most of the time, so the vectors of a pair are made once for all that is fitted.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from divergenceedits import HOW, Edit, edits
from divergencegold import SEED, Annotated, Record
from numpy.typing import NDArray
from wordgold import lines_document

from paraalign.align.words.evidence import WordEvidence
from paraalign.align.words.links import WordTable, link_words, word_tables
from paraalign.checks.context import Context, Side
from paraalign.checks.coverage.crossed import read_across
from paraalign.encode import load_cross_encoder, load_encoder
from paraalign.encode.cross import CrossEncoder
from paraalign.encode.tokens import Tokens, encode_document
from paraalign.lexicon import load_lexicon
from paraalign.model import Bitext, Document, Link, Links

THOROUGH = ("declaration", "udhr", "debian_code_of_conduct")  # read in full for divergences
Floats = NDArray[np.float64]
Text = Sequence[tuple[str, str]]


class Encoded(NamedTuple):
    """A document pair with its sentence links and token vectors."""

    documents: tuple[Document, Document]
    links: tuple[Link, ...]
    tokens: tuple[Tokens, Tokens]

    def tables(self, mode: str) -> list[WordTable]:
        """Return the word tables with what *mode* may use."""
        tables, cross = word_tables(self._evidence(mode)), _cross(mode)
        return read_across(tables, self.documents, self.tokens, cross) if cross else tables

    def context(self, mode: str) -> Context:
        """Return what checks may look at, the words linked with what *mode* may use."""
        evidence = self._evidence(mode)
        links = Links(clauses=self.links, sentences=self.links, words=link_words(evidence))
        return Context(
            bitext=Bitext(*self.documents, links),
            tokens=evidence.tokens,
            lexicon=evidence.lexicon,
            cross=_cross(mode),
        )

    def _evidence(self, mode: str) -> WordEvidence:
        tokens = None if mode == "lexicon" else self.tokens
        langs = [document.lang for document in self.documents]
        lexicon = None if mode.startswith("encoder") else load_lexicon(*langs)
        return WordEvidence(*self.documents, self.links, tokens=tokens, lexicon=lexicon)


def _cross(mode: str) -> CrossEncoder | None:
    return load_cross_encoder("e5") if "cross" in mode else None


def news_to_fit(news: Sequence[Text], mode: str) -> list[Text]:
    """Return the documents of the *news* that what *mode* goes by is fitted on.

    The cross-encoder knows the first half, every second document; what is fitted on top of it takes
    every second one of the other half, and leaves the rest to report on.
    """
    return list(news[3::4] if "cross" in mode else news[::2])


def news_to_report(news: Sequence[Text]) -> list[Text]:
    """Return the documents of the *news* that nothing is fitted on."""
    return list(news[1::4])


def encoded_lines(
    pairs: Sequence[tuple[str, str]], langs: tuple[str, str] = ("fr", "vi")
) -> Encoded:
    """Return *pairs* as two documents of lines, encoded."""
    sides = [[" ".join(text.split()) for text in side] for side in zip(*pairs, strict=True)]
    one, other = (lines_document(side, lang) for side, lang in zip(sides, langs, strict=True))
    return encoded((one, other), tuple(Link((n,), (n,)) for n in range(len(pairs))))


def encoded(documents: tuple[Document, Document], links: tuple[Link, ...]) -> Encoded:
    """Return *documents* with their token vectors."""
    encoder = load_encoder("e5")
    assert encoder is not None
    one, other = (encode_document(document, encoder) for document in documents)
    return Encoded(documents, links, (one, other))


def with_edits(
    pair: Encoded, ways: Sequence[str] = HOW, seed: int = SEED, *, every: int = 3
) -> tuple[Encoded, Annotated]:
    """Return *pair* with one line in *every* edited in one of the *ways*, and the edits as records.

    Ways and sides take turns; the *seed* says which lines, and what is put where. A record's
    severity is the way.
    """
    tables = pair.tables("full")
    turns = [(how, side) for how in ways for side in Side]
    plan = [
        turns[(n // every + seed) % len(turns)] if n % every == seed % every else None
        for n in range(len(tables))
    ]
    made = edits(tables, plan, seed)
    lines = [
        e.pair if e else (t.source.text, t.target.text) for e, t in zip(made, tables, strict=True)
    ]
    one, other = pair.documents
    changed = encoded_lines(lines, (one.lang, other.lang))
    records = [_record(changed, line, edit) for line, edit in enumerate(made) if edit]
    return changed, Annotated("edited", changed.documents, changed.links, records)


def _record(changed: Encoded, line: int, edit: Edit) -> Record:
    places = [document.sentences[line].span.start for document in changed.documents]
    source, target = (
        tuple((place + start, place + end) for start, end in spans)
        for place, spans in zip(places, edit.spans, strict=True)
    )
    return Record(edit.kind, edit.how, agreed=True, counted=True, spans=(source, target))


def logistic(table: Floats, y: Floats, w: Floats, ridge: float = 0.5) -> Floats:
    """Return logistic weights of the columns of *table* for *y*, rows weighing *w*."""
    weights = np.zeros(table.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-(table @ weights)))
        slope = table.T @ (w * (chance - y)) + ridge * weights
        bend = (table * (w * chance * (1 - chance))[:, None]).T @ table
        weights -= np.linalg.solve(bend + ridge * np.eye(len(weights)), slope)
    return weights
