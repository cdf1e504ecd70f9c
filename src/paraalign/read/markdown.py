r"""Find the blocks of Markdown, and what its marks stand for.

markdown-it-py cuts the text into blocks and gives their lines; `read.inline` finds the marks
within them. What is left over on those lines is the markup around the text: bullets, quote marks,
rules. The ordinal of a numbered list stays, since a reader sees it. Front matter, the comments and
components of MDX and the attribute lists of Kramdown are markup too; a title in the front matter
is text.

>>> text = "---\ntitle: Accord\n---\n\n1. Les *parties*\n   - a\n"
>>> [(text[start:end], kind) for (start, end), kind, *_ in markdown_layout(text).blocks]
[('Accord', 'title'), ('1. Les *parties*', 'item'), ('a', 'item')]
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from paraalign.read.html import html_layout
from paraalign.read.inline import block_parser, inline_edits
from paraalign.read.layout import Layout
from paraalign.read.plain import goes_on
from paraalign.read.reading import Block
from paraalign.views import Edit, Span

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["markdown_layout"]

_FRONT_MATTER = re.compile(
    r"\ufeff?\s*---[^\S\n]*\n(?=[^\S\n]*(?:[\w-]+[^\S\n]*:|#))(.*?\n)(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)",
    re.DOTALL,
)
_FRONT_VALUE = re.compile(
    r"^(?:title|subtitle|titre|description|summary|headline|sidebar_label)[^\S\n]*:[^\S\n]*"
    r"(?P<quote>[\"']?)(?P<value>[^\s\"'][^\n]*?)(?P=quote)[^\S\n]*$",
    re.MULTILINE | re.IGNORECASE,
)
_MARKS = re.compile(
    r"(?P<bullet>[-*+](?=\s|$))|(?P<ordinal>\d{1,9}[.)](?=\s|$))|(?P<quotation>>+)"
    r"|(?P<fence>(?:`{3,}|~{3,}).*)|(?P<heading>#+|=+|--+)|(?P<table>[|:][|:-]*|-)"
    r"|(?P<escape>\\$)"
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_REASONS = {
    "bullet": "bullet",
    "quotation": "quotation mark",
    "fence": "fence",
    "heading": "heading mark",
    "table": "table rule",
    "escape": "escape",
}


class _Leaf(NamedTuple):
    """A block of text, and where each character of what the parser saw of it stands."""

    kind: str
    level: int
    content: str
    places: Sequence[int]

    @property
    def span(self) -> Span:
        return Span(self.places[0], self.places[-1] + 1)


class _Lines(NamedTuple):
    """The lines of a text by number, and where each starts."""

    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "_Lines":
        return cls(text, (0, *(match.end() for match in re.finditer(r"\r\n?|\n", text))))

    def span(self, number: int) -> Span:
        """Return where the line *number* stands, its end without the line feed."""
        start = self.starts[number] if number < len(self.starts) else len(self.text)
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return Span(start, start + len(self.text[start:end].rstrip("\r\n")))


def markdown_layout(text: str) -> Layout:
    """Return the layout of the Markdown in *text*. Cost: near linear.

    >>> markdown_layout("> cité").edits[0].reason
    'quotation mark'
    """
    front = _FRONT_MATTER.match(text)
    found = _Found(text)
    if front:
        found.read_front_matter(front)
        text = re.sub(r"[^\r\n]", " ", front.group()) + text[front.end() :]
    environment: dict[str, Any] = {}
    found.read_blocks(block_parser().parse(text, environment), environment)
    return found.layout()


class _Found:
    """What is found of a text: leaves and edits, gathered in reading order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = _Lines.of(text)
        self.edits: list[Edit] = []
        self.blocks: list[Block] = []
        self.code: list[Span] = []
        self._leaves: list[_Leaf] = []
        self._taken: list[Span] = []  # stretches whose marks are known
        self._ordinals: dict[int, int] = {}  # where a leaf starts: where its ordinal does

    def read_front_matter(self, front: re.Match[str]) -> None:
        """Take titles from the *front* matter and drop its keys."""
        done = front.start()
        for match in _FRONT_VALUE.finditer(self.text, front.start(1), front.end(1)):
            self.edits.append(Edit(done, match.start("value"), "", "front matter"))
            self.blocks.append(Block(Span(*match.span("value")), "title"))
            done = match.end("value")
        self.edits.append(Edit(done, front.end(), "", "front matter"))
        self._taken.append(Span(*front.span()))

    def read_blocks(self, tokens: Sequence["Token"], environment: dict[str, Any]) -> None:
        """Take the blocks that the parser found."""
        defined = environment.get("references", {})
        references = {name: each for name, each in defined.items() if name[0] != "^"}
        for leaf in _leaves(tokens, self):
            self._leaves.append(leaf)
            self._taken += _runs(leaf.places)
            if leaf.kind == "code":
                self.code.append(leaf.span)
            else:
                self._read_marks(leaf, references)
        for name, reference in defined.items():
            if name in references:
                self.drop_lines(*_pair(reference["map"]), "link target")
            else:  # a footnote, which is text
                self._taken += [self.lines.span(number) for number in range(*reference["map"])]
        for reference in environment.get("duplicate_refs", ()):
            self.drop_lines(*_pair(reference["map"]), "link target")
        self._read_rest()

    def read_html(self, first: int, last: int) -> None:
        """Take the HTML on the lines from *first* to *last* with a layout of its own."""
        start, end = self.lines.span(first).start, self.lines.span(last - 1).end
        start += max(self.text[start:end].find("<"), 0)
        layout = html_layout(self.text[start:end])
        self.edits += [e._replace(start=e.start + start, end=e.end + start) for e in layout.edits]
        self.blocks += [block._replace(span=_moved(block.span, start)) for block in layout.blocks]
        self.code += [_moved(span, start) for span in layout.verbatim]
        self._taken.append(Span(start, end))

    def drop_lines(self, first: int, last: int, reason: str) -> None:
        """Drop the lines from *first* to *last*, but for what is known of them."""
        for number in range(first, last):
            span = self.lines.span(number)
            self._taken.append(span)
            if span.start < span.end:
                self.edits.append(Edit(*span, "", reason))

    def layout(self) -> Layout:
        """Return what was found, blocks that a page break cut in two made one."""
        blocks = sorted([*self.blocks, *self._joined()])
        return Layout(
            edits=tuple(sorted(self.edits)),
            blocks=tuple(blocks),
            verbatim=tuple(sorted(self.code)),
        )

    def _joined(self) -> list[Block]:
        joined: list[Block] = []
        last = ""
        for leaf in self._leaves:
            start = self._ordinals.get(leaf.span.start, leaf.span.start)
            is_text = bool(joined) and leaf.kind == "paragraph" and joined[-1].kind != "heading"
            if is_text and start == leaf.span.start and goes_on(last, leaf.content):
                joined[-1] = joined[-1]._replace(span=Span(joined[-1].span.start, leaf.span.end))
            else:
                joined.append(Block(Span(start, leaf.span.end), leaf.kind, leaf.level))
            last = leaf.content if leaf.kind in {"paragraph", "item"} else ""
        return joined

    def _read_marks(self, leaf: _Leaf, references: dict[str, Any]) -> None:
        marks = inline_edits(leaf.content, references)
        places = [*leaf.places, leaf.places[-1] + 1]
        for start, end, new, reason in marks.edits:
            self.edits.append(Edit(places[start], places[end - 1] + 1, new, reason))
        for start, end in marks.code:
            self.code.append(Span(places[start], places[end]))

    def _read_rest(self) -> None:
        """Drop the markup around the leaves; what is no markup is left as text."""
        done = 0
        for span in sorted([*self._taken, Span(len(self.text), len(self.text))]):
            for match in _MARKS.finditer(self.text, done, max(done, span.start)):
                self._read_mark(match, span)
            done = max(done, span.end)

    def _read_mark(self, match: re.Match[str], following: Span) -> None:
        if match["ordinal"]:
            if "\n" not in self.text[match.end() : following.start]:
                self._ordinals.setdefault(following.start, match.start())
            return
        reason = _REASONS[str(match.lastgroup)]
        self.edits.append(Edit(match.start(), match.end(), "", reason))


