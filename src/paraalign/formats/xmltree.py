"""Write a tree of XML elements as a document."""

from lxml import etree

__all__ = ["pretty"]


def pretty(root: etree._Element, *, doctype: str | None = None) -> str:
    """Return the XML document of *root*, indented, in UTF-8.

    >>> pretty(etree.Element("tmx")).splitlines()[1]
    '<tmx/>'
    """
    etree.indent(root, space=" ")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n' + (f"{doctype}\n" if doctype else "")
    return head + etree.tostring(root, encoding="unicode") + "\n"
