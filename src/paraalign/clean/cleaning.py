r"""Clean a text: the order of the steps, each a series of edits with reasons.

Scanned and copied texts carry remains of LaTeX, stray tags, entities, invisible characters and
odd spaces. The steps do not know formats: the markup of HTML or Markdown is gone before.

>>> view = clean(View.of(r"ch<mark>uy</mark>ên đề 12^{èmes} $(ng\grave{a}y\ 13)$"), plain=True)
>>> view.text
'chuyên đề 12èmes (ngày 13)'
>>> view.span(10, 16)
Span(start=23, end=31)
"""

from collections.abc import Sequence

from paraalign.clean.characters import composed, without_invisible
from paraalign.clean.latex import without_latex
from paraalign.clean.spaces import folded
from paraalign.clean.tags import with_references, without_tags
from paraalign.views import Span, View

__all__ = ["clean"]


def clean(view: View, *, verbatim: Sequence[Span] = (), plain: bool = False) -> View:
    """Return *view* without the debris that its text carries.

    Args:
        view: What to clean; may hold edits already.
        verbatim: Stretches of the given text, in order, where nothing looks like markup: code.
        plain: Whether tags and entities are read too, as in plain text.

    >>> clean(View.of("prix : $5 et $10")).text
    'prix : $5 et $10'
    """
    view = without_invisible(view)
    if plain:
        view = with_references(without_tags(view))
    view = without_latex(view, verbatim=verbatim)
    return folded(composed(view))
