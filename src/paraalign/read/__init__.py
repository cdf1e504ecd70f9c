"""Turn bytes into a text, its clean view and its blocks."""

from paraalign.read.languages import detect_language
from paraalign.read.reader import read_file, read_text
from paraalign.read.reading import Block, Reading
from paraalign.read.versions import split_languages

__all__ = [
    "Block",
    "Reading",
    "detect_language",
    "read_file",
    "read_text",
    "split_languages",
]
