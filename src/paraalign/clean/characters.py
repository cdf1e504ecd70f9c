r"""Drop characters that nobody sees, and compose accents.

Copied text is full of soft hyphens, zero-width spaces, byte order marks and control characters;
Vietnamese comes decomposed as often as composed, sometimes with its marks in an order that no
normal form mends (a tone typed before the circumflex).

>>> compose("tie\u0302\u0301ng"), compose("tie\u0301\u0302ng")
('tiếng', 'tiếng')
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import regex

from paraalign.views import Edit, View

__all__ = ["compose", "composed", "without_invisible"]

_INVISIBLE = re.compile(
    "(?P<soft>\u00ad)"
    "|(?P<bom>\ufeff)"
    "|(?P<direction>[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])"
    "|(?P<zero>[\u180e\u200b\u2060]|(?<![\u0600-\U0010ffff])[\u200c\u200d]|[\u200c\u200d]$)"
    "|(?P<control>[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f])"
)
_REASONS = {
    "soft": "soft hyphen",
    "bom": "byte order mark",
    "direction": "direction mark",
    "zero": "zero-width character",
    "control": "control character",
}
_SHAPES = "\u0302\u0306\u031b"  # circumflex, breve, horn: part of the Vietnamese letter
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE_BEFORE_SHAPE = re.compile(f"([{_TONES}])([{_SHAPES}])")
_MARKED = regex.compile(r"\w\p{M}+")
_CLUSTER = regex.compile(r"\X")  # slower, but knows Hangul and all else that composes


def without_invisible(view: View) -> View:
    r"""Return *view* without the characters that nobody sees.

    >>> without_invisible(View.of("dé\u00adci\u200bsion")).text
    'décision'
    """
    return view.edit(
        Edit(match.start(), match.end(), "", _REASONS[str(match.lastgroup)])
        for match in _INVISIBLE.finditer(view.text)
    )


def compose(text: str) -> str:
    r"""Return *text* in NFC, a Vietnamese tone that stands before the letter's shape put right.

    >>> compose("e\u0323\u0302")
    'ệ'
    """
    composed_text = unicodedata.normalize("NFC", text)
    if composed_text.isascii() or not _has_marks(composed_text):
        return composed_text
    marks = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _TONE_BEFORE_SHAPE.sub(r"\2\1", marks))


def composed(view: View) -> View:
    r"""Return *view* with its accents composed; its text is in NFC.

    Cost: linear, and next to nothing where the text is in NFC already.

    >>> composed(View.of("No\u0323\u0302i")).span(1, 2)
    Span(start=1, end=4)
    """
    for pattern in (_MARKED, _CLUSTER):
        if compose(view.text) != view.text:
            view = view.edit(_compositions(view.text, pattern))
    while compose(view.text) != view.text:
        view = view.edit([_whole(view.text)])
    return view


def _compositions(text: str, pattern: regex.Pattern[str]) -> Iterator[Edit]:
    for match in pattern.finditer(text):
        cluster = match.group()
        new = _compose_cluster(cluster) if cluster >= "\u0300" or len(cluster) > 1 else cluster
        if new != cluster:
            yield Edit(match.start(), match.end(), new, "")


@lru_cache(maxsize=4000)
def _compose_cluster(cluster: str) -> str:
    return compose(cluster)


def _whole(text: str) -> Edit:
    return Edit(0, len(text), compose(text), "")


def _has_marks(text: str) -> bool:
    return any(mark in text for mark in _SHAPES)
