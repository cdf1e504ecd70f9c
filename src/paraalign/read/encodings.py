r"""Find out how bytes encode a text, and refuse what is no text.

A wrong guess turns "é" into "Ã©" without a word, so little is guessed: a byte order mark or valid
UTF-8 decides, then what the file declares of itself, then the two code pages in which French and
Vietnamese were written for twenty years. Bytes that are mostly UTF-8 with a fault are refused with
the place of the fault, never read as something else.

>>> decode("Hà Nội".encode("utf-16"))
('Hà Nội', 'utf-16-le')
>>> decode(b"No\xfbl \xe9t\xe9 \xab")[1]
'windows-1252'
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from paraalign.errors import InputError

__all__ = ["decode", "load"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (docx, odt, …)"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x1f\x8b", "compressed"),
    (b"{\\rtf", "RTF"),
)
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)"
    rb"|<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)",
    re.IGNORECASE,
)
_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_NUL_SHARE = 0.1  # of the bytes of one parity: Latin letters in UTF-16 have a NUL each
_CONTROL_SHARE = 0.01
_NO_TEXT_CODECS = {"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape"}
_VIETNAMESE_TONES = "\u0300\u0301\u0303\u0309\u0323"


def load(path: Path, *, limit: int) -> bytes:
    """Return the bytes of the file *path*, at most *limit* of them.

    Raises:
        InputError: If there is no such file, it can't be read, or it is larger.
    """
    try:
        _refuse_unfit(path, limit)
        return path.read_bytes()
    except InputError:
        raise
    except FileNotFoundError:
        message = f"{path}: no such file"
        raise InputError(message) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"{path}: can't be read: {reason.lower()}"
        raise InputError(message) from error


def _refuse_unfit(path: Path, limit: int) -> None:
    if path.is_dir():
        message = f"{path}: is a directory; a file is needed"
        raise InputError(message)
    size = path.stat().st_size
    if size > limit:
        message = f"{path}: {size:,} bytes; at most {limit:,} can be read"
        raise InputError(message)


def decode(data: bytes, *, path: str = "text") -> tuple[str, str]:
    r"""Return the text that *data* encodes, and the name of the encoding.

    A byte order mark is part of the encoding, not of the text.

    Raises:
        InputError: If it is binary or in none of the encodings tried; with the byte offset.

    >>> decode(b"\xff\xfe\x00")
    Traceback (most recent call last):
    ...
    paraalign.errors.InputError: text: byte offset 2: truncated data; tried utf-16-le
    """
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            message = f"{path}: byte offset 0: is {what}; text, Markdown, HTML or XML is needed"
            raise InputError(message)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data, [name], len(mark), path)
    return _decoded(data, list(_candidates(data)), 0, path)


def _candidates(data: bytes) -> Iterator[str]:
    """Yield the encodings to try, the likeliest first."""
    if wide := _wide(data):
        yield wide
        return
    declared = _declared(data)
    if declared and not _is_utf8_beyond_ascii(data):
        yield declared
    yield "utf-8"
    if _UTF8_SEQUENCE.search(data) is None or _is_rather_single_byte(data):
        yield from ("windows-1258", "windows-1252")


def _decoded(data: bytes, names: list[str], start: int, path: str) -> tuple[str, str]:
    faults: list[tuple[int, str]] = []
    for name in names:
        try:
            text = data[start:].decode(name)
        except UnicodeDecodeError as error:
            faults.append((start + error.start, error.reason))
            continue
        if name == "windows-1258" and "windows-1252" in names and not _is_vietnamese(text):
            continue
        _refuse_binary(text, name, start, path)
        return text, name
    place, reason = faults[0]
    message = f"{path}: byte offset {place}: {reason}; tried {', '.join(names)}"
    raise InputError(message)


def _wide(data: bytes) -> str | None:
    """Return the byte order of UTF-16 without a mark, which the place of its NULs betrays."""
    half = len(data) // 2
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if max(even, odd) < max(2, _NUL_SHARE * half) or min(even, odd) > max(even, odd) / 10:
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    return None if _CONTROL.search(data.decode(name, errors="replace")) else name


def _declared(data: bytes) -> str | None:
    """Return what the XML declaration or the meta element of HTML says, if it is an encoding."""
    match = _DECLARED.search(data[:2048])
    if not match:
        return None
    try:
        info = codecs.lookup((match[1] or match[2]).decode("ascii"))
        "".encode(info.name)
    except (LookupError, UnicodeError):
        return None
    name = info.name
    if name in _NO_TEXT_CODECS or name.startswith(("utf-16", "utf-32")):
        return None
    if name in {"iso8859-1", "ascii", "cp1252"}:
        return "windows-1252"  # as browsers read it
    return "windows-1258" if name == "cp1258" else name


def _is_utf8_beyond_ascii(data: bytes) -> bool:
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _is_rather_single_byte(data: bytes) -> bool:
    """Tell whether the bytes that UTF-8 could not hold outnumber those that it could."""
    sequences = _UTF8_SEQUENCE.findall(data)
    others = len(_HIGH_BYTE.findall(data)) - sum(map(len, sequences))
    return others > len(sequences)


def _is_vietnamese(text: str) -> bool:
    """Tell whether *text*, read as windows-1258, has its marks where Vietnamese has them."""
    composed = unicodedata.normalize("NFC", text)
    marks = sum(map(text.count, _VIETNAMESE_TONES))
    stray = sum(map(composed.count, _VIETNAMESE_TONES))
    letters = sum(map(composed.lower().count, "đơưă"))
    return marks + letters > 0 and stray * 10 <= marks + letters and marks > 0


def _refuse_binary(text: str, name: str, start: int, path: str) -> None:
    controls = list(_CONTROL.finditer(text))
    if not controls:
        return
    first = controls[0]
    if "\x00" not in text and len(controls) <= max(1, _CONTROL_SHARE * len(text)):
        return
    nul = text.find("\x00")
    at = nul if nul >= 0 else first.start()
    place = start + len(text[:at].encode(name))
    what = f"control character {text[at]!r}: binary, not a text"
    message = f"{path}: byte offset {place}: {what}; tried {name}"
    raise InputError(message)
