r"""Text that may stand in XML: what XML can't hold becomes the replacement character.

XML 1.0 has no way to write most control characters or half a surrogate pair, not even as a
reference. One stray form feed must not cost the whole file.

>>> xml_text("a\x0cb\ufffe c")
'a\ufffdb\ufffd c'
"""

import re

__all__ = ["pretty", "xml_text"]

from lxml import etree

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return *text* with every character that XML 1.0 forbids replaced by U+FFFD."""
    return ILLEGAL.sub("\ufffd", text)


def pretty(root: etree._Element, *, doctype: str | None = None) -> str:
    """Return the XML document of *root*, indented, in UTF-8."""
    etree.indent(root, space=" ")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n' + (f"{doctype}\n" if doctype else "")
    return head + etree.tostring(root, encoding="unicode") + "\n"
