"""Say the same thing in English, French or Vietnamese.

Everything that a person reads (what a finding says, the names of kinds and severities, the labels
of a report) stands in a catalogue a language, `data/LANG.toml`, under a key. To add a language, add
a file: whatever it holds is typed plainly, and its head says how the language writes numbers, which
plural forms it has, and which blanks its typography wants before and inside which marks.

>>> french = messages_in("fr")
>>> french.say("finding.coverage-omission", {"source": "an sinh", "target_lang": "vietnamien"})
'«\u202fan sinh\u202f» n’a pas d’équivalent dans le texte vietnamien.'
>>> messages_in("en").say("count.finding", {"count": 1200})
'1,200 findings'
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from string import Formatter
from typing import Any, TypeAlias

from paraalign.errors import OptionError
from paraalign.messages.plurals import form_of

__all__ = ["Messages", "Values", "message_langs", "messages_in"]

Values: TypeAlias = Mapping[str, str | int | float]
_Entry: TypeAlias = str | Mapping[str, str]

_STOPS = ".。"  # what ends a sentence, taken away where the sentence goes on
_LABEL_WORD = re.compile(r"[a-z]+\.?")


@dataclass(frozen=True, eq=False, repr=False)
class Messages:
    """What paraalign says in one language.

    Attributes:
        lang: ISO 639-1 code of the language.
        entries: Each message by its key, "table.name"; one with plural forms by the form's name.
        head: How the language writes numbers and shares, and its plural rules.
        names: What the language calls languages, by code.
    """

    lang: str
    entries: Mapping[str, _Entry]
    head: Mapping[str, Any]
    names: Mapping[str, str]

    def __repr__(self) -> str:
        """Show the language, not the messages."""
        return f"Messages({self.lang!r})"

    def say(self, key: str, values: Values | None = None) -> str:
        """Return the message *key* with its parameters filled in from *values*.

        Whole numbers get the language's marks between thousands, other numbers are shares shown
        as percentages. A value called `count` chooses the plural form.

        Raises:
            KeyError: If there is no such message, or a parameter has no value.

        >>> messages_in("vi").say("report.similarity", {"share": 0.934})
        'độ tương đồng 93%'
        """
        given = values or {}
        template = self._template(key, given)
        return template.format_map({name: self._shown(value) for name, value in given.items()})

    def has(self, key: str) -> bool:
        """Tell whether there is a message *key*.

        >>> messages_in("en").has("kind.omission"), messages_in("en").has("kind.joke")
        (True, False)
        """
        return key in self.entries

    def table(self, name: str) -> dict[str, str]:
        """Return the messages without plural forms of the table *name*, by the rest of their key.

        >>> messages_in("fr").table("severity")["minor"]
        'mineur'
        """
        start = f"{name}."
        return {
            key.removeprefix(start): entry
            for key, entry in self.entries.items()
            if key.startswith(start) and isinstance(entry, str)
        }

    def language(self, code: str) -> str:
        """Return the name of the language *code*; the code itself where the name is unknown.

        >>> messages_in("fr").language("vi"), messages_in("vi").language("fr")
        ('vietnamien', 'tiếng Pháp')
        """
        return self.names.get(code.partition("-")[0], code)

    def share(self, share: float) -> str:
        """Return the *share*, 0 to 1, as a percentage.

        >>> messages_in("en").share(0.876)
        '88%'
        """
        return self._shown(float(share))

    def named(self, kind: str, severity: str) -> str:
        """Return what a finding of *kind* and *severity* is called.

        >>> messages_in("en").named("omission", "minor"), messages_in("fr").named("number", "major")
        ('minor omission', 'nombre, majeur')
        """
        names = {"kind": self.say(f"kind.{kind}"), "severity": self.say(f"severity.{severity}")}
        return self.say("report.named", names)

    def clause(self, label: str) -> str:
        """Return the *label* of a clause, its own words translated, printed ones left alone.

        >>> messages_in("fr").clause("1, par. 2"), messages_in("vi").clause("Điều 3, item 2")
        ('1, al. 2', 'Điều 3, điểm 2')
        """
        parts = [
            ", ".join(self._label_part(part) for part in one.split(", "))
            for one in label.split(" + ")
        ]
        return " + ".join(parts)

    def listed(self, items: Sequence[str]) -> str:
        """Return *items* as a running list.

        >>> messages_in("en").listed(["“a”", "“b”", "“c”"])
        '“a”, “b” and “c”'
        """
        if len(items) < 2:  # noqa: PLR2004 - nothing to join
            return "".join(items)
        return self.say("list.last", {"before": ", ".join(items[:-1]), "last": items[-1]})

    def series(self, items: Sequence[str]) -> str:
        """Return *items*, which may hold commas, one after the other.

        >>> messages_in("fr").series(["3, al. 1", "5"])
        '3, al. 1\u202f; 5'
        """
        if len(items) < 2:  # noqa: PLR2004 - nothing to join
            return "".join(items)
        return self.say("list.next", {"before": self.series(items[:-1]), "next": items[-1]})

    def going_on(self, key: str, message: str, values: Values) -> str:
        """Return the message *key*, which takes up the whole sentence *message* and goes on.

        >>> messages_in("en").going_on("finding.repeated", "“a” is “b”.", {"count": 3})
        '“a” is “b”; so 3 times.'
        """
        return self.say(key, {**values, "message": message.rstrip(_STOPS)})

    def parameters(self, key: str) -> frozenset[str]:
        """Return the names of the parameters of the message *key*, in any of its forms.

        >>> sorted(messages_in("en").parameters("finding.repeated"))
        ['count', 'message']
        """
        entry = self.entries[key]
        forms = [entry] if isinstance(entry, str) else entry.values()
        return frozenset(name for form in forms for _, name, *_ in Formatter().parse(form) if name)

    def _template(self, key: str, values: Values) -> str:
        entry = self.entries[key]
        if isinstance(entry, str):
            return entry
        form = form_of(int(values["count"]), self.head["plural"])
        return entry.get(form) or entry["other"]

    def _shown(self, value: str | float) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, int):
            return f"{value:,}".replace(",", self.head["thousands"])
        return str(self.head["percent"]).format(round(100 * value))

    def _label_part(self, part: str) -> str:
        first, _, rest = part.partition(" ")
        known = self.entries.get(f"clause.{first}") if _LABEL_WORD.fullmatch(first) else None
        return part if not isinstance(known, str) else f"{known} {rest}".rstrip()


def message_langs() -> tuple[str, ...]:
    """Return the codes of the languages that have a catalogue.

    >>> message_langs()
    ('en', 'fr', 'vi')
    """
    names = (file.name for file in _folder().iterdir() if file.name.endswith(".toml"))
    return tuple(sorted(name.removesuffix(".toml") for name in names))


@lru_cache(maxsize=8)
def messages_in(lang: str) -> Messages:
    """Return what paraalign says in the language *lang*.

    Raises:
        OptionError: If the language has no catalogue.

    >>> messages_in("de")
    Traceback (most recent call last):
        ...
    paraalign.errors.OptionError: message-lang is 'de'; en, fr, vi are allowed
    """
    if lang not in message_langs():
        message = f"message-lang is {lang!r}; {', '.join(message_langs())} are allowed"
        raise OptionError(message)
    data = tomllib.loads((_folder() / f"{lang}.toml").read_text(encoding="utf-8"))
    head, names = data.pop("head"), data.pop("language")
    entries = {
        f"{table}.{name}": _set(entry, head["typography"])
        for table, entries in data.items()
        for name, entry in entries.items()
    }
    return Messages(lang, entries, head, names)


def _set(entry: _Entry, typography: Mapping[str, str]) -> _Entry:
    """Return *entry* with the blanks and marks that the language's typography wants."""
    if not isinstance(entry, str):
        return {form: str(_set(text, typography)) for form, text in entry.items()}
    for typed, printed in typography.items():
        entry = entry.replace(typed, printed)
    return entry


def _folder() -> Any:  # noqa: ANN401 - a Traversable, whose home moved between versions
    return files("paraalign.messages") / "data"
