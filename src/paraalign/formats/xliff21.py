"""Write a report as XLIFF 2.1 (`.xliff`), findings as notes and as ITS quality issues.

A unit a clause, a segment a sentence link. Each finding is a note, and a record of ITS 2.0's
localisation quality issue, which the ITS module of XLIFF 2.1 holds, with the nearest of its types.
"""

from pathlib import PurePath
from typing import Any

from lxml import etree

from paraalign.formats.units import Group, groups, note_of
from paraalign.formats.xmltree import pretty
from paraalign.model import Finding, Kind, Report, Severity
from paraalign.report.legal import legal

__all__ = ["dumps"]

XLIFF = "urn:oasis:names:tc:xliff:document:2.0"
ITS = "http://www.w3.org/2005/11/its"
ISSUE_TYPES = {
    Kind.OMISSION: "omission",
    Kind.ADDITION: "addition",
    Kind.MISTRANSLATION: "mistranslation",
    Kind.ENTITY: "inconsistent-entities",
    Kind.NUMBER: "numbers",
    Kind.UNTRANSLATED: "untranslated",
    Kind.STRUCTURE: "formatting",
    Kind.TRUNCATION: "omission",
    Kind.DEFECT: "typographical",
    Kind.TERMINOLOGY: "terminology",
}
ITS_WEIGHT = {Severity.MINOR: "20", Severity.MAJOR: "60", Severity.CRITICAL: "100"}  # of 100


def dumps(report: Report) -> str:
    """Return *report* as XLIFF 2.1."""
    nsmap: Any = {None: XLIFF, "its": ITS}  # the stubs know no default namespace
    root = etree.Element(f"{{{XLIFF}}}xliff", nsmap=nsmap)
    root.attrib.update(
        {
            "version": "2.1",
            "srcLang": report.source.lang,
            "trgLang": report.target.lang,
            f"{{{ITS}}}version": "2.0",
        }
    )
    name = legal(PurePath(report.source.path or "source").name)
    file = etree.SubElement(root, f"{{{XLIFF}}}file", id="f1", original=name)
    for group in groups(report):
        _add_unit(file, group)
    return pretty(root)


def _add_unit(file: etree._Element, group: Group) -> None:
    unit = etree.SubElement(file, f"{{{XLIFF}}}unit", id=f"u{group.id}", name=legal(group.label))
    findings = [finding for part in group.units for finding in part.findings]
    if findings:
        _add_issues(unit, findings, f"i{group.id}")
        notes = etree.SubElement(unit, f"{{{XLIFF}}}notes")
        for finding in findings:
            note = etree.SubElement(notes, f"{{{XLIFF}}}note", category=str(finding.kind))
            note.set("priority", str(4 - int(finding.severity)))
            note.text = legal(note_of(finding))
    for part in group.units:
        segment = etree.SubElement(unit, f"{{{XLIFF}}}segment", id=f"s{part.id}")
        etree.SubElement(segment, f"{{{XLIFF}}}source").text = legal(part.source)
        etree.SubElement(segment, f"{{{XLIFF}}}target").text = legal(part.target)


def _add_issues(unit: etree._Element, findings: list[Finding], name: str) -> None:
    issues = etree.SubElement(unit, f"{{{ITS}}}locQualityIssues")
    issues.set("{http://www.w3.org/XML/1998/namespace}id", name)
    for finding in findings:
        issue = etree.SubElement(issues, f"{{{ITS}}}locQualityIssue")
        issue.set("locQualityIssueType", ISSUE_TYPES[finding.kind])
        issue.set("locQualityIssueSeverity", ITS_WEIGHT[finding.severity])
        issue.set("locQualityIssueComment", legal(finding.message))
