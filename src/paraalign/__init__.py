"""Certify that two language versions of a text say the same thing; align them down to the word.

>>> import paraalign as pa
>>> report = pa.check(*pa.corpora.declaration(), options=pa.Options(encoder="none"))
>>> report.parallel, len(report.source.leaves())
(True, 16)

Each name is imported when it is first used, so that the command line answers at once. Three
functions share their names with the packages behind them; the package's own attribute is the
function.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paraalign import corpora as corpora
    from paraalign.errors import InputError as InputError
    from paraalign.errors import MissingExtraError as MissingExtraError
    from paraalign.errors import OptionError as OptionError
    from paraalign.errors import ParaalignError as ParaalignError
    from paraalign.evaluate import Evaluation as Evaluation
    from paraalign.evaluate import evaluate as evaluate
    from paraalign.evaluate import read_report as read_report
    from paraalign.model import Bitext as Bitext
    from paraalign.model import Clause as Clause
    from paraalign.model import Document as Document
    from paraalign.model import Finding as Finding
    from paraalign.model import Kind as Kind
    from paraalign.model import Link as Link
    from paraalign.model import Links as Links
    from paraalign.model import Report as Report
    from paraalign.model import Role as Role
    from paraalign.model import Sentence as Sentence
    from paraalign.model import Severity as Severity
    from paraalign.model import Span as Span
    from paraalign.model import Word as Word
    from paraalign.model import WordLink as WordLink
    from paraalign.options import Options as Options
    from paraalign.pipeline import align as align
    from paraalign.pipeline import check as check
    from paraalign.pipeline import segment as segment
    from paraalign.read import Reading as Reading
    from paraalign.read import read_file as read_file
    from paraalign.read import read_text as read_text

_HOMES = {
    "errors": ("InputError", "MissingExtraError", "OptionError", "ParaalignError"),
    "evaluate": ("Evaluation", "evaluate", "read_report"),
    "model": (
        "Bitext",
        "Clause",
        "Document",
        "Finding",
        "Kind",
        "Link",
        "Links",
        "Report",
        "Role",
        "Sentence",
        "Severity",
        "Span",
        "Word",
        "WordLink",
    ),
    "options": ("Options",),
    "pipeline": ("align", "check", "segment"),
    "read": ("Reading", "read_file", "read_text"),
}

__all__ = [
    "Bitext",
    "Clause",
    "Document",
    "Evaluation",
    "Finding",
    "InputError",
    "Kind",
    "Link",
    "Links",
    "MissingExtraError",
    "OptionError",
    "Options",
    "ParaalignError",
    "Reading",
    "Report",
    "Role",
    "Sentence",
    "Severity",
    "Span",
    "Word",
    "WordLink",
    "align",
    "check",
    "corpora",
    "evaluate",
    "read_file",
    "read_report",
    "read_text",
    "segment",
]


class _Package(ModuleType):
    """This package, which keeps some names for functions, not for the packages behind them."""

    def __setattr__(self, name: str, value: object) -> None:
        """Set *name* to *value*, unless an import would hide a function behind its package."""
        if not (name in {"align", "evaluate", "segment"} and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> object:
    """Import *name* from its home."""
    if name == "corpora":
        return import_module("paraalign.corpora")
    home = next((home for home, names in _HOMES.items() if name in names), None)
    if home is None:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{home}"), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__
