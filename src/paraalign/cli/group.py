"""A group of commands that says what went wrong in one line.

Whoever calls a command from a script reads its exit status and one line on standard error. So
every error on purpose becomes that line and status 2, and so does an error that is our own fault,
with its traceback only on demand. A reader that closes the pipe early and Ctrl-C end a run quietly.
"""

import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

import click

__all__ = ["LazyGroup", "Mounted", "Params", "RecordCommand", "run"]

Params: TypeAlias = Mapping[str, Any]
FAILED = 2
INTERRUPTED = 130  # 128 + SIGINT, as shells count


class Mounted(NamedTuple):
    """A command of another module: where it stands, and what the help says of it."""

    module: str
    name: str
    help: str


class RecordCommand(click.Command):
    """A command whose callback takes all parameters as one record, by name."""

    def invoke(self, ctx: click.Context) -> object:
        """Call the callback with the parameters of *ctx*."""
        return self.callback(ctx.params) if self.callback else None


class LazyGroup(click.Group):
    """A group that imports its *mounted* commands only when they are called."""

    mounted: Mapping[str, Mounted] = MappingProxyType({})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order the commands were defined, mounted ones last."""
        del ctx
        return [*self.commands, *self.mounted]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command *cmd_name*, or None; of a mounted one, only what the help needs."""
        mounted = self.mounted.get(cmd_name)
        if mounted is None:
            return super().get_command(ctx, cmd_name)
        return click.Command(cmd_name, help=mounted.help)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that *args* call, imported where it is mounted."""
        name, command, rest = super().resolve_command(ctx, args)
        mounted = self.mounted.get(name or "")
        return name, command if mounted is None else _imported(mounted), rest


def _imported(mounted: Mounted) -> click.Command:
    command: click.Command = getattr(import_module(mounted.module), mounted.name)
    return command


def run(command: click.Command, args: Sequence[str] | None = None) -> int:
    """Run *command* with *args* (those of the process where None); return its exit status.

    >>> run(click.Command("fine", callback=lambda: 0), [])
    0
    """
    arguments = list(sys.argv[1:] if args is None else args)
    try:
        status = command.main(arguments, prog_name="paraalign", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        return _usage(error)
    except (click.Abort, KeyboardInterrupt):
        return _failed("interrupted", INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - the last line of defence
        return _broken(error, is_verbose=_is_verbose(arguments))
    return status if isinstance(status, int) else 0


def _usage(error: click.ClickException) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return FAILED
    return _failed(error.format_message())


def _broken(error: Exception, *, is_verbose: bool) -> int:
    if isinstance(error, BrokenPipeError):
        _silence_output()
        return FAILED
    if is_verbose:
        traceback.print_exc()
    return _failed(_said(error))


def _said(error: Exception) -> str:
    from paraalign.errors import ParaalignError  # noqa: PLC0415 - only when something failed

    if isinstance(error, ParaalignError):
        return str(error)
    if isinstance(error, MemoryError):
        return "out of memory; give shorter texts or more memory"
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {(error.strerror or str(error)).lower()}"
    return f"internal error: {type(error).__name__}: {error}; -v shows where"


def _failed(message: str, status: int = FAILED) -> int:
    line = " ".join(message.split())
    click.echo(f"paraalign: {line}", err=True)
    return status


def _is_verbose(arguments: Sequence[str]) -> bool:
    return any(argument in {"-v", "--verbose"} for argument in arguments)


def _silence_output() -> None:
    """Point standard output nowhere, so that its flush at exit does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
