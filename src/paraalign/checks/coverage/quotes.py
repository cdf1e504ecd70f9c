"""Say a divergence of meaning in one sentence that a translator can check.

The sentence quotes what stands there, says what is missing or stands against it, and adds what the
lexicon knows of the words, so that a reader of one language can follow.
"""

from collections.abc import Mapping

from paraalign.align.words.known import is_content
from paraalign.checks.context import Context, Side
from paraalign.model import Kind, Span

__all__ = ["describe", "glosses"]

Glosses = Mapping[str, tuple[str, ...]]

_SHOWN = 3  # renderings a word
_GLOSSED = 3  # words a message


def glosses(context: Context, which: Side, spans: tuple[Span, ...]) -> dict[str, tuple[str, ...]]:
    """Return the usual renderings of the content words of *spans* of side *which*.

    Without a lexicon, or for words it does not list, there is nothing.
    """
    if context.lexicon is None:
        return {}
    look_up = context.lexicon.reverse_renderings if which else context.lexicon.renderings
    document = context.documents[which]
    places = [n for span in spans for n in context.words_in(which, span)]
    forms = dict.fromkeys(document.words[n].text for n in places)
    found = {
        form: tuple(dict.fromkeys(r.text for r in look_up(form)))[:_SHOWN]
        for form in forms
        if is_content(form, document.lang)
    }
    return {form: renderings for form, renderings in found.items() if renderings}


def describe(
    context: Context,
    kind: Kind,
    spans: tuple[tuple[Span, ...], tuple[Span, ...]],
    known: tuple[Glosses, Glosses],
) -> str:
    """Return the message for a divergence of *kind* at *spans*, with the glosses *known*."""
    quotes = {
        side: _quote(context, which, spans[which])
        for side, which in (("source", Side.SOURCE), ("target", Side.TARGET))
    }
    said = context.say(f"coverage-{kind}", quotes)
    told = context.messages.series([each for side in known for each in _listed(side)])
    return context.messages.going_on("finding.glossed", said, {"glosses": told}) if told else said


def _quote(context: Context, which: Side, spans: tuple[Span, ...]) -> str:
    text = " … ".join(context.documents[which].read(span) for span in spans)
    return " ".join(text.split())


def _listed(known: Glosses) -> list[str]:
    shown = list(known.items())[:_GLOSSED]
    return [f"{form} = {', '.join(renderings)}" for form, renderings in shown]
