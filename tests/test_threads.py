"""The same texts give the same report, to the last byte, whatever the number of threads."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from paraalign import corpora, pipeline
from paraalign.encode.e5 import E5

encoder = E5(thread_count=int(sys.argv[1]))
pipeline.load_encoder = lambda *_, **__: encoder
pipeline.check(*corpora.declaration()).save(sys.argv[2])
"""
VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def report(threads: int, path: Path) -> bytes:
    environment = {**os.environ, **dict.fromkeys(VARIABLES, str(threads))}
    command = [sys.executable, "-c", PROGRAM, str(threads), str(path)]
    subprocess.run(command, check=True, env=environment)
    return path.read_bytes()


def test_threads_make_no_difference(tmp_path: Path) -> None:
    one, two = (report(threads, tmp_path / f"{threads}.json") for threads in (1, 2))
    assert len(one) > 100_000
    assert one == two
