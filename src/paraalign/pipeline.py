"""Two texts in, a report out: nothing but the order of the steps.

Read both, tell their languages, segment them, encode them once, link clauses, sentences and words,
say whether they are versions of each other at all, and, if so, run the checks.

>>> from paraalign import corpora
>>> report = align(*corpora.declaration(), options=Options(encoder="none"))
>>> report.parallel
True
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeAlias

from paraalign.align import (
    AlignOptions,
    Comparison,
    Parity,
    WordEvidence,
    link_clauses,
    link_sentences,
    link_words,
    measure_pairs,
    measure_parity,
)
from paraalign.checks import Context, run_checks, unrelated
from paraalign.encode import Encoder, load_cross_encoder, load_encoder
from paraalign.encode.tokens import Tokens, encode_documents
from paraalign.errors import InputError
from paraalign.formats.bilingual import (
    Langs,
    PairedTexts,
    PairFile,
    batches,
    is_pair_file,
    joined,
    open_pairs,
)
from paraalign.lexicon import Glossary, Lexicon, load_lexicon, read_glossary, with_glossaries
from paraalign.model import Bitext, Document, Finding, Link, Links, Report, WordLink
from paraalign.options import DEFAULTS, Options, Units
from paraalign.read import Reading, detect_language, read_file, read_text, split_languages
from paraalign.segment import segment as segment_reading
from paraalign.views import View

__all__ = ["Options", "Progress", "Text", "align", "check", "segment"]

Text: TypeAlias = str | Path | Reading | Document
Progress: TypeAlias = Callable[[str, int, int], None]


def check(
    source: Text,
    target: Text | None = None,
    *,
    options: Options = DEFAULTS,
    progress: Progress | None = None,
) -> Report:
    """Segment *source* and *target*, align them, and flag where they diverge.

    Args:
        source: A path, a reading or a document. A *source* alone must hold both versions: one
            after the other, or pair by pair in a file of `formats.bilingual`, whose pairs are then
            the links, checked a thousand at a time.
        target: The other version.
        options: See `Options`.
        progress: Called with the step, how much of it is done, and how much there is.

    Raises:
        InputError: If a text can't be read or the two are in one language.
        OptionError: If an option is not allowed.

    >>> from paraalign import corpora
    >>> report = check(*corpora.declaration(), options=Options(encoder="none"))
    >>> any(finding.kind == "entity" for finding in report.findings)
    True
    """
    return _report(source, target, options, progress or _silent, with_findings=True)


def align(
    source: Text,
    target: Text | None = None,
    *,
    options: Options = DEFAULTS,
    progress: Progress | None = None,
) -> Report:
    """Segment *source* and *target* and align them, without any check; else as `check`.

    >>> from paraalign import corpora
    >>> len(align(*corpora.declaration(), options=Options(encoder="none")).findings)
    0
    """
    return _report(source, target, options, progress or _silent, with_findings=False)


def segment(source: Text, *, lang: str | None = None, units: Units = "clauses") -> Document:
    """Return the document of *source*: its clause tree, sentences and words.

    Raises:
        InputError: If the text can't be read or its language can't be told.
        OptionError: If *lang* or *units* is not allowed.

    >>> from paraalign import corpora
    >>> document = segment(corpora.declaration()[0])
    >>> [document.clauses[index].number for index in document.leaves()][6:8]
    ['3.1', '3.2']
    """
    options = Options(source_lang=lang, units=units)
    return _document(_opened(source), options.source_lang, options.units)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """One run: the two documents, and all that is needed to link and to check them."""

    source: Document
    target: Document
    options: Options
    progress: Progress
    tokens: tuple[Tokens, Tokens] | None
    lexicon: Lexicon | None
    glossaries: tuple[Glossary, ...]
    encoder_name: str
    given: tuple[Link, ...] | None = None  # links that the file itself makes, line by line

    @classmethod
    def start(
        cls,
        pair: tuple[Document, Document],
        options: Options,
        progress: Progress,
        given: tuple[Link, ...] | None = None,
    ) -> "_Run":
        first, second = pair
        langs = first.lang, second.lang
        glossaries = tuple(read_glossary(path, *langs) for path in options.glossaries)
        encoder = load_encoder(options.encoder, cached=options.cache)
        tokens = None if encoder is None else _encoded(pair, encoder, progress)
        return cls(
            source=first,
            target=second,
            options=options,
            progress=progress,
            tokens=tokens,
            lexicon=with_glossaries(load_lexicon(*langs), glossaries),
            glossaries=glossaries,
            encoder_name="none" if encoder is None else encoder.name,
            given=given,
        )

    def report(self, *, with_findings: bool) -> Report:
        """Link, judge, check."""
        comparison = Comparison(self.source, self.target, self.tokens, self.lexicon)
        clauses, sentences = self.links(comparison)
        evidence = WordEvidence(self.source, self.target, sentences, self.tokens, self.lexicon)
        bitext = Bitext(self.source, self.target, Links(clauses, sentences, self.words(evidence)))
        parity = self.parity(comparison)
        findings: tuple[Finding, ...] = ()
        if with_findings:
            context = Context(
                bitext=bitext,
                lexicon=self.lexicon,
                tokens=self.tokens,
                cross=load_cross_encoder(self.options.encoder),
                gathered=evidence,
                message_lang=self.options.message_lang,
            )
            findings = self.findings(context) if parity.parallel else unrelated(context)
        return Report(
            bitext=bitext,
            findings=tuple(f for f in findings if f.confidence >= self.options.min_confidence),
            parallel=parity.parallel,
            similarity=parity.similarity,
            signature=self.signature(),
        )

    def parity(self, comparison: Comparison) -> Parity:
        """Judge whether the texts are versions of each other, or the given pairs pairs."""
        if self.given is None:
            return measure_parity(comparison)
        return measure_pairs(comparison, self.given)

    def findings(self, context: Context) -> tuple[Finding, ...]:
        """Run the checks that the options name."""
        self.progress("check", 0, 1)
        select = self.options.select or None
        return run_checks(context, select=select, profile=self.options.rules())

    def links(self, comparison: Comparison) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
        """Link clauses, then sentences inside them."""
        options = AlignOptions(preset=self.options.preset, units=self.options.units)
        if self.given is not None:
            return self.given, self.given
        told = partial(self.progress, "clauses")
        told(0, len(self.source.clauses))
        clauses = link_clauses(comparison, options=options, progress=told)
        self.progress("sentences", 0, 1)
        return clauses, link_sentences(comparison, clauses, options=options)

    def words(self, evidence: WordEvidence) -> tuple[WordLink, ...]:
        """Link the words that *evidence* speaks for."""
        self.progress("words", 0, 1)
        return link_words(evidence, progress=partial(self.progress, "words"))

    def signature(self) -> dict[str, Any]:
        """Return all that the result depends on besides the texts."""
        return {
            "paraalign": version("paraalign"),
            "encoder": self.encoder_name,
            "lexicon": "none" if self.lexicon is None else self.lexicon.name,
            "options": self._stated_options(),
        }

    def _stated_options(self) -> dict[str, Any]:
        glossaries = [{"name": one.name, "sha256": one.digest} for one in self.glossaries]
        lists = {
            "select": list(self.options.select),
            "skip": list(self.options.skip),
            "severities": [list(pair) for pair in self.options.severities],
            "glossaries": glossaries,
        }
        stated = {**asdict(self.options), **lists}
        del stated["cache"]  # makes no difference to what is found
        return stated


def _encoded(
    pair: tuple[Document, Document], encoder: Encoder, progress: Progress
) -> tuple[Tokens, Tokens]:
    """Return the tokens of both documents, whose sentences count as one series."""
    told = partial(progress, "encode")
    told(0, sum(len(document.sentences) for document in pair))
    first, second = encode_documents(pair, encoder, progress=told)
    return first, second


def _report(
    source: Text, target: Text | None, options: Options, progress: Progress, *, with_findings: bool
) -> Report:
    if target is None and is_pair_file(source) and isinstance(source, str | Path):
        file = open_pairs(source, (options.source_lang, options.target_lang))
        if not options.realign:
            return _report_of_pairs(file, options, progress, with_findings=with_findings)
        source, target = _texts_of(file)
    run = _Run.start(_documents(source, target, options, progress), options, progress)
    return run.report(with_findings=with_findings)


def _report_of_pairs(
    file: PairFile, options: Options, progress: Progress, *, with_findings: bool
) -> Report:
    """Return the report of a bilingual *file*, whose pairs are the links, batch by batch."""
    total = sum(1 for _ in file.pairs())
    if not total:
        message = f"{file.path}: no pair in it; a bilingual file with pairs is needed"
        raise InputError(message)
    reports: list[Report] = []
    langs = file.langs
    for batch in batches(file.pairs()):
        progress("units", sum(len(each.links.clauses) for each in reports), total)
        pair = _lines_of(batch, file.path, langs)
        langs = pair[0].lang, pair[1].lang
        run = _Run.start(pair, options, _silent, batch.links(*pair))
        reports.append(run.report(with_findings=with_findings))
    progress("units", total, total)
    return joined(reports)


def _lines_of(batch: PairedTexts, path: str, langs: Langs) -> tuple[Document, Document]:
    """Return the two texts of a *batch*, a clause and a sentence each unit."""
    source, target = (
        batch.named(_document(_lines_in(text, path, lang), lang, "lines"))
        for text, lang in zip((batch.source, batch.target), langs, strict=True)
    )
    return _differing(source, target)


def _lines_in(text: str, path: str, lang: str | None) -> Reading | Document:
    """Return the lines of *text* to be cut; where no unit of a batch has a text, nothing is."""
    if lang is not None and not text.strip():
        return Document(view=View.of(text), lang=lang, path=path)
    return read_text(text, format="txt", path=path)


def _texts_of(file: PairFile) -> tuple[Reading, Reading]:
    """Return the two texts of a bilingual *file*, to be aligned as if it had no pairs."""
    pairs = list(file.pairs())
    first, second = ("\n\n".join(pair[side] for pair in pairs) for side in (1, 2))
    return (
        read_text(first, format="txt", path=file.path),
        read_text(second, format="txt", path=file.path),
    )


def _documents(
    source: Text, target: Text | None, options: Options, progress: Progress
) -> tuple[Document, Document]:
    progress("read", 0, 2)
    readings = _pair_in(_opened(source)) if target is None else (_opened(source), _opened(target))
    progress("segment", 0, 2)
    first = _document(readings[0], options.source_lang, options.units)
    second = _document(readings[1], options.target_lang, options.units)
    return _differing(first, second)


def _differing(first: Document, second: Document) -> tuple[Document, Document]:
    """Return the two documents, which must not be in one language."""
    if first.lang == second.lang:
        message = f"{_name(second)}: both texts are in one language ({first.lang}); two are needed"
        raise InputError(message)
    return first, second


def _opened(text: Text) -> Reading | Document:
    return text if isinstance(text, Reading | Document) else read_file(text)


def _pair_in(text: Reading | Document) -> tuple[Reading, Reading]:
    """Split the one *text* that holds both versions."""
    parts = split_languages(text) if isinstance(text, Reading) else ()
    if len(parts) == 2:  # noqa: PLR2004 - a pair
        (_, first), (_, second) = parts
        return first, second
    langs = ", ".join(lang for lang, _ in parts) or "one"
    message = f"{_name(text)}: one file must hold both versions; languages found: {langs}"
    raise InputError(message)


def _document(text: Reading | Document, lang: str | None, units: Units) -> Document:
    if isinstance(text, Document):
        return text
    lang = lang or detect_language(text.view.text)
    if lang == "und":
        message = f"{_name(text)}: its language can't be told; give an ISO 639-1 code"
        raise InputError(message)
    return segment_reading(text, lang, units=units)


def _name(text: Reading | Document) -> str:
    return text.path or "text"


def _silent(step: str, done: int, total: int) -> None:
    """Report no progress."""
