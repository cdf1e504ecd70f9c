"""Read tags and character references that strayed into plain text.

Scanners and copying leave `<mark>`, `<b>` or `&nbsp;` in texts that are no HTML. Only what is
certain is read: an element of HTML that is opened and closed in the same line, a void element, a
reference by number or by a name that ends in a semicolon. The text within tags always stays.

>>> without_tags(View.of("ch<mark>uy</mark>ên đề, Vec<u> et a < b")).text
'chuyên đề, Vec<u> et a < b'
"""

import html
import re
from collections.abc import Iterator

from paraalign.views import Edit, View

__all__ = ["reference_text", "with_references", "without_tags"]

_NAMES = (
    "a abbr b bdi bdo big cite code del dfn em font i ins kbd mark p q s samp small span strike "
    "strong sub sup tt u var center div"
)
_ATTRIBUTES = r"""(?:\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:"[^"<\n]*"|'[^'<\n]*'|[^\s"'=<>`]+))?)*\s*"""
_TAG = re.compile(
    rf"<(?P<close>/?)(?:(?P<void>br|hr|wbr|img)|(?P<name>{'|'.join(_NAMES.split())}))"
    rf"{_ATTRIBUTES}/?>|(?P<line>\n)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def without_tags(view: View) -> View:
    """Return *view* without the tags of HTML that are surely tags.

    >>> without_tags(View.of("12<sup>e</sup> et 13<sup>e")).text
    '12e et 13<sup>e'
    """
    if "<" not in view.text:
        return view
    return view.edit(sorted(_tag_edits(view.text)))


def _tag_edits(text: str) -> Iterator[Edit]:
    open_tags: list[re.Match[str]] = []
    for match in _TAG.finditer(text):
        if match["line"]:
            open_tags.clear()
        elif match["void"]:
            yield from _void_edits(match)
        elif not match["close"]:
            open_tags.append(match)
        else:
            yield from _pair_edits(open_tags, match)


def _void_edits(match: re.Match[str]) -> Iterator[Edit]:
    if match["void"].lower() == "br":
        yield Edit(match.start(), match.start(), "\n", "")
    yield Edit(match.start(), match.end(), "", "tag")


def _pair_edits(open_tags: list[re.Match[str]], closing: re.Match[str]) -> Iterator[Edit]:
    names = [each["name"].lower() for each in open_tags]
    name = closing["name"].lower()
    if name not in names:
        return
    place = len(names) - 1 - names[::-1].index(name)
    yield Edit(open_tags[place].start(), open_tags[place].end(), "", "tag")
    yield Edit(closing.start(), closing.end(), "", "tag")
    del open_tags[place:]


def with_references(view: View) -> View:
    """Return *view* with the character references of HTML resolved.

    >>> with_references(View.of("R&amp;D &eacute;tat &foo; &#233;")).text
    'R&D état &foo; é'
    """
    if "&" not in view.text:
        return view
    return view.edit(
        Edit(match.start(), match.end(), new, "entity")
        for match in _REFERENCE.finditer(view.text)
        if (new := reference_text(match.group()))
    )


def reference_text(reference: str) -> str:
    """Return what the character *reference* stands for, or "" where that is not known.

    >>> reference_text("&nbsp;") == chr(160), reference_text("&nom;")
    (True, '')
    """
    text = html.unescape(reference)
    return "" if text == reference else text
