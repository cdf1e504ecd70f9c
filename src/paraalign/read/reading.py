"""What reading gives: a text, its clean view and its blocks."""

from dataclasses import dataclass
from typing import NamedTuple

from paraalign.views import Span, View

__all__ = ["Block", "Reading"]


class Block(NamedTuple):
    """A stretch that the layout of the text sets apart.

    Attributes:
        span: Where it stands, in code points of the text as given.
        kind: "title", "heading", "paragraph", "item", "cell" or "code".
        level: Depth of a heading (1 for the topmost) or of a list item; 0 else.
        marker: What the markup printed before a list item ("1.", "-"), where it counts, or "".
    """

    span: Span
    kind: str
    level: int = 0
    marker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text as read.

    Attributes:
        view: The text as given and its clean reading: NFC, markup dropped, white space folded to
            one blank, or to one line feed where a line ends inside a block of plain text or
            Markdown and where two blocks meet.
        blocks: In order, disjoint; every character of the clean view but white space is in one.
        format: "txt", "md", "html" or "xml".
        encoding: What the bytes were decoded with, or "" for a text given as such.
        path: The file, or None.
        offset: Where the text starts in the file, in code points, where a file holds several.
    """

    view: View
    blocks: tuple[Block, ...]
    format: str
    encoding: str = ""
    path: str | None = None
    offset: int = 0
