"""Find the blocks of XML, whatever its vocabulary.

An element that holds text directly is a block, unless it stands in the midst of other text: that
is how a reader takes "<para>Voir <ref>2</ref>.</para>". Names that only ever structure a text are
blocks everywhere. Attributes are dropped; the text never is.

>>> text = "<a><title>Un</title><x>Deux <i>mots</i></x><x>trois</x></a>"
>>> [(text[start:end], kind) for (start, end), kind, *_ in xml_layout(text).blocks]
[('Un', 'title'), ('Deux <i>mots', 'paragraph'), ('trois', 'paragraph')]
"""

from collections.abc import Sequence
from dataclasses import dataclass

from paraalign.read.html import Collector, elements
from paraalign.read.layout import Layout
from paraalign.read.tags import Token, tokens

__all__ = ["xml_layout"]


@dataclass(slots=True)
class _Element:
    name: str
    has_text: bool = False
    is_inside_text: bool = False


def xml_layout(text: str) -> Layout:
    """Return the layout of the XML in *text*. Cost: linear.

    >>> [block.kind for block in xml_layout("<a><code>x</code></a>").blocks]
    ['code']
    """
    pieces = list(tokens(text))
    inline = _inline_names(text, pieces)
    kinds = {**elements().kinds, **elements().xml_kinds}
    collector = Collector(text, lambda token: token.name not in inline, kinds)
    for token in pieces:
        collector.read(token)
    return _with_title(collector.layout())


def _with_title(layout: Layout) -> Layout:
    """Return *layout* with a heading that opens the text as its title."""
    if not layout.blocks or layout.blocks[0].kind != "heading":
        return layout
    title = layout.blocks[0]._replace(kind="title", level=0)
    blocks = (title, *layout.blocks[1:])
    return Layout(edits=layout.edits, blocks=blocks, verbatim=layout.verbatim)


def _inline_names(text: str, pieces: Sequence[Token]) -> frozenset[str]:
    """Return the names of the elements that stand in the midst of text somewhere."""
    open_elements = [_Element("")]
    closed: list[tuple[_Element, _Element]] = []
    for token in pieces:
        if token.kind in {"text", "cdata"}:
            has_text = not text[token.start : token.end].isspace()
            open_elements[-1].has_text = open_elements[-1].has_text or has_text
        elif token.kind == "open":
            open_elements.append(_Element(token.name))
        elif token.kind == "void":
            closed.append((_Element(token.name, has_text=True), open_elements[-1]))
        elif token.kind == "close" and open_elements[-1].name == token.name != "":
            element = open_elements.pop()
            closed.append((element, open_elements[-1]))
    inside = {each.name for each, parent in closed if each.has_text and parent.has_text}
    return frozenset(inside - elements().blocks - elements().xml_blocks)
