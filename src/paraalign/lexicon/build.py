"""Build a lexicon package from its sources and what was learned.

Hand-written renderings are ordered, most usual first; learned figures say how often a rendering was
really used. Both are joined here, once, into the arrays that a `Table` reads: the share of each
rendering, how well a match of the pair speaks for a translation, how telling each word is.

>>> draft = Draft.of([Row("paix", "n", "general", ("hòa bình", "yên bình"))])
>>> [(pair.key, pair.rank) for pair in draft.pairs["paix"].values()]
[('hoa2 binh2', 0), ('yên binh2', 1)]
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from paraalign.lexicon.bilingual import LEARNED, VARIANT
from paraalign.lexicon.folding import fold, fold_text
from paraalign.lexicon.forms import form_table, regular_forms
from paraalign.lexicon.package import Part, write_parts
from paraalign.lexicon.sources import FunctionWord, Row

__all__ = ["Draft", "PairDraft", "build_package", "rarity", "set_shares"]

PARTICLES = (
    "sự",
    "việc",
    "các",
    "những",
    "bị",
    "được",
    "cuộc",
    "nền",
    "một",
    "con",
    "cái",
    "chiếc",
)
"""First syllables that a rendering may lack in a text: nominalisers, plurals, passives."""

FURTHER = 5
"""Place at most from which further renderings of a word are counted: they are no rarities."""

RARE = 8000
"""Place by frequency that words have whose frequency the sources don't give."""

_POS = ["", "n", "v", "adj", "adv", "pron", "det", "prep", "conj", "num", "interj", "pn", "term"]


@dataclass(slots=True)
class PairDraft:
    """A rendering of an entry while the lexicon is built."""

    key: str
    title: str
    rank: int
    pos: str
    domain: str
    origin: str
    onward: float = 0.0
    back: float = 0.0
    seen: float = 0.0


@dataclass(slots=True)
class Draft:
    """The entries while the lexicon is built: by French key, then by Vietnamese key."""

    pairs: dict[str, dict[str, PairDraft]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    pos: dict[str, set[str]] = field(default_factory=dict)
    forms: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Sequence[Row], published: Mapping[str, str] | None = None) -> "Draft":
        """Return the draft of the *rows* of the sources, with *published* lemmas for forms."""
        draft = cls()
        words = [row for row in rows if row.pos != "term"]
        for row in words:
            draft.pos.setdefault(fold(row.text, "fr"), set()).add(row.pos)
        lemmas = {key: sorted(pos) for key, pos in draft.pos.items() if " " not in key}
        draft.forms = form_table(lemmas, published or {})
        for row in words:
            draft._add_solid(row)
        for place, row in enumerate(rows):
            draft.places.setdefault(draft.canonical(row.text), place)
            draft.add(row)
        return draft

    def _add_solid(self, row: Row) -> None:
        """Add the forms that the compound of *row* has where it is written without its hyphen."""
        solid = fold(row.text.replace("-", ""), "fr")
        if "-" in row.text and " " not in solid and solid not in self.pos:
            for form in sorted(regular_forms(solid, row.pos)):
                self.forms.setdefault(form, [self.canonical(row.text)])

    def add(self, row: Row) -> None:
        """Add the renderings of the *row* to those that its word has already."""
        key = self.canonical(row.text)
        self.titles.setdefault(key, row.text)
        entry = self.pairs.setdefault(key, {})
        first_rank = min(len(entry), FURTHER) if row.further else 0
        for rank, title in enumerate(row.renderings, first_rank):
            self._note(entry, title, rank, row, "hand")
        for rank, title in enumerate(row.renderings, first_rank):
            first, _, rest = title.partition(" ")
            if first in PARTICLES and rest:
                self._note(entry, rest, rank, row, VARIANT)

    def canonical(self, text: str) -> str:
        """Return the key of the French word or term *text*: its forms' lemmas inside a term.

        >>> Draft().canonical("Conseil d'État")
        "conseil d' état"
        """
        tokens = [token.key for token in fold_text(text, "fr")]
        if len(tokens) == 1:
            return tokens[0]
        return " ".join(self.forms.get(token, [token])[0] for token in tokens)

    def right_titles(self) -> dict[str, str]:
        """Return how each Vietnamese key is written, in the order of the keys."""
        titles: dict[str, str] = {}
        for entry in self.pairs.values():
            for pair in entry.values():
                titles.setdefault(pair.key, pair.title)
        return dict(sorted(titles.items()))

    def add_forms(self, published: Mapping[str, str]) -> None:
        """Add the *published* forms of the words that the sources lack."""
        learned = {key: () for key in self.pairs if key not in self.pos and " " not in key}
        for form, lemmas in form_table(learned, published).items():
            self.forms.setdefault(form, lemmas)

    def functions(self, words: Iterable[FunctionWord], lang: str) -> frozenset[str]:
        """Return the keys of the function *words* of *lang*, and of what French ones inflect."""
        keys = {fold(word.text, lang) for word in words if word.lang == lang}
        if lang == "vi":
            return frozenset(keys)
        return frozenset(
            keys | {self.forms.get(key, [key])[0] for key in keys if key in self.forms}
        )

    @staticmethod
    def _note(entry: dict[str, PairDraft], title: str, rank: int, row: Row, origin: str) -> None:
        key = fold(title, "vi")
        if key:
            entry.setdefault(key, PairDraft(key, title, rank, row.pos, row.domain, origin))


