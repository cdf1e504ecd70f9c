"""What paraalign speaks of: documents, clauses, sentences, words, links, findings, reports.

Everything here is built once, never changed and equal by value. Texts are never normalised in
place: every span counts code points of the text as given, and the clean reading of a stretch comes
from the document's view. Links are pairs of index tuples; an empty side is a gap, said openly.

>>> Link((3,), ()).is_gap
True
>>> Span(4, 9)
Span(start=4, end=9)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from os import PathLike
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, overload

from paraalign.views import Span, View

if TYPE_CHECKING:
    from pandas import DataFrame
    from spacy.tokens import Doc

    from paraalign.report.pairs import ClausePair
    from paraalign.report.plots import Plot

__all__ = [
    "Bitext",
    "Clause",
    "Document",
    "Finding",
    "Kind",
    "Link",
    "Links",
    "Report",
    "Role",
    "Sentence",
    "Severity",
    "Span",
    "Word",
    "WordLink",
]


class Role(StrEnum):
    """What a block of a text is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    CLAUSE = "clause"  # opens with a printed number
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"
    CODE = "code"
    CLOSING = "closing"  # the line of place and date
    SIGNATURE = "signature"
    SECTION = "section"  # holds other clauses and has no text of its own


class Kind(StrEnum):
    """The kinds of divergence of the annotation guide."""

    OMISSION = "omission"
    ADDITION = "addition"
    MISTRANSLATION = "mistranslation"
    ENTITY = "entity"
    NUMBER = "number"
    UNTRANSLATED = "untranslated"
    STRUCTURE = "structure"
    TRUNCATION = "truncation"
    DEFECT = "defect"
    TERMINOLOGY = "terminology"


class Severity(IntEnum):
    """How much a divergence weighs: ordered, so that thresholds compare."""

    MINOR = 1
    MAJOR = 2
    CRITICAL = 3

    def __str__(self) -> str:
        """Return the name in lower case, as the reports write it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A node of the clause tree: a block of text, or a section that holds blocks.

    Attributes:
        span: Where it stands. Leaves are disjoint, in order, and together hold every character
            that is not white space or markup; a section spans its first to its last leaf.
        number: The printed number in plain form ("3.3", "a", "IV"), or None.
        label: How a person names it ("3.3", "1, par. 2", "title").
        role: What kind of block it is.
        parent: Index of the section that holds it, or None.
        level: Depth of its numbering or heading, 0 for none.
    """

    span: Span
    number: str | None
    label: str
    role: Role
    parent: int | None = None
    level: int = 0


class Sentence(NamedTuple):
    """A sentence of the leaf clause with index *clause*."""

    clause: int
    span: Span


