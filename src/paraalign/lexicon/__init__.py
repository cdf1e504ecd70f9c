"""Say what the words of one language translate to in another."""

from paraalign.lexicon.loading import load_lexicon
from paraalign.lexicon.protocol import Lexicon, Match, Rendering, WordIndex

__all__ = ["Lexicon", "Match", "Rendering", "WordIndex", "load_lexicon"]
