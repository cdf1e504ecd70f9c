"""Profiles: which checks run, and how grave what they find is.

European institutions draft sentence for sentence: there a paragraph of three sentences against one
of two is a fault. Elsewhere versions share their structure and not their sentences. So there are
two profiles, `strict` and `lax` (the default); a house that wants it otherwise leaves out checks by
name or moves their severity.

>>> sorted(profile_names())
['lax', 'strict']
>>> load_profile("lax").skips(next(check for check in CHECKS if check.name == "sentence-count"))
True
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

from paraalign.checks.check import Check
from paraalign.checks.table import CHECKS
from paraalign.errors import OptionError
from paraalign.model import Finding, Severity

__all__ = ["Profile", "load_profile", "profile_names", "require_check"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a house asks of its texts.

    Attributes:
        name: "strict" or "lax".
        skip: Checks that do not run, by the start of their names.
        severity: Severities that replace the default ones, by the start of the checks' names; of
            several that fit, the longest counts.
    """

    name: str
    skip: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)

    def skips(self, check: Check) -> bool:
        """Tell whether *check* does not run.

        >>> Profile("mine", skip=("tone",)).skips(CHECKS[0])
        False
        """
        return bool(self.skip) and check.name.startswith(self.skip)

    def judged(self, found: Finding) -> Finding:
        """Return *found* with the severity that the profile gives to its check."""
        names = [name for name in self.severity if found.check.startswith(name)]
        return replace(found, severity=self.severity[max(names, key=len)]) if names else found


def profile_names() -> tuple[str, ...]:
    """Return the names of the profiles there are."""
    return tuple(_profiles())


def load_profile(
    name: str, *, skip: Iterable[str] = (), severity: Iterable[tuple[str, str]] = ()
) -> Profile:
    """Return the profile *name*, with more checks to *skip* and other severities.

    Raises:
        OptionError: If there is no such profile, check or severity.

    >>> load_profile("strict", severity=[("tone", "major")]).severity["tone"].name
    'MAJOR'
    """
    if name not in _profiles():
        message = f"profile is {name!r}; {', '.join(_profiles())} are allowed"
        raise OptionError(message)
    known = _profiles()[name]
    given = tuple(skip), dict(severity)
    for prefix in (*given[0], *given[1]):
        require_check(prefix)
    levels = {**known.get("severity", {}), **given[1]}
    return Profile(
        name,
        (*known.get("skip", ()), *given[0]),
        {check: _level(check, level) for check, level in levels.items()},
    )


def require_check(prefix: str) -> None:
    """Refuse *prefix* if no check's name starts with it.

    Raises:
        OptionError: With the families of checks.
    """
    if not any(check.name.startswith(prefix) for check in CHECKS):
        names = ", ".join(dict.fromkeys(check.family for check in CHECKS))
        message = f"no check starts with {prefix!r}; the families are {names}"
        raise OptionError(message)


def _level(check: str, level: str) -> Severity:
    if level.upper() not in Severity.__members__:
        message = f"severity of {check!r} is {level!r}; minor, major, critical are allowed"
        raise OptionError(message)
    return Severity[level.upper()]


@lru_cache(maxsize=1)
def _profiles() -> dict[str, Any]:
    path = files("paraalign.checks") / "data" / "profiles.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
