"""What each word can mean, for the reader of a page who does not read both languages.

A gloss is what the lexicon of the run gives: the usual renderings of a word, the likeliest first. A
run without a lexicon has none, and neither have signs, figures and names that no lexicon knows.
"""

from collections.abc import Iterator

from paraalign.lexicon import Lexicon, lexicon_name, load_lexicon
from paraalign.model import Document, Report

__all__ = ["Glosses", "glosses_of"]

SHOWN = 3  # renderings in a gloss
LEAST = 0.03  # probability below which a rendering is no help


class Glosses:
    """The distinct glosses of one side's words.

    Attributes:
        texts: Each gloss once, in the order of the words.
        places: The index of the gloss of each word that has one, by the word's text.
    """

    def __init__(self, document: Document, lexicon: Lexicon | None, *, side: str) -> None:
        self.texts: list[str] = []
        self.places: dict[str, int] = {}
        for text, gloss in _glossed(document, lexicon, side):
            self.places[text] = len(self.texts)
            self.texts.append(gloss)


def glosses_of(report: Report) -> tuple[Glosses, Glosses]:
    """Return the glosses of the source's and the target's words of *report*."""
    lexicon = _lexicon(report)
    return (
        Glosses(report.source, lexicon, side="source"),
        Glosses(report.target, lexicon, side="target"),
    )


def _lexicon(report: Report) -> Lexicon | None:
    """Return the lexicon that the run used, where it is the one that comes with the package."""
    lexicon = load_lexicon(report.source.lang, report.target.lang)
    used = str(report.signature.get("lexicon", "none"))
    return lexicon if lexicon and lexicon_name(lexicon) in used else None


def _glossed(document: Document, lexicon: Lexicon | None, side: str) -> Iterator[tuple[str, str]]:
    if lexicon is None:
        return
    look_up = lexicon.renderings if side == "source" else lexicon.reverse_renderings
    for text in dict.fromkeys(word.text for word in document.words if not word.is_sign):
        found = [each.text for each in look_up(text)[:SHOWN] if each.probability >= LEAST]
        if found:
            yield text, ", ".join(found)
