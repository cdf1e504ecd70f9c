"""Word links as a page can use them: by shown sentence, in the units of its script.

Scripts of pages count UTF-16 units, we count code points; they differ from the first emoji on. Only
linked words are told, as flat lists of numbers, so that a page stays small.
"""

from collections.abc import Mapping

from paraalign.model import Document, Report, Span

__all__ = ["units", "word_map"]


def word_map(report: Report, index: Mapping[str, Mapping[Span, int]]) -> dict[str, list[int]]:
    """Return the word links of *report* between sentences that are shown.

    Args:
        report: Where the links stand.
        index: By side, the place of each shown sentence.

    Returns:
        "source" and "target": three numbers a linked word (sentence, start and end in it, in
        UTF-16 units); "links": three numbers a link (source word, target word, score in percent).
    """
    links = [
        link
        for link in report.links.words
        if _sentence(report.source, link.source) in index["source"]
        and _sentence(report.target, link.target) in index["target"]
    ]
    source = {word: n for n, word in enumerate(sorted({link.source for link in links}))}
    target = {word: n for n, word in enumerate(sorted({link.target for link in links}))}
    flat = [(source[link.source], target[link.target], round(link.score * 100)) for link in links]
    return {
        "source": _words(report.source, source, index["source"]),
        "target": _words(report.target, target, index["target"]),
        "links": [number for link in flat for number in link],
    }


def units(text: str, place: int) -> int:
    """Return how many UTF-16 units stand before the code point *place* of *text*.

    >>> units("🎋 Huế", 2)
    3
    """
    return place + sum(char > "\uffff" for char in text[:place])


def _sentence(document: Document, word: int) -> Span:
    return document.sentences[document.words[word].sentence].span


def _words(document: Document, words: Mapping[int, int], index: Mapping[Span, int]) -> list[int]:
    numbers: list[int] = []
    for word in words:
        sentence = _sentence(document, word)
        text, (first, _) = document.read(sentence), document.view.range(sentence)
        start, end = document.view.range(document.words[word].span)
        numbers += [index[sentence], units(text, start - first), units(text, end - first)]
    return numbers