def _pair(lines: Sequence[int]) -> tuple[int, int]:
    first, last = lines
    return first, last


def _runs(places: Sequence[int]) -> list[Span]:
    """Return the stretches that *places* make without a gap."""
    array = np.asarray(places)
    cuts = [0, *(np.flatnonzero(np.diff(array) > 1) + 1).tolist(), len(places)]
    return [Span(places[start], places[end - 1] + 1) for start, end in pairwise(cuts)]


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _leaves(tokens: Sequence["Token"], found: _Found) -> Iterator[_Leaf]:
    """Yield the leaves among the *tokens*; HTML and rules go to *found* at once."""
    around: list[str] = []
    fresh = False  # whether an item has opened and holds no leaf yet
    cell = 0
    for token in tokens:
        if token.type == "list_item_open":
            fresh = True
        if token.type == "tr_open" and token.map:
            cell = found.lines.span(token.map[0]).start
        if token.nesting > 0:
            around.append(token.tag if token.type == "heading_open" else token.type)
        elif token.nesting < 0:
            around.pop()
        if not token.map or token.nesting:
            continue
        leaf = _leaf(token, around, found, fresh=fresh, cell=cell)
        if leaf:
            fresh = False
            cell = leaf.span.end
            yield leaf


def _leaf(
    token: "Token", around: Sequence[str], found: _Found, *, fresh: bool, cell: int
) -> _Leaf | None:
    first, last = token.map or (0, 0)
    if token.type == "html_block":
        found.read_html(first, last)
        return None
    if token.type == "hr":
        found.drop_lines(first, last, "rule")
        return None
    kind, level = _kind(token, around, fresh=fresh)
    content = token.content.rstrip("\n")
    if around and around[-1] in {"td_open", "th_open"}:
        places = _cell_places(found.text, content, cell, found.lines.span(first).end)
    else:
        shift = first + (token.type == "fence")
        places = _places(found.lines, content, shift)
    return _Leaf(kind, level, content, places) if len(places) == len(content) > 0 else None


