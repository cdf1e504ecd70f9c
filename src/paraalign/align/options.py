"""What an alignment may be asked for, and the prices it reckons with.

Two tasks pull apart: who certifies a translation wants every missing sentence shown as a gap, who
builds a corpus wants whatever can be linked. The price of leaving a unit unlinked decides between
them, so there are two presets. The prices themselves were fitted (see `benchmarks/accuracy`) and
stand as data in `weights.json`, one set for each kind of evidence at hand.

>>> AlignOptions().preset
'parity'
>>> load_weights("corpus", "lexicon").null > load_weights("parity", "lexicon").null
True
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

from paraalign.errors import OptionError

__all__ = ["AlignOptions", "Preset", "UnitKind", "Weights", "load_weights"]

Preset: TypeAlias = Literal["parity", "corpus"]
UnitKind: TypeAlias = Literal["clauses", "sentences", "lines"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignOptions:
    """What to align and to what end.

    Attributes:
        preset: "parity" leaves a unit unlinked where its counterpart is missing; "corpus" links
            whatever can be linked.
        units: "clauses" links sentences within linked clauses; "sentences" links them over the
            whole document; "lines" takes each line as clause and sentence at once.
        run: Most units on one side of a link, 1 to 8.

    Raises:
        OptionError: If a value is not one of those allowed.
    """

    preset: Preset = "parity"
    units: UnitKind = "clauses"
    run: int = 8

    def __post_init__(self) -> None:
        """Refuse what is not allowed."""
        _check("preset", self.preset, ("parity", "corpus"))
        _check("units", self.units, ("clauses", "sentences", "lines"))
        _check("run", self.run, tuple(range(1, 9)))


def _check(name: str, value: object, allowed: tuple[object, ...]) -> None:
    if value not in allowed:
        names = ", ".join(str(choice) for choice in allowed)
        message = f"{name} is {value!r}; allowed: {names}"
        raise OptionError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The prices of one preset for one kind of evidence; all 0 or more unless said.

    Attributes:
        threshold: Coverage, 0 to 1, below which linking costs (may be negative).
        mass: Exponent of the weight of what is linked: 1 sums over words, 0 over links.
        length: Price of unlike lengths, per logarithm of the squared deviation.
        spread: Variance of a target length, in characters per character.
        merge: Price of each unit beyond one a side.
        block: Added to *merge* between clauses, which are joined less often than sentences.
        many: Price of each further unit where both sides have several.
        null: Price of a unit left unlinked.
        floor: A 1-1 link costs at most this share of two gaps; 0 for no such bound.
        cosine: Weight of the cosine of pooled vectors.
        lexical: Weight of words shared or rendered, beside the encoder.
        number: Weight of printed numbers that agree, at full reliability.
        figure: Price of figures that contradict each other.
        role: Weight of like roles and levels, at full reliability.
        weak: Price of a unit among several in a link that the other side does not account for.
        least: The coverage that each of several units should have, 0 to 1.
        doubt: What two units must share beyond what either shares with others near, if they are
            not to be taken for two without counterpart that stand opposite each other by chance;
            0 for no such doubt.
        doubt_length: How much unlike lengths add to that doubt.
        doubt_traits: How much numbers and roles that agree take from it, times their prices.
        rival: How much it adds to that doubt if one of them shares as much with another near.
        trust: What speaks for two units that stand opposite each other to begin with.
        edge: What a unit at the edge of a link must bring to it beyond what others near would, as
            a share of its weight, if it is not to stand alone; 0 for links left as they are.
        edge_rest: How much the quality of the rest of the link counts for the unit.
        edge_length: How much likelier lengths count for it.
        edge_trust: What speaks for it to begin with.
        swap: Price of two neighbours that changed places.
        move: What a link that crosses others must be worth; may be negative.
    """

    threshold: float
    mass: float
    length: float
    spread: float
    merge: float
    many: float
    null: float
    block: float = 0.0
    floor: float = 0.0
    cosine: float = 0.0
    lexical: float = 1.0
    number: float = 0.0
    figure: float = 0.0
    role: float = 0.0
    weak: float = 0.0
    least: float = 0.2
    doubt: float = 0.0
    doubt_length: float = 0.0
    doubt_traits: float = 0.0
    rival: float = 0.0
    trust: float = 0.0
    edge: float = 0.0
    edge_rest: float = 0.0
    edge_length: float = 0.0
    edge_trust: float = 0.0
    swap: float = 1.0
    move: float = 1.0


def load_weights(preset: Preset, evidence: str, *, sentences: bool = False) -> Weights:
    """Return the prices of *preset* for the kind of *evidence* at hand.

    The kinds are "encoder+lexicon", "encoder", "lexicon" and "form" (lengths and like words). For
    *sentences* some have prices of their own: clauses have numbers, roles and a make-up to go by,
    sentences little but what they say.

    >>> load_weights("parity", "encoder+lexicon", sentences=True).doubt > 0
    True
    """
    tables = _tables()
    own = tables.get(f"{preset}, sentences", {}) if sentences else {}
    return Weights(**own.get(evidence, tables[preset][evidence]))


@cache
def _tables() -> dict[str, dict[str, dict[str, float]]]:
    text = files("paraalign.align").joinpath("weights.json").read_text(encoding="utf-8")
    tables: dict[str, dict[str, dict[str, float]]] = json.loads(text)
    return tables
