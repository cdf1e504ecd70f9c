"""Find where two linked texts diverge: one table of checks, one module a family."""

from paraalign.checks.check import Check
from paraalign.checks.context import Context, Side
from paraalign.checks.profiles import Profile, load_profile, profile_names
from paraalign.checks.run import report_unrelated as unrelated
from paraalign.checks.run import run_checks, selected
from paraalign.checks.table import CHECKS

__all__ = [
    "CHECKS",
    "Check",
    "Context",
    "Profile",
    "Side",
    "load_profile",
    "profile_names",
    "run_checks",
    "selected",
    "unrelated",
]
