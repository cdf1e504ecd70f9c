"""Say what the words of one language translate to in another."""

from paraalign.lexicon.glossary import Glossary, Term, read_glossary
from paraalign.lexicon.glossed import GlossedLexicon, with_glossaries
from paraalign.lexicon.loading import lexicon_name, load_lexicon
from paraalign.lexicon.protocol import Lexicon, Match, Rendering, WordIndex

__all__ = [
    "Glossary",
    "GlossedLexicon",
    "Lexicon",
    "Match",
    "Rendering",
    "Term",
    "WordIndex",
    "lexicon_name",
    "load_lexicon",
    "read_glossary",
    "with_glossaries",
]
