r"""Decode what LaTeX left in a text.

Programs that turn scans into text set what they take for formulas in LaTeX: a bracket with two
accented words comes out as `$(ng\grave{a}y\ 13)$`, an ordinal as `12^{èmes}`. pylatexenc decodes;
here it is decided what is LaTeX at all. A formula is, if it holds a macro and only macros that
pylatexenc knows. In running text a line is decoded only if each of its backslashes opens a macro
of a short list: so prices, Windows paths, regular expressions and shell variables stay.

>>> without_latex(View.of(r"le 10^e \textbf{anniversaire}, $(ng\grave{a}y\ 13)$")).text
'le 10e anniversaire, (ngày 13)'
>>> without_latex(View.of(r"C:\new\text.txt, $5 et $10, \d+\.txt$")).text
'C:\\new\\text.txt, $5 et $10, \\d+\\.txt$'
"""

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from paraalign.clean.marks import restored
from paraalign.errors import ParaalignError
from paraalign.views import Edit, Span, View

__all__ = ["latex_end", "without_latex"]

_FORMULA = re.compile(r"(?<![\\$])\$(?=[^\s$])([^$]{0,498}[^\s$\\])\$(?![\d$\w])")
_SIGN = re.compile(r"\\[A-Za-z]|\\[\s,;:'`^\"~=.]|[\^_]\{|^\d*\^\w{1,4}$")
_MACRO = re.compile(r"\\(?:[A-Za-z]+|.|$)")
_SAFE = re.compile(r"\\(?:[A-Za-z]{2,}\s*\{|[`'^\"~=.cdHkruvb]\{|[`^][aeiouAEIOU])")
_LINE = re.compile(r"^[^\n\\]*\\[^\n]*", re.MULTILINE)
_SUPERSCRIPT = re.compile(
    r"(?<=[\dIVXLCDMnN])\^(?:\{\s*(?P<braced>\w{1,5}|[°º])\s*\}|(?P<bare>[^\W\d_]{1,5}|[°º])(?![\w^{]))"
)
_REASON = "LaTeX"
_LONGEST_LINE = 20_000  # characters; what is longer is no prose


class _NoLatexError(ParaalignError):
    """What looked like LaTeX is not."""


def without_latex(view: View, *, verbatim: Sequence[Span] = ()) -> View:
    r"""Return *view* with the remains of LaTeX decoded, outside the *verbatim* stretches.

    An accent takes one mark in a formula, where Vietnamese letters may bear two. The lost mark is
    put back where the text itself spells the same word beside the same neighbour.

    >>> view = View.of(r"tại Hà Nội; $(H\grave{a}\ N\^{o}i)$")
    >>> without_latex(view).text
    'tại Hà Nội; (Hà Nội)'
    """
    if "\\" in view.text or "$" in view.text:
        formulas, edits = _formulas(view, verbatim)
        given = [view.span(*formula) for formula in formulas]
        edits += _line_edits(view, formulas, verbatim)
        view = restored(view.edit(sorted(edits)), given)
    return view.edit(_superscripts(view, verbatim)) if "^" in view.text else view


def latex_end(text: str, start: int) -> int:
    r"""Return where the LaTeX that starts at *start* in *text* ends; 0 if there is none for sure.

    >>> latex_end(r"\textbf{a} b", 0), latex_end(r"\_a", 0)
    (10, 0)
    """
    match = _FORMULA.match(text, start)
    try:
        if match:
            list(_formula_edits(match))
            return match.end()
        if _SAFE.match(text, start):
            _check_macro(_MACRO.match(text, start))
            return _expression(text, start)[1]
    except _NoLatexError:
        pass
    return 0


def _formulas(view: View, verbatim: Sequence[Span]) -> tuple[list[Span], list[Edit]]:
    spans: list[Span] = []
    edits: list[Edit] = []
    for match in _FORMULA.finditer(view.text):
        if _is_verbatim(view, match.start(), verbatim):
            continue
        try:
            edits += list(_formula_edits(match))
        except _NoLatexError:
            continue
        spans.append(Span(*match.span()))
    return spans, edits


def _formula_edits(match: re.Match[str]) -> Iterator[Edit]:
    if not _SIGN.search(match[1]) or match[1].count("\n") > 1:
        raise _NoLatexError
    yield Edit(match.start(), match.start() + 1, "", _REASON)
    yield from _nodes_edits(_nodes(match[1]), match.start(1))
    yield Edit(match.end() - 1, match.end(), "", _REASON)


def _line_edits(view: View, formulas: Sequence[Span], verbatim: Sequence[Span]) -> list[Edit]:
    edits: list[Edit] = []
    is_sure = bool(formulas) or _SAFE.search(view.text) is not None
    for line in _LINE.finditer(view.text):
        if len(line.group()) > _LONGEST_LINE:
            continue
        try:
            edits += list(_macro_edits(view, line, formulas, verbatim, is_sure=is_sure))
        except _NoLatexError:
            continue
    return edits


def _macro_edits(
    view: View,
    line: re.Match[str],
    formulas: Sequence[Span],
    verbatim: Sequence[Span],
    *,
    is_sure: bool,
) -> Iterator[Edit]:
    done = line.start()
    inside = bisect_right(formulas, Span(done, done))
    nearby = formulas[max(0, inside - 1) : bisect_right(formulas, Span(line.end(), 0))]
    for match in _MACRO.finditer(view.text, line.start(), line.end()):
        start = match.start()
        if start < done or any(span.start <= start < span.end for span in nearby):
            continue
        if _is_verbatim(view, start, verbatim):
            continue
        _check_macro(match)
        if not is_sure and match.group()[1] in "'\"`^~":
            raise _NoLatexError
        nodes, done = _expression(view.text[: line.end()], start)
        yield from _nodes_edits(nodes, start)


