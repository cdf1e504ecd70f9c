"""Which texts run through the layers together.

No step mixes the texts of a batch, but sums of floats may depend on how long they are padded. So a
text is padded to a length that follows from its own, and shares a batch only with those padded to
the same: what else there is to encode changes no bit of its vectors.

>>> padded(9), list(iter_batches([9, 3, 12]))
(16, [[0, 2], [1]])
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

__all__ = ["iter_batches", "padded"]

_STEP = 8  # lengths are padded to a multiple of it
_BATCH = 1024  # places in a batch, padding included


def padded(size: int) -> int:
    """Return the length to which a text of *size* tokens is padded."""
    return -(-size // _STEP) * _STEP


def iter_batches(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Yield the indices of texts of these *sizes*, in tokens, batch by batch, the longest first."""
    lengths = [padded(size) for size in sizes]
    ordered = sorted(range(len(sizes)), key=lengths.__getitem__, reverse=True)
    for length, group in groupby(ordered, lengths.__getitem__):
        same = list(group)
        count = max(1, _BATCH // max(1, length))
        yield from (same[start : start + count] for start in range(0, len(same), count))
