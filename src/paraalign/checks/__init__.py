"""Find where two linked texts diverge: one table of checks, one module a family."""

from paraalign.checks.check import Check
from paraalign.checks.context import Context, Side
from paraalign.checks.run import report_unrelated as unrelated
from paraalign.checks.run import run_checks, selected
from paraalign.checks.table import CHECKS

__all__ = ["CHECKS", "Check", "Context", "Side", "run_checks", "selected", "unrelated"]
