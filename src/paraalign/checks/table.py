"""The table of checks: every family's checks, in the order in which they run."""

from paraalign.checks import brackets, defects, entities, numbers, structure, truncation
from paraalign.checks.check import Check

__all__ = ["CHECKS", "Check"]

CHECKS: tuple[Check, ...] = (
    *structure.CHECKS,
    *brackets.CHECKS,
    *numbers.CHECKS,
    *entities.CHECKS,
    *truncation.CHECKS,
    *defects.CHECKS,
)
