"""Names in running text: runs of capitalised words, acronyms, and codes such as "Covid-19".

Capitals alone make no name: sentences open with one, and titles of texts are full of them. A run
of one word that is also a common word of the language is left out; its meaning is for the checks
of meaning.

>>> [name.text for name in find_names("avec Cités Unies France et l'ONU, sur le Covid-19", "fr")]
['Cités Unies France', 'ONU', 'Covid-19']
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from paraalign.letters import name_key

__all__ = ["Letters", "Name", "Part", "find_names", "name_word", "territory"]

_WORD = re.compile(r"[^\W_]+(?:[-‑][^\W_]+)*")
_ELISION = re.compile(r"(?i)(?:[cdjlmnst]|(?:jus|lors|puis|quel|pres)?qu)['’]$")
_OPENING = re.compile(r"(?:^|[.!?…:;\"“«‘(–—*•\n-])\s*$")
_INVERTED = re.compile(r"-(?:je|tu|ils?|elles?|on|nous|vous|ce|y|en|moi|toi|les?|la|lui|leur|t)$")
_STEM = 4  # letters from which a name may take an ending on the other side
_LONGEST = 6  # words of a name; a longer run is a headline
_SHOUT = 0.6  # share of capitals above which a text is all capitals


class Part(NamedTuple):
    """A word of a name."""

    start: int
    end: int
    text: str


class Name(NamedTuple):
    """A run of words that may be a name.

    Attributes:
        start: First character, counted in the text searched.
        end: Character after its last.
        text: As printed.
        parts: Its words.
        form: "name", "acronym" or "code".
        is_opening: Whether it opens a sentence, where every word has a capital.
    """

    start: int
    end: int
    text: str
    parts: tuple[Part, ...]
    form: str
    is_opening: bool


def find_names(text: str, lang: str) -> list[Name]:
    """Return what may be a name in *text*, in order; nothing in a text all in capitals."""
    letters = [char for char in text if char.isalpha()]
    if sum(char.isupper() for char in letters) > _SHOUT * len(letters):
        return []
    return [_name(text, run) for run in _runs(text, lang) if len(run) <= _LONGEST]


@lru_cache(maxsize=1 << 12)
def _spelled(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


class Letters:
    """The letters of a text as names compare, each with its place in the text.

    >>> Letters("tại Hà Nội.").places("Hanoï")
    [(4, 10)]
    """

    def __init__(self, text: str, *, marked: bool = False) -> None:
        """Spell out *text*, character by character; with its accents where *marked*."""
        self._spell = _spelled if marked else name_key
        spelled = [self._spell(char) for char in text]
        self.text = "".join(spelled)
        self._at = [place for place, letters in enumerate(spelled) for _ in letters]
        words = list(re.finditer(r"[^\W_]+", text))
        self._starts = {match.start() for match in words}
        self._ends = {match.end() for match in words}

    def places(self, name: str) -> list[tuple[int, int]]:
        """Return where *name* stands in the text, from the start of a word to the end of one."""
        letters = self._spell(name)
        found = [match.start() for match in re.finditer(f"(?={re.escape(letters)})", self.text)]
        ranges = [(self._at[start], self._at[start + len(letters) - 1] + 1) for start in found]
        open_ended = len(letters) > _STEM
        return [each for each in ranges if letters and self._is_whole(*each, open_ended)]

    def _is_whole(self, start: int, end: int, open_ended: bool) -> bool:  # noqa: FBT001
        return start in self._starts and (open_ended or end in self._ends)


def territory(name: str, lang: str, other: str) -> tuple[str, ...]:
    """Return what the place *name* of *lang* is called in *other*; empty if unknown.

    >>> territory("Autriche", "fr", "vi")
    ('Áo',)
    """
    return tuple(dict.fromkeys(_territories(lang, other).get(name_key(name), ())))


def name_word(word: str, other: str) -> tuple[str, ...]:
    """Return what the English *word*, as names hold it in any language, is in *other*.

    >>> name_word("Street", "vi")
    ('đường', 'phố')
    """
    return _name_words(other).get(name_key(word), ())


def _runs(text: str, lang: str) -> Iterator[list[Part]]:
    run: list[Part] = []
    for match in _WORD.finditer(text):
        part = Part(match.start(), match.end(), match[0])
        capital = _is_capital(part.text)
        joined = run and text[run[-1].end : part.start] == " "
        if run and not (capital and joined and _form(part.text) == "name" == _form(run[-1].text)):
            yield run
            run = []
        if capital and not (lang == "fr" and _is_no_name(text, part)):
            run.append(part)
    if run:
        yield run


def _is_no_name(text: str, part: Part) -> bool:
    """Tell whether a French word is an elision ("L’") or a verb with its pronoun ("Voit-il")."""
    with_sign = text[part.start : part.end + 1]
    is_elision = _ELISION.match(with_sign) or with_sign.lower() in {"aujourd'", "aujourd’"}
    return bool(is_elision or _INVERTED.search(part.text))


def _is_capital(word: str) -> bool:
    return word[0].isupper() and len(word) > 1


def _form(word: str) -> str:
    has_digit = any(char.isdecimal() for char in word)
    letters = [char for char in word if char.isalpha()]
    if has_digit:
        return "code" if letters and letters[0].isupper() and word[0].isupper() else "name"
    capitals = sum(char.isupper() for char in letters)
    return "acronym" if capitals > 1 and capitals == len(letters) else "name"


def _name(text: str, run: list[Part]) -> Name:
    start, end = run[0].start, run[-1].end
    form = _form(run[0].text) if len(run) == 1 else "name"
    before = _ELISION.sub("", text[max(0, start - 3) : start])
    opening = bool(_OPENING.search(text[: max(0, start - 3)] + before))
    return Name(start, end, text[start:end], tuple(run), form, opening)


@lru_cache
def _name_words(other: str) -> dict[str, tuple[str, ...]]:
    path = files("paraalign.checks") / "data" / "name-words.tsv"
    head, *rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    if other not in head:
        return {}
    place = head.index(other)
    return {
        name_key(word): tuple(row[place].split("; ")) for row in rows for word in row[0].split("; ")
    }


@lru_cache
def _territories(lang: str, other: str) -> dict[str, tuple[str, ...]]:
    """Return the established names of both tables, those of CLDR first."""
    forms: dict[str, tuple[str, ...]] = {}
    for table in ("territories.tsv", "exonyms.tsv"):
        path = files("paraalign.checks") / "data" / table
        head, *rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        if {lang, other} <= set(head):
            own, foreign = head.index(lang), head.index(other)
            for row in rows:
                for name in row[own].split("; "):
                    forms[name_key(name)] = (
                        *forms.get(name_key(name), ()),
                        *row[foreign].split("; "),
                    )
    return forms
