"""Documents made from published units, and versions of them damaged on purpose.

Each unit knows the gold links it takes part in, so whatever happens to it (deleted, merged, split,
swapped, moved, renumbered), what it should be linked to afterwards follows.
"""

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from paraalign.model import Clause, Document, Role, Sentence, Span
from paraalign.segment.numbering import marks
from paraalign.segment.sentences import cut
from paraalign.views import View

ROLES = {"h": Role.HEADING, "l": Role.ITEM, "t": Role.CELL, "d": Role.ITEM}
SHARE = 0.07
LONG = 80


@dataclass(frozen=True)
class Unit:
    """A unit: its text, its kind, and the gold links it takes part in."""

    text: str
    kind: str
    beads: tuple[int, ...]


@dataclass(frozen=True)
class Pair:
    """A document in two versions, as units."""

    name: str
    source: tuple[Unit, ...]
    target: tuple[Unit, ...]
    langs: tuple[str, str] = ("fr", "vi")

    def gold_pairs(self) -> set[tuple[int, int]]:
        """Return the pairs of units that share a gold link."""
        return {
            (i, j)
            for i, unit in enumerate(self.source)
            for j, other in enumerate(self.target)
            if set(unit.beads) & set(other.beads)
        }

    def gold_links(self) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Return the links: units that hang together by gold pairs."""
        links: list[tuple[set[int], set[int]]] = []
        for i, j in sorted(self.gold_pairs()):
            touching = [link for link in links if i in link[0] or j in link[1]]
            joined = {i}.union(*(link[0] for link in touching))
            links = [link for link in links if link not in touching]
            links.append((joined, {j}.union(*(link[1] for link in touching))))
        return {(tuple(sorted(link[0])), tuple(sorted(link[1]))) for link in links}


def load_pair(folder: Path) -> Pair:
    """Return the published units of one *folder*."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["alignment"]
    sides: list[tuple[Unit, ...]] = []
    for lang in ("fr", "vi"):
        texts = (folder / f"units.{lang}.txt").read_text(encoding="utf-8").split("\n")
        kinds = json.loads((folder / f"kinds.{lang}.json").read_text(encoding="utf-8"))
        beads = {unit: bead for bead, link in enumerate(gold) for unit in link[lang]}
        sides.append(
            tuple(
                Unit(View.of(text).text, kind, (beads[index],))
                for index, (text, kind) in enumerate(zip(texts, kinds, strict=False))
            )
        )
    return Pair(folder.name, sides[0], sides[1])


def load_pairs(data: Path) -> list[Pair]:
    """Return all documents under *data* that have gold units."""
    return [load_pair(gold.parent) for gold in sorted(data.glob("corpora/*/gold.json"))]


def build(units: Sequence[Unit], lang: str) -> Document:
    """Return the document whose leaf clauses are *units*."""
    text, clauses, sentences = "", [], []
    for index, unit in enumerate(units):
        start = len(text)
        text += unit.text + "\n"
        found = [mark for mark in marks(unit.text, lang) if mark.number]
        number = found[0].number if found and (found[0].firm or "." in found[0].style) else None
        role = ROLES.get(unit.kind[0], Role.PARAGRAPH)
        if number and role is Role.PARAGRAPH:
            role = Role.CLAUSE
        span = Span(start, start + len(unit.text))
        clauses.append(Clause(span=span, number=number, label=str(index), role=role))
        opening = found[0].length if number else 0
        for first, last in cut(unit.text, lang, opening=opening) or [(0, len(unit.text))]:
            sentences.append(Sentence(index, Span(start + first, start + last)))
    return Document(
        view=View.of(text), lang=lang, clauses=tuple(clauses), sentences=tuple(sentences)
    )


def _count(units: Sequence[Unit], share: float) -> int:
    return max(1, round(share * len(units)))


def _delete(units: list[Unit], chance: random.Random, share: float) -> list[Unit]:
    if len(units) < 3:
        return units
    gone = set(chance.sample(range(len(units)), _count(units, share)))
    return [unit for index, unit in enumerate(units) if index not in gone]


def _merge(units: list[Unit], chance: random.Random, share: float) -> list[Unit]:
    for _ in range(_count(units, share)):
        places = [
            i
            for i in range(len(units) - 1)
            if units[i].kind == units[i + 1].kind
            and len(units[i].beads) == 1
            and len(units[i + 1].beads) == 1
        ]
        if not places:
            break
        at = chance.choice(places)
        first, second = units[at : at + 2]
        joined = Unit(f"{first.text} {second.text}", first.kind, first.beads + second.beads)
        units = [*units[:at], joined, *units[at + 2 :]]
    return units


