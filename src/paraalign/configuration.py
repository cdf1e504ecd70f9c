r"""Read what a house always asks for from a file, so that nobody types it twice.

`paraalign.toml` in the working folder, or the table `[tool.paraalign]` of its `pyproject.toml`,
holds the options of the command line under their own names; what the command line says outranks
it. A key that means nothing is refused, since a misspelt option that is silently ignored is worse
than none.

>>> parse_configuration('profile = "strict"\nskip = ["tone"]\nseverity = { entity = "critical" }')
{'profile': 'strict', 'skip': ['tone'], 'severities': ['entity=critical']}
"""

import tomllib
from pathlib import Path
from typing import Any

from paraalign.errors import InputError, OptionError

__all__ = ["find_configuration", "parse_configuration", "read_configuration"]

_KEYS = {  # key of the file: parameter of the command line, what its value is
    "profile": ("profile", str),
    "select": ("select", list),
    "skip": ("skip", list),
    "severity": ("severities", dict),
    "min-confidence": ("min_confidence", float),
    "fail-on": ("fail_on", str),
    "source-lang": ("source_lang", str),
    "target-lang": ("target_lang", str),
    "units": ("units", str),
    "preset": ("preset", str),
    "encoder": ("encoder", str),
    "cache": ("cache", bool),
    "glossary": ("glossaries", list),
    "decisions": ("decisions", str),
    "message-lang": ("message_lang", str),
}
_NAMES = {
    str: "a string",
    list: "a list of strings",
    dict: "a table",
    float: "a number",
    bool: "true or false",
}
_PATHS = {"glossary", "decisions"}


def read_configuration(
    path: str | Path | None = None, *, folder: Path | None = None
) -> dict[str, Any]:
    """Return the parameters that the file at *path* sets; without one, what *folder* holds.

    Files that it names are looked for beside it.

    Raises:
        InputError: If the file can't be read or is no TOML.
        OptionError: If it has a key or a value that is not allowed.
    """
    place = find_configuration(folder or Path()) if path is None else Path(path)
    if place is None:
        return {}
    text = _read(place)
    return parse_configuration(text, str(place), in_project=place.name == "pyproject.toml")


def find_configuration(folder: Path) -> Path | None:
    """Return the configuration file of *folder*, or None."""
    own, project = folder / "paraalign.toml", folder / "pyproject.toml"
    if own.is_file():
        return own
    is_ours = project.is_file() and "[tool.paraalign" in project.read_text("utf-8", "replace")
    return project if is_ours else None


def parse_configuration(
    text: str, path: str = "paraalign.toml", *, in_project: bool = False
) -> dict[str, Any]:
    """Return the parameters that the TOML *text* sets; *path* is for messages and for files named.

    Raises:
        InputError: If *text* is no TOML.
        OptionError: If it has a key or a value that is not allowed.
    """
    try:
        table: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"{path}: no well-formed TOML: {error}"
        raise InputError(message) from error
    if in_project:
        table = table.get("tool", {}).get("paraalign", {})
    return dict(_parameter(path, key, value) for key, value in table.items())


def _parameter(path: str, key: str, value: object) -> tuple[str, Any]:
    if key not in _KEYS:
        message = f"{path}: found the key {key!r}; {', '.join(_KEYS)} are allowed"
        raise OptionError(message)
    name, kind = _KEYS[key]
    if not _is(value, kind):
        message = f"{path}: {key} is {value!r}; {_NAMES[kind]} is allowed"
        raise OptionError(message)
    if isinstance(value, dict):
        return name, [f"{check}={level}" for check, level in value.items()]
    return name, _beside(path, value) if key in _PATHS else value


def _is(value: object, kind: type) -> bool:
    if isinstance(value, list):
        return kind is list and all(isinstance(each, str) for each in value)
    if isinstance(value, dict):
        return kind is dict and all(isinstance(each, str) for each in value.values())
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, (int, float) if kind is float else kind)


def _beside(path: str, value: object) -> object:
    """Return the file or files *value* as seen from the folder of the file at *path*."""
    if isinstance(value, list):
        return [_beside(path, each) for each in value]
    return str(Path(path).parent / str(value))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        message = f"{path}: the configuration can't be read: {error.strerror}"
        raise InputError(message) from error
    except UnicodeDecodeError as error:
        message = f"{path}: found a byte at {error.start} that is not UTF-8; allowed: UTF-8"
        raise InputError(message) from error
