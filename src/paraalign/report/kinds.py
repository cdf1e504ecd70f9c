"""How each kind of divergence is marked besides its colour: by a letter of its own.

>>> LETTERS[Kind.TRUNCATION]
'C'
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from paraalign.model import Finding, Kind

__all__ = ["LETTERS", "kind_counts"]

LETTERS: Mapping[Kind, str] = {
    Kind.OMISSION: "O",
    Kind.ADDITION: "A",
    Kind.MISTRANSLATION: "M",
    Kind.ENTITY: "E",
    Kind.NUMBER: "N",
    Kind.UNTRANSLATED: "U",
    Kind.STRUCTURE: "S",
    Kind.TRUNCATION: "C",  # cut short
    Kind.DEFECT: "D",
    Kind.TERMINOLOGY: "T",
}


def kind_counts(findings: Iterable[Finding]) -> list[tuple[Kind, str, int]]:
    """Return each kind among *findings* with its letter and count, in the guide's order."""
    found = Counter(finding.kind for finding in findings)
    return [(kind, LETTERS[kind], found[kind]) for kind in Kind if found[kind]]
