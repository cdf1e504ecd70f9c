"""The public names, and what importing them may load."""

import subprocess
import sys

import paraalign

HEAVY = {"spacy", "onnxruntime", "pandas", "simplemma", "lxml", "rich", "click", "jinja2", "thinc"}


def test_the_public_names_are_these() -> None:
    assert paraalign.__all__ == sorted(paraalign.__all__, key=lambda name: (name.islower(), name))
    assert set(paraalign.__all__) == {
        "Bitext",
        "Clause",
        "Document",
        "Evaluation",
        "Finding",
        "InputError",
        "Kind",
        "Link",
        "Links",
        "MissingExtraError",
        "OptionError",
        "Options",
        "ParaalignError",
        "Reading",
        "Report",
        "Role",
        "Sentence",
        "Severity",
        "Span",
        "Word",
        "WordLink",
        "align",
        "check",
        "corpora",
        "evaluate",
        "read_file",
        "read_report",
        "read_text",
        "segment",
    }


def test_every_public_name_is_there() -> None:
    assert all(hasattr(paraalign, name) for name in paraalign.__all__)


def test_importing_loads_nothing_heavy() -> None:
    code = "import paraalign, sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert HEAVY.isdisjoint(name.partition(".")[0] for name in run.stdout.split())


def test_a_function_keeps_its_name_after_a_run() -> None:
    options = paraalign.Options(encoder="none")
    report = paraalign.align(*paraalign.corpora.declaration(), options=options)
    assert callable(paraalign.align)
    assert callable(paraalign.segment)
    paraalign.evaluate(report, [])
    assert callable(paraalign.evaluate)
