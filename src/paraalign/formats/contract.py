"""Say where a JSON report breaks a rule that its schema can't state.

`report.schema.json` gives the shape. That spans quote the text, leaves cover it, each clause stands
in exactly one link: these rules hold between the parts. Programs that write or change reports can
check theirs with `violations`; our own are checked by the tests, over every text we have.

>>> from json import loads
>>> from paraalign import corpora
>>> from paraalign.formats.json import dumps
>>> from paraalign.pipeline import Options, align
>>> report = align(*corpora.declaration(), options=Options(encoder="none"))
>>> list(violations(loads(dumps(report))))
[]
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

__all__ = ["uncovered", "violations"]

_SIDES = ("source", "target")


def violations(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield one line for each broken rule of *report*, the parsed JSON.

    That no character is lost is not among them: whether a stretch is markup only its reader knows.
    `uncovered` gives what stands in no leaf.
    """
    for side in _SIDES:
        yield from (f"{side}: {line}" for line in _document_violations(report[side]))
    for level in ("clauses", "sentences"):
        yield from _link_violations(report, level)
    yield from _word_violations(report)
    yield from _finding_violations(report)


def uncovered(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the stretches of *document*, blanks stripped, that stand in no leaf clause.

    >>> leaf = {"start": 2, "end": 4, "parent": None}
    >>> list(uncovered({"text": "# ab", "clauses": [leaf]}))
    ['#']
    """
    done = 0
    for leaf in _leaves(document):
        yield from _stripped(document["text"][done : leaf["start"]])
        done = leaf["end"]
    yield from _stripped(document["text"][done:])


def _stripped(text: str) -> Iterator[str]:
    if text.strip():
        yield text.strip()


def _leaves(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    parents = {clause["parent"] for clause in document["clauses"]}
    return [clause for index, clause in enumerate(document["clauses"]) if index not in parents]


def _document_violations(document: Mapping[str, Any]) -> Iterator[str]:
    text, clauses = document["text"], document["clauses"]
    if hashlib.sha256(text.encode()).hexdigest() != document["sha256"]:
        yield "sha256 is not that of the text"
    yield from _order_violations("leaf clauses", _leaves(document), len(text))
    yield from _order_violations("sentences", document["sentences"], len(text))
    for index, clause in enumerate(clauses):
        if clause["parent"] is not None and not 0 <= clause["parent"] < index:
            yield f"clause {index} stands before its parent"
    for index, sentence in enumerate(document["sentences"]):
        clause = clauses[sentence["clause"]]
        if not clause["start"] <= sentence["start"] < sentence["end"] <= clause["end"]:
            yield f"sentence {index} leaves its clause"


def _order_violations(
    name: str, stretches: Sequence[Mapping[str, Any]], size: int
) -> Iterator[str]:
    done = 0
    for index, stretch in enumerate(stretches):
        if not done <= stretch["start"] < stretch["end"] <= size:
            yield f"{name}: number {index} is empty, out of order, overlaps or leaves the text"
        done = stretch["end"]


def _link_violations(report: Mapping[str, Any], level: str) -> Iterator[str]:
    links = report["links"][level]
    if any(not link["source"] and not link["target"] for link in links):
        yield f"{level}: a link has two empty sides"
    for side in _SIDES:
        used = Counter(index for link in links for index in link[side])
        wanted = range(len(report[side][level]))
        if sorted(used) != list(wanted) or set(used.values()) - {1}:
            yield f"{level}: not every unit of the {side} is in exactly one link"


def _word_violations(report: Mapping[str, Any]) -> Iterator[str]:
    for link in report["links"]["words"]:
        for side in _SIDES:
            start, end = link[side]
            if not 0 <= start < end <= len(report[side]["text"]):
                yield f"words: [{start}, {end}] is no stretch of the {side}"


def _finding_violations(report: Mapping[str, Any]) -> Iterator[str]:
    ids = Counter(finding["id"] for finding in report["findings"])
    yield from (f"findings: id {name!r} stands {count} times" for name, count in _repeated(ids))
    for finding in report["findings"]:
        for side in _SIDES:
            yield from (
                f"finding {finding['id']}: {line}"
                for line in _side_violations(report, finding, side)
            )


def _repeated(counts: Counter[str]) -> Iterable[tuple[str, int]]:
    return ((name, count) for name, count in counts.items() if count > 1)


def _side_violations(
    report: Mapping[str, Any], finding: Mapping[str, Any], side: str
) -> Iterator[str]:
    text = report[side]["text"]
    for span in finding[side]:
        if text[span["start"] : span["end"]] != span["text"] or not span["text"]:
            yield f"a {side} span does not quote the text"
    place = finding.get(f"{side}_at")
    if not finding[side] and (place is None or not 0 <= place <= len(text)):
        yield f"no {side} span and no place where it would stand"
