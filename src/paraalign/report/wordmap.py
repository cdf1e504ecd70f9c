"""Words, their links and glosses as a page can use them: by shown sentence, in its script's units.

Scripts of pages count UTF-16 units, we count code points; they differ from the first emoji on. All
is told as flat lists of small numbers, one a sentence, each place as its distance from the one
before, so that the page of a long text stays small; the script reads a list when it is needed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from paraalign.model import Document, Report, Span, Word
from paraalign.report.glosses import Glosses, glosses_of

__all__ = ["units", "word_map"]

WIDE = re.compile("[\U00010000-\U0010ffff]")  # two units each
Place: TypeAlias = tuple[int, int]  # of a word: its shown sentence, and which word of it
Places: TypeAlias = npt.NDArray[np.int64]


def word_map(report: Report, index: Mapping[str, Mapping[Span, int]]) -> dict[str, Any]:
    """Return the words of *report* in the sentences that are shown, and their links.

    Args:
        report: Where they stand.
        index: By side, the place of each shown sentence.

    Returns:
        "source" and "target": for each shown sentence three numbers a word, in UTF-16 units its
        distance from the end of the word before, its length, and the number of its gloss, -1 for
        none; "sourceGlosses", "targetGlosses"; "links": for each source sentence four numbers a
        link (word of it, target sentence as its distance from that of the link before, the first
        from the sentence's own number, word of that, score in percent).
    """
    source, target = glosses_of(report)
    first, firsts = _words(report.source, index["source"], source)
    second, seconds = _words(report.target, index["target"], target)
    return {
        "source": first,
        "target": second,
        "sourceGlosses": source.texts,
        "targetGlosses": target.texts,
        "links": _links(report, len(first), firsts, seconds),
    }


def units(text: str, places: Sequence[int] | Places) -> Places:
    """Return how many UTF-16 units stand before each of the code points *places* of *text*.

    >>> units("🎋 Huế", [0, 3]).tolist()
    [0, 4]
    """
    wide = np.array([found.start() for found in WIDE.finditer(text)], dtype=np.int64)
    found = np.asarray(places, dtype=np.int64)
    return found + np.searchsorted(wide, found, side="left")


def _words(
    document: Document, index: Mapping[Span, int], glosses: Glosses
) -> tuple[list[list[int]], dict[int, Place]]:
    """Return the numbers of the words of each shown sentence, and the place of each word."""
    numbers: list[list[int]] = [[] for _ in index]
    places: dict[int, Place] = {}
    words = [number for number, word in enumerate(document.words) if not word.is_sign]
    starts, ends = _in_units(document, [document.words[number].span for number in words])
    begun = dict(zip(index, _in_units(document, index)[0], strict=True))
    done: dict[int, int] = {}  # where the word before ends, by row
    for number, start, end in zip(words, starts, ends, strict=True):
        word = document.words[number]
        span = document.sentences[word.sentence].span
        if span in index:
            row = index[span]
            places[number] = row, len(numbers[row]) // 3
            numbers[row] += [start - done.get(row, begun[span]), end - start, _gloss(word, glosses)]
            done[row] = end
    return numbers, places


def _in_units(document: Document, spans: Iterable[Span]) -> tuple[list[int], list[int]]:
    """Return where *spans* start and end in the clean text of *document*, in UTF-16 units."""
    view, given = document.view, np.array([*spans], dtype=np.int32).reshape(-1, 2)
    starts = np.searchsorted(view.ends, given[:, 0], side="right")
    ends = np.maximum(np.searchsorted(view.starts, given[:, 1], side="left"), starts)
    return units(view.text, starts).tolist(), units(view.text, ends).tolist()


def _gloss(word: Word, glosses: Glosses) -> int:
    return glosses.places.get(word.text, -1)


def _links(
    report: Report, count: int, source: Mapping[int, Place], target: Mapping[int, Place]
) -> list[list[int]]:
    links: list[list[int]] = [[] for _ in range(count)]
    before: dict[int, int] = {}  # target sentence of the link before, by sentence
    for link in report.links.words:
        if link.source in source and link.target in target:
            sentence, word = source[link.source]
            other, place = target[link.target]
            links[sentence] += [
                word,
                other - before.get(sentence, sentence),
                place,
                round(link.score * 100),
            ]
            before[sentence] = other
    return links
