"""Turn a text as given into what a reader reads, each character tied to where it came from."""

from paraalign.clean.cleaning import clean

__all__ = ["clean"]