def _kind(token: "Token", around: Sequence[str], *, fresh: bool) -> tuple[str, int]:
    if token.type in {"fence", "code_block"}:
        return "code", 0
    parent = around[-1] if around else ""
    if parent in _HEADINGS:
        return "heading", int(parent[1])
    if parent in {"td_open", "th_open"}:
        return "cell", 0
    if fresh and "list_item_open" in around:
        return "item", around.count("list_item_open")
    return "paragraph", 0


def _places(lines: _Lines, content: str, first: int) -> list[int]:
    """Return where each character of *content* stands, which starts on the line *first*."""
    places: list[int] = []
    for number, line in enumerate(content.split("\n"), first):
        start, end = lines.span(number)
        stripped = line.strip()
        column = lines.text.rfind(stripped, start, end) if stripped else start
        if column < 0:
            return []
        indent = len(line) - len(line.lstrip())
        places += [min(max(column + i - indent, start), end) for i in range(len(line) + 1)]
    return places[: len(content)]


def _cell_places(text: str, content: str, start: int, end: int) -> list[int]:
    """Return where each character of the cell *content* stands between *start* and *end*."""
    pattern = "".join(r"(?:\\)?\|" if char == "|" else re.escape(char) for char in content)
    match = re.compile(rf"(?<![^|\s>]){pattern}(?=\s*(?:\||$))").search(text, start, end)
    if not match or not content:
        return []
    places = [place for place in range(*match.span()) if text[place : place + 2] != "\\|"]
    return places if len(places) == len(content) else list(range(match.start(), match.end()))
