"""Write a tree of XML elements as a document."""

from lxml import etree

__all__ = ["pretty"]

TEXTS = {"source", "target", "seg"}  # hold text of ours, where no blank may be added


def pretty(root: etree._Element, *, doctype: str | None = None) -> str:
    """Return the XML document of *root*, indented outside of texts, in UTF-8.

    >>> pretty(etree.Element("tmx")).splitlines()[1]
    '<tmx/>'
    """
    texts = [each for each in root.iter() if etree.QName(each).localname in TEXTS]
    kept = [(each, each.text, [child.tail for child in each]) for each in texts]
    etree.indent(root, space=" ")
    for element, text, tails in kept:
        element.text = text
        for child, tail in zip(element, tails, strict=True):
            child.tail = tail
    head = '<?xml version="1.0" encoding="UTF-8"?>\n' + (f"{doctype}\n" if doctype else "")
    return head + etree.tostring(root, encoding="unicode") + "\n"
