r"""Find the paragraphs of plain text.

Plain text has two customs: lines wrapped at some seventy characters, with blank lines between
paragraphs; and one paragraph a line. Often one file follows both. So each line end is judged by
itself: it is a wrap if the next word would not have fitted, in a text whose lines are of that
width. A page may also end in mid-sentence: a paragraph that breaks off and goes on in lower case
after the gap is one block.

>>> text = "TITRE\n\nLes parties se sont réunies à Hanoï et\nprennent acte de ceci.\n- 1. Un."
>>> [text[start:end] for (start, end), *_ in plain_layout(text).blocks]
['TITRE', 'Les parties se sont réunies à Hanoï et\nprennent acte de ceci.', '1. Un.']
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from paraalign.read.layout import Layout
from paraalign.read.reading import Block
from paraalign.views import Edit, Span

__all__ = ["goes_on", "hyphen_edits", "plain_layout"]

_LINE = re.compile(r"[^\n\r\f\x0b\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"[-–—•*·▪◦‣]\s+(?=\S)")
_NUMBERED_BULLET = re.compile(r"[-–—•*·▪◦‣]\s+(?=\d+(?:\.\d+)*[.)]\s)")
_POINT = re.compile(r"\w{1,4}(?:\.\d+)*[.)]\s|[-–—•*·▪◦‣]\s")
_BROKEN_OFF = re.compile(r"[\w,’'\u00ad\u2010-]$")
_WIDEST_WRAP = 120
_NARROWEST_WRAP = 36
_SHARE_GOING_ON = 0.3  # of wrapped lines, half and more go on in lower case; of others, none
_HYPHEN = re.compile(r"(\w*[^\W\d_])([-\u2010\u00ad])\s*(?:\r\n?|\n)[^\S\n\r]*([^\W\d_]\w*)")


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    after_gap: bool


def plain_layout(text: str) -> Layout:
    r"""Return the layout of a plain *text*. Cost: linear.

    >>> plain_layout("Un.\nDeux.").blocks[1].span
    Span(start=4, end=9)
    """
    lines = list(_lines(text))
    width = _width(lines)
    groups: list[list[_Line]] = []
    for line in lines:
        if groups and _belongs(groups[-1][-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    edits = [*_bullet_edits(groups), *_join_edits(text, groups)]
    return Layout(edits=tuple(sorted(edits)), blocks=tuple(map(_block, groups)))


def goes_on(before: str, after: str) -> bool:
    """Tell whether the block *after* goes on with the sentence that *before* breaks off.

    >>> goes_on("à mener à bien cette transition via le partage de", "la prise de conscience")
    True
    >>> goes_on("Nous rappelons ce qui est dit plus haut dans le texte :", "la paix")
    False
    """
    return (
        len(before) >= _NARROWEST_WRAP
        and after[:1].islower()
        and not _POINT.match(after)
        and bool(_BROKEN_OFF.search(before))
    )


def hyphen_edits(text: str, span: Span, words: frozenset[str]) -> Iterator[Edit]:
    r"""Yield the edits that rejoin the words cut at line ends within *span* of *text*.

    The hyphen is dropped only where the whole word stands elsewhere in the text, among *words*;
    else the two parts close up around it.

    >>> text = "La coopéra-\ntion franco-\nfrançaise"
    >>> [edit[:2] for edit in hyphen_edits(text, Span(0, 33), frozenset({"coopération"}))]
    [(10, 12), (24, 25)]
    """
    for match in _HYPHEN.finditer(text, span.start, span.end):
        head, hyphen, tail = match.groups()
        if not tail[0].islower():
            continue
        is_cut = hyphen == "\u00ad" or (head + tail).lower() in words
        yield Edit(match.start(2) + (not is_cut), match.start(3), "", "line end in a word")


def _lines(text: str) -> Iterator[_Line]:
    last = 0
    for match in _LINE.finditer(text):
        if stripped := match.group().strip():
            start = match.start() + match.group().index(stripped[0])
            line_ends = text.count("\n", last, start) or text.count("\r", last, start)
            yield _Line(start, start + len(stripped), stripped, line_ends > 1)
            last = start + len(stripped)


def _width(lines: Sequence[_Line]) -> int:
    """Return the width at which the text is wrapped, or 0 where its lines go on too rarely."""
    pairs = [
        (before, line)
        for before, line in pairwise(lines)
        if not line.after_gap and len(before.text) <= _WIDEST_WRAP
    ]
    going_on = sum(goes_on(before.text, line.text) for before, line in pairs)
    if going_on < _SHARE_GOING_ON * len(pairs) or not pairs:
        return 0
    sizes = sorted(len(before.text) for before, _ in pairs)
    return sizes[len(sizes) * 98 // 100]


def _belongs(before: _Line, line: _Line, width: int) -> bool:
    if line.after_gap:
        return goes_on(before.text, line.text)
    if _BULLET.match(line.text) or len(before.text) > _WIDEST_WRAP:
        return False
    return _is_wrap(before, line, width) or goes_on(before.text, line.text)


def _is_wrap(before: _Line, line: _Line, width: int) -> bool:
    first_word = line.text.split(maxsplit=1)[0]
    wanted = len(before.text) + 1 + len(first_word)
    return len(before.text) >= _NARROWEST_WRAP and width < wanted and len(line.text) <= width + 1


def _block(group: Sequence[_Line]) -> Block:
    kind = "item" if _BULLET.match(group[0].text) else "paragraph"
    bullet = _NUMBERED_BULLET.match(group[0].text)
    start = group[0].start + (bullet.end() if bullet else 0)
    return Block(Span(start, group[-1].end), kind, int(kind == "item"))


def _bullet_edits(groups: Sequence[Sequence[_Line]]) -> Iterator[Edit]:
    for first, *_ in groups:
        if bullet := _NUMBERED_BULLET.match(first.text):
            mark = bullet.group().rstrip()
            yield Edit(first.start, first.start + len(mark), "", "bullet")


def _join_edits(text: str, groups: Sequence[Sequence[_Line]]) -> Iterator[Edit]:
    wrapped = [group for group in groups if len(group) > 1]
    if not any(line.text[-1] in "-\u2010\u00ad" for group in wrapped for line in group):
        return
    words = frozenset(re.findall(r"[^\W\d_]+", text.lower()))
    for group in wrapped:
        for line, following in pairwise(group):
            yield from hyphen_edits(
                text, Span(max(line.start, line.end - 40), following.end), words
            )
