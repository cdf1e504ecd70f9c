"""Write a report as a translation memory, TMX 1.4b.

A unit a sentence link, with its clause and score as properties and its findings as notes, so that
who imports the memory can leave out what is doubtful. A gap is a unit with one language.
"""

from lxml import etree

from paraalign.formats.units import Unit, groups, note_of
from paraalign.formats.xmltree import pretty
from paraalign.model import Report
from paraalign.report.legal import legal

__all__ = ["dumps"]

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DOCTYPE = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'


def dumps(report: Report) -> str:
    """Return *report* as TMX 1.4b."""
    root = etree.Element("tmx", version="1.4")
    etree.SubElement(root, "header", _header(report))
    body = etree.SubElement(root, "body")
    for group in groups(report):
        for unit in group.units:
            _add(body, unit, group.label, report)
    return pretty(root, doctype=DOCTYPE)


def _header(report: Report) -> dict[str, str]:
    return {
        "creationtool": "paraalign",
        "creationtoolversion": legal(str(report.signature.get("paraalign", "0"))),
        "segtype": "sentence",
        "o-tmf": "paraalign.report/1",
        "adminlang": "en",
        "srclang": report.source.lang,
        "datatype": "plaintext",
    }


def _add(body: etree._Element, unit: Unit, clause: str, report: Report) -> None:
    element = etree.SubElement(body, "tu", tuid=unit.id)
    for finding in unit.findings:
        etree.SubElement(element, "note").text = legal(note_of(finding))
    for name, value in (("x-clause", clause), ("x-score", f"{unit.score:.4f}")):
        etree.SubElement(element, "prop", type=name).text = legal(value)
    for lang, text in ((report.source.lang, unit.source), (report.target.lang, unit.target)):
        if text:
            variant = etree.SubElement(element, "tuv", {LANG: lang})
            etree.SubElement(variant, "seg").text = legal(text)
