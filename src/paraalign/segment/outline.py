"""The clause tree: which leaf belongs to which numbered clause, and what a person calls it.

Numbers are printed flat; their depth is in the styles. A style that is open already continues, a
new one goes deeper, "3.1" goes below "3", "Article" below "Chapter", and unnumbered paragraphs
belong to the clause above them unless they follow a list that the text had introduced.

>>> from paraalign.segment.blocks import make_reading, pieces
>>> reading = make_reading(["1. Nous convenons.", "De même :", "2. Nous partons."])
>>> [node.label for node in outline(reading.view.text, pieces(reading, "fr"), "fr", "txt")]
['1', '1', '1, par. 2', '2']
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from paraalign.model import Role
from paraalign.segment.blocks import Piece
from paraalign.segment.numbering import Mark
from paraalign.segment.roles import roles

__all__ = ["Node", "outline"]

_ARTICLE_RANK = 6
_REACH = 200  # leaves within which the next number of a list is looked for
_SHORT_ITEM = 25  # words; longer numbered blocks are clauses that may have more paragraphs
_NAMES = {
    Role.PARAGRAPH: "par.",
    Role.ITEM: "item",
    Role.HEADING: "heading",
    Role.CELL: "cell",
    Role.CODE: "code",
    Role.CLAUSE: "par.",
}
_HEADS = frozenset({Role.HEADING, Role.TITLE, Role.SUBTITLE})
_ENDS = frozenset({Role.CLOSING, Role.SIGNATURE})


class Node(NamedTuple):
    """A node of the tree; *start* and *end* count in the clean text, *parent* in the nodes."""

    start: int
    end: int
    number: str | None
    label: str
    role: Role
    parent: int | None
    level: int


@dataclass(slots=True)
class _Open:
    """A numbered leaf that may hold the leaves below it."""

    leaf: int
    mark: Mark
    heading_level: int
    introduced: bool
    holds_text: bool = False
    siblings_hold_text: bool = False


@dataclass(slots=True)
class _Tree:
    parents: list[int | None] = field(default_factory=list)  # the leaf that holds each leaf
    depths: list[int] = field(default_factory=list)


def outline(text: str, pieces: Sequence[Piece], lang: str, layout: str) -> list[Node]:
    """Return the clause tree over *pieces* of the clean *text*, a section before what it holds."""
    found = roles(text, pieces, lang, layout)
    tree = _Grower(text, pieces, found, layout).grow()
    labels = _labels(pieces, found, tree.parents)
    return _nodes(pieces, found, tree, labels)


class _Grower:
    """Walks over the leaves with the stack of the numbered leaves that are open."""

    def __init__(
        self, text: str, pieces: Sequence[Piece], found: Sequence[Role], layout: str
    ) -> None:
        self._text = text
        self._pieces = pieces
        self._roles = found
        self._layout = layout
        self._stack: list[_Open] = []

    def grow(self) -> _Tree:
        """Return the tree."""
        tree = _Tree()
        for index, piece in enumerate(self._pieces):
            mark = piece.mark
            if mark and mark.number and self._roles[index] not in _ENDS:
                self._open(index, mark)
                holders = self._stack[:-1]
            else:
                self._place(index)
                holders = self._stack
            tree.parents.append(holders[-1].leaf if holders else None)
            tree.depths.append(len(self._stack))
        return tree

    def _open(self, index: int, mark: Mark) -> None:
        piece = self._pieces[index]
        level = piece.level if piece.kind == "heading" else 0
        if level:
            self._close_headings(level)
        place = self._place_of(index, mark)
        closed = self._stack[place] if place < len(self._stack) else None
        del self._stack[place:]
        fresh = _Open(index, mark, level, introduced=self._is_introduced(index))
        if closed and closed.mark.style == mark.style:
            fresh.introduced = closed.introduced
            fresh.siblings_hold_text = closed.siblings_hold_text or closed.holds_text
        self._stack.append(fresh)

    def _place_of(self, index: int, mark: Mark) -> int:
        """Return how deep *mark* stands: what is open from there on is closed."""
        for place, entry in enumerate(self._stack):
            if _closes(mark, entry.mark) and not self._is_outer(index, mark, entry):
                return place
        if not mark.rank:
            return len(self._stack)
        loose = [p for p, entry in enumerate(self._stack) if not self._may_hold_word(entry)]
        return loose[0] if loose else len(self._stack)

    def _is_outer(self, index: int, mark: Mark, entry: _Open) -> bool:
        """Tell whether *entry* is of an outer list of the markup, that an inner list has in it.

        The levels of lists say so only where the inner one counts from 1: "- 2." is printed so.
        """
        own, other = self._pieces[index], self._pieces[entry.leaf]
        if own.kind != "item" or other.kind != "item" or own.level <= other.level:
            return False
        inner = [self._pieces[later.leaf] for later in self._stack if later.leaf > entry.leaf]
        return mark.value == (1,) or any(piece.level == own.level for piece in inner)

    def _may_hold_word(self, entry: _Open) -> bool:
        return bool(entry.mark.rank) or self._roles[entry.leaf] is Role.HEADING

    def _is_introduced(self, index: int) -> bool:
        if not index:
            return False
        before = self._pieces[index - 1]
        return self._text[before.start : before.end].rstrip().endswith(":")

    def _place(self, index: int) -> None:
        """Close what the unnumbered leaf *index* does not belong to."""
        role = self._roles[index]
        if role in _ENDS:
            self._stack.clear()
        elif role in _HEADS:
            self._place_heading(index)
        elif role is Role.PARAGRAPH:
            while self._stack and not self._goes_on(index):
                self._stack.pop()
            if self._stack:
                self._stack[-1].holds_text = True

    def _place_heading(self, index: int) -> None:
        level = self._pieces[index].level if self._pieces[index].kind == "heading" else 0
        if self._stack and self._stack[-1].leaf == index - 1 and self._is_bare(index - 1):
            return
        if level:
            self._close_headings(level)
            kept = [e for e in self._stack if e.heading_level]
        else:
            kept = [e for e in self._stack if e.mark.rank and e.mark.rank < _ARTICLE_RANK]
        self._stack = kept

    def _is_bare(self, index: int) -> bool:
        piece = self._pieces[index]
        return bool(piece.mark and piece.mark.word and piece.end - piece.start <= piece.mark.length)

    def _close_headings(self, level: int) -> None:
        for place, entry in enumerate(self._stack):
            if not entry.heading_level or entry.heading_level >= level:
                del self._stack[place:]
                return

    def _goes_on(self, index: int) -> bool:
        """Tell whether the paragraph *index* belongs to the innermost open clause."""
        entry = self._stack[-1]
        if entry.mark.rank or self._roles[entry.leaf] is Role.HEADING:
            return True
        if entry.siblings_hold_text or entry.holds_text or self._has_next(index, entry.mark):
            return True
        piece = self._pieces[entry.leaf]
        words = self._text[piece.start : piece.end].split()
        return not entry.introduced and len(words) > _SHORT_ITEM

    def _has_next(self, index: int, mark: Mark) -> bool:
        after = (*mark.value[:-1], mark.value[-1] + 1) if mark.value else ()
        for place in range(index + 1, min(index + _REACH, len(self._pieces))):
            other = self._pieces[place].mark
            if self._roles[place] in _HEADS and not (other and other.style == mark.style):
                return False
            if other and other.style == mark.style:
                return other.value == after
        return False


def _closes(mark: Mark, other: Mark) -> bool:
    if mark.rank and other.rank:
        return other.rank >= mark.rank
    if _is_decimal(mark) and _is_decimal(other):
        return len(other.value) >= len(mark.value) or other.value != mark.value[: len(other.value)]
    return mark.style == other.style


def _is_decimal(mark: Mark) -> bool:
    return mark.style == "1." or mark.style.startswith("1.1")


def _labels(
    pieces: Sequence[Piece], found: Sequence[Role], parents: Sequence[int | None]
) -> list[str]:
    names: list[str] = []
    counts: Counter[tuple[int | None, str]] = Counter()
    for index, piece in enumerate(pieces):
        holder = parents[index]
        above = names[holder] if holder is not None else ""
        if piece.mark and piece.mark.number and found[index] not in _ENDS:
            names.append(
                _numbered(piece.mark, above, pieces[holder].mark if holder is not None else None)
            )
            if found[index] is Role.CLAUSE:
                counts[index, "par."] = 1
        else:
            names.append(_unnumbered(found[index], holder, above, counts))
    return _unique(names)


def _numbered(mark: Mark, above: str, holder: Mark | None) -> str:
    own = f"{mark.word.capitalize()} {mark.number}" if mark.word else mark.number
    if holder is None or mark.rank:
        return own
    is_whole = _is_decimal(mark) and _is_decimal(holder) and len(mark.value) > 1
    return own if is_whole else f"{above}, {own}"


def _unnumbered(
    role: Role, holder: int | None, above: str, counts: Counter[tuple[int | None, str]]
) -> str:
    if role not in _NAMES:
        return role.value
    name = _NAMES[role]
    counts[holder, name] += 1
    own = f"{name} {counts[holder, name]}"
    return f"{above}, {own}" if above else own


def _unique(names: Sequence[str]) -> list[str]:
    seen: Counter[str] = Counter()
    unique = []
    for name in names:
        seen[name] += 1
        unique.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return unique


def _nodes(
    pieces: Sequence[Piece], found: Sequence[Role], tree: _Tree, labels: Sequence[str]
) -> list[Node]:
    """Lay the leaves out in order, a section node before each leaf that holds others."""
    last = _last_leaves(tree.parents)
    nodes: list[Node] = []
    sections: dict[int, int] = {}
    for index, piece in enumerate(pieces):
        holder = tree.parents[index]
        parent = sections[holder] if holder is not None else None
        number = piece.mark.number or None if piece.mark and found[index] not in _ENDS else None
        level = tree.depths[index] if number else piece.level
        if index in last:
            end = pieces[last[index]].end
            section = Node(piece.start, end, number, labels[index], Role.SECTION, parent, level)
            sections[index] = parent = len(nodes)
            nodes.append(section)
        nodes.append(
            Node(piece.start, piece.end, number, labels[index], found[index], parent, level)
        )
    return nodes


def _last_leaves(parents: Sequence[int | None]) -> dict[int, int]:
    """Return the last leaf below each leaf that holds others."""
    last: dict[int, int] = {}
    for index, parent in enumerate(parents):
        holder = parent
        while holder is not None:
            last[holder] = index
            holder = parents[holder]
    return last
