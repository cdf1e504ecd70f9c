"""The command `paraalign lexicon`: look a word up, build the package file anew.

paraalign lexicon look patrimoine
paraalign lexicon build --data ../shared
"""

from pathlib import Path

import click

from paraalign.atomic import check_writable, write_bytes
from paraalign.errors import ParaalignError
from paraalign.lexicon.bilingual import TableLexicon
from paraalign.lexicon.folding import fold
from paraalign.lexicon.loading import load_lexicon
from paraalign.lexicon.protocol import Rendering

__all__ = ["lexicon"]

PACKAGE = Path(__file__).parent / "data" / "fr-vi.lexicon"
SOURCES = Path(__file__).parents[3] / "lexicon"
MOST = 12
"""Renderings shown of a word, each way."""

LANGUAGES = {"fr": "French", "vi": "Vietnamese"}


@click.group()
def lexicon() -> None:
    """Look words up in the lexicon, or build it anew."""


@lexicon.command()
@click.argument("word")
@click.option("--all", "show_all", is_flag=True, help="Show every rendering.")
def look(word: str, *, show_all: bool) -> None:
    """Show what WORD, French or Vietnamese, translates to, with senses and origin."""
    loaded = load_lexicon("fr", "vi")
    lines = describe(loaded, word, None if show_all else MOST) if loaded else []
    if not lines:
        message = (
            f"{word!r} is not in the lexicon {loaded.name if loaded else ''}; try its base form"
        )
        raise click.ClickException(message)
    click.echo("\n".join(lines))


@lexicon.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    envvar="PARAALIGN_DATA",
    help="Data folder to learn from; without it, nothing is learned.",
)
@click.option(
    "--sources",
    type=click.Path(path_type=Path),
    default=SOURCES,
    show_default=False,
    help="Folder with the tables that people write (the repository's lexicon/).",
)
@click.option(
    "--out",
    "out",
    type=click.Path(path_type=Path),
    default=PACKAGE,
    show_default=False,
    help="File to write (the package's own).",
)
def build(data: Path | None, sources: Path, out: Path) -> None:
    """Build the package file from the tables and a data folder. Takes some two minutes."""
    from paraalign.lexicon.making import make_lexicon  # noqa: PLC0415

    try:
        check_writable(out)
        made = make_lexicon(sources, data)
        write_bytes(out, made)
    except (OSError, ParaalignError) as error:
        message = f"the lexicon can't be built: {error}"
        raise click.ClickException(message) from error
    click.echo(f"wrote {out} ({len(made) / 1e6:.2f} MB)")


def describe(loaded: TableLexicon, word: str, most: int | None = MOST) -> list[str]:
    """Return the lines that tell a reader what *word* translates to, in both directions.

    Args:
        loaded: The lexicon.
        word: A word or term of either language.
        most: Renderings shown each way, or None for all.

    >>> describe(load_lexicon("fr", "vi"), "patrimoine", 1)[:2]
    ['patrimoine (French)', '  di sản  n']
    """
    sides = (loaded.renderings, loaded.reverse_renderings)
    lines = []
    for lang, look_up in zip(loaded.langs, sides, strict=True):
        found = look_up(word)[:most]
        grammar = _grammar(loaded, word, lang)
        if found or grammar:
            lines += [f"{word} ({LANGUAGES[lang]})", *grammar, *map(_line, found)]
    return lines


def _grammar(loaded: TableLexicon, word: str, lang: str) -> list[str]:
    found = loaded.table.function_words.get((lang, fold(word, lang)))
    return [f"  {found[0]}: {found[1]}"] if found else []


def _line(rendering: Rendering) -> str:
    marks = [rendering.pos if rendering.pos != "term" else ""]
    marks += [rendering.domain if rendering.domain != "general" else ""]
    marks += [rendering.origin if rendering.origin != "hand" else ""]
    return "  ".join(["", rendering.text, *(mark for mark in marks if mark)])
