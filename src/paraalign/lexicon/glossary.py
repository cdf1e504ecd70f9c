r"""Read the terms that a user's house has settled on: CSV, TSV, TBX or TMX.

A glossary says more than a dictionary: a rendering is required, admitted or forbidden. A row that
can't be read is refused with its line and the reason, since a term that is silently lost is worse
than an error.

CSV and TSV have a source term, a target term and, if wanted, a status and a domain a row; a first
row that names the columns ("source", "target" or the language codes, "status", "domain") may change
their order. TBX is read in versions 2 and 3, TMX for its short segments and recurring phrases.

>>> parse_table("nghị quyết\trésolution\trequired\n", "terms.tsv", ("vi", "fr"))[0].status
'required'
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from paraalign.errors import InputError
from paraalign.lexicon.mining import mine_terms

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Glossary", "Term", "join_glossaries", "parse_table", "parse_xml", "read_glossary"]

STATUSES = {
    "required": "required",
    "preferred": "required",
    "preferredterm": "required",
    "standardizedterm": "required",
    "legalterm": "required",
    "admitted": "admitted",
    "admittedterm": "admitted",
    "": "admitted",
    "forbidden": "forbidden",
    "deprecated": "forbidden",
    "deprecatedterm": "forbidden",
    "superseded": "forbidden",
    "supersededterm": "forbidden",
}
"""What each way to write a status stands for; TBX adds "-admn-sts" to its own."""

COLUMNS = ("source", "target", "status", "domain")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Term(NamedTuple):
    """A term and a rendering of it.

    Attributes:
        source: The term.
        target: Its rendering.
        status: "required", "admitted" or "forbidden".
        domain: As the glossary says, or "general".
    """

    source: str
    target: str
    status: str = "admitted"
    domain: str = "general"


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of one file, in its order.

    Attributes:
        name: The file's name, for the signature.
        langs: Source and target language.
        terms: The terms, each pair once.
        digest: SHA-256 of the file, in hexadecimal digits; "" where there was no file.
    """

    name: str
    langs: tuple[str, str]
    terms: tuple[Term, ...]
    digest: str = ""

    def __repr__(self) -> str:
        """Show name and size."""
        return f"Glossary({self.name!r}, {len(self.terms)} terms)"


def read_glossary(path: str | Path, source_lang: str, target_lang: str) -> Glossary:
    """Return the glossary in the file at *path*, from *source_lang* to *target_lang*.

    Raises:
        InputError: If the file can't be read, has another ending than .csv, .tsv, .tbx, .xml or
            .tmx, or has a bad row; the message says path, line and reason.
    """
    path = Path(path)
    langs = (source_lang, target_lang)
    if path.suffix.lower() not in {".csv", ".tsv", ".tbx", ".xml", ".tmx"}:
        message = f"{path}: found a glossary ending in {path.suffix!r}; allowed: csv, tsv, tbx, tmx"
        raise InputError(message)
    data = _read(path)
    if path.suffix.lower() in {".csv", ".tsv"}:
        terms = parse_table(_decoded(data, path), str(path), langs)
    else:
        terms = parse_xml(data, str(path), langs)
    return Glossary(path.name, langs, tuple(dict.fromkeys(terms)), sha256(data).hexdigest())


def join_glossaries(glossaries: Sequence[Glossary]) -> Glossary:
    """Return one glossary of all; what the first says of a pair outranks what later ones say.

    Raises:
        InputError: If there is none.

    >>> first = Glossary("a.csv", ("fr", "vi"), (Term("commune", "xã", "required"),))
    >>> later = Glossary("b.csv", ("fr", "vi"), (Term("commune", "xã", "forbidden"),))
    >>> [term.status for term in join_glossaries([first, later]).terms]
    ['required']
    """
    if not glossaries:
        message = "found no glossary to join; at least one is needed"
        raise InputError(message)
    terms: dict[tuple[str, str], Term] = {}
    for glossary in glossaries:
        own = {(term.source, term.target): term for term in glossary.terms}
        terms = own | terms
    ordered = [term for one in glossaries for term in one.terms if terms[term[:2]] == term]
    name = " + ".join(glossary.name for glossary in glossaries)
    return Glossary(name, glossaries[0].langs, tuple(dict.fromkeys(ordered)))


def parse_table(text: str, path: str, langs: tuple[str, str]) -> list[Term]:
    r"""Return the terms of the CSV or TSV *text*; *path* is for messages and tells which it is.

    Raises:
        InputError: If a row lacks a term, has an unknown status or contradicts an earlier one.

    >>> parse_table("source,target\ncommune,xã\n", "a.csv", ("fr", "vi"))
    [Term(source='commune', target='xã', status='admitted', domain='general')]
    """
    tabs = path.lower().endswith(".tsv") or ("\t" in text and not path.lower().endswith(".csv"))
    reader = csv.reader(text.splitlines(), delimiter="\t" if tabs else _delimiter(text))
    columns: Mapping[str, int] = dict(zip(COLUMNS, range(4), strict=True))
    terms: dict[tuple[str, str], Term] = {}
    for place, row in enumerate(reader):
        if place == 0 and (named := _named_columns(row, langs)):
            columns = named
        elif any(cell.strip() for cell in row) and not row[0].startswith("#"):
            line = f"{path}:{reader.line_num}"
            _take(_term(row, columns, line), terms, line)
    return list(terms.values())


