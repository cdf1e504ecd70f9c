"""What a configuration file sets, and what it may not say."""

from pathlib import Path

import pytest

from paraalign.checks import CHECKS, load_profile, profile_names
from paraalign.cli import main
from paraalign.configuration import parse_configuration, read_configuration
from paraalign.errors import InputError, OptionError
from paraalign.model import Severity
from paraalign.pipeline import Options


def test_a_folder_without_configuration_sets_nothing(tmp_path: Path) -> None:
    assert read_configuration(folder=tmp_path) == {}


def test_the_own_file_outranks_the_project(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.paraalign]\nprofile = "lax"\n')
    assert read_configuration(folder=tmp_path) == {"profile": "lax"}
    (tmp_path / "paraalign.toml").write_text('profile = "strict"\n')
    assert read_configuration(folder=tmp_path) == {"profile": "strict"}


def test_a_project_that_says_nothing_of_us_is_no_configuration(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "other"\n')
    assert read_configuration(folder=tmp_path) == {}


def test_files_are_looked_for_beside_the_configuration(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_text('glossary = ["terms.csv"]\n')
    assert read_configuration(path) == {"glossaries": [str(tmp_path / "terms.csv")]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("profil = 'lax'", "found the key 'profil'; profile, select"),
        ("select = 'entity'", "select is 'entity'; a list of strings is allowed"),
        ("select = [1]", "a list of strings is allowed"),
        ("min-confidence = true", "a number is allowed"),
        ("severity = { entity = 3 }", "a table"),
    ],
)
def test_what_means_nothing_is_refused_in_one_line(text: str, said: str) -> None:
    with pytest.raises(OptionError, match=said) as error:
        parse_configuration(text)
    assert "\n" not in str(error.value)


def test_what_is_no_toml_is_refused() -> None:
    with pytest.raises(InputError, match=r"paraalign.toml: no well-formed TOML"):
        parse_configuration("profile = ")


def test_what_can_not_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be read"):
        read_configuration(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b"profile = '\xe9'")
    with pytest.raises(InputError, match="a byte at 11 that is not UTF-8"):
        read_configuration(tmp_path / "latin.toml")


def test_the_command_line_outranks_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "paraalign.toml").write_text('units = "pages"\n')
    assert main(["check", "a.txt", "b.txt"]) == 2
    assert "--units" in capsys.readouterr().err
    assert main(["check", "a.txt", "b.txt", "--units", "lines"]) == 2
    assert "a.txt" in capsys.readouterr().err


def test_only_the_strict_profile_counts_sentences() -> None:
    count = next(check for check in CHECKS if check.name == "sentence-count")
    assert [name for name in profile_names() if not load_profile(name).skips(count)] == ["strict"]


def test_the_longest_name_decides_the_severity() -> None:
    pairs = (("clause", "minor"), ("clause-merged", "critical"))
    rules = load_profile("strict", severity=pairs)
    assert rules.severity["clause-merged"] is Severity.CRITICAL
    assert rules.severity["clause"] is Severity.MINOR


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"profile": "mild"}, "profile is 'mild'; lax, strict are allowed"),
        ({"skip": ("nonsense",)}, "no check starts with 'nonsense'"),
        ({"severities": (("tone", "grave"),)}, "severity of 'tone' is 'grave'"),
        ({"severities": (("nonsense", "minor"),)}, "no check starts with 'nonsense'"),
    ],
)
def test_options_refuse_what_is_not_allowed(options: dict[str, object], said: str) -> None:
    with pytest.raises(OptionError, match=said):
        Options(**options)  # type: ignore[arg-type]
