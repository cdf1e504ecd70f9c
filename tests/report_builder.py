"""Reports made by hand, for the tests of what shows and writes them.

`small_report` is a contract of a few clauses with a gap on each side and a finding of every kind;
`declaration_report` is the declaration with its gold clauses and divergences.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from paraalign.model import (
    Bitext,
    Clause,
    Document,
    Finding,
    Kind,
    Link,
    Links,
    Report,
    Role,
    Sentence,
    Severity,
    Span,
    Word,
    WordLink,
)
from paraalign.views import Edit, View

FR = """Règlement <intérieur>

1. Les membres se réunissent le 12 mai 2023. Ils élisent douze délégués "titulaires".

2. Le comité de l'Association des amis de Hué 🎋 publie ses comptes.

3. Le siège est à Lyon."""
VI = """Nội quy <script>alert(1)</script> & co

1. Các thành viên họp ngày 13 tháng 5 năm 2023. Họ bầu đại biểu "chính thức" của.

2. Ủy ban của hội công bố tài kho<b>ản</b> publie.

4. Điều này có hiệu lực."""


@dataclass
class Draft:
    """A document in the making."""

    text: str
    lang: str
    clauses: list[Clause] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)

    def add_block(self, span: Span) -> None:
        number = re.match(r"(?:- )?(\d+(?:\.\d+)*)\. ", self.text[span.start : span.end])
        role = Role.CLAUSE if number else Role.PARAGRAPH
        label = number[1] if number else f"par. {len(self.clauses) + 1}"
        label = label if self.clauses or number else "title"
        role = role if self.clauses or number else Role.TITLE
        plain = number[1] if number else None
        self.clauses.append(Clause(span=span, number=plain, label=label, role=role))
        for found in re.finditer(
            r"(?:\d+(?:\.\d+)*\. )?\S.*?(?:[.!?](?=\s+[A-ZÀ-ỸĐ])|\Z)", self.given(span), re.DOTALL
        ):
            self.add_sentence(Span(span.start + found.start(), span.start + found.end()))

    def add_sentence(self, span: Span) -> None:
        self.sentences.append(Sentence(len(self.clauses) - 1, span))
        for found in re.finditer(r"\w+|[^\w\s]", self.given(span)):
            word = Span(span.start + found.start(), span.start + found.end())
            self.words.append(Word(len(self.sentences) - 1, word, found[0]))

    def given(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def document(self, path: str | None) -> Document:
        view = View.of(self.text)
        tags = re.finditer(r"</?(?:b|mark)>", self.text)
        return Document(
            view=view.edit([Edit(tag.start(), tag.end(), "", "tag") for tag in tags]),
            lang=self.lang,
            path=path,
            clauses=tuple(self.clauses),
            sentences=tuple(self.sentences),
            words=tuple(self.words),
        )


def document(text: str, lang: str, path: str | None = None) -> Document:
    """Return a document of *text*: a clause a paragraph."""
    draft = Draft(text, lang)
    for block in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text):
        draft.add_block(Span(block.start(), block.start() + len(block[0].rstrip())))
    return draft.document(path)


def report(
    source: Document,
    target: Document,
    clauses: Iterable[Link],
    findings: Sequence[Finding] = (),
    *,
    parallel: bool = True,
) -> Report:
    """Return a report whose sentences are linked in order within linked *clauses*."""
    clauses = tuple(clauses)
    sentences = tuple(link for clause in clauses for link in _in_order(source, target, clause))
    words = tuple(link for pair in sentences for link in _words(source, target, pair))
    return Report(
        bitext=Bitext(source, target, Links(clauses, sentences, words)),
        findings=tuple(findings),
        parallel=parallel,
        similarity=0.9 if parallel else 0.1,
        signature={"paraalign": "0.1.0", "encoder": "none", "options": {"units": "clauses"}},
    )


def _in_order(source: Document, target: Document, link: Link) -> Iterable[Link]:
    first = [i for clause in link.source for i in source.sentences_of(clause)]
    second = [i for clause in link.target for i in target.sentences_of(clause)]
    for index in range(max(len(first), len(second))):
        yield Link(tuple(first[index : index + 1]), tuple(second[index : index + 1]), 0.8)


def _words(source: Document, target: Document, link: Link) -> Iterable[WordLink]:
    first = [i for i, word in enumerate(source.words) if word.sentence in link.source]
    second = [i for i, word in enumerate(target.words) if word.sentence in link.target]
    yield from (WordLink(i, j, 0.75) for i, j in zip(first, second, strict=False))


def quoted(document: Document, quote: str) -> tuple[Span, ...]:
    """Return the span of the first place of *quote* in *document*; of "" none."""
    start = document.text.index(quote)
    return (Span(start, start + len(quote)),) if quote else ()


def finding(  # noqa: PLR0913 - a record in the making
    pair: tuple[Document, Document],
    kind: Kind,
    source: str,
    target: str,
    *,
    severity: Severity = Severity.MAJOR,
    confidence: float = 0.7,
    at: int = 60,
) -> Finding:
    """Return a finding of *kind* with the quotes *source* and *target* of *pair*."""
    spans = quoted(pair[0], source), quoted(pair[1], target)
    return Finding(
        id=f"{kind}-{abs(hash_of(source + '|' + target)):x}",
        kind=kind,
        severity=severity,
        confidence=confidence,
        message=f"The {kind} of {source!r} <against> {target!r} & more.",
        check=f"{kind}.test",
        source=spans[0],
        target=spans[1],
        source_at=None if source else at,
        target_at=None if target else at,
        source_clause=clause_at(pair[0], spans[0][0].start if source else at),
        target_clause=clause_at(pair[1], spans[1][0].start if target else at),
        evidence={"scores": (0.25, 0.123456), "values": {"source": source, "target": target}},
    )


def hash_of(text: str) -> int:
    """Return a number that depends on *text* alone."""
    number = 7
    for char in text:
        number = (number * 31 + ord(char)) % 2**31
    return number


def clause_at(document: Document, offset: int) -> int | None:
    """Return the leaf clause that holds *offset*, or None."""
    found = (i for i, c in enumerate(document.clauses) if c.span.start <= offset < c.span.end)
    return next(found, None)


def small_report(*, parallel: bool = True) -> Report:
    """Return a report of a small contract with a finding of every kind."""
    source, target = document(FR, "fr", "règlement.md"), document(VI, "vi", "nội quy.md")
    pair = source, target
    links = [Link((0,), (0,)), Link((1,), (1,), 0.9), Link((2,), (2,), 0.6)]
    links += [Link((3,), (), 0.7), Link((), (3,), 0.55)]
    return report(source, target, links, list(_every_kind(pair)), parallel=parallel)


def _every_kind(pair: tuple[Document, Document]) -> Iterable[Finding]:
    yield finding(pair, Kind.MISTRANSLATION, "Règlement <intérieur>", "Nội quy")
    yield finding(pair, Kind.NUMBER, "12 mai 2023", "13 tháng 5", severity=Severity.CRITICAL)
    yield finding(pair, Kind.NUMBER, "douze", "", confidence=0.4, at=110)
    yield finding(
        pair, Kind.OMISSION, "élisent douze délégués", "", severity=Severity.MINOR, at=112
    )
    yield finding(pair, Kind.TRUNCATION, "", '"chính thức" của', at=70)
    yield finding(pair, Kind.ENTITY, "l'Association des amis de Hué 🎋", "hội")
    yield finding(pair, Kind.UNTRANSLATED, "publie", "publie", severity=Severity.MINOR)
    yield finding(pair, Kind.DEFECT, "", "<b>", severity=Severity.MINOR, at=150)
    yield finding(pair, Kind.TERMINOLOGY, "comptes", "tài kho<b>ản</b>", severity=Severity.MINOR)
    yield finding(pair, Kind.STRUCTURE, "3. Le siège est à Lyon.", "", at=175)
    yield finding(pair, Kind.ADDITION, "", "4. Điều này có hiệu lực.", at=len(FR))


def long_report(count: int) -> Report:
    """Return a report of *count* clauses with two findings each."""
    texts = ("{n}. Les {n} villes se réunissent le 12 mai.", "{n}. Các {n} thành phố họp ngày 13.")
    french, vietnamese = (
        "\n\n".join(text.format(n=number) for number in range(1, count + 1)) for text in texts
    )
    pair = document(french, "fr", "a.md"), document(vietnamese, "vi", "b.md")
    links = [Link((number,), (number,), 0.9) for number in range(count)]
    found = [each for number in range(count) for each in _two_in(pair, number)]
    source, target = pair
    return Report(
        bitext=Bitext(source, target, Links(tuple(links), tuple(links), ())),
        findings=tuple(found),
        parallel=True,
        similarity=0.9,
        signature={},
    )


def _two_in(pair: tuple[Document, Document], clause: int) -> Iterable[Finding]:
    first, second = (side.clauses[clause].span for side in pair)
    spans = (Span(first.end - 7, first.end - 1),), (Span(second.end - 3, second.end - 1),)
    for kind, severity in ((Kind.NUMBER, Severity.MAJOR), (Kind.MISTRANSLATION, Severity.MINOR)):
        yield Finding(
            id=f"{kind}-{clause}",
            kind=kind,
            severity=severity,
            confidence=(clause % 100) / 100,
            message=f"In clause {clause + 1} the {kind} differs.",
            check="test",
            source_clause=clause,
            target_clause=clause,
            source=spans[0],
            target=spans[1],
        )


def declaration_report() -> Report:
    """Return the declaration with its gold clauses and divergences."""
    from paraalign import corpora  # noqa: PLC0415 - only where it is asked for

    texts = corpora.load("declaration/fr.md"), corpora.load("declaration/vi.md")
    source, target = (document(text, lang) for text, lang in zip(texts, ("fr", "vi"), strict=True))
    links = [Link((index,), (index,), 0.9) for index in range(min(len(source.clauses), 16))]
    found = [_gold(record, source, target) for record in corpora.gold("divergences")]
    return report(source, target, links, found)


def _gold(record: dict[str, object], source: Document, target: Document) -> Finding:
    first, second = (_spans(record[lang]) for lang in ("fr", "vi"))
    return Finding(
        id=f"gold-{hash_of(str(record)):x}",
        kind=Kind(str(record["kind"])),
        severity=Severity[str(record["severity"]).upper()],
        confidence=0.9 if record["sure"] else 0.5,
        message=str(record["note"]),
        check="gold",
        source=first,
        target=second,
        source_clause=clause_at(source, first[0].start) if first else None,
        target_clause=clause_at(target, second[0].start) if second else None,
    )


def _spans(records: object) -> tuple[Span, ...]:
    assert isinstance(records, list)
    return tuple(Span(record["start"], record["end"]) for record in records)
