"""Progress and summaries on a terminal, silence elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

__all__ = ["output_console", "print_checks", "progress_shown"]

Callback: TypeAlias = Callable[[str, int, int], None]


def output_console() -> Console:
    """Return a console on standard output: its width and colours, where it is a terminal.

    Elsewhere lines are 100 columns wide, whatever the machine, so that output can be compared.
    """
    return Console() if sys.stdout.isatty() else Console(width=100, color_system=None)


def print_checks(lang: str = "en") -> None:
    """Print the table of checks in the language *lang*: name, kind, severity, what it finds."""
    from paraalign.checks import CHECKS  # noqa: PLC0415 - heavy
    from paraalign.messages import messages_in  # noqa: PLC0415 - only when asked

    say = messages_in(lang).say
    heads = [say(f"report.{name}") for name in ("check", "kind", "severity", "finds")]
    table = Table(*heads, box=None, pad_edge=False)
    for check in CHECKS:
        names = [say(f"kind.{check.kind}"), say(f"severity.{check.severity}")]
        table.add_row(check.name, *names, Text(say(f"check.{check.name}")))
    output_console().print(table, highlight=False)


@contextmanager
def progress_shown(*, is_quiet: bool) -> Iterator[Callback | None]:
    """Show progress on standard error while it lasts, where that is a terminal.

    What it gives is called with a step, how much of it is done, and how much there is.
    """
    if is_quiet or not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("{task.description:<10}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(step: str, done: int, total: int) -> None:
            bar.update(task, description=step, completed=done, total=total)

        yield show
