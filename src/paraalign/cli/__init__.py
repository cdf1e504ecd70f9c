"""The command line: parse, call, write."""

from paraalign.cli.commands import main

__all__ = ["main"]
