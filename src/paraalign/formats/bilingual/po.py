r"""Read message catalogues of gettext (PO), message by message.

A message is told by the line where it starts. A message in the plural gives a pair a form: the
singular with the first form and the plural with the second, or the plural alone where the target
language has one form, as Vietnamese. Obsolete messages are left out, fuzzy ones are not.

>>> lines = ['msgid "one file"', 'msgid_plural "%d "', '"files"', 'msgstr[0] "%d tệp"']
>>> list(pairs_in(lines))
[Pair(id='line 1', source='%d files', target='%d tệp')]
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from paraalign.formats.bilingual.pair import Langs, Pair, PairFile, broken, primary

__all__ = ["open_po", "pairs_in"]

_FIELD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+"(.*)"\s*$')
_MORE = re.compile(r'"(.*)"\s*$')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}
_HEADER_LINES = 200


def open_po(path: str, langs: Langs) -> PairFile:
    """Return the messages of the catalogue *path*.

    The header says the target language; the source language is told from the messages, unless the
    header has `X-Source-Language`.

    Raises:
        InputError: If it can't be read or is not UTF-8.
    """
    head = "".join(islice(_lines(path), _HEADER_LINES))
    said = {name: re.search(rf'"{name}:\s*([\w-]+)', head) for name in ("X-Source-Language",)}
    said["Language"] = re.search(r'"Language:\s*([\w-]+)', head)
    source, target = (said[name] for name in ("X-Source-Language", "Language"))
    found = (
        langs[0] or primary(source[1] if source else None),
        langs[1] or primary(target[1] if target else None),
    )
    return PairFile(path, found, lambda: pairs_in(_lines(path)))


def pairs_in(lines: Iterable[str]) -> Iterator[Pair]:
    """Yield the messages that the *lines* of a catalogue hold, the header left out."""
    fields: dict[str, str] = {}
    last, start = "", 0
    for number, line in enumerate(lines, start=1):
        field = _FIELD.match(line)
        if field and field[1] in {"msgctxt", "msgid"} and "msgstr" in last:
            yield from _pairs(fields, start)
            fields = {}
        if field:
            start = start if fields else number
            last, fields[field[1]] = field[1], _unescaped(field[2])
        elif last and (more := _MORE.match(line)):
            fields[last] += _unescaped(more[1])
        elif line.startswith("#~"):
            last = last if "msgstr" in last else ""
    yield from _pairs(fields, start)


def _pairs(fields: dict[str, str], start: int) -> Iterator[Pair]:
    source, name = fields.get("msgid", ""), f"line {start}"
    if not source:
        return
    forms = [text for field, text in fields.items() if field.startswith("msgstr[")]
    if len(forms) > 1:
        yield Pair(name, source, forms[0])
        yield Pair(f"{name}, plural", fields.get("msgid_plural", ""), forms[1])
    elif forms:
        yield Pair(name, fields.get("msgid_plural", source), forms[0])
    else:
        yield Pair(name, source, fields.get("msgstr", ""))


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), text)


def _lines(path: str) -> Iterator[str]:
    try:
        with open(path, encoding="utf-8-sig") as file:  # noqa: PTH123 - a line at a time
            yield from file
    except OSError as error:
        raise broken(path, (error.strerror or str(error)).lower()) from error
    except UnicodeDecodeError as error:
        raise broken(path, f"not UTF-8 at byte {error.start}; convert it with msgconv") from error
