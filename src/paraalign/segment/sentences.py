"""Where sentences end, in French, Vietnamese and English.

A stop ends a sentence unless it belongs to an abbreviation, an initial, a number, an address or an
ellipsis that runs on. A colon ends none; a semicolon only at the end of a line of a list.

>>> text = "M. Dupont a versé 3.5 millions, cf. art. 2. Il est parti… en avril."
>>> [text[start:end] for start, end in cut(text, "fr")]
['M. Dupont a versé 3.5 millions, cf. art. 2.', 'Il est parti… en avril.']
>>> text = "Hai nước hợp tác./. Hội nghị bế mạc tại TP. Hà Nội lúc 17 giờ."
>>> [text[start:end] for start, end in cut(text, "vi")]
['Hai nước hợp tác./.', 'Hội nghị bế mạc tại TP. Hà Nội lúc 17 giờ.']
"""

from functools import lru_cache

import regex

from paraalign import langs

__all__ = ["cut"]

_TIMEOUT = 20.0  # seconds, for a whole leaf
_STOP = regex.compile(
    r"""
    (?P<stop>\./\.|[.]{2,}|…|\.|[!?]+|[。！？]+|;(?=[^\S\n]*\n\s*[-–—•·*+\p{L}\d(]))
    (?P<close>(?:\s?[»›]|["”’')\]])*+)
    (?P<gap>\s+|$|(?=\p{Lu}\p{Ll}|\p{Lu}\s)|(?<=[。！？]))
    """,
    regex.VERBOSE,
)
_NEXT = regex.compile(r"[\s\"«“‘'(\[¿¡–—•-]*(?P<first>\S)(?P<rest>\w*)")
_AFTER_FIGURE = regex.compile(r"\d\s?$")
_LAST_TOKEN = regex.compile(r"\S+$")
_NUMBERED = regex.compile(r"\s*(?:\d|[IVXLC]+\b|[a-z]\b)")
_OPENING_MARK = regex.compile(r"\W*(?:\d{1,4}(?:\.\d{1,3})*|[ivxlcdmIVXLCDM]+|\p{L}|đ)[.)]?\W*")
_INITIALS = regex.compile(r"(?:\p{Lu}\.)*\p{Lu}|(?:\p{L}\.)+\p{L}")
_LONGEST_ABBREVIATION = 5  # letters; a longer word before a stop is a word


def cut(text: str, lang: str, *, opening: int = 0) -> list[tuple[int, int]]:
    """Return the ranges of the sentences of *text*, in order, white space between them left out.

    Args:
        text: The text of one leaf.
        lang: Its language.
        opening: How many characters the numbering mark takes, in which no sentence ends.

    >>> cut("Un. Deux.", "fr")
    [(0, 3), (4, 9)]
    """
    starts, ends = [0], []
    brackets = _brackets(text)
    for match in _STOP.finditer(text, timeout=_TIMEOUT):
        if match.start() < opening or brackets[match.start() : match.start() + 1] == b"1":
            continue
        if _ends(text, starts[-1], match, lang):
            ends.append(match.end("close"))
            starts.append(match.end())
    trimmed = (_trim(text, *pair) for pair in zip(starts, [*ends, len(text)], strict=True))
    return [(start, end) for start, end in trimmed if start < end]


def _ends(text: str, start: int, match: regex.Match[str], lang: str) -> bool:
    stop = match["stop"]
    if stop in {"./.", ";"} or stop[0] in "。！？":
        return True
    if text[match.end() : match.end() + 1] in {",", ";", ":"}:
        return False
    following = _NEXT.match(text, match.end())
    if following is None:
        return True
    if stop == ".":
        return _dot_ends(text, start, match, following, lang)
    return not following["first"].islower()


def _dot_ends(
    text: str, start: int, match: regex.Match[str], following: regex.Match[str], lang: str
) -> bool:
    token = _last_token(text, start, match.start())
    is_unit = bool(_AFTER_FIGURE.search(text, start, match.start() - len(token)))
    if _OPENING_MARK.fullmatch(text, start, match.end()):
        return False
    if match["close"]:
        return not following["first"].islower()
    if not match["gap"]:
        return _is_glued_end(token)
    kind = _kind(token, lang)
    kind = "unit" if is_unit and token.islower() and kind == "bound" else kind
    return _is_full_stop(token, kind, text[match.end() :][:12], following, lang)


def _last_token(text: str, start: int, end: int) -> str:
    found = _LAST_TOKEN.search(text[max(start, end - 60) : end])
    return found[0].lstrip("«“\"'(‘[’") if found else ""


def _is_glued_end(token: str) -> bool:
    """Tell whether a stop with no space after it ends a sentence: "ra.Một"."""
    return token.isalpha() and token.islower() and len(token) > 1


def _is_full_stop(
    token: str, kind: str, after: str, following: regex.Match[str], lang: str
) -> bool:
    first = following["first"]
    if kind == "unit" or _INITIALS.fullmatch(token):
        word = (first + following["rest"]).lower()
        return first.isupper() and word in langs.function_words(lang)
    if kind == "bound":
        return False
    if kind == "numbered":
        return not (first.islower() or _NUMBERED.match(after))
    if kind == "free":
        return first.isupper()
    return not first.islower() or _is_word(token, lang)


def _kind(token: str, lang: str) -> str:
    kinds = langs.get(lang).abbreviations
    lowered = token.lower() + "."
    elided = regex.sub(r"^\p{L}+['’]", "", lowered)
    return kinds.get(lowered) or kinds.get(elided) or ""


def _is_word(token: str, lang: str) -> bool:
    """Tell whether *token* is surely a whole word, so that a stop after it is one in any case."""
    if not (token.isalpha() and token.islower()):
        return False
    if lang == "vi":
        return bool(_vowels().search(token)) and len(token) > 1
    return len(token) > _LONGEST_ABBREVIATION


@lru_cache(maxsize=1)
def _vowels() -> regex.Pattern[str]:
    return regex.compile(
        r"[aeiouyăâêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]"
    )


def _brackets(text: str) -> bytes:
    """Return a flag for each character: whether it stands inside balanced brackets."""
    flags = bytearray(b"0" * len(text))
    opened: list[int] = []
    for match in regex.finditer(r"[()\[\]]", text):
        if match[0] in "([":
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            if not opened:
                flags[start : match.start()] = b"1" * (match.start() - start)
    return bytes(flags)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
