import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from paraalign import formats, pipeline
from paraalign.cli import main
from paraalign.cli.group import run
from paraalign.cli.outputs import Output
from paraalign.report.decisions import SCHEMA

CASES: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("cases").joinpath("cli.json").read_text("utf-8")
)
FR = """# Règlement de l'association

Article 1. Les membres de l'association se réunissent chaque année à Lyon, le 12 mai 2023.

Article 2. Le conseil élit douze délégués et publie les comptes de l'association.
"""
VI = """# Nội quy của hiệp hội

Điều 1. Các thành viên của hiệp hội họp mỗi năm tại Lyon, ngày 13 tháng 5 năm 2023.

Điều 2. Hội đồng bầu mười hai đại biểu và công bố tài khoản của hiệp hội.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "fr.md").write_text(FR, "utf-8")
    (tmp_path / "vi.md").write_text(VI, "utf-8")
    (tmp_path / "both.txt").write_text(f"{FR}\n{VI}".replace("# ", ""), "utf-8")
    rows = ("fr\tvi", "Le comité se réunit le 12 mai 2023.\tỦy ban họp ngày 13 tháng 5 năm 2023.")
    (tmp_path / "pairs.tsv").write_text("\n".join(rows), "utf-8")
    (tmp_path / "broken.xlf").write_text("<xliff><file>")
    (tmp_path / "blank.csv").write_text("Bonjour\n")
    (tmp_path / "empty.md").touch()
    (tmp_path / "blank.md").write_text(" \n\t\u00a0\n")
    (tmp_path / "binary.bin").write_bytes(bytes(range(256)) * 8)
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(60 * 1024 * 1024)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder.json").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_each_case_ends_as_it_should(
    case: dict[str, Any], folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = sorted(folder.rglob("*"))
    args = case["args"]
    takes_encoder = args[:1] in (["check"], ["align"]) and not case.get("own_encoder")
    status = main([*args, "--encoder", "none"] if takes_encoder else args)
    output, error = capfd.readouterr()
    assert (status, error if status == 2 and "error" not in case else "") == (case["status"], "")
    if "error" in case:
        assert case["error"] in error
        assert output == ""
        assert case.get("many_lines") or error.count("\n") == 1
    else:
        assert error == ""
        assert output == "" if case["output"] is None else case["output"] in output
    assert sorted(folder.rglob("*")) == before


def test_every_option_of_the_contract_is_there() -> None:
    options = {
        "check": "-o --source-lang --target-lang --units --preset --encoder --fail-on",
        "align": "-o --source-lang --target-lang --units --preset --encoder",
        "segment": "-o --source-lang --units",
    }
    from paraalign.cli.commands import commands  # noqa: PLC0415 - only here

    for name, needed in options.items():
        there = {option for param in commands.commands[name].params for option in param.opts}
        assert set(needed.split()) <= there


@pytest.mark.usefixtures("folder")
def test_every_format_is_written_in_one_run() -> None:
    names = [f"report.{ending}" for ending in formats.ENDINGS]
    args = [arg for name in names for arg in ("-o", name)]
    assert main(["check", "fr.md", "vi.md", "--encoder", "none", *args, "-q"]) in {0, 1}
    assert all(Path(name).stat().st_size for name in names)


@pytest.mark.usefixtures("folder")
def test_json_goes_to_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    main(["check", "fr.md", "vi.md", "--encoder", "none", "-o", "-.json"])
    report = json.loads(capfdbinary.readouterr().out)
    schema = Path(formats.__file__).with_name("report.schema.json")
    jsonschema.validate(report, json.loads(schema.read_text("utf-8")))
    assert report["source"]["text"] == FR
    assert report["source"]["path"] == "fr.md"


@pytest.mark.usefixtures("folder")
def test_the_same_run_gives_the_same_bytes() -> None:
    for name in ("a.json", "b.json"):
        main(["check", "fr.md", "vi.md", "--encoder", "none", "-o", name])
    assert Path("a.json").read_bytes() == Path("b.json").read_bytes()


@pytest.mark.usefixtures("folder")
def test_a_segmented_text_is_written(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["segment", "fr.md", "-o", "tree.json", "-o", "-.tsv"]) == 0
    assert json.loads(Path("tree.json").read_text("utf-8"))["lang"] == "fr"
    assert capfd.readouterr().out.startswith("index\tnumber\t")


@pytest.mark.usefixtures("folder")
def test_a_rejected_finding_is_gone_and_counted() -> None:
    common = ["check", "fr.md", "vi.md", "--encoder", "none", "-q"]
    main([*common, "-o", "a.json"])
    findings = json.loads(Path("a.json").read_text("utf-8"))["findings"]
    assert findings
    decisions = {finding["id"]: {"decision": "reject"} for finding in findings}
    Path("decisions.json").write_text(json.dumps({"schema": SCHEMA, "decisions": decisions}))
    more = ["--decisions", "decisions.json", "--fail-on", "minor", "-o", "b.json"]
    assert main([*common, *more]) == 0
    left = json.loads(Path("b.json").read_text("utf-8"))
    assert left["findings"] == []
    assert left["signature"]["decisions"] == {"rejected": len(findings)}


@pytest.mark.usefixtures("folder")
def test_our_own_fault_is_one_line_too(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        message = "oops"
        raise KeyError(message)

    monkeypatch.setattr(pipeline, "check", broken)
    assert main(["check", "fr.md", "vi.md"]) == 2
    assert capfd.readouterr().err == "paraalign: internal error: KeyError: 'oops'; -v shows where\n"
    assert main(["check", "fr.md", "vi.md", "-v"]) == 2
    assert "Traceback" in capfd.readouterr().err


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (MemoryError(), 2, "out of memory"),
        (PermissionError(13, "Permission denied", "fr.md"), 2, "fr.md: permission denied"),
    ],
)
def test_a_run_cut_short_ends_in_one_line(
    error: BaseException,
    status: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(pipeline, "check", broken)
    assert main(["check", "fr.md", "vi.md"]) == status
    assert capfd.readouterr().err.strip().startswith(f"paraalign: {said}")


@pytest.mark.usefixtures("folder")
def test_a_failed_run_writes_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError

    Path("report.json").write_text("old")
    monkeypatch.setattr(pipeline, "check", broken)
    assert main(["check", "fr.md", "vi.md", "-o", "report.json", "-o", "report.html"]) == 2
    assert Path("report.json").read_text() == "old"
    assert not Path("report.html").exists()


def test_a_stream_is_known_by_its_dash() -> None:
    assert Output.parse("-.json", allowed=("json",)).is_stream
    assert not Output.parse("./-.json/a.json", allowed=("json",)).is_stream
    assert not Output.parse("a-.json", allowed=("json",)).is_stream


def test_arguments_of_the_process_are_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    from paraalign.cli.commands import commands  # noqa: PLC0415 - only here

    monkeypatch.setattr(sys, "argv", ["paraalign", "--version"])
    assert run(commands) == 0


def in_shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    run = f'{sys.executable} -m paraalign "$@"'
    script = f"set -o pipefail; paraalign() {{ {run}; }}; {command}"
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    return subprocess.run(
        ["/bin/bash", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_reader_that_stops_early_is_no_error_message(folder: Path) -> None:
    done = in_shell("paraalign segment fr.md -o -.json | true", folder)
    assert done.stderr == ""


def test_help_needs_nothing_heavy() -> None:
    code = (
        "import sys; from paraalign.cli import main; main(['--help']);"
        "heavy = {'rich', 'lxml', 'jinja2', 'spacy', 'onnxruntime', 'numpy'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("paraalign ch", ["check"]),
        ("paraalign check --sel", ["--select"]),
        ("paraalign check --units l", ["lines"]),
        ("paraalign segment ", [""]),
    ],
)
def test_a_shell_completes_commands_options_choices_and_files(
    words: str,
    offered: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
    monkeypatch.setenv("_PARAALIGN_COMPLETE", "bash_complete")
    with pytest.raises(SystemExit) as end:
        main([])
    assert end.value.code == 0
    answers = [line.split(",") for line in capfd.readouterr().out.splitlines()]
    assert [value for _, value in answers] == offered
    assert words.endswith(" ") == (answers[0][0] == "file")


def test_a_rejected_finding_stays_quiet_when_another_clause_changes(folder: Path) -> None:
    del folder
    args = ["check", "fr.md", "vi.md", "--encoder", "none", "--fail-on", "never", "-o"]
    main([*args, "a.json"])
    number = next(
        f for f in json.loads(Path("a.json").read_text())["findings"] if f["kind"] == "number"
    )
    decisions = {number["id"]: {"decision": "reject"}}
    Path("decisions.json").write_text(json.dumps({"schema": SCHEMA, "decisions": decisions}))
    Path("vi.md").write_text(VI.replace("đại biểu", "đại biểu chính thức, 3 năm"), "utf-8")
    main([*args, "b.json", "--decisions", "decisions.json"])
    after = json.loads(Path("b.json").read_text())
    assert after["signature"]["decisions"] == {"rejected": 1}
    assert number["id"] not in {finding["id"] for finding in after["findings"]}
