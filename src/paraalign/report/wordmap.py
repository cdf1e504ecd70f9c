"""Words, their links and glosses as a page can use them: by shown sentence, in its script's units.

Scripts of pages count UTF-16 units, we count code points; they differ from the first emoji on. All
is told as flat lists of numbers, one a sentence, so that a page stays small and looks up at once.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, TypeAlias

from paraalign.model import Document, Report, Span
from paraalign.report.glosses import Glosses, glosses_of

__all__ = ["units", "word_map"]

Place: TypeAlias = tuple[int, int]  # of a word: its shown sentence, and which word of it


def word_map(report: Report, index: Mapping[str, Mapping[Span, int]]) -> dict[str, Any]:
    """Return the words of *report* in the sentences that are shown, and their links.

    Args:
        report: Where they stand.
        index: By side, the place of each shown sentence.

    Returns:
        "source" and "target": for each shown sentence three numbers a word, start and end in it in
        UTF-16 units and the number of its gloss, -1 for none; "sourceGlosses", "targetGlosses";
        "links": for each source sentence four numbers a link (word of it, target sentence, word of
        that, score in percent).
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


def units(text: str, place: int) -> int:
    """Return how many UTF-16 units stand before the code point *place* of *text*.

    >>> units("🎋 Huế", 2)
    3
    """
    return place + sum(char > "\uffff" for char in text[:place])


def _words(
    document: Document, index: Mapping[Span, int], glosses: Glosses
) -> tuple[list[list[int]], dict[int, Place]]:
    """Return the numbers of the words of each shown sentence, and the place of each word."""
    numbers: list[list[int]] = [[] for _ in index]
    places: dict[int, Place] = {}
    by_sentence = defaultdict(list)
    for number, word in enumerate(document.words):
        if not word.is_sign:
            by_sentence[word.sentence].append(number)
    for sentence, words in by_sentence.items():
        span = document.sentences[sentence].span
        if span in index:
            row = index[span]
            numbers[row] = _numbers(document, span, words, glosses)
            places |= {number: (row, place) for place, number in enumerate(words)}
    return numbers, places


def _numbers(document: Document, span: Span, words: list[int], glosses: Glosses) -> list[int]:
    text, (first, _) = document.read(span), document.view.range(span)
    numbers: list[int] = []
    for number in words:
        word = document.words[number]
        start, end = document.view.range(word.span)
        gloss = glosses.places.get(word.text, -1)
        numbers += [units(text, start - first), units(text, end - first), gloss]
    return numbers


def _links(
    report: Report, count: int, source: Mapping[int, Place], target: Mapping[int, Place]
) -> list[list[int]]:
    links: list[list[int]] = [[] for _ in range(count)]
    for link in report.links.words:
        if link.source in source and link.target in target:
            sentence, word = source[link.source]
            links[sentence] += [word, *target[link.target], round(link.score * 100)]
    return links
