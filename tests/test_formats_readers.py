"""What we write for other tools, opened by one that is not ours: the Translate Toolkit.

It is under the GPL, so nothing here depends on it: `pip install translate-toolkit` to run these.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from report_builder import declaration_report, small_report

from paraalign import formats
from paraalign.formats.units import groups, note_of
from paraalign.model import Report

storage = pytest.importorskip(
    "translate.storage", reason="no reader that is not ours: pip install translate-toolkit"
)
pytestmark = pytest.mark.filterwarnings("ignore")  # its own


def read_tmx(path: Path) -> list[Any]:
    from translate.storage.tmx import tmxfile  # noqa: PLC0415 - may be missing

    return list(tmxfile.parsefile(str(path)).units)


def read_xliff12(path: Path) -> list[Any]:
    from translate.storage.xliff import xlifffile  # noqa: PLC0415 - may be missing

    return list(xlifffile.parsefile(str(path)).units)


def read_xliff2(path: Path) -> list[Any]:
    from translate.storage.xliff2 import Xliff2File  # noqa: PLC0415 - may be missing

    return list(Xliff2File.parsefile(str(path)).units)


READERS = [("tmx", read_tmx), ("xlf", read_xliff12), ("xliff", read_xliff2)]


def spaced(text: object) -> str:
    """Return *text* as readers show it, who take every white space for a blank."""
    return " ".join(str(text or "").split())


@pytest.mark.parametrize("shown", [small_report(), declaration_report()])
@pytest.mark.parametrize(("ending", "read"), READERS)
def test_every_pair_is_read_as_it_was_written(
    tmp_path: Path, ending: str, read: Callable[[Path], list[Any]], shown: Report
) -> None:
    formats.write(shown, tmp_path / f"pair.{ending}")
    units = read(tmp_path / f"pair.{ending}")
    written = [unit for group in groups(shown) for unit in group.units]
    pairs = [(spaced(unit.source), spaced(unit.target)) for unit in units]
    expected = [(spaced(unit.source), spaced(unit.target)) for unit in written]
    if ending == "tmx":  # the toolkit takes the one language of a gap for the source's
        pairs, expected = ([pair for pair in side if all(pair)] for side in (pairs, expected))
    assert len(units) == len(written)
    assert pairs == expected


@pytest.mark.parametrize(("ending", "read"), READERS[:2])
def test_findings_are_read_as_notes(
    tmp_path: Path, ending: str, read: Callable[[Path], list[Any]]
) -> None:
    shown = small_report()
    formats.write(shown, tmp_path / f"pair.{ending}")
    notes = "\n".join(unit.getnotes() for unit in read(tmp_path / f"pair.{ending}"))
    assert [each.id for each in shown.findings if note_of(each) not in notes] == []
