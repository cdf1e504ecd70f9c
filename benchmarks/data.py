"""Where the data of the benchmarks is, and the documents in it.

None of the data is in the repository. It is looked for in the folder given with ``--data``, then in
the one that the environment variable PARAALIGN_DATA names, then in ``../shared``.
"""

import argparse
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

__all__ = ["Document", "data_folder", "documents", "parser"]

_NO_DOCUMENTS = frozenset({"declaration", "press"})


@dataclass(frozen=True)
class Document:
    """A published document with its units and its gold links."""

    folder: Path

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.folder.name

    def file(self, lang: str) -> Path:
        """Return the file of the version in *lang*, as published."""
        return next(path for path in sorted(self.folder.glob(f"{lang}.*")))

    def units(self, lang: str) -> list[str]:
        """Return the gold units of the version in *lang*, markup stripped."""
        path = self.folder / f"units.{lang}.txt"
        return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")

    def kinds(self, lang: str) -> list[str]:
        """Return the kind of each unit ("h1", "p", "li", "td" …)."""
        kinds: list[str] = json.loads((self.folder / f"kinds.{lang}.json").read_text("utf-8"))
        return kinds

    @cached_property
    def gold(self) -> dict[str, Any]:
        """The gold links between the units, as in gold.json."""
        gold: dict[str, Any] = json.loads((self.folder / "gold.json").read_text("utf-8"))
        return gold

    @property
    def links(self) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        """The gold links: French units, Vietnamese units, an empty side for a gap."""
        return [(tuple(link["fr"]), tuple(link["vi"])) for link in self.gold["alignment"]]


def parser(description: str | None) -> argparse.ArgumentParser:
    """Return a parser of the command line that knows ``--data``."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--data", type=Path, default=None, help="folder of the data")
    return made


def data_folder(given: Path | None = None) -> Path:
    """Return the folder of the data.

    Raises:
        SystemExit: If there is none.
    """
    beside = Path(__file__).resolve().parents[2] / "shared"
    folder = given or Path(os.environ.get("PARAALIGN_DATA") or beside)
    if not (folder / "corpora").is_dir():
        message = f"no folder 'corpora' in {str(folder)!r}; give --data or set PARAALIGN_DATA"
        raise SystemExit(message)
    return folder


def documents(given: Path | None = None) -> Iterator[Document]:
    """Yield the published documents in the order of their names."""
    for folder in sorted((data_folder(given) / "corpora").iterdir()):
        if folder.is_dir() and folder.name not in _NO_DOCUMENTS:
            yield Document(folder)
