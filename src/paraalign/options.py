"""What a run depends on besides the texts: one frozen record, checked when it is made.

>>> Options(units="words")
Traceback (most recent call last):
    ...
paraalign.errors.OptionError: units is 'words'; clauses, sentences, lines are allowed
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from paraalign.checks import Profile, load_profile
from paraalign.errors import OptionError
from paraalign.langs import is_known
from paraalign.messages import message_langs

__all__ = ["DEFAULTS", "Options", "Preset", "Units"]

Units: TypeAlias = Literal["clauses", "sentences", "lines"]
Preset: TypeAlias = Literal["parity", "corpus"]


def _require(option: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        message = f"{option} is {value!r}; {', '.join(allowed)} are allowed"
        raise OptionError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a run depends on besides the texts.

    Attributes:
        source_lang: ISO 639-1 code; told from the text where None (default).
        target_lang: Likewise.
        units: What to align: "clauses" (default), then sentences inside them; "sentences";
            "lines", every non-empty line of the text a unit of its own.
        preset: "parity" (default) leaves a unit unlinked where its counterpart is missing;
            "corpus" links whatever can be linked.
        encoder: "e5" (default), "none", or the name of a sentence-transformers model.
        select: Names of the checks to run, or how they begin; all where empty (default).
        min_confidence: Findings below it are left out, 0 to 1; default 0.
        glossaries: Files with the terms of a house (CSV, TSV, TBX, TMX), source term first; they
            outrank the lexicon, and the first outranks the next.
        profile: "lax" (default) or "strict", which counts sentences too and takes structure harder.
        skip: Names of checks to leave out besides, or how they begin; what `select` names runs.
        severities: Pairs of a check's name, or how it begins, and the severity of its findings.
        realign: Align the texts of a bilingual file (TMX, XLIFF, PO, table) as if it had no pairs;
            by default its pairs are the links.
        cache: Keep token vectors in the user's cache folder, so that only what is new in a text is
            encoded on the next run. What is found is the same. By default nothing is kept.
        message_lang: Language of the messages and labels: "en" (default), "fr", "vi".
    """

    source_lang: str | None = None
    target_lang: str | None = None
    units: Units = "clauses"
    preset: Preset = "parity"
    encoder: str = "e5"
    select: tuple[str, ...] = ()
    min_confidence: float = 0.0
    glossaries: tuple[str | Path, ...] = ()
    profile: str = "lax"
    skip: tuple[str, ...] = ()
    severities: tuple[tuple[str, str], ...] = ()
    realign: bool = False
    cache: bool = False
    message_lang: str = "en"

    def __post_init__(self) -> None:
        """Refuse what is not allowed."""
        _require("units", self.units, ("clauses", "sentences", "lines"))
        _require("preset", self.preset, ("parity", "corpus"))
        for code in (self.source_lang, self.target_lang):
            if code is not None and not is_known(code):
                message = f"unknown language {code!r}; ISO 639-1 codes such as 'fr' are allowed"
                raise OptionError(message)
        if not 0 <= self.min_confidence <= 1:
            message = f"min_confidence is {self.min_confidence!r}; 0 to 1 is allowed"
            raise OptionError(message)
        _require("message-lang", self.message_lang, message_langs())
        self.rules()

    def rules(self) -> Profile:
        """Return the profile with what the options add to it."""
        return load_profile(self.profile, skip=self.skip, severity=self.severities)


DEFAULTS = Options()
