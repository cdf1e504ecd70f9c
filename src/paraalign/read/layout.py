"""What the layout of a format tells: its markup, and the blocks that it sets apart.

Each format has a module with a function that takes the text and returns its `Layout`, in places
of the text as given. `read.reader` turns layouts into readings, the same way for all formats.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from paraalign.read.reading import Block
from paraalign.views import Edit, Span

__all__ = ["Layout", "disjoint"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The markup and the blocks of a text.

    Attributes:
        edits: What the markup stands for, in order, disjoint, none across the start of a block.
        blocks: In order, disjoint; their ends may still hold white space or markup.
        verbatim: Stretches of code, in which nothing looks like markup, in order.
    """

    edits: tuple[Edit, ...] = ()
    blocks: tuple[Block, ...] = ()
    verbatim: tuple[Span, ...] = ()


def disjoint(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield *edits* in order, without those that start within another.

    Marks of two kinds may cross in broken markup; what is left out then stays in the text.

    >>> [edit[:2] for edit in disjoint([Edit(4, 6, "", "tag"), Edit(1, 5, "", "tag")])]
    [(1, 5)]
    """
    done = 0
    for edit in sorted(edits):
        if edit.start >= done:
            yield edit
            done = edit.end
