"""Write a report as a file that other programs read."""

from paraalign.formats.endings import DOCUMENT_ENDINGS, ENDINGS, format_of
from paraalign.formats.writing import dumps, dumps_document, write, write_document

__all__ = [
    "DOCUMENT_ENDINGS",
    "ENDINGS",
    "dumps",
    "dumps_document",
    "format_of",
    "write",
    "write_document",
]
