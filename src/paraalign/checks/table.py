"""The table of checks: every family's checks, in the order in which they run."""

from paraalign.checks import (
    brackets,
    coverage,
    defects,
    entities,
    numbers,
    orthography,
    references,
    relations,
    sentences,
    spelling,
    structure,
    terminology,
    truncation,
    untranslated,
)
from paraalign.checks.check import Check

__all__ = ["CHECKS", "Check"]

CHECKS: tuple[Check, ...] = (
    *structure.CHECKS,
    *brackets.CHECKS,
    *references.CHECKS,
    *sentences.CHECKS,
    *numbers.CHECKS,
    *entities.CHECKS,
    *terminology.CHECKS,
    *untranslated.CHECKS,
    *truncation.CHECKS,
    *defects.CHECKS,
    *spelling.CHECKS,
    *orthography.CHECKS,
    *relations.CHECKS,
    *coverage.CHECKS,
)
