"""Divergence gold as documents: the declaration (two revisers), five published pairs (one reader).

Each pair is laid out as lines, one a gold unit, so that what is measured is the scoring of words
and not the linking of clauses. Records keep the spans that the annotators quoted, as stretches of
the laid-out text.
"""

import csv
import gzip
import json
import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from wordgold import lines_document

from paraalign.model import Document, Link

OTHERS = (
    "udhr",
    "semver_2.0.0",
    "debian_code_of_conduct",
    "cncf_code_of_conduct",
    "12factor_config",
)
MEANING = {"omission", "addition", "mistranslation", "entity", "number", "untranslated"}
FORM = {"typo", "structure", "number_form"}
KINDS = {
    "omission_vi": "omission",
    "omission_fr": "addition",
    "addition_vi": "addition",
    "addition_fr": "omission",
    "entity": "entity",
    "number": "number",
    "untranslated": "untranslated",
    "term": "terminology",
}
LACKING = {"omission_vi": 1, "addition_fr": 1, "omission_fr": 0, "addition_vi": 0}
BULK, SEED = 2500, 5
CODE = re.compile(
    r"`[^`\n]+`|\([^()\n]*[|<>=][^()\n]*\)|(?<!\S)[!-~]*(?:[A-Za-z]\.\w|\w\.\w+\.\w|[\[\]{}<>=|_\\^$@+])[!-~]*"
)
Span = tuple[int, int]


class Record(NamedTuple):
    """One divergence of the gold; *agreed* where two revisers marked it, or one was sure.

    Of what only one side says, the *context* is the side that lacks it: what is quoted there shows
    where it is missing and is not itself left over.
    """

    kind: str
    severity: str
    agreed: bool
    counted: bool
    spans: tuple[tuple[Span, ...], tuple[Span, ...]]
    context: int | None = None

    def is_touched(self, spans: Sequence[Span | None]) -> bool:
        """Tell whether *spans*, one a side or None, touch it on either side."""
        return any(
            own is not None and own[0] < end and start < own[1]
            for own, side in zip(spans, self.spans, strict=True)
            for start, end in side
        )


class Annotated(NamedTuple):
    """A document pair with its divergences."""

    name: str
    documents: tuple[Document, Document]
    links: tuple[Link, ...]
    records: list[Record]
    code: tuple[tuple[Span, ...], tuple[Span, ...]] = ((), ())

    def labels(self, side: int, *, context: bool = True) -> NDArray[np.int8]:
        """Return for each word 1 if marked, 0 if not, -1 if it should be left out.

        Left out is code, and without *context* what is quoted on the side that lacks something.
        """
        marks = np.zeros(len(self.documents[side].words), dtype=np.int8)
        for value, kept in ((-1, False), (1, True)):
            for record in self.records:
                told = record.agreed and record.counted
                if (told and (context or record.context != side)) is kept:
                    for span in record.spans[side]:
                        marks[words_in(self.documents[side], span)] = value
        for span in self.code[side]:
            marks[words_in(self.documents[side], span)] = -1
        return marks

    def touches(self, spans: Sequence[Span | None]) -> bool:
        """Tell whether *spans*, one a side or None, touch any record."""
        return any(record.is_touched(spans) for record in self.records)


def words_in(document: Document, span: Span) -> list[int]:
    """Return the words of *document* that *span* touches."""
    return [n for n, w in enumerate(document.words) if w.span[0] < span[1] and w.span[1] > span[0]]


def everything(data: Path) -> list[Annotated]:
    """Return the declaration and the five others, from the folder *data*."""
    return [declaration(data), *(published(data, name) for name in OTHERS)]


def declaration(data: Path) -> Annotated:
    """Return the declaration with what two revisers found."""
    folder = data / "corpora" / "declaration"
    clauses = json.loads((folder / "clauses.json").read_text(encoding="utf-8"))
    rows = json.loads((folder / "divergences.json").read_text(encoding="utf-8"))
    texts = [(folder / f"{lang}.md").read_text(encoding="utf-8") for lang in ("fr", "vi")]
    lines = [[c[lang] for c in clauses] for lang in ("fr", "vi")]
    places = [_file_places(text, side) for text, side in zip(texts, lines, strict=True)]
    documents = tuple(
        lines_document([" ".join(line.split()) for line in side], lang)
        for lang, side in zip(("fr", "vi"), lines, strict=True)
    )
    records = [
        Record(
            row["kind"],
            row["severity"],
            row["votes"] == 2,
            row["kind"] in MEANING,
            tuple(  # type: ignore[arg-type]
                tuple(_moved(span, texts[k], places[k], documents[k]) for span in row[lang])
                for k, lang in enumerate(("fr", "vi"))
            ),
        )
        for row in rows
    ]
    links = tuple(Link((n,), (n,)) for n in range(len(clauses)))
    return Annotated("declaration", documents, links, records)  # type: ignore[arg-type]


