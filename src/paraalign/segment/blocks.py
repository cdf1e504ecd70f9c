r"""From the blocks of a reading to the pieces that become leaves.

Layout is a fair guess at what belongs together, and wrong in known ways: a page break cuts a
sentence in two blocks, and a block may hold several clauses, a line each. So blocks are first
joined where a sentence runs on, then cut at title lines and at lines that open with a number.
Hard-wrapped prose stays whole.

>>> text = "Objet :\n1. la forme ;\n2. le fond."
>>> [text[piece.start : piece.end] for piece in pieces(make_reading([text]), "fr")]
['Objet :', '1. la forme ;', '2. le fond.']
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from paraalign import langs
from paraalign.read.reading import Block, Reading
from paraalign.segment.numbering import Mark
from paraalign.segment.sequence import Line, decide, ends_in_section_word
from paraalign.views import View

__all__ = ["Piece", "is_shout", "make_reading", "pieces"]

_OPEN_END = regex.compile(r"[\p{L}\p{M}\p{N},\-–’']\s*$")
_LOWER = regex.compile(r"\p{Ll}")
_CLOSED_LINE = regex.compile(r"[.;:!?…][»”\")\]]*\s*$")
_LINE = regex.compile(r"[^\n]+")
_JOINED_WORDS = 6  # a shorter block is a label or a list entry, no cut sentence
_TITLE_LINE = 100  # characters of the longest line that can be a title
_SHOUT_LETTERS = 3
_UNMARKED = frozenset({"title", "code", "cell"})
_LINED = frozenset({"txt", "md"})


class Piece(NamedTuple):
    """A stretch of the clean text that becomes a leaf.

    Attributes:
        start: Where it starts in the clean text, white space left out.
        end: Where it ends.
        kind: The kind of its block.
        level: The level of its block.
        marker: The marker of its block, where the piece opens the block.
        mark: The numbering mark that it opens with, or None.
    """

    start: int
    end: int
    kind: str
    level: int = 0
    marker: str = ""
    mark: Mark | None = None


def pieces(reading: Reading, lang: str) -> list[Piece]:
    """Return the pieces of *reading*, a text in the language *lang*, in order. Cost: linear."""
    text = reading.view.text
    blocks = [piece for block in reading.blocks for piece in _block_piece(reading.view, block)]
    lined = reading.format in _LINED
    if lined:
        blocks = _join(text, blocks, lang)
        blocks = [part for block in blocks for part in _titled(text, block)]
    marked = _marked(text, blocks, lang, lined=lined)
    return _counted(marked) if reading.format == "md" else marked


def is_shout(text: str) -> bool:
    """Tell whether *text* is written in capitals, as titles are.

    >>> is_shout("TUYÊN BỐ CHUNG"), is_shout("Final declaration")
    (True, False)
    """
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= _SHOUT_LETTERS and sum(char.isupper() for char in letters) >= 0.9 * len(
        letters
    )


def make_reading(blocks: Sequence[str]) -> Reading:
    """Return a plain-text reading whose blocks are the given texts, an empty line between.

    >>> [block.span for block in make_reading(["a", "bc"]).blocks]
    [Span(start=0, end=1), Span(start=3, end=5)]
    """
    view = View.of("\n\n".join(blocks))
    starts = [sum(len(block) + 2 for block in blocks[:index]) for index in range(len(blocks))]
    spans = [
        view.span(start, start + len(block)) for start, block in zip(starts, blocks, strict=True)
    ]
    return Reading(
        view=view, blocks=tuple(Block(span, "paragraph") for span in spans), format="txt"
    )


def _block_piece(view: View, block: Block) -> Iterator[Piece]:
    start, end = _trim(view.text, *view.range(block.span))
    if start < end:
        yield Piece(start, end, block.kind, block.level, block.marker)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    stretch = text[start:end]
    start += len(stretch) - len(stretch.lstrip())
    return start, max(start, end - (len(stretch) - len(stretch.rstrip())))


def _join(text: str, blocks: Sequence[Piece], lang: str) -> list[Piece]:
    joined: list[Piece] = []
    for block in blocks:
        if joined and _runs_on(text, joined[-1], block, lang):
            joined[-1] = joined[-1]._replace(end=block.end)
        else:
            joined.append(block)
    return joined


def _runs_on(text: str, block: Piece, after: Piece, lang: str) -> bool:
    if block.kind not in {"paragraph", "item"} or after.kind != "paragraph":
        return False
    ending = text[block.start : block.end]
    if text[after.start].isdigit():
        return len(ending.split()) >= _JOINED_WORDS and _awaits_number(ending, lang)
    if not _OPEN_END.search(ending[-3:]) or len(ending.split()) < _JOINED_WORDS:
        return False
    return bool(_LOWER.match(text, after.start)) and not is_shout(ending)


def _awaits_number(text: str, lang: str) -> bool:
    """Tell whether *text* breaks off before a figure: "as said in Article", "thanks to the"."""
    last = text.rsplit(maxsplit=1)[-1]
    return ends_in_section_word(text, lang) or last in langs.function_words(lang)


def _titled(text: str, block: Piece) -> Iterator[Piece]:
    """Cut a title in capitals off the text below it."""
    lines = [_trim(text, *line.span()) for line in _LINE.finditer(text, block.start, block.end)]
    lines = [line for line in lines if line[0] < line[1]]
    if block.kind != "paragraph" or len(lines) == 1:
        yield block
    else:
        yield from _below_title(text, block, lines)


def _below_title(text: str, block: Piece, lines: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    shouts = [is_shout(text[start:end]) and end - start <= _TITLE_LINE for start, end in lines]
    count = shouts.index(False) if False in shouts else len(lines)
    if 0 < count < len(lines) and not _LOWER.match(text, lines[count][0]):
        yield block._replace(end=lines[count - 1][1])
        yield block._replace(start=lines[count][0], marker="")
    else:
        yield block


def _marked(text: str, blocks: Sequence[Piece], lang: str, *, lined: bool) -> list[Piece]:
    """Cut *blocks* at the lines that open with a mark."""
    places = [
        place for index in range(len(blocks)) for place in _places(text, blocks, index, lined=lined)
    ]
    decided = decide([line for _, _, line in places], lang)
    marks: list[dict[int, Mark]] = [{} for _ in blocks]
    for (index, start, _), mark in zip(places, decided, strict=True):
        if mark:
            marks[index][start] = mark
    found = zip(blocks, marks, strict=True)
    return [piece for block, starts in found for piece in _cut(text, block, starts)]


def _places(
    text: str, blocks: Sequence[Piece], index: int, *, lined: bool
) -> Iterator[tuple[int, int, Line]]:
    block = blocks[index]
    if block.kind in _UNMARKED:
        return
    before = ""
    end = block.end if lined else block.start + 1
    for match in _LINE.finditer(text, block.start, block.end):
        start, stop = _trim(text, *match.span())
        if start < stop and start < end:
            opens = start == block.start
            listed = opens and block.kind == "item"
            yield index, start, Line(text[start:stop], opens, before, listed)
            before = text[start:stop]


def _cut(text: str, block: Piece, marks: dict[int, Mark]) -> Iterator[Piece]:
    starts = sorted({block.start, *marks})
    ends = [*starts[1:], block.end]
    for start, end in zip(starts, ends, strict=True):
        piece = block._replace(start=start, end=_trim(text, start, end)[1], mark=marks.get(start))
        piece = piece if start == block.start else piece._replace(marker="")
        yield from _below_heading(text, piece)


def _below_heading(text: str, piece: Piece) -> Iterator[Piece]:
    """Cut the line of a section word ("Article 2", "Chương I") off the text below it."""
    first = _LINE.match(text, piece.start, piece.end)
    if not (piece.mark and piece.mark.word and first and first.end() < piece.end):
        yield piece
        return
    end = _trim(text, piece.start, first.end())[1]
    below = _trim(text, first.end(), piece.end)
    longest = max(len(line) for line in text[piece.start : piece.end].split("\n"))
    bare = end - piece.start <= piece.mark.length
    short = end - piece.start < 0.6 * longest and not _CLOSED_LINE.search(text[piece.start : end])
    if bare or (short and not _LOWER.match(text, below[0])):
        yield piece._replace(end=end)
        yield piece._replace(start=below[0], end=below[1], mark=None, marker="")
    else:
        yield piece


def _counted(pieces: list[Piece]) -> list[Piece]:
    """Number the entries of Markdown lists that all open with "1.", as readers see them."""
    counted = list(pieces)
    runs: dict[int, list[int]] = {}
    for index, piece in enumerate(pieces):
        for level in [level for level in runs if _ends_run(pieces[runs[level][-1]], piece, level)]:
            _count(counted, runs.pop(level))
        if piece.kind == "item" and piece.mark and piece.mark.style == "1.":
            runs.setdefault(piece.level, []).append(index)
    for run in runs.values():
        _count(counted, run)
    return counted


def _ends_run(last: Piece, piece: Piece, level: int) -> bool:
    if piece.kind != "item" or piece.level != level:
        return piece.kind in {"paragraph", "heading"} or piece.level < level
    return not (piece.mark and last.mark and piece.mark.value == last.mark.value)


def _count(pieces: list[Piece], run: list[int]) -> None:
    for number, index in enumerate(run):
        mark = pieces[index].mark
        if mark and number:
            value = mark.value[0] + number
            pieces[index] = pieces[index]._replace(
                mark=mark._replace(number=str(value), value=(value,))
            )
