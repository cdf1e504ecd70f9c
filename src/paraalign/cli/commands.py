"""The commands: `check`, `align`, `segment`, and those that other modules mount.

Exit status: 0, nothing found at or above `--fail-on`; 1, something found; 2, the run failed, with
one line on standard error. Packages are imported inside the commands, so that `--help` is instant.
"""

from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import TypeVar

import click

from paraalign.cli.group import LazyGroup, Mounted, Params, RecordCommand, run

__all__ = ["commands", "main"]

Decorated = TypeVar("Decorated", bound=Callable[..., object] | click.Command)

FILE = click.Path(readable=False)  # shells complete file names; reading says what is wrong

OUTPUT = click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=FILE,
    metavar="FILE",
    help="Write FILE; its ending chooses the format (.json .html .md .xlsx .tsv .csv .tmx .xlf"
    " .xliff .sarif). May be repeated; -.json writes JSON to standard output.",
)
DOCUMENT_OUTPUT = click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=FILE,
    metavar="FILE",
    help="Write FILE; its ending chooses the format (.json .tsv .csv); -.json writes JSON to"
    " standard output.",
)
LANG = click.option(
    "--source-lang", "--lang", metavar="CODE", help="ISO 639-1 code; told from the text."
)
SOURCE_LANG = click.option(
    "--source-lang", metavar="CODE", help="ISO 639-1 code of the source; told from the text."
)
TARGET_LANG = click.option(
    "--target-lang", metavar="CODE", help="ISO 639-1 code of the target; told from the text."
)
UNITS = click.option(
    "--units",
    type=click.Choice(["clauses", "sentences", "lines"]),
    default="clauses",
    show_default=True,
    help="What to align; with 'lines', every non-empty line is one unit.",
)
PRESET = click.option(
    "--preset",
    type=click.Choice(["parity", "corpus"]),
    default="parity",
    show_default=True,
    help="Leave unlinked what has no counterpart, or link whatever can be linked.",
)
ENCODER = click.option(
    "--encoder",
    default="e5",
    show_default=True,
    metavar="e5|none|NAME",
    help="Embedded encoder, none, or the name of a sentence-transformers model.",
)
FAIL_ON = click.option(
    "--fail-on",
    type=click.Choice(["never", "minor", "major", "critical"]),
    default="major",
    show_default=True,
    help="Exit with status 1 for a finding of this severity or above.",
)
MIN_CONFIDENCE = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    metavar="0..1",
    help="Leave out findings below this confidence.",
)
SELECT = click.option(
    "--select",
    multiple=True,
    metavar="CHECK",
    help="Run only the checks whose name begins so. May be repeated.",
)
GLOSSARY = click.option(
    "--glossary",
    "glossaries",
    multiple=True,
    type=FILE,
    metavar="FILE",
    help="Terms of your house (.csv .tsv .tbx .tmx): source term, target term, status (required,"
    " admitted, forbidden). May be repeated; the first outranks the next.",
)
SKIP = click.option(
    "--skip",
    multiple=True,
    metavar="CHECK",
    help="Leave out the checks whose name begins so. May be repeated.",
)
PROFILE = click.option(
    "--profile",
    type=click.Choice(["lax", "strict"]),
    default="lax",
    show_default=True,
    help="strict counts sentences too and takes structure harder.",
)
SEVERITY = click.option(
    "--severity",
    "severities",
    multiple=True,
    metavar="CHECK=LEVEL",
    help="Give the findings of a check another severity. May be repeated.",
)


def _configure(ctx: click.Context, _: click.Parameter, path: str | None) -> str | None:
    """Take what the configuration sets as defaults of the options."""
    from paraalign.configuration import read_configuration  # noqa: PLC0415 - only when running

    if not ctx.resilient_parsing:
        ctx.default_map = read_configuration(path)
    return path


def _list_checks(ctx: click.Context, _: click.Parameter, is_asked: bool) -> None:  # noqa: FBT001 - click calls it so
    """Print the table of checks and end the run."""
    if is_asked and not ctx.resilient_parsing:
        from paraalign.cli.terminal import print_checks  # noqa: PLC0415 - only when asked

        print_checks(ctx.params.get("message_lang", "en"))
        ctx.exit()


