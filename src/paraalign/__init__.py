"""Certify that two language versions of a text say the same thing; align them down to the word.

>>> import paraalign as pa
>>> report = pa.check(*pa.corpora.declaration(), options=pa.Options(encoder="none"))
>>> report.parallel, len(report.source.leaves())
(True, 16)
"""

from paraalign import corpora
from paraalign.errors import InputError, MissingExtraError, OptionError, ParaalignError
from paraalign.model import (
    Bitext,
    Clause,
    Document,
    Finding,
    Kind,
    Link,
    Links,
    Report,
    Role,
    Sentence,
    Severity,
    Span,
    Word,
    WordLink,
)
from paraalign.pipeline import Options, align, check, segment
from paraalign.read import Reading, read_file, read_text

__all__ = [
    "Bitext",
    "Clause",
    "Document",
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
    "read_file",
    "read_text",
    "segment",
]