def parse_xml(data: bytes, path: str, langs: tuple[str, str]) -> list[Term]:
    """Return the terms of the TBX or TMX *data*; entities and outside files are never read.

    Raises:
        InputError: If it is no well-formed TBX or TMX, has a bad status or contradicts itself.

    >>> sides = '<tuv lang="fr"><seg>eau</seg></tuv><tuv lang="vi"><seg>nước</seg></tuv>'
    >>> data = f"<tmx><body><tu>{sides}</tu></body></tmx>".encode()
    >>> parse_xml(data, "a.tmx", ("fr", "vi"))[0].target
    'nước'
    """
    root = _root(data, path)
    kind = _name(root)
    if kind == "tmx":
        pairs = list(_iter_tmx(root, langs))
        return [Term(source, target) for source, target in mine_terms(pairs, langs)]
    if kind in {"martif", "tbx"}:
        terms: dict[tuple[str, str], Term] = {}
        for entry in _entries(root):
            for term, place in _entry_terms(entry, path, langs):
                _take(term, terms, place)
        return list(terms.values())
    message = f"{path}:{root.sourceline}: found a root element {kind!r}; allowed: martif, tbx, tmx"
    raise InputError(message)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path}: the glossary can't be read: {error.strerror}"
        raise InputError(message) from error


def _decoded(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{path}: found a byte at {error.start} that is not UTF-8; allowed: UTF-8"
        raise InputError(message) from error


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return ";" if first.count(";") > first.count(",") else ","


def _named_columns(row: Sequence[str], langs: tuple[str, str]) -> dict[str, int] | None:
    aliases = {langs[0]: "source", langs[1]: "target"}
    names = [cell.strip().lower() for cell in row]
    found = {aliases.get(name, name): place for place, name in enumerate(names)}
    return found if {"source", "target"} <= found.keys() else None


def _term(row: Sequence[str], columns: Mapping[str, int], place: str) -> Term:
    cells = {
        name: row[column].strip() if column < len(row) else "" for name, column in columns.items()
    }
    missing = [name for name in ("source", "target") if not cells.get(name)]
    if missing:
        message = f"{place}: found no {missing[0]} term in {list(row)!r}; a row needs both"
        raise InputError(message)
    status = _status(cells.get("status", ""), place)
    return Term(cells["source"], cells["target"], status, cells.get("domain") or "general")


def _take(term: Term, terms: dict[tuple[str, str], Term], place: str) -> None:
    """Add *term* to *terms*, unless it stands there with another status."""
    before = terms.setdefault((term.source, term.target), term)
    if before.status != term.status:
        message = (
            f"{place}: found {term.source!r} = {term.target!r} {term.status}, which an earlier row"
            f" says is {before.status}; one status is allowed"
        )
        raise InputError(message)


def _status(text: str, place: str) -> str:
    plain = text.strip().lower().removesuffix("-admn-sts")
    if plain not in STATUSES:
        message = f"{place}: found status {text!r}; allowed: required, admitted, forbidden"
        raise InputError(message)
    return STATUSES[plain]


def _root(data: bytes, path: str) -> "_Element":
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        message = f"{path}:{error.lineno}: no well-formed XML: {error.msg}"
        raise InputError(message) from error


def _name(element: "_Element") -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _iter_named(element: "_Element", *names: str) -> Iterator["_Element"]:
    return (child for child in element.iter() if _name(child) in names)


def _entries(root: "_Element") -> Iterator["_Element"]:
    return _iter_named(root, "termentry", "conceptentry")


def _entry_terms(
    entry: "_Element", path: str, langs: tuple[str, str]
) -> Iterator[tuple[Term, str]]:
    domain = _noted(entry, "subjectfield") or "general"
    by_lang: dict[str, list[_Element]] = {lang: [] for lang in langs}
    for section in _iter_named(entry, "langset", "langsec"):
        lang = _lang(section)
        by_lang.setdefault(lang, []).extend(_iter_named(section, "tig", "ntig", "termsec"))
    for source in by_lang[langs[0]]:
        for target in by_lang[langs[1]]:
            place = f"{path}:{target.sourceline}"
            status = _status(_noted(target, "administrativestatus"), place)
            yield Term(_term_text(source, path), _term_text(target, path), status, domain), place


def _noted(element: "_Element", kind: str) -> str:
    for note in element.iter():
        if (note.get("type") or "").lower() == kind or _name(note) == kind:
            return _text(note)
    return ""


def _term_text(element: "_Element", path: str) -> str:
    text = next((_text(term) for term in _iter_named(element, "term")), "")
    if not text:
        message = f"{path}:{element.sourceline}: found a term section without a term"
        raise InputError(message)
    return text


def _iter_tmx(root: "_Element", langs: tuple[str, str]) -> Iterator[tuple[str, str]]:
    for unit in _iter_named(root, "tu"):
        texts = {
            _lang(variant): next((_text(seg) for seg in _iter_named(variant, "seg")), "")
            for variant in _iter_named(unit, "tuv")
        }
        source, target = (texts.get(lang, "") for lang in langs)
        if source and target:
            yield source, target


def _lang(element: "_Element") -> str:
    code = element.get(XML_LANG) or element.get("lang") or ""
    return code.lower().replace("_", "-").split("-")[0]


def _text(element: "_Element") -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())
