"""Cut HTML and XML into tags, comments and text, each with its place.

The parsers of the standard library and of lxml repair as they read, and lose the places. This
tokenizer repairs nothing: what is not surely markup is text.

>>> [(piece.kind, piece.name) for piece in tokens("<p>a < b<br/><!-- c --></p>")]
[('open', 'p'), ('text', ''), ('void', 'br'), ('comment', ''), ('close', 'p')]
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Token", "tokens"]

_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905
)
_ATTRIBUTE = r"""[\s=]"[^"]*"|[\s=]'[^']*'|[^<>]"""
_MARKUP = re.compile(
    rf"""<!--(?P<comment>.*?)(?:-->|\Z)
    |<!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)
    |<\?(?P<instruction>.{{0,9999}}?)\?>
    |<:(?P<program>.{{0,9999}}?):>
    |<(?P<raw>script|style)\b(?:{_ATTRIBUTE})*>.*?(?:</(?P=raw)\s*>|\Z)
    |<![A-Za-z](?P<doctype>[^<>\[]*(?:\[.{{0,9999}}?\]\s*)?)>
    |<(?P<slash>/?)(?P<name>[A-Za-z][\w:.-]*)(?=[\s/>"'])(?:{_ATTRIBUTE})*>""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


class Token(NamedTuple):
    """A piece of markup or text.

    *kind* is "open", "close", "void", "comment", "instruction", "doctype", "script", "cdata" or
    "text"; *name* is that of the element, in lower case.
    """

    kind: str
    start: int
    end: int
    name: str = ""


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of *text*, which together cover it.

    >>> list(tokens("1 < 2"))
    [Token(kind='text', start=0, end=5, name='')]
    """
    done = 0
    for match in _MARKUP.finditer(text):
        if done < match.start():
            yield Token("text", done, match.start())
        yield _token(match)
        done = match.end()
    if done < len(text):
        yield Token("text", done, len(text))


def _token(match: re.Match[str]) -> Token:
    start, end = match.span()
    name = match["name"]
    if name is None:
        return Token(_other_kind(match), start, end)
    if match["slash"]:
        return Token("close", start, end, name.lower())
    is_void = name.lower() in _VOID or match.group().endswith("/>")
    return Token("void" if is_void else "open", start, end, name.lower())


def _other_kind(match: re.Match[str]) -> str:
    if match["raw"] or match["program"] is not None:
        return "script"
    kinds = ("comment", "cdata", "instruction", "doctype")
    return next(kind for kind in kinds if match[kind] is not None)