LIST_CHECKS = click.option(
    "--list-checks",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_checks,
    help="List the checks that --select, --skip and --severity name, and exit.",
)
CONFIG = click.option(
    "--config",
    type=FILE,
    metavar="FILE",
    is_eager=True,
    callback=_configure,
    help="Take options from FILE; else from paraalign.toml or [tool.paraalign] in pyproject.toml.",
)
DECISIONS = click.option(
    "--decisions",
    type=FILE,
    metavar="FILE",
    help="Decisions exported from the HTML report: findings rejected there stay quiet.",
)
REALIGN = click.option(
    "--realign",
    is_flag=True,
    help="Align the texts of a bilingual file anew; by default its pairs are the links.",
)
CACHE = click.option(
    "--cache",
    is_flag=True,
    help="Keep token vectors in the user's cache folder; the next run encodes only what is new.",
)
MESSAGE_LANG = click.option(
    "--message-lang",
    default="en",
    show_default=True,
    metavar="en|fr|vi",
    is_eager=True,
    help="Language of messages and labels.",
)
QUIET = click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
VERBOSE = click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="Show ids, checks, evidence and files written; the traceback of an internal error.",
)


def _with(*options: Callable[[Decorated], Decorated]) -> Callable[[Decorated], Decorated]:
    """Return one decorator for several *options*, in the order of the help."""

    def decorate(command: Decorated) -> Decorated:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


class Commands(LazyGroup):
    """Our commands, and those of other modules."""

    mounted = MappingProxyType(
        {
            "evaluate": Mounted(
                "paraalign.evaluate.command", "evaluate", "Score a report against a gold file."
            ),
            "lexicon": Mounted(
                "paraalign.lexicon.command", "lexicon", "Look up, learn and add translations."
            ),
        }
    )


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(None, "--version", package_name="paraalign", message="%(prog)s %(version)s")
def commands() -> None:
    """Certify that two language versions of a text say the same thing; align them."""


@commands.command(cls=RecordCommand, short_help="Segment, align, flag: the main job.")
@click.argument("source", type=FILE)
@click.argument("target", type=FILE, required=False)
@_with(OUTPUT, SOURCE_LANG, TARGET_LANG, UNITS, PRESET, ENCODER, CACHE, REALIGN, FAIL_ON)
@_with(PROFILE, MIN_CONFIDENCE, SELECT, SKIP, SEVERITY, LIST_CHECKS, GLOSSARY, DECISIONS)
@_with(CONFIG, MESSAGE_LANG, QUIET, VERBOSE)
def check(params: Params) -> int:
    """Report where TARGET does not say what SOURCE says.

    A SOURCE alone must hold both versions: one after the other, or pair by pair (.tmx .xlf .xliff
    .po .tsv .csv .xlsx), whose pairs are then the links. Without -o, a summary is printed.
    """
    from paraalign.cli.runs import Settings, run_check  # noqa: PLC0415 - heavy

    return run_check(Settings(**params))


@commands.command(cls=RecordCommand, short_help="Segment and align only.")
@click.argument("source", type=FILE)
@click.argument("target", type=FILE, required=False)
@_with(
    OUTPUT,
    SOURCE_LANG,
    TARGET_LANG,
    UNITS,
    PRESET,
    ENCODER,
    CACHE,
    REALIGN,
    GLOSSARY,
    CONFIG,
    MESSAGE_LANG,
    QUIET,
    VERBOSE,
)
def align(params: Params) -> int:
    """Align SOURCE and TARGET: clauses, sentences, words.

    A SOURCE alone must hold both versions: one after the other, or pair by pair (.tmx .xlf .xliff
    .po .tsv .csv .xlsx), whose pairs are then the links. Without -o, a summary is printed.
    """
    from paraalign.cli.runs import Settings, run_align  # noqa: PLC0415 - heavy

    return run_align(Settings(**params))


@commands.command(cls=RecordCommand, short_help="The clause tree of one text.")
@click.argument("source", type=FILE, metavar="FILE")
@_with(DOCUMENT_OUTPUT, LANG, UNITS, QUIET, VERBOSE)
def segment(params: Params) -> int:
    """Cut FILE into clauses, sentences and words. Without -o, the clause tree is printed."""
    from paraalign.cli.runs import Settings, run_segment  # noqa: PLC0415 - heavy

    return run_segment(Settings(**params))


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line with *args* (those of the process where None).

    Returns:
        The exit status: 0, 1 or 2, as the module's head says.

    >>> main(["check", "a.md", "b.md", "--units", "pages"])
    2
    """
    return run(commands, args)
