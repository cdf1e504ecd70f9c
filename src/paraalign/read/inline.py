"""Find the marks within a line of Markdown: emphasis, links, code, tags, escapes.

markdown-it-py knows all the rules of CommonMark but not the places of what it finds. So each of
its rules runs here under a watch, which records as an edit what the rule took for markup. Two
rules are added: the comments of MDX and attribute lists of Kramdown, which are markup; and remains
of LaTeX, which must reach the cleaning untouched, backslashes and all.

>>> [edit[:3] for edit in inline_edits("un **mot** [ici](http://a.b)").edits]
[(3, 5, ''), (8, 10, ''), (11, 12, ''), (15, 28, '')]
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from paraalign.clean.latex import latex_end
from paraalign.views import Edit, Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

__all__ = ["Marks", "block_parser", "inline_edits"]

_BRACED = re.compile(r"(?P<comment>\{/\*.*?\*/\})|\{[:#][^{}\n]*\}", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marks:
    """What a stretch of Markdown holds: the edits of its marks, and its stretches of code."""

    edits: list[Edit] = field(default_factory=list)
    code: list[Span] = field(default_factory=list)
    delimiters: list[tuple[Span, "Token"]] = field(default_factory=list)


def inline_edits(content: str, references: dict[str, Any] | None = None) -> Marks:
    """Return the marks in *content*, given the link targets that the text defines.

    >>> inline_edits("`a*b*`").code
    [Span(start=1, end=5)]
    """
    marks = Marks()
    environment = {"marks": marks, "references": references or {}}
    parser = block_parser()
    parser.inline.parse(content, parser, environment, [])
    for span, token in marks.delimiters:
        if not token.content:
            marks.edits.append(Edit(*span, "", "emphasis"))
    edits = _merged(sorted(marks.edits))
    return Marks(edits, sorted(marks.code))


def _merged(edits: list[Edit]) -> list[Edit]:
    """Return *edits* with neighbours of one reason made one, and none inside another."""
    merged: list[Edit] = []
    for edit in edits:
        last = merged[-1] if merged else None
        if last and edit.start < last.end:
            continue
        if last and last.end == edit.start and (last[2:] == edit[2:] == ("", "emphasis")):
            merged[-1] = last._replace(end=edit.end)
        else:
            merged.append(edit)
    return merged


@cache
def block_parser() -> "MarkdownIt":
    """Return the parser, with a watch on each of its inline rules.

    >>> [token.type for token in block_parser().parse("# a")]
    ['heading_open', 'inline', 'heading_close']
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415  # loads in a tenth of a second

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.inline.ruler2.disable("fragments_join")
    parser.inline.add_terminator_char("$") if hasattr(
        parser.inline, "add_terminator_char"
    ) else None
    for name, watch in _WATCHES.items():
        rule = next(each.fn for each in parser.inline.ruler.__rules__ if each.name == name)
        parser.inline.ruler.at(name, _watched(rule, watch))
    parser.inline.ruler.before("escape", "latex", _latex)
    parser.inline.ruler.before("escape", "braced", _braced)
    return parser


_Rule = Callable[["StateInline", bool], bool]
_Watch = Callable[["StateInline", Marks, int, int], None]


def _watched(rule: _Rule, watch: _Watch) -> _Rule:
    def run(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001
        start, count = state.pos, len(state.tokens)
        if silent:
            return rule(state, silent)
        outer = state.env["marks"]
        state.env["marks"] = inner = Marks() if watch is _watch_image else outer
        found = rule(state, silent)
        state.env["marks"] = outer
        if found:
            if inner is not outer:
                _shift(inner, outer, start + 2)
            watch(state, outer, start, count)
        return found

    return run


def _shift(inner: Marks, outer: Marks, offset: int) -> None:
    outer.edits.extend(
        edit._replace(start=edit.start + offset, end=edit.end + offset) for edit in inner.edits
    )
    outer.code.extend(Span(start + offset, end + offset) for start, end in inner.code)
    outer.delimiters.extend(
        (Span(start + offset, end + offset), token) for (start, end), token in inner.delimiters
    )


def _watch_escape(state: "StateInline", marks: Marks, start: int, _: int) -> None:
    token = state.tokens[-1]
    if token.type == "hardbreak" or token.content != token.markup:
        marks.edits.append(Edit(start, start + 1, "", "escape"))


def _watch_code(state: "StateInline", marks: Marks, start: int, count: int) -> None:
    added = state.tokens[count:]
    if added and added[-1].type == "code_inline":
        size = len(added[-1].markup)
        marks.edits.append(Edit(start, start + size, "", "code mark"))
        marks.edits.append(Edit(state.pos - size, state.pos, "", "code mark"))
        marks.code.append(Span(start + size, state.pos - size))


def _watch_delimiters(state: "StateInline", marks: Marks, start: int, _: int) -> None:
    end = state.pos
    for token in reversed(state.tokens):
        if end <= start:
            break
        size = len(token.content)
        marks.delimiters.append((Span(end - size, end), token))
        end -= size


def _watch_link(state: "StateInline", marks: Marks, start: int, _: int) -> None:
    _drop_target(state, marks, start, start)


def _watch_image(state: "StateInline", marks: Marks, start: int, _: int) -> None:
    _drop_target(state, marks, start, start + 1)


def _drop_target(state: "StateInline", marks: Marks, start: int, bracket: int) -> None:
    end = state.pos
    close = state.md.helpers.parseLinkLabel(state, bracket, False)  # noqa: FBT003
    state.pos = end
    close = close if close >= 0 else end - 1
    marks.edits.append(Edit(start, bracket + 1, "", "link"))
    marks.edits.append(Edit(close, end, "", "link target" if end > close + 1 else "link"))


def _watch_autolink(state: "StateInline", marks: Marks, start: int, _: int) -> None:
    marks.edits.append(Edit(start, start + 1, "", "link"))
    marks.edits.append(Edit(state.pos - 1, state.pos, "", "link"))


def _watch_html(state: "StateInline", marks: Marks, start: int, _: int) -> None:
    tag = state.src[start : state.pos]
    if _BREAK.fullmatch(tag):
        marks.edits.append(Edit(start, start, "\n", ""))
    reason = "comment" if tag.startswith("<!--") else "tag"
    marks.edits.append(Edit(start, state.pos, "", reason))


def _watch_entity(state: "StateInline", marks: Marks, start: int, _: int) -> None:
    marks.edits.append(Edit(start, state.pos, state.tokens[-1].content, "entity"))


_WATCHES: dict[str, _Watch] = {
    "escape": _watch_escape,
    "backticks": _watch_code,
    "emphasis": _watch_delimiters,
    "strikethrough": _watch_delimiters,
    "link": _watch_link,
    "image": _watch_image,
    "autolink": _watch_autolink,
    "html_inline": _watch_html,
    "entity": _watch_entity,
}


def _latex(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001
    end = latex_end(state.src[: state.posMax], state.pos) if state.src[state.pos] in "$\\" else 0
    if not end:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


def _braced(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001
    if state.src[state.pos] != "{":
        return False
    match = _BRACED.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        reason = "comment" if match["comment"] else "attributes"
        state.env["marks"].edits.append(Edit(match.start(), match.end(), "", reason))
    state.pos = match.end()
    return True
