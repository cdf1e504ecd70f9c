"""Find the blocks of HTML, and what its tags and entities stand for.

Block elements separate blocks; all other tags, also unknown ones, vanish inside words. A block is
the text between two borders, so text is never lost, however broken the nesting. Attributes,
scripts, styles and comments are dropped on record. Sources in the Website Meta Language, which
Debian's pages are written in, are read too: lines that open with "#" are directives or remarks.

>>> page = "<h1>Titre</h1><ul><li>Un <b>mo</b>t&nbsp;!<li>Deux</ul>"
>>> [(page[start:end], kind) for (start, end), kind, *_ in html_layout(page).blocks]
[('Titre', 'heading'), ('Un <b>mo</b>t&nbsp;!', 'item'), ('Deux', 'item')]
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from paraalign.clean.tags import reference_text
from paraalign.read.layout import Layout
from paraalign.read.reading import Block
from paraalign.read.tags import Token, tokens
from paraalign.views import Edit, Span

__all__ = ["Collector", "Elements", "elements", "html_layout"]

_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_LINE_END = re.compile(r"[^\S\n\r]*[\n\r]\s*")
_REASONS = {
    "comment": "comment",
    "instruction": "instruction",
    "doctype": "document type",
    "script": "script",
    "directive": "directive",
}
_CLOSED_BY_THE_NEXT = frozenset({"p", "li", "dt", "dd", "td", "th", "tr", "option"})
_CDATA_OPEN, _CDATA_CLOSE = "<![CDATA[", "]]>"
_CONTINUATION = re.compile(r"\\(?=[^\S\n\r]*[\n\r])")
_WML = re.compile(r"^#\s*(?:use|include)\s+(?:wml::|\")", re.MULTILINE)
_DIRECTIVE = re.compile(r"^#(?:use|include|[#\s]|$).*", re.MULTILINE)
_PRE = re.compile(r"<pre\b.*?(?:</pre|\Z)", re.DOTALL | re.IGNORECASE)
_PAGE_TITLE = re.compile(r'#use\s.*?\btitle="([^"\n]*)"')


class Elements(NamedTuple):
    """Which elements are blocks, and which kind of block they are, by name."""

    blocks: frozenset[str]
    kinds: Mapping[str, str]
    xml_blocks: frozenset[str]
    xml_kinds: Mapping[str, str]


@cache
def elements() -> Elements:
    """Return what is known of the elements of HTML and of common vocabularies of XML.

    >>> "p" in elements().blocks
    True
    """
    text = files("paraalign.read").joinpath("elements.json").read_text(encoding="utf-8")
    table = json.loads(text)
    blocks, xml_blocks = frozenset(table["block"]), frozenset(table["xml_block"])
    return Elements(blocks, table["kinds"], xml_blocks, table["xml_kinds"])


class _Open(NamedTuple):
    name: str
    kind: str


class Collector:
    """Gather the edits and the blocks of a text from its tokens.

    Args:
        text: The text as given.
        is_block: Tells whether the element that a token opens or closes is a block.
        kinds: The kind of the blocks in an element, by its name.
    """

    def __init__(
        self, text: str, is_block: Callable[[Token], bool], kinds: Mapping[str, str]
    ) -> None:
        self.edits: list[Edit] = []
        self.blocks: list[Block] = []
        self.has_continuations = False  # whether a backslash joins a line to the next
        self._text = text
        self._is_block = is_block
        self._kinds = kinds
        self._open: list[_Open] = []
        self._fresh = False  # whether an item has opened and has no block yet
        self._start = self._end = -1

    def read(self, token: Token) -> None:
        """Take the next *token*."""
        if token.kind == "text":
            self._take_text(token.start, token.end)
        elif token.kind == "cdata":
            self._take_cdata(token)
        elif token.kind in _REASONS:
            self._drop(token, _REASONS[token.kind])
        else:
            self._take_tag(token)

    def layout(self) -> Layout:
        """Return what was gathered."""
        self._close_block()
        code = tuple(block.span for block in self.blocks if block.kind == "code")
        return Layout(edits=tuple(self.edits), blocks=tuple(self.blocks), verbatim=code)

    def read_title(self, start: int, end: int) -> None:
        """Set the stretch from *start* to *end* apart as a title."""
        self._close_block()
        self.blocks.append(Block(Span(start, end), "title"))

    def _drop(self, token: Token, reason: str) -> None:
        self.edits.append(Edit(token.start, token.end, "", reason))

    def _take_cdata(self, token: Token) -> None:
        start = token.start + len(_CDATA_OPEN)
        closed = self._text.endswith(_CDATA_CLOSE, start, token.end)
        end = token.end - len(_CDATA_CLOSE) if closed else token.end
        self.edits.append(Edit(token.start, start, "", "tag"))
        self._extend(start, end)
        if closed:
            self.edits.append(Edit(end, token.end, "", "tag"))

    def _take_text(self, start: int, end: int) -> None:
        stretch = self._text[start:end]
        self._extend(start, end)
        if "&" not in stretch and "\n" not in stretch and "\r" not in stretch:
            return
        is_code = self._kind() == "code"
        edits = [*self._references(start, end), *self._folds(start, end, is_code)]
        if self.has_continuations:
            edits += self._continuations(start, end)
        self.edits += sorted(edits)

    def _extend(self, start: int, end: int) -> None:
        stripped = self._text[start:end].strip()
        if not stripped:
            return
        if self._start < 0:
            self._start = start + self._text[start:end].index(stripped[0])
        self._end = start + len(self._text[start:end].rstrip())

    def _references(self, start: int, end: int) -> Iterator[Edit]:
        for match in _REFERENCE.finditer(self._text, start, end):
            if new := reference_text(match.group()):
                yield Edit(match.start(), match.end(), new, "entity")

    def _continuations(self, start: int, end: int) -> Iterator[Edit]:
        for match in _CONTINUATION.finditer(self._text, start, end):
            yield Edit(match.start(), match.end(), "", "line continuation")

    def _folds(self, start: int, end: int, is_code: bool) -> Iterator[Edit]:  # noqa: FBT001
        if is_code:
            return
        for match in _LINE_END.finditer(self._text, start, end):
            yield Edit(match.start(), match.end(), " ", "")

    def _take_tag(self, token: Token) -> None:
        if token.name == "br":
            self.edits.append(Edit(token.start, token.start, "\n", ""))
            self._drop(token, "tag")
        elif token.name == "q":
            self.edits.append(Edit(token.start, token.end, '"', "quotation tag"))
            self._extend_mark(token)
        else:
            self._drop(token, "tag")
        if self._is_block(token):
            self._close_block()
            self._nest(token)

    def _extend_mark(self, token: Token) -> None:
        self._start = token.start if self._start < 0 else self._start
        self._end = token.end

    def _nest(self, token: Token) -> None:
        if token.kind == "open":
            if self._open and self._open[-1].name == token.name in _CLOSED_BY_THE_NEXT:
                self._open.pop()
            kind = self._kinds.get(token.name, "")
            self._open.append(_Open(token.name, kind))
            self._fresh = self._fresh or kind == "item"
        elif token.kind == "close":
            self._unnest(token.name)

    def _unnest(self, name: str) -> None:
        names = [element.name for element in self._open]
        if name in names:
            del self._open[len(names) - 1 - names[::-1].index(name) :]

    def _kind(self) -> str:
        return next((element.kind for element in reversed(self._open) if element.kind), "")

    def _level(self, kind: str) -> int:
        if kind == "heading":
            digits = self._open[-1].name[1:]
            return int(digits) if digits.isdigit() else 1
        return sum(element.name in {"li", "listitem", "item"} for element in self._open)

    def _close_block(self) -> None:
        if self._start >= 0:
            kind = self._kind()
            if kind == "item" and not self._fresh:
                kind = "paragraph"
            kind = kind or "paragraph"
            level = self._level(kind) if kind in {"heading", "item"} else 0
            self.blocks.append(Block(Span(self._start, self._end), kind, level))
            self._fresh = False
        self._start = self._end = -1


def html_layout(text: str) -> Layout:
    """Return the layout of the HTML in *text*. Cost: linear.

    >>> html_layout("<p>a<br>b").blocks
    (Block(span=Span(start=3, end=9), kind='paragraph', level=0, marker=''),)
    """
    known = elements()
    collector = Collector(text, lambda token: token.name in known.blocks, known.kinds)
    if _WML.search(text):
        _read_wml(text, collector)
    else:
        _read_html(text, 0, len(text), collector)
    return collector.layout()


def _read_html(text: str, start: int, end: int, collector: Collector) -> None:
    for token in tokens(text[start:end]):
        collector.read(Token(token.kind, token.start + start, token.end + start, token.name))


def _read_wml(text: str, collector: Collector) -> None:
    done = 0
    collector.has_continuations = True
    code = [match.span() for match in _PRE.finditer(text)]
    for match in _DIRECTIVE.finditer(text):
        if any(start <= match.start() < end for start, end in code):
            continue
        _read_html(text, done, match.start(), collector)
        _read_directive(match.start(), match.end(), _PAGE_TITLE.match(match.group()), collector)
        done = match.end()
    _read_html(text, done, len(text), collector)


def _read_directive(
    start: int, end: int, title: re.Match[str] | None, collector: Collector
) -> None:
    if title is None or not title[1].strip():
        collector.read(Token("directive", start, end))
        return
    collector.read(Token("directive", start, start + title.start(1)))
    collector.read_title(start + title.start(1), start + title.end(1))
    collector.read(Token("directive", start + title.end(1), end))
