r"""Find where one file changes language, and cut it into its versions.

Bilingual texts are often kept in one file, one version after the other. A foreign quotation, an
untranslated passage or a list of foreign titles is no version. So a file is cut only where the
blocks before a place speak for one language and all that follow for another, each language having
one stretch of its own, and each stretch being as long as a version would be. Numbers and names near
the border speak for neither; there, a heading and a wide gap tell where the second version starts.

>>> from paraalign.read.reader import read_text
>>> text = "Accord\n\nLes parties sont d'accord.\n\n\nThỏa thuận\n\nCác bên đã nhất trí."
>>> [(lang, part.view.given[:9], part.offset) for lang, part in split_languages(read_text(text))]
[('fr', 'Accord\n\nL', 0), ('vi', 'Thỏa thuậ', 37)]
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from paraalign.read.languages import LANGUAGES, detect_language, language_scores
from paraalign.read.reading import Reading
from paraalign.views import Edit, Span, View

__all__ = ["split_languages"]

_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORDS = 4  # of a version; a shorter one says too little
_LEAST_SHARE = 0.1  # of all words, in the shorter of two versions
_LEAST_BLOCKS_IF_SHORTER = 3  # a short text beside a long one must look like a document
_LEAST_WORDS_IF_SHORTER = 80
_LEAST_BLOCKS = 2
_LEAST_SHARE_OF_ONE_BLOCK = 0.3
_LEAST_PURITY = 0.75  # words of blocks that speak for the language of their version
_LEAST_MARGIN = 1.0  # log likelihood a word, between the language of a version and the other
_SPEAKING = 1.0  # log likelihood by which a block speaks for a language
_HEADING_BONUS = 2.0
_GAP_BONUS = 0.7  # for each blank line beyond the first
_BLOCK_SAMPLE = (120, 800)  # characters of a block, in a text of many blocks and of few
_TEXT_SAMPLE = 400_000  # characters


class _Version(NamedTuple):
    """A version that starts at the block *first*, in the language with the index *lang*."""

    first: int
    lang: int


class _Cut(NamedTuple):
    """A place to cut, before the block *at*, with the languages before and after it."""

    at: int
    before: int
    after: int


class _Evidence(NamedTuple):
    """What speaks for each language and each place, by block."""

    scores: NDArray[np.float64]
    words: NDArray[np.float64]
    bonus: NDArray[np.float64]


def split_languages(reading: Reading) -> tuple[tuple[str, Reading], ...]:
    """Return the versions in *reading*, each with its language; one if it is in one language.

    The parts cover the text; `Reading.offset` says where each starts. Cost: linear in the text.

    >>> from paraalign.read.reader import read_text
    >>> len(split_languages(read_text("Il a dit : « The rest is silence. »")))
    1
    """
    evidence = _evidence(reading)
    versions = _versions(evidence, 0, len(reading.blocks))
    if len(versions) < _LEAST_BLOCKS:
        return ((detect_language(reading.view.text), reading),)
    places = [_place(reading, version.first) for version in versions[1:]]
    spans = [Span(*pair) for pair in pairwise([0, *places, len(reading.view.given)])]
    langs = [LANGUAGES[version.lang] for version in versions]
    return tuple((lang, _part(reading, span)) for lang, span in zip(langs, spans, strict=True))


def _evidence(reading: Reading) -> _Evidence:
    least, most = _BLOCK_SAMPLE
    size = min(max(_TEXT_SAMPLE // max(1, len(reading.blocks)), least), most)
    texts = [
        "" if block.kind == "code" else reading.view.read(block.span)[:size]
        for block in reading.blocks
    ]
    return _Evidence(
        np.array([language_scores(text) for text in texts]),
        np.array([float(len(_WORD.findall(text))) for text in texts]),
        np.array([_bonus(reading, index) for index in range(len(texts))]),
    )


def _bonus(reading: Reading, index: int) -> float:
    """Return how much the layout speaks for a version that starts at the block *index*."""
    if not index:
        return 0.0
    block, before = reading.blocks[index], reading.blocks[index - 1]
    lines = reading.view.given.count("\n", before.span.end, block.span.start)
    headings = {"title", "heading"}
    opens = block.kind in headings and before.kind not in headings
    return _HEADING_BONUS * (opens + (block.kind == "title")) + _GAP_BONUS * min(
        max(lines - 2, 0), 6
    )


def _versions(
    evidence: _Evidence, first: int, last: int, alone: tuple[int, int] | None = None
) -> list[_Version]:
    """Return the versions between the blocks *first* and *last*, in order.

    Args:
        evidence: What speaks for each language.
        first: The first block.
        last: The block after the last.
        alone: The language that the blocks are in if they are one version, and the one that they
            must then be told from. Where they are no version either, nothing is returned.
    """
    cut = _best_cut(evidence, first, last)
    if cut:
        versions = [
            *_versions(evidence, first, cut.at, (cut.before, cut.after)),
            *_versions(evidence, cut.at, last, (cut.after, cut.before)),
        ]
        starts = {version.first for version in versions}
        langs = {version.lang for version in versions}
        if {first, cut.at} <= starts and len(langs) == len(versions):
            return versions
    if alone and _is_version(evidence, first, last, *alone):
        return [_Version(first, alone[0])]
    return []


def _best_cut(evidence: _Evidence, first: int, last: int) -> _Cut | None:
    scores = evidence.scores[first:last]
    if len(scores) < _LEAST_BLOCKS:
        return None
    before = np.cumsum(scores, axis=0)[:-1]
    after = scores.sum(axis=0) - before
    totals = before[:, :, None] + after[:, None, :]
    totals[:, range(len(LANGUAGES)), range(len(LANGUAGES))] = -np.inf
    totals += evidence.bonus[first + 1 : last, None, None]
    place, one, other = np.unravel_index(int(totals.argmax()), totals.shape)
    cut = _Cut(first + int(place) + 1, int(one), int(other))
    return cut if _are_long_enough(evidence, first, cut.at, last) else None


def _are_long_enough(evidence: _Evidence, first: int, at: int, last: int) -> bool:
    """Tell whether both sides of the cut *at* are of a length that versions have."""
    words = [float(evidence.words[first:at].sum()), float(evidence.words[at:last].sum())]
    share = min(words) / max(1.0, sum(words))
    block_count = min(at - first, last - at)
    if share >= _LEAST_SHARE:
        is_one_block = block_count < _LEAST_BLOCKS and share < _LEAST_SHARE_OF_ONE_BLOCK
        return min(words) >= _LEAST_WORDS and not is_one_block
    is_document = block_count >= _LEAST_BLOCKS_IF_SHORTER and evidence.bonus[at] > 0
    return is_document and min(words) >= _LEAST_WORDS_IF_SHORTER


def _is_version(evidence: _Evidence, first: int, last: int, lang: int, other: int) -> bool:
    """Tell whether the blocks from *first* to *last* speak for *lang* as clearly as a version."""
    words = evidence.words[first:last]
    margins = evidence.scores[first:last, lang] - evidence.scores[first:last, other]
    telling = float(words[margins != 0].sum())
    return (
        int((margins > _SPEAKING).sum()) >= min(_LEAST_BLOCKS, last - first)
        and float(margins.sum()) >= _LEAST_MARGIN * float(words.sum())
        and float(words[margins > 0].sum()) >= _LEAST_PURITY * telling
        and int(evidence.scores[first:last].sum(axis=0).argmax()) == lang
    )


def _place(reading: Reading, index: int) -> int:
    """Return where the line of the block *index* starts, or the block, if others share its line."""
    before, start = reading.blocks[index - 1].span.end, reading.blocks[index].span.start
    line = max(reading.view.given.rfind(end, before, start) for end in "\n\r")
    return line + 1 if line >= 0 else start


def _part(reading: Reading, span: Span) -> Reading:
    blocks = tuple(
        block._replace(span=Span(block.span.start - span.start, block.span.end - span.start))
        for block in reading.blocks
        if span.start <= block.span.start < span.end
    )
    view = _without_ends(reading.view.part(span))
    return replace(reading, view=view, blocks=blocks, offset=reading.offset + span.start)


def _without_ends(view: View) -> View:
    size = len(view.text)
    start = size - len(view.text.lstrip())
    end = len(view.text.rstrip())
    edits: Sequence[Edit] = (Edit(0, start, "", ""), Edit(max(start, end), size, "", ""))
    return view.edit(edit for edit in edits if edit.start < edit.end)
