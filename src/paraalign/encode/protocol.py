"""What the aligner asks of an encoder: token vectors with the stretch each token stands on.

Any model can serve that gives a vector for every piece of a text, in a space where the vectors of
translations lie close. Two vectors a token are asked for, since the layers that link words best are
not those that link sentences best.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from paraalign.views import Offsets

__all__ = ["Encoder", "TokenVectors"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TokenVectors:
    """The tokens of one text, without the model's own prefix and special tokens.

    Attributes:
        starts: First character of each token, in code points of the text. Shape: (tokens,).
        ends: Character after its last. Shape: (tokens,).
        words: Vectors for linking words, not normalised. Shape: (tokens, dimensions).
        sentences: Vectors for linking sentences (their sum over a stretch is its vector),
            not normalised. Shape: (tokens, dimensions).
        weights: How much each token says, above 0: the rarer the more. Shape: (tokens,).
    """

    starts: Offsets
    ends: Offsets
    words: NDArray[np.float32]
    sentences: NDArray[np.float32]
    weights: NDArray[np.float32]


class Encoder(Protocol):
    """Whatever gives token vectors.

    Attributes:
        name: What the signature of a report says, with version and precision.
    """

    @property
    def name(self) -> str:
        """Name, version and precision, for the signature."""
        ...

    def encode(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return the token vectors of each of *texts*, in order; of an empty text, none."""
        ...