def published(data: Path, name: str) -> Annotated:
    """Return the published pair *name* with what one reader found."""
    folder = data / "corpora" / name
    units = [_units(folder / f"units.{lang}.txt") for lang in ("fr", "vi")]
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["alignment"]
    rows = json.loads((folder / "divergences.json").read_text(encoding="utf-8"))["divergences"]
    used = [sorted({n for link in gold for n in link[lang]}) for lang in ("fr", "vi")]
    kept = [[n for n in side if units[k][n].strip()] for k, side in enumerate(used)]
    numbers = [{n: place for place, n in enumerate(side)} for side in kept]
    fr, vi = (
        lines_document([units[k][n] for n in side], lang)
        for k, (lang, side) in enumerate(zip(("fr", "vi"), kept, strict=True))
    )
    links = tuple(
        Link(
            tuple(numbers[0][n] for n in link["fr"] if n in numbers[0]),
            tuple(numbers[1][n] for n in link["vi"] if n in numbers[1]),
        )
        for link in gold
    )
    records = [_record(row, (fr, vi), numbers) for row in rows]
    return Annotated(name, (fr, vi), links, records, (code_in(fr.text), code_in(vi.text)))


def code_in(text: str) -> tuple[Span, ...]:
    """Return the stretches of *text* that are code: names, versions, addresses, patterns.

    >>> [text[a:b] for text in ["la version Z (x.y.Z | x > 0) de `git`"] for a, b in code_in(text)]
    ['(x.y.Z | x > 0)', '`git`']
    """
    return tuple(found.span() for found in CODE.finditer(text))


def clean_pairs(data: Path) -> list[list[tuple[str, str]]]:
    """Return the news documents, then the drawn bulk segments, as lists of (French, Vietnamese)."""
    documents: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with (data / "benchmarks/ntrex/segments.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            documents[row["doc"]].append((row["fr"], row["vi"]))
    with gzip.open(data / "bulk/pairs.clean.tsv.gz", "rt", encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        bulk = [(row["fr"], row["vi"]) for row in rows if is_prose(row["fr"])]
    drawn = random.Random(SEED).sample(bulk, BULK)  # noqa: S311  a fixed draw, no secret
    return [*documents.values(), drawn]


def is_prose(text: str) -> bool:
    """Tell whether *text* is a sentence of common length without placeholders or markup."""
    return 8 <= len(text.split()) <= 40 and "%" not in text and "<" not in text


def _record(
    row: dict[str, str], documents: Sequence[Document], numbers: Sequence[dict[int, int]]
) -> Record:
    sides = []
    for k, lang in enumerate(("fr", "vi")):
        unit, quote = row[f"{lang}_unit"], unicodedata.normalize("NFC", " ".join(row[lang].split()))
        sides.append(_quoted(documents[k], numbers[k].get(unit), quote))  # type: ignore[call-overload]
    kind = KINDS.get(row["type"], row["type"] if row["type"] in FORM else "mistranslation")
    return Record(
        kind,
        row["severity"],
        agreed=True,
        counted=row["type"] not in FORM,
        spans=(sides[0], sides[1]),
        context=LACKING.get(row["type"]),
    )


def _quoted(document: Document, line: int | None, quote: str) -> tuple[Span, ...]:
    if line is None or not quote:
        return ()
    sentence = document.sentences[line].span
    start = document.given(sentence).find(quote)
    assert start >= 0, quote
    return ((sentence.start + start, sentence.start + start + len(quote)),)


def _units(path: Path) -> list[str]:
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    return [" ".join(line.split()) for line in text.split("\n")]


def _file_places(text: str, lines: Iterable[str]) -> list[int]:
    done, places = 0, []
    for line in lines:
        done = text.index(line[:40], done)
        places.append(done)
    return places


def _moved(
    span: dict[str, int | str], text: str, places: Sequence[int], document: Document
) -> Span:
    """Return the stretch of the laid-out document that *span* of the file *text* stands for."""
    start, quote = int(span["start"]), " ".join(str(span["text"]).split())
    line = int(np.searchsorted(places, start, side="right")) - 1
    shift = len(" ".join(text[places[line] : start].split()))
    sentence = document.sentences[line].span
    found = document.text.find(quote, max(sentence.start, sentence.start + shift - 3))
    assert 0 <= found < sentence.end, quote
    return found, found + len(quote)
