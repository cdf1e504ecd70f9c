"""Read translation memories (TMX 1.4) and exchange files (XLIFF 1.2, 2.0, 2.1), pair by pair.

Elements are read one after the other and let go, so that a memory of any size takes little room.
Text inside inline codes is markup of some other file and left out; text that a code spans stays.
Entities are not resolved and nothing is fetched.
"""

from collections.abc import Iterator
from itertools import chain

from lxml import etree

from paraalign.formats.bilingual.pair import Langs, Pair, PairFile, broken, primary

__all__ = ["open_tmx", "open_xliff"]

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CODES = {"bpt", "ept", "ph", "it", "ut"}  # hold the markup of another file


def open_tmx(path: str, langs: Langs) -> PairFile:
    """Return the pairs of the memory *path* in *langs*.

    Where *langs* leave one open, the source is that of the header, else of the first variant, and
    the target the first other language.

    Raises:
        InputError: If it can't be read or is no XML.
    """
    found = _tmx_langs(path, langs)
    return PairFile(path, found, lambda: _tmx_pairs(path, found))


def open_xliff(path: str, langs: Langs) -> PairFile:
    """Return the pairs of the exchange file *path*: a trans-unit each, or a segment of a unit.

    Raises:
        InputError: If it can't be read or is no XML.
    """
    root = next((element for element in _elements(path, "start")), None)
    if root is None or _name(root) != "xliff":
        raise broken(path, "no XLIFF; its first element must be xliff")
    if str(root.get("version", "")).startswith("2"):
        said = root.get("srcLang"), root.get("trgLang")
        return PairFile(path, _first_of(langs, said), lambda: _xliff2_pairs(path))
    file = next((each for each in _elements(path, "start") if _name(each) == "file"), root)
    said = file.get("source-language"), file.get("target-language")
    return PairFile(path, _first_of(langs, said), lambda: _xliff1_pairs(path))


def _first_of(langs: Langs, said: Langs) -> Langs:
    return langs[0] or primary(said[0]), langs[1] or primary(said[1])


def _tmx_langs(path: str, langs: Langs) -> Langs:
    source, target = langs
    for element in _elements(path, "start"):
        if _name(element) == "header" and element.get("srclang") != "*all*":
            source = source or primary(element.get("srclang"))
        if _name(element) == "tuv":
            lang = _lang(element)
            source = source or lang
            target = target or (lang if lang != source else None)
        if source and target:
            break
    return source, target


def _tmx_pairs(path: str, langs: Langs) -> Iterator[Pair]:
    for number, unit in enumerate(_whole(path, "tu"), start=1):
        texts = {_lang(each): _text(_child(each, "seg")) for each in unit if _name(each) == "tuv"}
        yield Pair(
            unit.get("tuid") or f"unit {number}",
            texts.get(langs[0], ""),
            texts.get(langs[1], ""),
        )


def _xliff1_pairs(path: str) -> Iterator[Pair]:
    for unit in _whole(path, "trans-unit"):
        source, target = (_text(_child(unit, name)) for name in ("source", "target"))
        yield Pair(unit.get("id") or "", source, target)


def _xliff2_pairs(path: str) -> Iterator[Pair]:
    for unit in _whole(path, "unit"):
        segments = [each for each in unit if _name(each) == "segment"]
        for number, segment in enumerate(segments, start=1):
            name = segment.get("id") or str(number)
            name = unit.get("id", "") + (f"/{name}" if len(segments) > 1 else "")
            source, target = (_text(_child(segment, each)) for each in ("source", "target"))
            yield Pair(name, source, target)


def _elements(path: str, event: str) -> Iterator[etree._Element]:
    """Yield the elements of the file *path* at their start or end."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - lxml reads an open file
            reader = etree.iterparse(file, events=(event,), resolve_entities=False, no_network=True)
            for _, element in reader:
                if isinstance(element.tag, str):
                    yield element
    except OSError as error:
        raise broken(path, (error.strerror or str(error)).lower()) from error
    except etree.XMLSyntaxError as error:
        raise broken(path, f"no well-formed XML ({error})") from error


def _whole(path: str, name: str) -> Iterator[etree._Element]:
    """Yield each whole element called *name*, and let it go afterwards."""
    for element in _elements(path, "end"):
        if _name(element) == name:
            yield element
            element.clear()
            while (before := element.getprevious()) is not None:
                before.getparent().remove(before)  # type: ignore[union-attr]


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _lang(variant: etree._Element) -> str | None:
    return primary(variant.get(LANG) or variant.get("lang"))


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((each for each in element if _name(each) == name), None)


def _text(element: etree._Element | None) -> str:
    """Return the text of *element* without that of inline codes; "" of None."""
    return "".join(_stretches(element)) if element is not None else ""


def _stretches(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    yield from chain.from_iterable(
        (*(() if _name(child) in CODES else _stretches(child)), child.tail or "")
        for child in element
    )
