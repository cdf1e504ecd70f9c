"""What each command does, once its parameters are known."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from paraalign import pipeline
from paraalign.cli.outputs import Output, parse_outputs
from paraalign.cli.terminal import output_console, progress_shown
from paraalign.errors import OptionError
from paraalign.formats.endings import DOCUMENT_ENDINGS, ENDINGS
from paraalign.model import Report, Severity
from paraalign.report import text
from paraalign.report.decisions import Decisions, load_decisions, without_rejected

__all__ = ["Settings", "run_align", "run_check", "run_segment"]

FINE, FOUND = 0, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The parameters of a command, named as on the command line."""

    source: str
    target: str | None = None
    outputs: tuple[str, ...] = ()
    source_lang: str | None = None
    target_lang: str | None = None
    units: str = "clauses"
    preset: str = "parity"
    encoder: str = "e5"
    fail_on: str = "major"
    min_confidence: float = 0.0
    select: tuple[str, ...] = ()
    glossaries: tuple[str, ...] = ()
    profile: str = "lax"
    skip: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    config: str | None = None
    decisions: str | None = None
    realign: bool = False
    cache: bool = False
    message_lang: str = "en"
    quiet: bool = False
    verbose: bool = False

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files that are read."""
        names = (self.source, self.target, self.decisions, self.config, *self.glossaries)
        return tuple(Path(name) for name in names if name is not None)

    def options(self) -> pipeline.Options:
        """Return the options of the run.

        Raises:
            OptionError: If one has a value that is not allowed.
        """
        return pipeline.Options(
            source_lang=self.source_lang,
            target_lang=self.target_lang,
            units=cast("Any", self.units),
            preset=cast("Any", self.preset),
            encoder=self.encoder,
            select=self.select,
            min_confidence=self.min_confidence,
            glossaries=self.glossaries,
            profile=self.profile,
            skip=self.skip,
            severities=tuple(_severity(each) for each in self.severities),
            realign=self.realign,
            cache=self.cache,
            message_lang=self.message_lang,
        )


def _severity(text: str) -> tuple[str, str]:
    check, sign, level = text.partition("=")
    if not sign:
        message = f"severity is {text!r}; CHECK=minor, CHECK=major, CHECK=critical are allowed"
        raise OptionError(message)
    return check, level


def run_check(settings: Settings) -> int:
    """Check two texts, write or print the report; return the exit status."""
    options, decisions = settings.options(), _decisions(settings)
    outputs = parse_outputs(settings.outputs, allowed=ENDINGS, inputs=settings.inputs)
    with progress_shown(is_quiet=settings.quiet) as progress:
        report = pipeline.check(*_texts(settings), options=options, progress=progress)
    report = without_rejected(report, decisions) if decisions else report
    _deliver(report, outputs, settings)
    return FOUND if _fails(report, settings.fail_on) else FINE


def run_align(settings: Settings) -> int:
    """Align two texts, write or print the report; return the exit status."""
    options = settings.options()
    outputs = parse_outputs(settings.outputs, allowed=ENDINGS, inputs=settings.inputs)
    with progress_shown(is_quiet=settings.quiet) as progress:
        report = pipeline.align(*_texts(settings), options=options, progress=progress)
    _deliver(report, outputs, settings)
    return FINE


def run_segment(settings: Settings) -> int:
    """Segment one text, write or print its clause tree; return the exit status."""
    options = settings.options()
    outputs = parse_outputs(settings.outputs, allowed=DOCUMENT_ENDINGS, inputs=settings.inputs)
    document = pipeline.segment(
        Path(settings.source), lang=options.source_lang, units=options.units
    )
    for output in outputs:
        output.write(document)
    if not outputs and not settings.quiet:
        text.render_document(document, output_console())
    return FINE


def _texts(settings: Settings) -> tuple[Path, Path | None]:
    return Path(settings.source), None if settings.target is None else Path(settings.target)


def _decisions(settings: Settings) -> Decisions | None:
    return None if settings.decisions is None else load_decisions(Path(settings.decisions))


def _deliver(report: Report, outputs: Sequence[Output], settings: Settings) -> None:
    for output in outputs:
        output.write(report)
        if settings.verbose and not settings.quiet and not output.is_stream:
            sys.stderr.write(f"paraalign: wrote {output.path}\n")
    if not outputs and not settings.quiet:
        text.render(report, output_console(), is_verbose=settings.verbose)


def _fails(report: Report, fail_on: str) -> bool:
    if fail_on == "never":
        return False
    if fail_on.upper() not in Severity.__members__:
        message = f"fail-on is {fail_on!r}; never, minor, major, critical are allowed"
        raise OptionError(message)
    return any(True for _ in report.at_or_above(Severity[fail_on.upper()]))
