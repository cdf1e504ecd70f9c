"""What differs by language, as data: numbering words, abbreviations, closing formulas, words."""

from paraalign.langs.codes import is_known
from paraalign.langs.language import Language, SectionWord, function_words, get

__all__ = ["Language", "SectionWord", "function_words", "get", "is_known"]
