"""How long, and in how much memory, a cold process takes from its start to the report on disk.

Prints the wall time and the peak memory of `paraalign check` (or `align`) on the declaration, with
and without encoder: the median of several fresh processes. The trivial baseline is a process that
only imports what the run cannot do without (numpy, spaCy's tokenisers, onnxruntime).

    python benchmarks/speed/cold_start.py [--runs 5] [--command check]
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CORPORA = Path(__file__).parents[2] / "corpora" / "declaration"
BASELINE = [sys.executable, "-c", "import numpy, spacy, onnxruntime"]


def main() -> None:
    """Print one line a configuration."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--command", choices=["check", "align"], default="check")
    arguments = parser.parse_args()
    print(f"{'run':34} {'seconds':>8} {'peak MB':>8}")
    show("importing alone (baseline)", BASELINE, arguments.runs)
    with tempfile.TemporaryDirectory() as folder:
        for encoder in ("e5", "none"):
            output = Path(folder) / "report.html"
            show(
                f"{arguments.command}, encoder {encoder}",
                run(arguments.command, encoder, output),
                arguments.runs,
            )
            assert output.stat().st_size > 10_000


def run(command: str, encoder: str, output: Path) -> list[str]:
    """Return the command line that writes *output*."""
    texts = [str(CORPORA / "fr.md"), str(CORPORA / "vi.md")]
    options = ["--encoder", encoder, "-o", str(output)]
    return [sys.executable, "-m", "paraalign", command, *texts, *options]


def show(label: str, command: list[str], runs: int) -> None:
    """Run *command* several times in fresh processes and print the medians."""
    figures = [measure(command) for _ in range(runs)]
    seconds = statistics.median(second for second, _ in figures)
    memory = statistics.median(memory for _, memory in figures)
    print(f"{label:34} {seconds:8.2f} {memory:8.0f}")


def measure(command: list[str]) -> tuple[float, float]:
    """Return the wall time in seconds and the peak memory in MB of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) in {0, 1}, command
    return time.perf_counter() - start, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
