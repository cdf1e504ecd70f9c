"""Token vectors kept from one run to the next: a text that was edited a little is encoded a little.

Encoding takes most of the time of a check. Asked for it, we keep the vectors of every sentence in a
database file in the user's cache folder, and only sentences that are new are encoded. A sentence is
known by its text, the encoder, and the version of this package; its vectors are kept in half
precision, to which tables of tokens are rounded anyway, so that a run gives the same with and
without. The file stays below a limit: what was kept longest ago goes first. Several processes may
use it at once. What is damaged is encoded anew, and where the folder can't be written to, nothing
is kept; a warning says so (`logging`, "paraalign.encode").

    encoder = CachedEncoder(load_encoder("e5"))
    encoder.encode(["La Déclaration"])  # slow once
"""

import logging
import sqlite3
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from zlib import crc32

import numpy as np

from paraalign.encode.protocol import Encoder, TokenVectors

__all__ = ["CachedEncoder", "cache_path"]

_LIMIT = 2_000_000_000  # bytes: some 1.2 million tokens, 2,000 pages of text
_LEFT = 0.8  # share of the limit that is left when it is reached
_PATIENCE = 20.0  # seconds to wait for another process
_HEAD = struct.Struct("<IIII")  # checksum of what follows, tokens, dimensions of the two vectors
_TABLE = (
    "CREATE TABLE IF NOT EXISTS vectors (place INTEGER PRIMARY KEY, key BLOB UNIQUE, value BLOB)"
)
_LOG = logging.getLogger("paraalign.encode")


def cache_path() -> Path:
    """Return the file in the user's cache folder that keeps token vectors.

    >>> cache_path().name
    'tokens.sqlite'
    """
    from platformdirs import user_cache_path  # noqa: PLC0415 - only when it is needed

    return user_cache_path("paraalign", appauthor=False) / "tokens.sqlite"


class CachedEncoder:
    """An encoder that keeps what *encoder* gives in the file at *path*.

    Attributes:
        encoder: Who encodes what is new.
        path: The database; made, with its folder, when there is something to keep.
        limit: Bytes that it may take on disk.
    """

    def __init__(self, encoder: Encoder, path: Path | None = None, *, limit: int = _LIMIT) -> None:
        self.encoder = encoder
        self.path = path or cache_path()
        self.limit = limit
        self._warned = False
        self._kind = "\0".join((version("paraalign"), encoder.name, _stamp(encoder.name)))

    @property
    def name(self) -> str:
        """The encoder's name: whether vectors were kept makes no difference."""
        return self.encoder.name

    def encode(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return the token vectors of each of *texts*, in order, in half precision."""
        keys = {text: self._key(text) for text in texts}
        rows = self._look_up(list(keys.values()))
        new = [text for text, key in keys.items() if key not in rows]
        made = self.encoder.encode(new) if new else []
        packed = {keys[text]: _packed(tokens) for text, tokens in zip(new, made, strict=True)}
        if packed:
            self._keep(packed)
        found = {key: _unpacked(row) for key, row in (rows | packed).items()}
        return [found[keys[text]] for text in texts]

    def _key(self, text: str) -> bytes:
        content = f"{self._kind}\0{text}".encode("utf-8", "surrogatepass")
        return blake2b(content, digest_size=16).digest()

    def _look_up(self, keys: list[bytes]) -> dict[bytes, bytes]:
        """Return what is kept under *keys* and undamaged."""
        rows: dict[bytes, bytes] = {}
        if self.path.exists():
            with self._spared(), self._opened("ro") as database:
                for key in keys:
                    query = "SELECT value FROM vectors WHERE key = ?"
                    row = database.execute(query, (key,)).fetchone()
                    if row is not None and _is_whole(row[0]):
                        rows[key] = row[0]
        return rows

    def _keep(self, rows: dict[bytes, bytes]) -> None:
        """Add *rows*, or replace them, and make room where that is too much."""
        with self._spared():
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._opened("rwc") as database:
                database.execute(_TABLE)
                insert = "INSERT OR REPLACE INTO vectors (key, value) VALUES (?, ?)"
                database.executemany(insert, rows.items())
                _make_room(database, self.limit)

    @contextmanager
    def _opened(self, mode: str) -> Iterator[sqlite3.Connection]:
        """Open the database; what is written is there at the end, all of it or nothing."""
        address = f"{self.path.absolute().as_uri()}?mode={mode}"
        database = sqlite3.connect(address, timeout=_PATIENCE, uri=True)
        try:
            with database:
                yield database
        finally:
            database.close()

    @contextmanager
    def _spared(self) -> Iterator[None]:
        """Go on without the cache where it fails; a file that is no database is removed."""
        try:
            yield
        except (sqlite3.OperationalError, OSError) as error:
            self._warn(error)
        except sqlite3.DatabaseError as error:
            self._warn(error)
            with suppress(OSError):
                self.path.unlink(missing_ok=True)

    def _warn(self, error: Exception) -> None:
        if not self._warned:
            _LOG.warning("the cache %s can't be used: %s", self.path, error)
            self._warned = True


def _stamp(name: str) -> str:
    """Return when the model of the folder *name* was last changed; of any other, nothing."""
    folder = Path(name)
    times = [path.stat().st_mtime_ns for path in folder.iterdir()] if folder.is_dir() else []
    return str(max(times, default=""))


def _packed(tokens: TokenVectors) -> bytes:
    widths = tokens.words.shape[1], tokens.sentences.shape[1]
    columns = tokens.starts.astype("<i4"), tokens.ends.astype("<i4"), tokens.weights.astype("<f4")
    vectors = tokens.words.astype("<f2"), tokens.sentences.astype("<f2")
    body = b"".join(part.tobytes() for part in (*columns, *vectors))
    return _HEAD.pack(crc32(body), len(tokens.starts), *widths) + body


def _is_whole(row: bytes) -> bool:
    return len(row) >= _HEAD.size and _HEAD.unpack_from(row)[0] == crc32(row[_HEAD.size :])


def _unpacked(row: bytes) -> TokenVectors:
    _, count, *widths = _HEAD.unpack_from(row)
    columns = np.frombuffer(row, "<i4", 3 * count, _HEAD.size).reshape(3, count)
    vectors = np.frombuffer(row, "<f2", offset=_HEAD.size + columns.nbytes).astype(np.float32)
    words, sentences = np.split(vectors, [count * widths[0]])
    return TokenVectors(
        starts=columns[0].astype(np.int32),
        ends=columns[1].astype(np.int32),
        words=words.reshape(count, widths[0]),
        sentences=sentences.reshape(count, widths[1]),
        weights=columns[2].view("<f4").astype(np.float32),
    )


def _make_room(database: sqlite3.Connection, limit: int) -> None:
    """Delete the oldest rows where all take more than *limit* bytes."""
    pages, free, size = (
        database.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    too_much = (pages - free) * size - (_LEFT * limit)
    if (pages - free) * size <= limit:
        return
    for place, length in database.execute(
        "SELECT place, length(value) FROM vectors ORDER BY place"
    ):
        too_much -= length
        if too_much <= 0:
            database.execute("DELETE FROM vectors WHERE place <= ?", (place,))
            return
    database.execute("DELETE FROM vectors")
