"""Write a report as XLIFF 2.1 (`.xliff`), findings as notes and as ITS quality issues.

A unit a clause, a segment a sentence link. Each finding is a note, and an issue of ITS 2.0's
localisation quality category, of the nearest of its types: an annotation of each stretch that the
finding marks, from `sm` to `em`, for findings overlap; or a record of the unit where it marks none.
"""

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any

from lxml import etree

from paraalign.formats.units import Group, Unit, groups, note_of
from paraalign.formats.xmltree import pretty
from paraalign.model import Finding, Kind, Report, Severity
from paraalign.report.legal import legal
from paraalign.report.stretches import Mark

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
    _add_placeless(unit, [each for part in group.units for each in _placeless(part)], group)
    if findings:
        notes = etree.SubElement(unit, f"{{{XLIFF}}}notes")
        for finding in findings:
            note = etree.SubElement(notes, f"{{{XLIFF}}}note", category=str(finding.kind))
            note.set("priority", str(4 - int(finding.severity)))
            note.text = legal(note_of(finding))
    for part in group.units:
        segment = etree.SubElement(unit, f"{{{XLIFF}}}segment", id=f"s{part.id}")
        source, target = (
            etree.SubElement(segment, f"{{{XLIFF}}}{name}") for name in ("source", "target")
        )
        _fill(source, part.source, _marked(part.source_marks), part, "s")
        _fill(target, part.target, _marked(part.target_marks), part, "t")


def _marked(marks: Iterable[Mark]) -> list[Mark]:
    return [mark for mark in marks if mark.start < mark.end]


def _placeless(part: Unit) -> Iterator[Finding]:
    """Yield the findings of *part* that mark no text on either side."""
    placed = {mark.number for mark in _marked((*part.source_marks, *part.target_marks))}
    yield from (each for n, each in enumerate(part.findings, start=1) if n not in placed)


def _add_placeless(unit: etree._Element, findings: list[Finding], group: Group) -> None:
    if not findings:
        return
    issues = etree.SubElement(unit, f"{{{ITS}}}locQualityIssues")
    issues.set("{http://www.w3.org/XML/1998/namespace}id", f"i{group.id}")
    for finding in findings:
        issue = etree.SubElement(issues, f"{{{ITS}}}locQualityIssue")
        _describe(issue, finding)


def _fill(side: etree._Element, text: str, marks: list[Mark], part: Unit, letter: str) -> None:
    """Write *text* into *side*, an element where each mark starts and one where it ends."""
    ends = sorted(marks, key=lambda mark: (mark.end, -mark.start, -mark.number))
    starts = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.number))
    names = {mark: f"m{part.id}.{letter}{n}" for n, mark in enumerate(starts, start=1)}
    steps = [(mark.end, 0, mark) for mark in ends] + [(mark.start, 1, mark) for mark in starts]
    done, last = 0, None
    for place, opens, mark in sorted(steps, key=lambda step: step[:2]):
        _write(side, last, text[done:place])
        if opens:
            last = etree.SubElement(side, f"{{{XLIFF}}}sm", id=names[mark], type="its:generic")
            _describe(last, part.findings[mark.number - 1])
        else:
            last = etree.SubElement(side, f"{{{XLIFF}}}em", startRef=names[mark])
        done = place
    _write(side, last, text[done:])


def _write(side: etree._Element, last: etree._Element | None, text: str) -> None:
    """Add *text* to *side*, behind its *last* child."""
    if last is None:
        side.text = legal(text)
    else:
        last.tail = legal(text)


def _describe(element: etree._Element, finding: Finding) -> None:
    """Set the attributes of ITS's localisation quality issue on *element*."""
    prefix = f"{{{ITS}}}" if etree.QName(element).namespace != ITS else ""
    element.set(f"{prefix}locQualityIssueType", ISSUE_TYPES[finding.kind])
    element.set(f"{prefix}locQualityIssueSeverity", ITS_WEIGHT[finding.severity])
    element.set(f"{prefix}locQualityIssueComment", legal(finding.message))
