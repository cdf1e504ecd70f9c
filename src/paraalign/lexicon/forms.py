"""Which dictionary words a French word form may stand for.

A form may have several lemmas ("suis" is être or suivre, "porte" is porte or porter), and a lexicon
look-up must try them all. Published form lists give one lemma each; rules for the regular endings
add the others. All is worked out when the lexicon is built, so that nothing is loaded for it later.

>>> sorted(regular_forms("national", "adj"))[:4]
['national', 'nationale', 'nationales', 'nationals']
>>> "coopérés" in regular_forms("coopérer", "v")
True
>>> sorted(regular_forms("mettre", "v"))
['mettre', 'mis', 'mise', 'mises']
"""

from collections.abc import Iterable, Mapping

from paraalign.letters import unmarked
from paraalign.lexicon.folding import fold_word

__all__ = ["form_table", "published_lemmas", "regular_forms"]

_PLURALS = {"al": "aux", "ail": "aux", "eau": "eaux", "eu": "eux", "ou": "oux"}
_FEMININES = {
    "if": ("ive",),
    "eux": ("euse",),
    "er": ("ère",),
    "en": ("enne",),
    "on": ("onne",),
    "el": ("elle",),
    "eur": ("euse", "rice"),
    "et": ("ette", "ète"),
    "c": ("que", "che"),
    "f": ("ve",),
}
_PARTICIPLES = {
    "prendre": "pris",
    "mettre": "mis",
    "faire": "fait",
    "dire": "dit",
    "crire": "crit",
    "fire": "fit",
    "duire": "duit",
    "struire": "struit",
    "cuire": "cuit",
    "venir": "venu",
    "tenir": "tenu",
    "cevoir": "çu",
    "devoir": "dû",
    "mouvoir": "mu",
    "valoir": "valu",
    "voir": "vu",
    "asseoir": "assis",
    "quérir": "quis",
    "courir": "couru",
    "ouvrir": "ouvert",
    "ffrir": "ffert",
    "mourir": "mort",
    "aindre": "aint",
    "eindre": "eint",
    "oindre": "oint",
    "soudre": "sous",
    "pondre": "pondu",
    "endre": "endu",
    "ondre": "ondu",
    "erdre": "erdu",
    "ordre": "ordu",
    "naître": "né",
    "connaître": "connu",
    "paraître": "paru",
    "lire": "lu",
    "plaire": "plu",
    "traire": "trait",
    "clure": "clu",
    "clore": "clos",
    "inclure": "inclus",
    "battre": "battu",
    "rompre": "rompu",
    "vaincre": "vaincu",
    "vivre": "vécu",
    "suivre": "suivi",
    "croire": "cru",
    "boire": "bu",
    "vêtir": "vêtu",
    "ir": "i",
}
"""Participles by ending; of several endings that fit, the longest decides."""

_FIRST_GROUP = (
    *("e", "es", "ent", "er", "ons", "ez", "é", "ée", "és", "ées", "ant", "ante", "ants", "antes"),
    *("ais", "ait", "ions", "iez", "aient", "a", "ai", "as", "âmes", "âtes", "èrent", "asse", "ât"),
    *("erai", "eras", "era", "erons", "erez", "eront", "erais", "erait", "erions", "eriez"),
    "eraient",
)


def regular_forms(lemma: str, pos: str) -> set[str]:
    """Return the forms that *lemma* of the part of speech *pos* has by regular endings.

    Some don't exist; a form that nobody writes does no harm.
    """
    if pos == "v":
        return {lemma, *_first_group(lemma), *_participles(lemma)}
    if pos not in {"n", "adj", "pn"}:
        return {lemma}
    bases = {lemma, *_feminines(lemma)} if pos == "adj" or lemma.endswith("eur") else {lemma}
    plurals = {lemma[: -len(end)] + new for end, new in _PLURALS.items() if lemma.endswith(end)}
    return bases | plurals | {base + "s" for base in bases if base[-1:] not in "sxz"}


def _first_group(lemma: str) -> set[str]:
    if not lemma.endswith("er"):
        return set()
    stem = lemma[:-2]
    soft = {"g": stem + "e", "c": stem[:-1] + "ç"}.get(stem[-1:], stem)
    return {(soft if ending[0] in "aoâ" else stem) + ending for ending in _FIRST_GROUP}


def _participles(lemma: str) -> set[str]:
    """Return the past participles, which many published lists give to a noun alone (mise)."""
    fitting = max((end for end in _PARTICIPLES if lemma.endswith(end)), key=len, default="")
    if not fitting:
        return set()
    made = lemma[: -len(fitting)] + _PARTICIPLES[fitting]
    plural = set() if made.endswith("s") else {made + "s"}
    feminine = made.replace("û", "u") + "e"
    return {made, feminine, feminine + "s", *plural}


def _feminines(lemma: str) -> set[str]:
    if lemma.endswith("e"):
        return {lemma}
    made = {
        lemma[: -len(end)] + new
        for end, news in _FEMININES.items()
        if lemma.endswith(end)
        for new in news
    }
    return made | {lemma + "e"}


def published_lemmas() -> dict[str, str]:
    """Return the lemma of each French form that simplemma knows. Takes about 0.2 s."""
    from simplemma.strategies.dictionaries.dictionary_factory import (  # noqa: PLC0415
        DefaultDictionaryFactory,
    )

    table = DefaultDictionaryFactory().get_dictionary("fr")
    return {fold_word(form): fold_word(lemma) for form, lemma in table.items()}


def form_table(
    lemmas: Mapping[str, Iterable[str]], published: Mapping[str, str]
) -> dict[str, list[str]]:
    """Return for each form the *lemmas* that it may stand for, likeliest first.

    A form may stand for itself, for what the *published* list says, and for what the rules make of
    it. *lemmas* gives the parts of speech of each, most frequent lemma first, which decides what is
    likeliest. Forms that stand for themselves alone are left out. An initial without its accent is
    one more form (Etat).

    >>> form_table({"porte": ["n"], "porter": ["v"]}, {"portes": "porter"})["portes"]
    ['porte', 'porter']
    """
    table: dict[str, list[str]] = {lemma: [lemma] for lemma in lemmas}
    for form, lemma in published.items():
        _note(table, form, lemma, lemmas)
    for lemma, parts in lemmas.items():
        for form in sorted(set().union(*(regular_forms(lemma, pos) for pos in parts))):
            _note(table, form, lemma, lemmas)
    places = {lemma: place for place, lemma in enumerate(lemmas)}
    table = {form: sorted(found, key=places.__getitem__) for form, found in table.items()}
    for form in [form for form in table if not form[0].isascii()]:
        table.setdefault(unmarked(form[0]) + form[1:], table[form])
    return {form: found for form, found in sorted(table.items()) if found != [form]}


def _note(
    table: dict[str, list[str]], form: str, lemma: str, lemmas: Mapping[str, Iterable[str]]
) -> None:
    if lemma in lemmas and lemma not in table.get(form, ()):
        table.setdefault(form, []).append(lemma)
