"""What we write for other tools, against the published schemas of their formats.

The schemas of XLIFF come with Debian's `php-symfony-translation`; skipped where it is missing.
"""

from pathlib import Path

import pytest
from lxml import etree
from report_builder import declaration_report, document, report, small_report

from paraalign import formats
from paraalign.model import Report

SCHEMAS = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")
NEEDS_SCHEMAS = pytest.mark.skipif(
    not SCHEMAS.is_dir(), reason="no XLIFF schemas here: apt-get install php-symfony-translation"
)
EMPTY = report(document("", "fr"), document("", "vi"), [])
REPORTS = [small_report(), declaration_report()]
TMX = """
<!ELEMENT tmx (header, body)> <!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note|prop)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
 segtype (block|paragraph|sentence|phrase) #REQUIRED o-tmf CDATA #REQUIRED
 adminlang CDATA #REQUIRED srclang CDATA #REQUIRED datatype CDATA #REQUIRED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note|prop)*, tuv+)> <!ATTLIST tu tuid CDATA #IMPLIED>
<!ELEMENT tuv (seg)> <!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)> <!ELEMENT note (#PCDATA)>
<!ELEMENT prop (#PCDATA)> <!ATTLIST prop type CDATA #REQUIRED>
"""


class _Local(etree.Resolver):
    """Finds the schema of `xml:lang` beside ours, not on the network."""

    def resolve(self, system_url: str, public_id: str, context: object) -> object:  # type: ignore[override]
        del public_id
        name = system_url.rpartition("/")[2]
        if name != "xml.xsd":
            return None
        return self.resolve_filename(str(SCHEMAS / name), context)  # type: ignore[attr-defined]


def schema(name: str) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Local())
    return etree.XMLSchema(etree.parse(str(SCHEMAS / name), parser))


def tree(shown: Report, name: str) -> etree._Element:
    content = formats.dumps(shown, name)
    assert isinstance(content, str)
    return etree.fromstring(content.encode("utf-8"))


@pytest.mark.parametrize("shown", [*REPORTS, EMPTY])
def test_tmx_is_as_its_grammar_says(shown: Report) -> None:
    from io import StringIO  # noqa: PLC0415 - only here

    grammar = etree.DTD(StringIO(TMX))
    assert grammar.validate(tree(shown, "tmx")), grammar.error_log


@NEEDS_SCHEMAS
@pytest.mark.parametrize("shown", [*REPORTS, EMPTY])
def test_xliff_1_2_is_as_its_strict_schema_says(shown: Report) -> None:
    schema("xliff-core-1.2-strict.xsd").assertValid(tree(shown, "xlf"))


@NEEDS_SCHEMAS
@pytest.mark.parametrize("shown", REPORTS)
def test_xliff_2_1_is_as_the_schema_of_its_core_says(shown: Report) -> None:
    root = tree(shown, "xliff")
    root.attrib["version"] = "2.0"  # the core is that of 2.0
    schema("xliff-core-2.0.xsd").assertValid(root)


@NEEDS_SCHEMAS
def test_a_broken_file_is_refused_by_the_schema() -> None:
    root = tree(small_report(), "xlf")
    root[0].attrib.pop("datatype")
    assert not schema("xliff-core-1.2-strict.xsd").validate(root)
