"""The mean token vector of a language, which makes all its words look alike until subtracted.

A long text is its own best sample; the means shipped serve texts too short for one. They were
learned by `scripts/learn_encoder.py`, which says from what.
"""

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["LanguageMean", "language_mean"]


class LanguageMean(NamedTuple):
    """The mean vectors of multilingual-e5-small for the tokens of a language.

    Attributes:
        words: That of the vectors for linking words. Shape: (dimensions,).
        sentences: That of the vectors for linking sentences. Shape: (dimensions,).
    """

    words: NDArray[np.float32]
    sentences: NDArray[np.float32]


def language_mean(lang: str) -> LanguageMean | None:
    """Return the mean token vectors of *lang* (ISO 639-1), or None if none were learned.

    They are those of the encoders "e5" and "e5-fp32", and of no other.

    >>> language_mean("fr").words.shape
    (384,)
    >>> language_mean("xx") is None
    True
    """
    return _means().get(lang)


@cache
def _means() -> dict[str, LanguageMean]:
    with (
        files("paraalign.encode").joinpath("e5-means.npz").open("rb") as file,
        np.load(file) as stored,
    ):
        return {lang: LanguageMean(*stored[lang]) for lang in stored.files}