def _border(text: str, lang: str) -> int | None:
    """Return where *text* is best cut in two: between sentences, else between clauses."""
    places = [start for start, _ in cut(text, lang)][1:]
    if not places and len(text) >= LONG:
        places = [match.end() for match in re.finditer(r"[;:,]\s", text)]
    places = [place for place in places if 15 <= place <= len(text) - 15]
    return min(places, key=lambda place: abs(place - len(text) / 2), default=None)


def _split(units: list[Unit], chance: random.Random, share: float, lang: str) -> list[Unit]:
    places = [i for i, unit in enumerate(units) if _border(unit.text, lang)]
    for at in sorted(chance.sample(places, min(len(places), _count(units, share))), reverse=True):
        border = _border(units[at].text, lang)
        text = units[at].text
        halves = [replace(units[at], text=half.strip()) for half in (text[:border], text[border:])]
        units = [*units[:at], *halves, *units[at + 1 :]]
    return units


def _swap(units: list[Unit], chance: random.Random, share: float) -> list[Unit]:
    units, free = list(units), set(range(len(units) - 1))
    for _ in range(_count(units, share)):
        if not free:
            break
        at = chance.choice(sorted(free))
        units[at], units[at + 1] = units[at + 1], units[at]
        free -= {at - 1, at, at + 1}
    return units


def _move(units: list[Unit], chance: random.Random, share: float) -> list[Unit]:
    if len(units) < 6:
        return units
    for _ in range(_count(units, share / 2)):
        at = chance.randrange(len(units))
        far = [to for to in range(len(units)) if abs(to - at) >= max(3, len(units) // 3)]
        if not far:
            continue
        to = chance.choice(far)
        unit = units[at]
        units = [*units[:at], *units[at + 1 :]]
        units.insert(to, unit)
    return units


def _print_numbers(units: Sequence[Unit], first: int) -> list[Unit]:
    """Return *units* with plain numbers printed before all but headings and cells."""
    numbered, count = [], first
    for unit in units:
        if unit.kind[0] in "ht":
            numbered.append(unit)
            continue
        numbered.append(replace(unit, text=f"{count}. {unit.text}"))
        count += 1
    return numbered


def damage(pair: Pair, kind: str, seed: int) -> Pair:
    """Return *pair* damaged as *kind* says, on a side that chance and *seed* choose."""
    chance = random.Random(f"{pair.name} {kind} {seed}")  # noqa: S311 - reproducible on purpose
    side = chance.randrange(2)
    units = [list(pair.source), list(pair.target)]
    for step in KINDS[kind]:
        if kind == "mixed":
            side = chance.randrange(2)
        _apply(units, side, step, chance, SHARE / 2 if kind == "mixed" else SHARE, pair.langs)
    return replace(pair, source=tuple(units[0]), target=tuple(units[1]))


def _apply(  # noqa: PLR0913, PLR0917 - what chance decides on
    units: list[list[Unit]],
    side: int,
    step: str,
    chance: random.Random,
    share: float,
    langs: tuple[str, str],
) -> None:
    if step == "number":
        units[0], units[1] = _print_numbers(units[0], 1), _print_numbers(units[1], 1)
    elif step == "number one":
        units[side] = _print_numbers(units[side], 1)
    elif step == "number shifted":
        units[side] = _print_numbers(units[side], 2)
        units[1 - side] = _print_numbers(units[1 - side], 1)
    elif step == "split":
        units[side] = _split(units[side], chance, share, langs[side])
    else:
        change: Callable[[list[Unit], random.Random, float], list[Unit]] = STEPS[step]
        units[side] = change(units[side], chance, share)


STEPS = {"delete": _delete, "merge": _merge, "swap": _swap, "move": _move}
KINDS: dict[str, tuple[str, ...]] = {
    "intact": (),
    "deleted": ("delete",),
    "merged": ("merge",),
    "split": ("split",),
    "swapped": ("swap",),
    "moved": ("move",),
    "unnumbered": ("number one",),
    "renumbered": ("number shifted",),
    "numbered, deleted": ("number", "delete"),
    "mixed": ("number one", "move", "swap", "split", "merge", "delete", "delete"),
}


def damaged(pairs: Sequence[Pair], kind: str, seed: int) -> Iterator[Pair]:
    """Yield all *pairs*, damaged."""
    for pair in pairs:
        yield damage(pair, kind, seed)
