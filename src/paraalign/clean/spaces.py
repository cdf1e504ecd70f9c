r"""Fold white space: to one line feed where a line ends, to one blank elsewhere.

French typography sets no-break and narrow no-break spaces before its signs, files end lines in
three ways, pages end in form feeds. None of that says anything, but where a line ends may.

>>> folded(View.of("Objet\u00a0:  paix \r\n\f Fin")).text
'Objet : paix\nFin'
"""

import re
from collections.abc import Iterator

from paraalign.views import Edit, View

__all__ = ["folded"]

_SPACE = re.compile(r"\s{2,}|[^\S \n]")
_LINE_END = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def folded(view: View) -> View:
    r"""Return *view* with each run of white space folded to one character.

    >>> [(each.text, each.reason) for each in folded(View.of("a\u202f; b  c")).replaced]
    [(' ', 'no-break space')]
    """
    return view.edit(_foldings(view.text))


def _foldings(text: str) -> Iterator[Edit]:
    for match in _SPACE.finditer(text):
        run = match.group()
        new = "\n" if _LINE_END.search(run) else " "
        yield Edit(match.start(), match.end(), new, _reason(run))


def _reason(run: str) -> str:
    if "\u00a0" in run or "\u202f" in run:
        return "no-break space"
    return "page break" if "\f" in run else ""