def _check_macro(match: re.Match[str] | None) -> None:
    """Raise unless the macro is one that is decoded in running text."""
    name = match.group()[1:] if match else ""
    tables = _tables()
    known = (tables["accents"], tables["wrappers"], tables["symbols"], tables["escapes"])
    if not any(name in table for table in known):
        raise _NoLatexError


def _expression(text: str, start: int) -> tuple[list[Any], int]:
    """Return the nodes of the one macro with its argument at *start*, and where it ends."""
    stretch = text[start : start + 500]
    match = _MACRO.match(stretch)
    size = _with_argument(stretch, match.end() if match else 0)
    return _nodes(stretch[:size]), start + size


def _with_argument(stretch: str, size: int) -> int:
    """Return the end of the macro of *size* at the start of *stretch*, argument included."""
    name = stretch[1:size]
    tables = _tables()
    if name in tables["symbols"] or name in tables["escapes"]:
        blank = name.isalpha() and stretch.startswith(" ", size)
        return size + blank
    if stretch.startswith("{", size):
        return _closing_brace(stretch, size)
    if name.isalpha():
        raise _NoLatexError
    return size + (2 if stretch.startswith("\\", size) else 1)


def _closing_brace(text: str, start: int) -> int:
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] == "{") - (text[place] == "}")
        if not depth:
            return place + 1
    raise _NoLatexError


def _nodes(latex: str) -> list[Any]:
    from pylatexenc.latexwalker import LatexWalker, LatexWalkerError  # noqa: PLC0415

    try:
        walker = LatexWalker(latex, latex_context=_syntax(), tolerant_parsing=False)
        nodes, _, _ = walker.get_latex_nodes()
    except (LatexWalkerError, IndexError):
        raise _NoLatexError from None
    return list(nodes)


def _nodes_edits(nodes: Sequence[Any], offset: int) -> Iterator[Edit]:
    for node in nodes:
        kind = type(node).__name__
        start, end = offset + node.pos, offset + node.pos + node.len
        if kind == "LatexCharsNode":
            continue
        if kind == "LatexGroupNode":
            yield from _group_edits(node, offset)
        elif kind == "LatexMacroNode":
            yield from _macro_node_edits(node, offset)
        elif kind == "LatexSpecialsNode":
            text = _text(node)
            yield Edit(start, end, " " if text == "\u00a0" else text, _REASON)
        else:
            raise _NoLatexError


def _group_edits(node: Any, offset: int) -> Iterator[Edit]:  # noqa: ANN401  # pylatexenc has no types
    start, end = offset + node.pos, offset + node.pos + node.len
    yield Edit(start, start + len(node.delimiters[0]), "", _REASON)
    yield from _nodes_edits(node.nodelist, offset)
    yield Edit(end - len(node.delimiters[1]), end, "", _REASON)


def _macro_node_edits(node: Any, offset: int) -> Iterator[Edit]:  # noqa: ANN401
    tables = _tables()
    name = node.macroname
    arguments = [each for each in (node.nodeargd.argnlist if node.nodeargd else []) or [] if each]
    start = offset + node.pos
    end = start + node.len
    if name in tables["wrappers"] and arguments:
        yield Edit(start, offset + arguments[-1].pos, "", _REASON)
        yield from _nodes_edits(arguments[-1:], offset)
        return
    text = tables["replacements"].get(name) or _text(node)
    if not _is_known(name) or (name in tables["accents"] and not _is_letter(text)):
        raise _NoLatexError
    if not arguments and not text.isalpha():
        end -= len(node.macro_post_space or "")
    yield Edit(start, end, text if text.strip() else " ", _REASON)


def _is_letter(text: str) -> bool:
    return len(text) == 1 and text.isalpha()


def _is_known(name: str) -> bool:
    return name in _tables()["symbols"] or _macros().get_macro_spec(name) is not None


def _text(node: Any) -> str:  # noqa: ANN401
    text = str(_decoder().nodelist_to_text([node]))
    return unicodedata.normalize("NFC", text)


def _superscripts(view: View, verbatim: Sequence[Span]) -> Iterator[Edit]:
    ordinals = _tables()["ordinals"]
    for match in _SUPERSCRIPT.finditer(view.text):
        group = "braced" if match["braced"] else "bare"
        letters = unicodedata.normalize("NFC", match[group]).lower()
        if letters not in ordinals or _is_verbatim(view, match.start(), verbatim):
            continue
        yield Edit(match.start(), match.start(group), "", _REASON)
        if match.end(group) < match.end():
            yield Edit(match.end(group), match.end(), "", _REASON)


def _is_verbatim(view: View, place: int, verbatim: Sequence[Span]) -> bool:
    """Tell whether the clean character at *place* stands in a stretch of code."""
    if not verbatim:
        return False
    given = int(view.starts[place])
    index = bisect_right(verbatim, Span(given, len(view.given) + 1)) - 1
    return index >= 0 and given < verbatim[index].end


@cache
def _tables() -> Mapping[str, Any]:
    text = files("paraalign.clean").joinpath("latex.json").read_text(encoding="utf-8")
    tables: Mapping[str, Any] = json.loads(text)
    return tables


@cache
def _macros() -> Any:  # noqa: ANN401
    from pylatexenc.latex2text import get_default_latex_context_db  # noqa: PLC0415

    return get_default_latex_context_db()


@cache
def _decoder() -> Any:  # noqa: ANN401
    from pylatexenc.latex2text import LatexNodes2Text  # noqa: PLC0415

    return LatexNodes2Text(keep_comments=True)


@cache
def _syntax() -> Any:  # noqa: ANN401
    from pylatexenc.latexwalker import get_default_latex_context_db  # noqa: PLC0415

    return get_default_latex_context_db()
