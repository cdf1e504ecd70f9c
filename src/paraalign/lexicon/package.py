r"""One file for a whole lexicon: lists of words and arrays, read in a few milliseconds.

The file opens with a line of JSON that says what follows and how long each part is; the parts
stand one after the other. Lists of words are lines of UTF-8, arrays are little-endian. Writing the
same parts gives the same bytes.

>>> parts = {"words": ["a", "đ"], "ranks": np.array([2, 1], dtype=np.int32)}
>>> read_parts(write_parts(parts))["words"]
['a', 'đ']
"""

import json
from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from paraalign.errors import ParaalignError

__all__ = ["MAGIC", "Part", "read_parts", "write_parts"]

Part: TypeAlias = "list[str] | NDArray[np.generic]"

MAGIC = "paraalign lexicon 1"
"""Name and version of the layout, in the first line of the file."""


def write_parts(parts: Mapping[str, Part]) -> bytes:
    r"""Return the bytes of a file that holds *parts*, in their order.

    >>> write_parts({"words": ["a"]}).split(b"\n")[0][:40]
    b'{"magic": "paraalign lexicon 1", "parts"'
    """
    blobs = [_blob(part) for part in parts.values()]
    kinds = ["text" if isinstance(part, list) else part.dtype.str for part in parts.values()]
    table = [[name, kind, len(blob)] for name, kind, blob in zip(parts, kinds, blobs, strict=True)]
    head = json.dumps({"magic": MAGIC, "parts": table})
    return b"\n".join([head.encode(), b"".join(blobs)])


def read_parts(data: bytes) -> dict[str, Part]:
    """Return the parts of the file with the bytes *data*. Arrays share its memory.

    Raises:
        ParaalignError: If *data* is no such file.

    >>> read_parts(write_parts({"n": np.array([7], dtype=np.uint8)}))["n"]
    array([7], dtype=uint8)
    """
    head, _, _ = data.partition(b"\n")
    done = len(head) + 1
    parts: dict[str, Part] = {}
    for name, kind, size in _table(head):
        parts[name] = _part(memoryview(data)[done : done + size], kind)
        done += size
    return parts


def _table(head: bytes) -> list[tuple[str, str, int]]:
    try:
        loaded = json.loads(head)
        table = loaded["parts"] if loaded["magic"] == MAGIC else None
    except (ValueError, KeyError, TypeError):
        table = None
    if table is None:
        message = f"not a lexicon file: it opens with {head[:40]!r}; allowed is {MAGIC!r}"
        raise ParaalignError(message)
    return [(name, kind, size) for name, kind, size in table]


def _blob(part: Part) -> bytes:
    return "\n".join(part).encode() if isinstance(part, list) else part.tobytes()


def _part(blob: memoryview, kind: str) -> Part:
    if kind == "text":
        return str(blob, "utf-8").split("\n") if len(blob) else []
    return np.frombuffer(blob, dtype=np.dtype(kind))