def build_package(
    draft: Draft,
    *,
    version: str,
    weights: tuple[Mapping[str, float], Mapping[str, float]],
    function_words: Sequence[FunctionWord],
) -> bytes:
    """Return the package file of *draft*.

    Args:
        draft: The entries.
        version: Goes into the signature.
        weights: How telling French and Vietnamese words are, by key, 0 to 1.
        function_words: Those of both languages.
    """
    entries = [key for key, found in draft.pairs.items() if found]
    rights = draft.right_titles()
    places = {key: place for place, key in enumerate(rights)}
    ordered = [sorted(draft.pairs[key].values(), key=_order) for key in entries]
    titles = [draft.titles[key] for key in entries]
    parts: dict[str, Part] = {"about": [version, "fr", "vi"]}
    parts["function_words"] = ["\t".join(_function_row(word)) for word in function_words]
    parts |= _side("left", entries, titles, weights[0], draft.functions(function_words, "fr"))
    parts |= _side(
        "right",
        list(rights),
        list(rights.values()),
        weights[1],
        draft.functions(function_words, "vi"),
    )
    parts |= _forms("left", draft.forms, entries) | _forms("right", {}, [])
    parts |= _pair_parts(ordered, places)
    return write_parts(parts)


def set_shares(draft: Draft) -> None:
    """Set the probabilities that no learning has set, from the order of the renderings."""
    totals: dict[str, float] = {}
    usual = {left: _usualness(draft.places.get(left, RARE)) for left in draft.pairs}
    for left, entry in draft.pairs.items():
        for pair in entry.values():
            pair.onward = pair.onward or _rank_share(pair)
        whole = sum(pair.onward for pair in entry.values())
        for pair in entry.values():
            pair.onward /= whole
            totals[pair.key] = totals.get(pair.key, 0.0) + pair.onward * usual[left]
    for left, entry in draft.pairs.items():
        for pair in entry.values():
            pair.back = pair.back or pair.onward * usual[left] / totals[pair.key]


def _usualness(place: int) -> float:
    """Return how usual the word at *place* of the sources is: they stand by frequency."""
    return float((place + 100) ** -0.5)


def _rank_share(pair: PairDraft) -> float:
    return (0.05 if pair.origin == VARIANT else 1.0) / (pair.rank + 1.5)


def _order(pair: PairDraft) -> tuple[int, int, float, str]:
    """Order as a dictionary does: as written, then what was learned, then variants."""
    kind = ("hand", LEARNED, VARIANT).index(pair.origin)
    return (kind, pair.rank, -pair.onward, pair.key)


def _strength(pair: PairDraft) -> float:
    learned = min(1.0, 0.45 + 0.9 * math.sqrt(pair.onward * pair.back))
    if pair.origin == LEARNED:
        return learned
    written = max(0.5, 1 - 0.04 * pair.rank) * (0.8 if pair.origin == VARIANT else 1.0)
    return max(written, learned)


def _function_row(word: FunctionWord) -> tuple[str, str, str, str]:
    return word.lang, fold(word.text, word.lang), word.kind, "; ".join(word.renderings)


def _side(
    name: str,
    keys: list[str],
    titles: list[str],
    weights: Mapping[str, float],
    functions: frozenset[str],
) -> dict[str, Part]:
    return {
        f"{name}_keys": keys,
        f"{name}_titles": titles,
        f"{name}_weights": _bytes([weights.get(key, 1.0) for key in keys]),
        f"{name}_functions": np.array([key in functions for key in keys], np.uint8),
    }


def _forms(name: str, forms: Mapping[str, list[str]], entries: list[str]) -> dict[str, Part]:
    places = {key: place for place, key in enumerate(entries)}
    kept = {
        form: [places[word] for word in words if word in places] for form, words in forms.items()
    }
    kept = {form: words for form, words in kept.items() if words}
    offsets = np.cumsum([0, *(len(words) for words in kept.values())])
    return {
        f"{name}_forms": list(kept),
        f"{name}_form_offsets": offsets.astype(np.int32),
        f"{name}_form_lemmas": np.array(list(chain.from_iterable(kept.values())), np.int32),
    }


def _pair_parts(ordered: list[list[PairDraft]], places: Mapping[str, int]) -> dict[str, Part]:
    pairs = [pair for entry in ordered for pair in entry]
    domains = sorted({pair.domain for pair in pairs})
    origins = sorted({pair.origin for pair in pairs})
    return {
        "counts": np.array([len(entry) for entry in ordered], np.int32),
        "rights": np.array([places[pair.key] for pair in pairs], np.int32),
        "probabilities": _shares([pair.onward for pair in pairs]),
        "reverses": _shares([pair.back for pair in pairs]),
        "strengths": _bytes([_strength(pair) for pair in pairs]),
        "pos": np.array([_POS.index(pair.pos) for pair in pairs], np.uint8),
        "domains": np.array([domains.index(pair.domain) for pair in pairs], np.uint8),
        "origins": np.array([origins.index(pair.origin) for pair in pairs], np.uint8),
        "pos_names": _POS,
        "domains_names": domains,
        "origins_names": origins,
    }


def _bytes(values: list[float]) -> NDArray[np.uint8]:
    return np.array(np.round(np.array(values) * 255), np.uint8)


def _shares(values: list[float]) -> NDArray[np.uint16]:
    return np.array(np.round(np.array(values) * 65535), np.uint16)


def rarity(counts: Mapping[str, float], total: float) -> dict[str, float]:
    """Return how telling each counted word is: 0 for one in every text, 1 for the rarest.

    >>> rarity({"a": 100, "b": 1}, 100)["b"]
    1.0
    """
    top = math.log(total + 1)
    return {key: min(1.0, max(0.0, 1 - math.log(count) / top)) for key, count in counts.items()}
