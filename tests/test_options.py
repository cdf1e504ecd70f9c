"""What options refuse, and that the threshold on confidence holds in every output."""

from dataclasses import replace
from pathlib import Path

import pytest

import paraalign
from paraalign import Options, Report, corpora, formats
from paraalign.cli import main
from paraalign.errors import OptionError

THRESHOLD = 0.8


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("texts")
    for name in ("fr.md", "vi.md"):
        (folder / name).write_text(corpora.load(f"declaration/{name}"), encoding="utf-8")
    return str(folder / "fr.md"), str(folder / "vi.md")


@pytest.fixture(scope="module")
def report(texts: tuple[str, str]) -> Report:
    return paraalign.check(*texts, options=Options(encoder="none"))


def kept(report: Report) -> Report:
    findings = tuple(each for each in report.findings if each.confidence >= THRESHOLD)
    options = {**report.signature["options"], "min_confidence": THRESHOLD}
    return replace(report, findings=findings, signature={**report.signature, "options": options})


@pytest.mark.parametrize("confidence", [-0.1, 1.1, float("nan")])
def test_a_confidence_that_is_none_is_refused(confidence: float) -> None:
    with pytest.raises(OptionError, match="0 to 1 is allowed"):
        Options(min_confidence=confidence)


def test_findings_below_the_threshold_are_gone_and_the_others_unchanged(
    texts: tuple[str, str], report: Report
) -> None:
    found = paraalign.check(*texts, options=Options(encoder="none", min_confidence=THRESHOLD))
    assert 0 < len(found.findings) < len(report.findings)
    assert found.findings == kept(report).findings
    assert found.links == report.links


def test_a_finding_at_the_threshold_stays(texts: tuple[str, str], report: Report) -> None:
    confidence = min(each.confidence for each in report.findings)
    options = Options(encoder="none", min_confidence=confidence)
    assert paraalign.check(*texts, options=options).findings == report.findings


def test_every_output_holds_the_threshold(
    texts: tuple[str, str], report: Report, tmp_path: Path
) -> None:
    names = [f"report.{ending}" for ending in formats.ENDINGS] + ["findings.tsv", "findings.csv"]
    outputs = [part for name in names for part in ("-o", str(tmp_path / name))]
    args = ["check", *texts, "--encoder", "none", "--min-confidence", str(THRESHOLD)]
    assert main([*args, *outputs]) in {0, 1}
    (tmp_path / "wanted").mkdir()
    for name in names:
        kept(report).save(tmp_path / "wanted" / name)
        assert (tmp_path / name).read_bytes() == (tmp_path / "wanted" / name).read_bytes(), name


def test_what_prints_on_a_terminal_holds_it_too(
    texts: tuple[str, str], report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", *texts, "--encoder", "none", "--min-confidence", str(THRESHOLD), "-v"])
    shown = capsys.readouterr().out
    ids = {each.id for each in kept(report).findings}
    assert all(name in shown for name in ids)
    assert not any(each.id in shown for each in report.findings if each.id not in ids)


def test_the_status_counts_what_is_left(texts: tuple[str, str]) -> None:
    args = ["check", *texts, "--encoder", "none", "--fail-on", "minor", "-q"]
    assert main([*args, "--min-confidence", "0.8"]) == 1
    assert main([*args, "--min-confidence", "1"]) == 0


def test_the_threshold_may_stand_in_the_configuration(
    texts: tuple[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "house.toml"
    path.write_text('min-confidence = 1\nmessage-lang = "fr"\nencoder = "none"\n', encoding="utf-8")
    args = ["check", *texts, "--fail-on", "minor", "-q", "--config", str(path)]
    assert main([*args, "-o", str(tmp_path / "report.json")]) == 0
    written = paraalign.read_report(tmp_path / "report.json")
    assert written.findings == ()
    assert written.message_lang == "fr"
    path.write_text("min-confidence = 2\n", encoding="utf-8")
    assert main(args) == 2


@pytest.mark.parametrize("lang", ["fr", "vi"])
def test_only_the_messages_depend_on_their_language(
    texts: tuple[str, str], report: Report, lang: str
) -> None:
    other = paraalign.check(*texts, options=Options(encoder="none", message_lang=lang))
    assert other.message_lang == lang
    assert other.links == report.links
    assert all(a.message != b.message for a, b in zip(other.findings, report.findings, strict=True))
    plain = [replace(each, message="") for each in report.findings]
    assert [replace(each, message="") for each in other.findings] == plain
