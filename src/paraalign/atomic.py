"""Write a file whole or not at all.

A run that is interrupted, or a disk that fills up, must not leave half a report where a whole one
stood. So bytes go to a temporary file in the same folder, which then takes the name in one step.
"""

import os
import tempfile
from pathlib import Path

from paraalign.errors import OptionError

__all__ = ["check_writable", "write_bytes"]


def write_bytes(path: Path, content: bytes) -> None:
    """Write *content* to the file *path*, replacing it in one step.

    Raises:
        OptionError: If the file can't be written; what stood there stands as it was.
    """
    place = path.resolve()
    try:
        temporary = _temporary(place)
        try:
            _fill(temporary, content)
            temporary.chmod(_mode(place))
            temporary.replace(place)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OptionError(_unwritable(path, error)) from error


def check_writable(path: Path) -> None:
    """Make sure, before long work, that the file *path* can be written.

    Raises:
        OptionError: If it is a folder, or its folder is missing or lets no file be made.
    """
    if path.is_dir():
        message = f"can't write {str(path)!r}: it is a folder; name a file"
        raise OptionError(message)
    try:
        _temporary(path.resolve()).unlink()
    except OSError as error:
        raise OptionError(_unwritable(path, error)) from error


def _temporary(place: Path) -> Path:
    handle, name = tempfile.mkstemp(prefix=".paraalign-", dir=place.parent)
    os.close(handle)
    return Path(name)


def _fill(temporary: Path, content: bytes) -> None:
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _mode(place: Path) -> int:
    if place.exists():
        return place.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _unwritable(path: Path, error: OSError) -> str:
    reason = (error.strerror or str(error)).lower()
    return f"can't write {str(path)!r}: {reason}; name a file in a folder that can be written to"
