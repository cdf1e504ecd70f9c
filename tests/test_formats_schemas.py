"""What we write for other tools, against the published schemas of their formats.

The schemas of XLIFF come with Debian's `php-symfony-translation` and are skipped where that is
missing; `data/README.md` says where the others are from. LibreOffice opens the workbook where it is
installed.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree
from report_builder import declaration_report, document, report, small_report

from paraalign import formats
from paraalign.model import Report

SCHEMAS = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")
DATA = Path(__file__).parent / "data"
NEEDS_SCHEMAS = pytest.mark.skipif(
    not SCHEMAS.is_dir(), reason="no XLIFF schemas here: apt-get install php-symfony-translation"
)
ITS = "{http://www.w3.org/2005/11/its}locQualityIssue"
BOTH = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:import namespace="http://www.w3.org/2005/11/its" schemaLocation="{DATA / "its-issues.xsd"}"/>
<xs:import namespace="urn:oasis:names:tc:xliff:document:2.0"
 schemaLocation="{SCHEMAS / "xliff-core-2.0.xsd"}"/>
</xs:schema>"""
EMPTY = report(document("", "fr"), document("", "vi"), [])
REPORTS = [small_report(), declaration_report()]
# Each line is one of tmx14.dtd's, less the elements and attributes that we never write.
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


def schema_with_issues() -> etree.XMLSchema:
    """Return the schema of XLIFF's core, told what attributes quality issues have."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Local())
    return etree.XMLSchema(etree.fromstring(BOTH, parser))


def of_core(root: etree._Element) -> etree._Element:
    """Return *root* as the schema of the core knows it, which bears the number 2.0 in 2.1 too."""
    root.attrib["version"] = "2.0"
    return root


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
def test_xliff_2_1_is_as_the_schemas_of_its_core_and_of_its_issues_say(shown: Report) -> None:
    schema_with_issues().assertValid(of_core(tree(shown, "xliff")))


@NEEDS_SCHEMAS
@pytest.mark.parametrize(
    ("name", "value"), [("Severity", "101"), ("Type", "wrong"), ("Severity", "grave")]
)
def test_an_issue_that_its_does_not_know_is_refused(name: str, value: str) -> None:
    root = of_core(tree(small_report(), "xliff"))
    next(each for each in root.iter() if each.get(f"{ITS}{name}")).set(f"{ITS}{name}", value)
    assert not schema_with_issues().validate(root)


@NEEDS_SCHEMAS
def test_a_broken_file_is_refused_by_the_schema() -> None:
    root = tree(small_report(), "xlf")
    root[0].attrib.pop("datatype")
    assert not schema("xliff-core-1.2-strict.xsd").validate(root)


SARIF_SCHEMA = DATA / "sarif-2.1.0-rtm.5.json"


def sarif(shown: Report) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(formats.dumps(shown, "sarif"))
    return content


def check_sarif(log: dict[str, Any]) -> None:
    jsonschema.Draft4Validator(json.loads(SARIF_SCHEMA.read_text("utf-8"))).validate(log)


@pytest.mark.parametrize("shown", [*REPORTS, EMPTY])
def test_sarif_is_as_its_schema_says(shown: Report) -> None:
    check_sarif(sarif(shown))


def test_a_broken_log_is_refused() -> None:
    log = sarif(small_report())
    log["runs"][0]["results"][0]["level"] = "grave"
    with pytest.raises(jsonschema.ValidationError):
        check_sarif(log)


def test_each_result_names_a_rule_of_the_driver() -> None:
    (run,) = sarif(small_report())["runs"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in run["results"]} <= rules


OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
PDF_READER = shutil.which("pdftotext")


@pytest.mark.skipif(
    OFFICE is None or PDF_READER is None,
    reason="no LibreOffice or pdftotext here: apt-get install libreoffice-calc poppler-utils",
)
def test_libreoffice_prints_the_workbook_without_loss_of_a_finding(tmp_path: Path) -> None:
    assert OFFICE is not None
    assert PDF_READER is not None
    shown = small_report()
    formats.write(shown, tmp_path / "report.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "report.xlsx")], check=True, timeout=120)
    text = subprocess.run(
        [PDF_READER, "-raw", str(tmp_path / "report.pdf"), "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    printed = "".join(text.split())
    assert [each.id for each in shown.findings if each.id not in printed] == []
