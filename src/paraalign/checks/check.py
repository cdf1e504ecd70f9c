"""What a check is: a name, a kind, a default severity and a function from context to findings.

A check's function yields findings that lack an id and may lack the place of a missing stretch;
`paraalign.checks.run` fills in both, in one place for all checks.

>>> def shouts(context: Context) -> Iterator[Finding]:
...     yield from ()
>>> Check("title-shouts", Kind.DEFECT, Severity.MINOR, shouts).family
'title'
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from paraalign.checks.context import Context, Side
from paraalign.model import Finding, Kind, Severity, Span

__all__ = ["Check", "CheckFunction", "Spot", "finding"]

CheckFunction: TypeAlias = Callable[[Context], Iterator[Finding]]
Spot: TypeAlias = tuple[Side, Span]


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the table; what it finds is described in the catalogues of messages.

    Attributes:
        name: Family and fault, joined by a hyphen ("number-missing"); what `select` matches.
        kind: The kind of all its findings.
        severity: Their default severity.
        function: Yields the findings.
    """

    name: str
    kind: Kind
    severity: Severity
    function: CheckFunction

    @property
    def family(self) -> str:
        """The part of the name before the first hyphen."""
        return self.name.partition("-")[0]


def finding(  # noqa: PLR0913  a finding has this many sides
    *,
    check: str,
    kind: Kind,
    severity: Severity,
    confidence: float,
    message: str,
    source: tuple[Span, ...] = (),
    target: tuple[Span, ...] = (),
    source_at: int | None = None,
    target_at: int | None = None,
    evidence: Mapping[str, Any] | None = None,
) -> Finding:
    """Return a finding of *check*, its clauses and id left to be filled in.

    >>> finding(check="x-y", kind=Kind.DEFECT, severity=Severity.MINOR, confidence=0.9,
    ...         message="m", source=(Span(0, 1),)).source
    (Span(start=0, end=1),)
    """
    return Finding(
        check=check,
        kind=kind,
        severity=severity,
        confidence=confidence,
        message=message,
        source=source,
        target=target,
        source_at=source_at,
        target_at=target_at,
        evidence=MappingProxyType(dict(evidence or {})),
    )
