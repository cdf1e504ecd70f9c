"""Read what people found in two texts: divergences, links of units, links of words.

A gold file is JSON. Divergences are a list of records, or an object that holds one under
"divergences"; a record has a kind (or "type"), a severity, and, under "source" and "target" or the
codes of the two languages, what it quotes: a string, or spans with "start", "end" and "text". Which
of its fields place a string is told in `docs/evaluate.md`.

>>> gold = read_gold([{"kind": "omission", "fr": "avril", "vi": ""}], ("fr", "vi"))
>>> gold.records[0].quotes[0]
(Quote(text='avril', start=None, unit=None, clause=None),)
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from paraalign.errors import InputError
from paraalign.model import Kind, Severity

__all__ = ["Gold", "Quote", "Record", "WordRow", "read_gold"]

Langs: TypeAlias = tuple[str, str]
Units: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
UnitLink: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]

_PARAGRAPH = re.compile(r"p(\d+)$")


class Quote(NamedTuple):
    """A stretch that a record quotes, and what is known of its place.

    Attributes:
        text: The stretch.
        start: Offset in the text as given, or None.
        unit: Line of the file of units, from 0, or None.
        clause: Label of its clause, or None.
    """

    text: str
    start: int | None = None
    unit: int | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One divergence of the gold.

    Attributes:
        kind: What it is.
        severity: How much it weighs, or None where the gold does not say.
        is_agreed: Whether it counts as found: false for one that only one of two people marked.
        quotes: What it quotes of source and target.
    """

    kind: Kind
    severity: Severity | None
    is_agreed: bool
    quotes: tuple[tuple[Quote, ...], tuple[Quote, ...]]


class WordRow(NamedTuple):
    """Word links of one stretch: its tokens on either side, pairs that must and may be linked."""

    tokens: tuple[tuple[str, ...], tuple[str, ...]]
    sure: frozenset[tuple[int, int]]
    possible: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What people found.

    Attributes:
        records: Divergences, or None where the file tells of none.
        units: Texts of the units of either side, in order, or None.
        links: Which units belong together, or None.
        words: Word links, or None.
    """

    records: tuple[Record, ...] | None = None
    units: Units | None = None
    links: tuple[UnitLink, ...] | None = None
    words: tuple[WordRow, ...] | None = None


def read_gold(gold: str | Path | Sequence[Any] | Mapping[str, Any], langs: Langs) -> Gold:
    """Return what the *gold* file, or its parsed JSON, says of two texts in *langs*.

    Units that records or links count are read from "units.LANG.txt" beside the file.

    Raises:
        InputError: If it can't be read, or is no gold.
    """
    if not isinstance(gold, str | Path):
        return _parsed(gold, langs, "gold", None)
    path = Path(gold)
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        message = f"{path}: the gold can't be read: {(error.strerror or str(error)).lower()}"
        raise InputError(message) from error
    except ValueError as error:
        message = f"{path}: no well-formed JSON: {error}"
        raise InputError(message) from error
    return _parsed(data, langs, str(path), path.parent)


def _parsed(data: Any, langs: Langs, name: str, folder: Path | None) -> Gold:  # noqa: ANN401 - JSON
    try:
        return _gold(data, langs, folder)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
        said = f"it has no {error}" if isinstance(error, KeyError) else str(error)
        message = f"{name}: no gold for {langs[0]} and {langs[1]}: {said}; see docs/evaluate.md"
        raise InputError(message) from error


def _gold(data: Any, langs: Langs, folder: Path | None) -> Gold:  # noqa: ANN401 - JSON
    if isinstance(data, Mapping):
        units = _units(data, langs, folder)
        rows, links = data.get("divergences"), data.get("alignment")
        if rows is None and links is None:
            raise KeyError("divergences")  # noqa: EM101 - told as a missing key
        records = None if rows is None else tuple(_record(row, langs) for row in rows)
        return Gold(records=records, units=units, links=links and tuple(_links(links, langs)))
    if data and f"{langs[0]}_tokens" in data[0]:
        return Gold(words=tuple(_word_row(row, langs) for row in data))
    if data and not {"kind", "type"} & set(data[0]):
        return _facing(data, langs)
    return Gold(records=tuple(_record(row, langs) for row in data))


def _record(row: Mapping[str, Any], langs: Langs) -> Record:
    severity = row.get("severity")
    sides = [tuple(_quotes(row, side, lang)) for side, lang in zip(_SIDES, langs, strict=True)]
    return Record(
        _kind(row["kind"] if "kind" in row else row["type"], langs),
        None if severity is None else Severity[severity.upper()],
        row.get("votes", 2) > 1,
        (sides[0], sides[1]),
    )


_SIDES = ("source", "target")


def _quotes(row: Mapping[str, Any], side: str, lang: str) -> Iterator[Quote]:
    name = side if side in row else lang
    unit, clause = row.get(f"{name}_unit"), row.get("clause")
    label = None if clause is None else _PARAGRAPH.sub(r", par. \1", str(clause))
    given = row[name]
    for each in [given] if isinstance(given, str | Mapping) else given:
        if isinstance(each, str):
            yield from [Quote(each, None, unit, label)] if each.strip() else []
        else:
            yield Quote(each["text"], each.get("start"), unit, label)


def _kind(name: str, langs: Langs) -> Kind:
    """Return the kind that the gold calls *name*; "omission_vi" depends on which side vi is."""
    base, _, lang = name.partition("_")
    if lang in langs and base in {"omission", "addition"}:
        is_missing = (base == "omission") is (lang == langs[1])
        return Kind.OMISSION if is_missing else Kind.ADDITION
    return Kind(_names().get(name, name))


@cache
def _names() -> dict[str, str]:
    path = files("paraalign.evaluate") / "kinds.json"
    names: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return names


def _units(data: Mapping[str, Any], langs: Langs, folder: Path | None) -> Units | None:
    given = data.get("units", {})
    if isinstance(given.get(langs[0]), list):
        return tuple(given[langs[0]]), tuple(given[langs[1]])
    paths = [folder / f"units.{lang}.txt" for lang in langs] if folder else []
    if not paths or not all(path.is_file() for path in paths):
        return None
    texts = [path.read_text(encoding="utf-8").removesuffix("\n") for path in paths]
    return tuple(texts[0].split("\n")), tuple(texts[1].split("\n"))


def _links(rows: Sequence[Mapping[str, Any]], langs: Langs) -> Iterator[UnitLink]:
    for row in rows:
        yield tuple(row[langs[0]]), tuple(row[langs[1]])


def _facing(rows: Sequence[Mapping[str, Any]], langs: Langs) -> Gold:
    """Return the links of a list whose rows hold the texts that belong together."""
    texts = [[row[lang] for row in rows] for lang in langs]
    numbers = [[n for n, text in enumerate(side) if text.strip()] for side in texts]
    units = [tuple(side[n] for n in kept) for side, kept in zip(texts, numbers, strict=True)]
    places = [{n: place for place, n in enumerate(kept)} for kept in numbers]
    links = [tuple((side[n],) if n in side else () for side in places) for n in range(len(rows))]
    return Gold(units=(units[0], units[1]), links=tuple((one, other) for one, other in links))


def _word_row(row: Mapping[str, Any], langs: Langs) -> WordRow:
    tokens = [tuple(row[f"{lang}_tokens"]) for lang in langs]
    sure = frozenset((i, j) for i, j in row["sure"])
    possible = sure | frozenset((i, j) for i, j in row.get("possible", ()))
    return WordRow((tokens[0], tokens[1]), sure, possible)
