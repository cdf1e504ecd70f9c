"""What each piece of a text is: title, subtitle, heading, clause, closing line, signature.

Markup says some of it; the rest is read from the shape: capitals, length, final punctuation, place
in the text. Only the formulas of closing lines and signatures are words, and those are data.

>>> text = "FINAL DECLARATION"
>>> roles(text, [Piece(0, 17, "paragraph")], "en", "txt")
[<Role.TITLE: 'title'>]
"""

from collections.abc import Sequence
from functools import lru_cache

import regex

from paraalign import langs
from paraalign.model import Role
from paraalign.segment.blocks import Piece, is_shout

__all__ = ["roles"]

_FINAL = regex.compile(r"[.;:!?…,][»”\")\]]*$|\./\.$")
_TITLE_WORDS = 30
_HEADING_WORDS = 10
_SHOUT_WORDS = 25
_SUBTITLE_WORDS = 40
_CLOSING_WORDS = 25
_SIGNATURE_WORDS = 40
_BY_KIND = {"title": Role.TITLE, "heading": Role.HEADING, "cell": Role.CELL, "code": Role.CODE}
_LINED = frozenset({"txt", "md"})  # where headings may have no markup
_OPENING = 6  # pieces among which the title is looked for


def roles(text: str, pieces: Sequence[Piece], lang: str, layout: str) -> list[Role]:
    """Return the role of each of *pieces* of the clean *text* of a file in the format *layout*."""
    texts = [text[piece.start : piece.end] for piece in pieces]
    found = [_role(text, piece, layout) for text, piece in zip(texts, pieces, strict=True)]
    _find_headings(texts, found, layout)
    _find_title(texts, pieces, found)
    _find_closing(texts, pieces, found, lang)
    return found


def _role(text: str, piece: Piece, layout: str) -> Role:
    if piece.kind in _BY_KIND:
        return _BY_KIND[piece.kind]
    if piece.mark:
        return _marked_role(text, piece, layout)
    if piece.kind == "item":
        return Role.ITEM
    shouts = layout in _LINED and is_shout(text) and not _FINAL.search(text)
    return Role.HEADING if shouts and len(text.split()) <= _SHOUT_WORDS else Role.PARAGRAPH


def _marked_role(text: str, piece: Piece, layout: str) -> Role:
    mark = piece.mark
    if mark is None or not mark.number:
        return Role.ITEM
    rest = text[mark.length :]
    titled = len(rest.split()) <= _TITLE_WORDS and not _FINAL.search(rest)
    shouts = layout in _LINED and is_shout(rest)
    return Role.HEADING if titled and (mark.word or shouts) else Role.CLAUSE


def _find_headings(texts: Sequence[str], found: list[Role], layout: str) -> None:
    """Mark short unfinished lines above longer text as headings, in plain text."""
    if layout != "txt":
        return
    for index in range(len(texts) - 1):
        if found[index] is Role.PARAGRAPH and _heads(texts[index], texts[index + 1]):
            found[index] = Role.HEADING


def _heads(text: str, below: str) -> bool:
    short = len(text.split()) <= _HEADING_WORDS and "\n" not in text
    return short and text[:1].isupper() and not _FINAL.search(text) and len(below) > 2 * len(text)


def _find_title(texts: Sequence[str], pieces: Sequence[Piece], found: list[Role]) -> None:
    opening = range(min(_OPENING, len(pieces)))
    titles = [index for index in opening if _is_title(index, texts, pieces)]
    for index in titles:
        found[index] = Role.TITLE
    after = titles[-1] + 1 if titles else len(pieces)
    if after < len(pieces) and _is_subtitle(after, texts, pieces):
        found[after] = Role.SUBTITLE


def _is_title(index: int, texts: Sequence[str], pieces: Sequence[Piece]) -> bool:
    piece, text = pieces[index], texts[index]
    if piece.kind == "title":
        return True
    if piece.mark or any(pieces[place].kind != "title" for place in range(index)):
        return False
    if piece.kind == "heading":
        alone = not _has_heading(pieces[index + 1 :], piece.level)
        return alone or (piece.level <= 1 and not index)
    if piece.kind != "paragraph" or (len(pieces) == 1 and not is_shout(text)):
        return False
    return len(text.split()) <= _TITLE_WORDS and not _FINAL.search(text)


def _is_subtitle(index: int, texts: Sequence[str], pieces: Sequence[Piece]) -> bool:
    piece, text = pieces[index], texts[index]
    if piece.mark or piece.kind not in {"paragraph", "heading"}:
        return False
    if piece.kind == "heading" and _has_heading(pieces[index + 1 :], piece.level):
        return False
    return len(text.split()) <= _SUBTITLE_WORDS and not _FINAL.search(text)


def _has_heading(pieces: Sequence[Piece], level: int) -> bool:
    return any(piece.kind == "heading" and piece.level <= level for piece in pieces)


def _find_closing(
    texts: Sequence[str], pieces: Sequence[Piece], found: list[Role], lang: str
) -> None:
    for index in range(len(texts) // 2, len(texts)):
        if found[index] in _LOOSE and not pieces[index].mark and _is_closing(texts[index], lang):
            found[index] = Role.CLOSING
            _find_signatures(texts, pieces, found, index + 1)
    if Role.CLOSING not in found:
        _find_trailing_signatures(texts, pieces, found, lang)


_LOOSE = frozenset({Role.PARAGRAPH, Role.HEADING, Role.ITEM})


def _is_closing(text: str, lang: str) -> bool:
    if len(text.split()) > _CLOSING_WORDS:
        return False
    lowered = text[:1].lower() + text[1:]
    return any(pattern.match(text) or pattern.match(lowered) for pattern in _closings(lang))


@lru_cache(maxsize=16)
def _closings(lang: str) -> tuple[regex.Pattern[str], ...]:
    return tuple(regex.compile(pattern) for pattern in langs.get(lang).closings)


def _find_signatures(
    texts: Sequence[str], pieces: Sequence[Piece], found: list[Role], start: int
) -> None:
    for index in range(start, len(texts)):
        if found[index] not in _LOOSE or pieces[index].mark or pieces[index].kind == "heading":
            return
        if len(texts[index].split()) > _SIGNATURE_WORDS:
            return
        found[index] = Role.SIGNATURE


def _find_trailing_signatures(
    texts: Sequence[str], pieces: Sequence[Piece], found: list[Role], lang: str
) -> None:
    """Find signatures without a closing line: the last short lines, from a formula on."""
    start = len(texts)
    while start > len(texts) // 2 and _is_signature(texts[start - 1], pieces[start - 1]):
        start -= 1
    openings = langs.get(lang).signatures
    while start < len(texts) and not texts[start].lower().startswith(openings):
        start += 1
    found[start:] = [Role.SIGNATURE] * (len(texts) - start)


def _is_signature(text: str, piece: Piece) -> bool:
    if piece.mark or piece.kind != "paragraph":
        return False
    short = len(text.split()) <= _SIGNATURE_WORDS // 2
    return short and not text.endswith((".", ";", ":", "!", "?"))
