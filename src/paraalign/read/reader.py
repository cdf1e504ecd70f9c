r"""Read a file or a text: decode, find the layout, clean.

>>> reading = read_text("# Titre\n\nUn *mot*.", format="md")
>>> [(reading.view.read(block.span), block.kind) for block in reading.blocks]
[('Titre', 'heading'), ('Un mot.', 'paragraph')]
"""

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Final

from paraalign.clean import clean
from paraalign.errors import InputError
from paraalign.read.encodings import decode, load
from paraalign.read.layout import Layout, disjoint
from paraalign.read.reading import Block, Reading
from paraalign.views import Edit, Span, View

__all__ = ["FORMATS", "SIZE_LIMIT", "guess_format", "read_file", "read_text"]

FORMATS: Final = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".mdx": "md",
    ".mdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".wml": "html",
    ".xml": "xml",
}
SIZE_LIMIT: Final = 16 * 1024 * 1024  # bytes of a file, characters of a text
_LAYOUTS = {
    "txt": ("paraalign.read.plain", "plain_layout"),
    "md": ("paraalign.read.markdown", "markdown_layout"),
    "html": ("paraalign.read.html", "html_layout"),
    "xml": ("paraalign.read.xml", "xml_layout"),
}
_HTML = re.compile(
    r"\s*<(?:!doctype\s+html|html|head|body|h[1-6]|p|div|table|ul|ol|dl)\b", re.IGNORECASE
)
_XML = re.compile(r"\s*<\?xml\b|\s*<([A-Za-z_][\w:.-]*)(?:\s[^<>]*)?>.*</\1\s*>\s*\Z", re.DOTALL)
_MARKDOWN = re.compile(
    r"^#{1,6} \S|^(?:=|-){3,}\s*$|^[*+] \S|\[[^\]\n]+\]\([^)\s]+\)|^```|\*\*\w[^*\n]*\*\*|^> \S"
    r"|^- \S",
    re.MULTILINE,
)


def read_file(path: str | Path) -> Reading:
    """Return the reading of the file *path*; its ending tells the format, else its content.

    Raises:
        InputError: If there is no such file, or it can't be read, is too large, no text or empty.

    >>> read_file("no/such/file.txt")
    Traceback (most recent call last):
    ...
    paraalign.errors.InputError: no/such/file.txt: no such file
    """
    data = load(Path(path), limit=SIZE_LIMIT)
    text, encoding = decode(data, path=str(path))
    ending = FORMATS.get(Path(path).suffix.lower())
    return _read(text, ending or guess_format(text), str(path), encoding)


def read_text(text: str, *, format: str | None = None, path: str | None = None) -> Reading:  # noqa: A002
    """Return the reading of *text*, which is in *format*, or in what its content looks like.

    Args:
        text: The text as given.
        format: "txt", "md", "html" or "xml".
        path: Where it comes from, for messages and reports.

    Raises:
        InputError: If the text is empty or too long, or the format unknown.

    >>> read_text("<p>Un</p><p>Deux</p>").format
    'html'
    """
    where = path or "text"
    if format is not None and format not in _LAYOUTS:
        message = f"{where}: unknown format {format!r}; known are {', '.join(_LAYOUTS)}"
        raise InputError(message)
    if len(text) > SIZE_LIMIT:
        message = f"{where}: {len(text):,} characters; at most {SIZE_LIMIT:,} can be read"
        raise InputError(message)
    ending = FORMATS.get(Path(path).suffix.lower()) if path else None
    return _read(text, format or ending or guess_format(text), path, "")


def guess_format(text: str) -> str:
    """Return the format that *text* looks like: "html", "xml", "md" or "txt".

    >>> guess_format("Un **mot** et [un lien](http://a.b)."), guess_format("Article 1")
    ('md', 'txt')
    """
    start = text[:4096]
    if _HTML.match(start) or re.search(r"<html\b|^#use wml::", start, re.IGNORECASE | re.MULTILINE):
        return "html"
    if _XML.match(text):
        return "xml"
    return "md" if len(_MARKDOWN.findall(text[:200_000])) > 1 else "txt"


def _read(text: str, name: str, path: str | None, encoding: str) -> Reading:
    if not text.strip():
        what = "only white space" if text else "empty"
        message = f"{path or 'text'}: {what}; a text is needed"
        raise InputError(message)
    module, function = _LAYOUTS[name]
    find_layout: Callable[[str], Layout] = getattr(import_module(module), function)
    view, blocks = _assembled(text, find_layout(text), plain=name == "txt")
    if not blocks:
        message = f"{path or 'text'}: no text among the markup ({name}); a text is needed"
        raise InputError(message)
    return Reading(view=view, blocks=blocks, format=name, encoding=encoding, path=path)


def _assembled(text: str, layout: Layout, *, plain: bool) -> tuple[View, tuple[Block, ...]]:
    borders = [Edit(span.start, span.start, "\n", "") for span, *_ in layout.blocks if span.start]
    borders += [Edit(span.end, span.end, "\n", "") for span, *_ in layout.blocks]
    view = View.of(text).edit(disjoint([*layout.edits, *borders]))
    view = clean(view, verbatim=layout.verbatim, plain=plain)
    blocks = tuple(_settled(view, layout.blocks))
    return view.edit(_gaps(view, blocks)), blocks


def _settled(view: View, blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield the *blocks* from their first to their last character; none for what they leave."""
    done = 0
    for block in blocks:
        start, end = view.range(block.span)
        start, end = max(start, done), max(end, done)
        yield from _stray(view, done, start)
        if trimmed := _trimmed(view, start, end):
            yield block._replace(span=trimmed)
        done = end
    yield from _stray(view, done, len(view.text))


def _stray(view: View, start: int, end: int) -> Iterator[Block]:
    """Yield what stands between two blocks: text that the layout did not place."""
    for match in re.finditer(r"\S(?:.*\S)?", view.text[start:end]):
        yield Block(view.span(start + match.start(), start + match.end()), "paragraph")


def _trimmed(view: View, start: int, end: int) -> Span | None:
    stretch = view.text[start:end]
    stripped = stretch.strip()
    if not stripped:
        return None
    first = start + stretch.index(stripped[0])
    return view.span(first, first + len(stripped))


def _gaps(view: View, blocks: tuple[Block, ...]) -> Iterator[Edit]:
    """Yield the edits that leave one line feed between two blocks, and nothing around them."""
    if not blocks:
        return
    ranges = [view.range(block.span) for block in blocks]
    yield _gap(view, 0, ranges[0][0])
    for (_, end), (start, _) in pairwise(ranges):
        if view.text[end:start] == "\n" and not _gap(view, end, start).reason:
            continue
        yield Edit(end, end, "\n", "")
        yield _gap(view, end, start)
    yield _gap(view, ranges[-1][1], len(view.text))


def _gap(view: View, start: int, end: int) -> Edit:
    """Return the edit that drops the white space of a gap, on record where it was written out."""
    given = view.given[slice(*view.span(start, end))]
    return Edit(start, end, "", "white space" if given.strip() else "")
