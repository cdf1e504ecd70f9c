"""Write a report as XLIFF 1.2, what most translation tools open (`.xlf`).

A group a clause, a trans-unit a sentence link; findings are notes. A gap has an empty side.
"""

from pathlib import PurePath
from typing import Any

from lxml import etree

from paraalign.formats.units import Group, Unit, groups, note_of
from paraalign.formats.xmltree import pretty
from paraalign.model import Report, Severity
from paraalign.report.legal import legal

__all__ = ["dumps"]

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
PRIORITY = {Severity.CRITICAL: "1", Severity.MAJOR: "2", Severity.MINOR: "3"}


def dumps(report: Report) -> str:
    """Return *report* as XLIFF 1.2."""
    root = _root()
    name = PurePath(report.source.path or "source").name
    langs = {"source-language": report.source.lang, "target-language": report.target.lang}
    file = _new(root, "file", {"original": name, "datatype": "plaintext", **langs})
    body = _new(file, "body", {})
    for group in groups(report):
        _add_group(body, group)
    return pretty(root)


def _add_group(body: etree._Element, group: Group) -> None:
    element = _new(body, "group", {"id": group.id, "resname": group.label})
    for unit in group.units:
        _add_unit(element, unit)


def _add_unit(group: etree._Element, unit: Unit) -> None:
    element = _new(group, "trans-unit", {"id": unit.id})
    _new(element, "source", {}).text = legal(unit.source)
    _new(element, "target", {}).text = legal(unit.target)
    for finding in unit.findings:
        attributes = {"from": "paraalign", "priority": PRIORITY[finding.severity]}
        _new(element, "note", attributes).text = legal(note_of(finding))


def _root() -> etree._Element:
    nsmap: Any = {None: NAMESPACE}  # the stubs know no default namespace
    return etree.Element(f"{{{NAMESPACE}}}xliff", {"version": "1.2"}, nsmap=nsmap)


def _new(parent: etree._Element, name: str, attributes: dict[str, str]) -> etree._Element:
    values = {key: legal(value) for key, value in attributes.items()}
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", values)
