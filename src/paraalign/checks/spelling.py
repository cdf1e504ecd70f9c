"""Vietnamese syllables that can't be, or that are wrong where they stand for want of a mark.

"Đươc" is no syllable: its rime asks for a tone. "Hôi" is one, but wrong in "Hôi nghị";
`paraalign.checks.slips` tells by the company it keeps.

>>> is_syllable("đươc"), is_syllable("hôi"), slips.find_slips(["Hôi", "nghị"])
(False, True, [(0, 'hội')])
"""

import re
from collections.abc import Iterator

from paraalign.checks import slips
from paraalign.checks.check import Check
from paraalign.checks.context import Context, Side
from paraalign.checks.defects import blemish
from paraalign.checks.syllables import bare, is_syllable
from paraalign.model import Finding, Kind, Role, Severity, Span

__all__ = ["CHECKS", "find_impossible", "find_slips", "words_in_row"]

_WORD = re.compile(r"[^\W\d_]+")
_MARKED = re.compile("[\u00c0-\u00ff\u0102-\u01b0\u1ea0-\u1ef9]")
_CONFIDENCE = 0.54  # counted on texts with few slips (benchmarks/accuracy/checks.md)


def find_impossible(context: Context) -> Iterator[Finding]:
    """Yield each word with Vietnamese marks that no Vietnamese syllable can be."""
    for side, words, spans in _runs(context):
        for word, span in zip(words, spans, strict=True):
            if _MARKED.search(word) and not is_syllable(word) and _is_near_vietnamese(word):
                message = context.say("syllable-impossible", {"word": word})
                yield blemish("syllable-impossible", side, span, message, 0.85)


def find_slips(context: Context) -> Iterator[Finding]:
    """Yield each syllable that is wrong where it stands for want of a mark."""
    for side, words, spans in _runs(context):
        for place, meant in slips.find_slips(words):
            message = context.say("syllable-context", {"word": words[place], "meant": meant})
            yield blemish("syllable-context", side, spans[place], message, _CONFIDENCE)


def _runs(context: Context) -> Iterator[tuple[Side, list[str], list[Span]]]:
    """Yield the runs of Vietnamese words that only blanks part, with their places."""
    for side in Side:
        document = context.documents[side]
        leaves = document.leaves() if document.lang == "vi" else ()
        for index in leaves:
            if document.clauses[index].role is not Role.CODE:
                passage = context.clause(side, index)
                for run in words_in_row(passage.text):
                    spans = [passage.span(*match.span()) for match in run]
                    yield side, [match[0] for match in run], spans


def words_in_row(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield the words of *text*, in runs that only blanks part.

    >>> [[match[0] for match in run] for run in words_in_row("Hội nghị, nghề")]
    [['Hội', 'nghị'], ['nghề']]
    """
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        if run and text[run[-1].end() : match.start()].strip():
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def _is_near_vietnamese(word: str) -> bool:
    """Tell whether *word* is a syllable but for its marks, and so a slip rather than foreign."""
    letters, _ = bare(word)
    return len(word) > 1 and any(is_syllable(letters + end) for end in ("", "̣", "́"))


CHECKS = (
    Check(
        "syllable-impossible",
        Kind.DEFECT,
        Severity.MINOR,
        find_impossible,
    ),
    Check(
        "syllable-context",
        Kind.DEFECT,
        Severity.MINOR,
        find_slips,
    ),
)