class Word(NamedTuple):
    """A word or a sign of the sentence with index *sentence*; *text* is its clean form."""

    sentence: int
    span: Span
    text: str

    @property
    def is_sign(self) -> bool:
        """Whether it is punctuation or a symbol: no letter and no digit."""
        return not any(char.isalnum() for char in self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One language version of a text, segmented.

    Attributes:
        view: The text as given, and its clean reading.
        lang: ISO 639-1 code.
        path: The file it was read from, or None.
        offset: Where the text starts in that file, in code points; more than 0 where one file
            holds several versions.
        clauses: The tree in text order, a section before what it holds.
        sentences: In text order, each within a leaf clause.
        words: In text order, each within a sentence.
    """

    view: View
    lang: str
    path: str | None = None
    offset: int = 0
    clauses: tuple[Clause, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    words: tuple[Word, ...] = ()

    def __repr__(self) -> str:
        """Show language and sizes, not the text."""
        name = self.path or "text"
        return f"Document({name!r}, {self.lang!r}, {len(self.clauses)} clauses)"

    @property
    def text(self) -> str:
        """The text as given: what every span counts in."""
        return self.view.given

    def given(self, span: Span) -> str:
        """Return the stretch *span* as given."""
        return self.view.given[span.start : span.end]

    def read(self, span: Span) -> str:
        """Return the clean reading of the stretch *span*."""
        return self.view.read(span)

    def is_leaf(self, index: int) -> bool:
        """Tell whether the clause *index* holds text of its own."""
        return self.clauses[index].role is not Role.SECTION

    def leaves(self) -> tuple[int, ...]:
        """Return the indices of the clauses that hold text, in order."""
        return tuple(index for index in range(len(self.clauses)) if self.is_leaf(index))

    def sentences_of(self, clause: int) -> tuple[int, ...]:
        """Return the indices of the sentences of the leaf *clause*. Cost: linear."""
        return tuple(i for i, sentence in enumerate(self.sentences) if sentence.clause == clause)


class Link(NamedTuple):
    """Units that correspond, by index; an empty side says that the other has no counterpart.

    *score* is 0 to 1, higher is surer; of a gap, how sure it is a gap.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float = 1.0

    @property
    def is_gap(self) -> bool:
        """Whether one side is empty."""
        return not (self.source and self.target)


class WordLink(NamedTuple):
    """Two words that correspond, by index into the documents' words; *score* as in `Link`."""

    source: int
    target: int
    score: float


@dataclass(frozen=True, slots=True)
class Links:
    """All links between two documents: every clause and sentence in exactly one link.

    A word may be in several links or in none. Clause and sentence links stand in source order,
    gaps of the target where they fall between.
    """

    clauses: tuple[Link, ...] = ()
    sentences: tuple[Link, ...] = ()
    words: tuple[WordLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Bitext:
    """Two documents and the links between them."""

    source: Document
    target: Document
    links: Links


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A place where the two versions do not say the same thing.

    Attributes:
        id: Depends on the content of the finding alone, so that it survives edits elsewhere.
        check: Name of the check that found it.
        kind: Kind of divergence.
        severity: How much it weighs.
        confidence: Calibrated probability, 0 to 1, that a reviser would agree.
        source_clause: Index of the leaf clause on the source side, or None.
        target_clause: Likewise on the target side.
        source: Spans on the source side; empty where nothing corresponds.
        target: Likewise on the target side.
        source_at: Where the missing stretch would stand, when *source* is empty.
        target_at: Likewise on the target side.
        message: One sentence for a translator.
        evidence: What the check can show: glosses, values compared, link scores.
    """

    kind: Kind
    severity: Severity
    confidence: float
    message: str
    check: str
    source_clause: int | None = None
    target_clause: int | None = None
    source: tuple[Span, ...] = ()
    target: tuple[Span, ...] = ()
    source_at: int | None = None
    target_at: int | None = None
    evidence: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    id: str = ""

    def _repr_html_(self) -> str:
        """Show what was found, how surely and why in a notebook's cell."""
        from paraalign.report.notebook import finding_html  # noqa: PLC0415 - the one way up

        return finding_html(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a check of two texts found.

    Attributes:
        bitext: The two documents and their links.
        findings: In text order.
        parallel: Whether the texts are versions of each other at all.
        similarity: How much of the two texts corresponds, 0 to 1.
        signature: Version, encoder, lexicon, options: all that the result depends on.
    """

    bitext: Bitext
    findings: tuple[Finding, ...]
    parallel: bool
    similarity: float
    signature: Mapping[str, Any]

    def __repr__(self) -> str:
        """Show the verdict and how much was found."""
        verdict = "parallel" if self.parallel else "not parallel"
        return f"Report({verdict}, {len(self.findings)} findings)"

    @property
    def source(self) -> Document:
        """The source document."""
        return self.bitext.source

    @property
    def target(self) -> Document:
        """The target document."""
        return self.bitext.target

    @property
    def links(self) -> Links:
        """The links between the two documents."""
        return self.bitext.links

    @property
    def message_lang(self) -> str:
        """The language of the messages, in which labels are shown too."""
        return str(self.signature.get("options", {}).get("message_lang", "en"))

    def at_or_above(self, severity: Severity) -> Iterator[Finding]:
        """Yield the findings of at least this *severity*."""
        return (finding for finding in self.findings if finding.severity >= severity)

    def save(self, path: "str | PathLike[str]") -> None:
        """Write the report to the file *path*, in the format that its ending chooses.

        Raises:
            OptionError: If the ending is unknown or the file can't be written.
        """
        from paraalign.formats import write  # noqa: PLC0415 - the one way up, see pyproject.toml

        write(self, path)

    @overload
    def to_frame(
        self, table: str = "findings", *, library: Literal["pandas"] = "pandas"
    ) -> "DataFrame": ...

    @overload
    def to_frame(self, table: str = "findings", *, library: Literal["polars"]) -> Any: ...  # noqa: ANN401 - polars need not be installed

    def to_frame(self, table: str = "findings", *, library: str = "pandas") -> Any:
        """Return a *table* of the report.

        "findings", "links" (of clauses, and of sentences inside them), "clauses", "sentences",
        "words", or "parity": how far clauses cover each other, the neediest first. The *library*
        that holds it is "pandas" or "polars".

        Raises:
            MissingExtraError: If the library is not installed (extra `frame` for pandas).
            OptionError: If there is no such table or library.
        """
        from paraalign.report.frame import frame  # noqa: PLC0415 - the one way up

        return frame(self, table, library=library)

    def pairs(self) -> "tuple[ClausePair, ...]":
        """Return each clause with its counterpart and the findings on them, in text order."""
        from paraalign.report.pairs import clause_pairs  # noqa: PLC0415 - the one way up

        return clause_pairs(self)

    def plot(self, name: str = "alignment", *, clause: str | None = None) -> "Plot":
        """Return a plot: "alignment", "findings", or "words" (of the *clause* so labelled).

        Raises:
            MissingExtraError: If matplotlib is not installed (extra `plots`).
            OptionError: If there is no such plot or clause.
        """
        from paraalign.report.plots import plot  # noqa: PLC0415 - the one way up

        return plot(self, name, clause=clause)

    def to_spacy(self) -> "tuple[Doc, Doc]":
        """Return both texts as spaCy documents, clauses and findings as span groups."""
        from paraalign.report.spacydoc import spacy_docs  # noqa: PLC0415 - the one way up

        return spacy_docs(self)

    def _repr_html_(self) -> str:
        """Show the verdict and the gravest findings in a notebook's cell."""
        from paraalign.report.notebook import html  # noqa: PLC0415 - the one way up

        return html(self)
