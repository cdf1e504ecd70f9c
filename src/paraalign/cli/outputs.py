"""What `-o` names: files, or standard output in a format.

An output is checked before the long work: its ending, that it is no input, that it can be written.

>>> Output.parse("-.json", allowed=("json",)).is_stream
True
"""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from paraalign.atomic import check_writable, write_bytes
from paraalign.errors import OptionError
from paraalign.formats.endings import format_of
from paraalign.formats.tables import table_named
from paraalign.formats.writing import dumps, dumps_document, encoded
from paraalign.model import Document, Report

__all__ = ["Output", "parse_outputs"]


@dataclass(frozen=True, slots=True)
class Output:
    """Where to write, and in which format.

    Attributes:
        path: A file, or "-" with an ending for standard output.
        format: What the ending chose.
    """

    path: Path
    format: str

    @classmethod
    def parse(cls, name: str, *, allowed: Sequence[str]) -> "Output":
        """Return the output that *name* stands for.

        Raises:
            OptionError: If its ending is not among those *allowed*.
        """
        return cls(Path(name), format_of(name, allowed=allowed))

    @property
    def is_stream(self) -> bool:
        """Whether it is standard output."""
        return self.path.name == f"-{self.path.suffix}" and self.path.parent == Path()

    def check(self, inputs: Iterable[Path]) -> None:
        """Make sure that it can be written and is none of the *inputs*.

        Raises:
            OptionError: If not.
        """
        if self.is_stream:
            return
        if any(self.path.resolve() == path.resolve() for path in inputs):
            message = f"can't write {str(self.path)!r}: it is read too; name another file"
            raise OptionError(message)
        check_writable(self.path)

    def write(self, result: Report | Document) -> None:
        """Write *result*."""
        if isinstance(result, Report):
            content = encoded(dumps(result, self.format, table=table_named(self.path.stem)))
        else:
            content = encoded(dumps_document(result, self.format))
        if self.is_stream:
            sys.stdout.buffer.write(content)
            sys.stdout.flush()
        else:
            write_bytes(self.path, content)


def parse_outputs(
    names: Sequence[str], *, allowed: Sequence[str], inputs: Iterable[Path]
) -> tuple[Output, ...]:
    """Return the outputs that *names* stand for, each checked.

    Raises:
        OptionError: If one can't be written, or one is named twice.
    """
    outputs = tuple(Output.parse(name, allowed=allowed) for name in names)
    read = list(inputs)
    for index, output in enumerate(outputs):
        if output in outputs[:index]:
            message = f"output {str(output.path)!r} is named twice; name each once"
            raise OptionError(message)
        output.check(read)
    return outputs
