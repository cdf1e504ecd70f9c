"""Measure how fast the page of a long report opens and filters in a real browser.

    python benchmarks/speed/page.py [--clauses N] [--runs N]

A report of N numbered clauses (default 5,000) is made up: each has two sentences of about twenty
words a side, all words linked, and two findings. Its page is opened in a headless Chromium
(playwright, Debian's `chromium`) and filtered. So is, in the same run, a bare page that holds the
same texts in a table and nothing else: what a browser needs for so much text at the least. Printed
are medians, in milliseconds and as ratios to opening the bare page, and the sizes of both files.

"Opened" is from asking for the file until the page's script has run and the browser has drawn
twice; "whole" is when every row stands in the page. A filter's time is from the input until the
browser has drawn twice.
"""

import argparse
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from paraalign import formats
from paraalign.lexicon import lexicon_name, load_lexicon
from paraalign.model import (
    Bitext,
    Document,
    Finding,
    Kind,
    Link,
    Links,
    Report,
    Severity,
    Span,
    WordLink,
)
from paraalign.read import read_text
from paraalign.segment import segment

FRENCH = (
    "les villes partenaires souhaitent renforcer la coopération décentralisée dans tous les "
    "domaines prioritaires et saluent leurs efforts communs pour le développement durable"
)
VIETNAMESE = (
    "các thành phố đối tác mong muốn tăng cường hợp tác giữa các địa phương trong mọi lĩnh vực ưu "
    "tiên và hoan nghênh những nỗ lực chung vì phát triển bền vững"
)
SENTENCES = 2  # in a clause
LENGTHS = (15, 25)  # words of a sentence
KINDS = ((Kind.NUMBER, Severity.MAJOR), (Kind.MISTRANSLATION, Severity.MINOR))  # of each clause
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
WHOLE = "rows => document.querySelectorAll('main article, tr').length >= rows"
FILTERS = (
    ("a kind away", "[name=kind][value=number]", None),
    ("the kind back", "[name=kind][value=number]", None),
    ("confidence from 50 %", "#confidence", "50"),
    ("from 0 % again", "#confidence", "0"),
    ("words searched", "#search", "clause 4321 "),
    ("search cleared", "#search", ""),
    ("one clause", "#clause", "321"),
    ("all clauses", "#clause", ""),
    ("gravest first", "#order", "severity"),
)
GIVE = f"""async ([query, value]) => {{
    const field = document.querySelector(query);
    const start = performance.now();
    if (value === null) field.click();
    else {{ field.value = value; field.dispatchEvent(new Event("input")); }}
    await {DRAWN};
    return performance.now() - start;
}}"""


def made(lang: str, vocabulary: str, count: int) -> Document:
    """Return a document of *count* clauses in *lang*, the same in each run."""
    chance = random.Random(lang)  # noqa: S311 - made-up text
    words = vocabulary.split()
    clauses = []
    for number in range(1, count + 1):
        sizes = [chance.randint(*LENGTHS) for _ in range(SENTENCES)]
        sentences = [f"{' '.join(chance.choices(words, k=size))}.".capitalize() for size in sizes]
        clauses.append(f"{number}. {' '.join(sentences)}")
    return segment(read_text("\n\n".join(clauses), format="txt"), lang)


def long_report(count: int) -> Report:
    """Return a report of *count* clauses, their sentences and words linked in order."""
    source, target = made("fr", FRENCH, count), made("vi", VIETNAMESE, count)
    leaves = list(zip(source.leaves(), target.leaves(), strict=True))
    links = Links(
        tuple(Link(pair[:1], pair[1:], 0.9) for pair in leaves),
        tuple(Link((index,), (index,), 0.8) for index in range(len(source.sentences))),
        tuple(word_links(source, target)),
    )
    return Report(
        bitext=Bitext(source, target, links),
        findings=tuple(f for index in range(count) for f in findings(source, target, index)),
        parallel=True,
        similarity=0.9,
        signature={"lexicon": lexicon_name(load_lexicon("fr", "vi"))},
    )


def word_links(source: Document, target: Document) -> Iterator[WordLink]:
    """Yield a link between words of the same place in sentences of the same place."""
    first, second = words_of(source), words_of(target)
    for here, there in zip(first, second, strict=True):
        yield from (WordLink(i, j, 0.75) for i, j in zip(here, there, strict=False))


def words_of(document: Document) -> list[list[int]]:
    """Return the indices of the words of each sentence of *document*."""
    words: list[list[int]] = [[] for _ in document.sentences]
    for index, word in enumerate(document.words):
        words[word.sentence].append(index)
    return words


def findings(source: Document, target: Document, clause: int) -> Iterator[Finding]:
    """Yield the findings of one *clause*: one on its first sentence, one on its second."""
    for offset, (kind, severity) in enumerate(KINDS):
        spans = [
            document.sentences[SENTENCES * clause + offset].span for document in (source, target)
        ]
        marked = [Span(span.start, span.start + 12) for span in spans]
        yield Finding(
            id=f"{kind}-{clause}",
            kind=kind,
            severity=severity,
            confidence=(clause % 100) / 100,
            message=f"In clause {clause + 1} the {kind} of one side is not that of the other.",
            check="made.up",
            source_clause=source.sentences[SENTENCES * clause].clause,
            target_clause=target.sentences[SENTENCES * clause].clause,
            source=(marked[0],),
            target=(marked[1],),
            evidence={"values": ("12", "13"), "score": 0.25},
        )


def bare_page(report: Report) -> str:
    """Return the texts of *report* as a table in a page without style or script."""
    rows = (
        "".join(
            f"<td>{escape(side.read(side.clauses[index].span))}</td>"
            for side, index in ((report.source, link.source[0]), (report.target, link.target[0]))
        )
        for link in report.links.clauses
    )
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    return f"<!DOCTYPE html><meta charset=utf-8><title>bare</title><table>{body}</table>"


def opening(browser: Any, path: Path, rows: int) -> tuple[Any, float, float]:  # noqa: ANN401
    """Open *path*; return the page, and the times until it is opened and whole, in ms."""
    page = browser.new_page(viewport={"width": 1600, "height": 900})
    start = time.perf_counter()
    page.goto(path.as_uri())
    page.evaluate(DRAWN)
    opened = time.perf_counter()
    page.wait_for_function(WHOLE, arg=rows)
    return page, (opened - start) * 1000, (time.perf_counter() - start) * 1000


def measure(browser: Any, path: Path, rows: int) -> dict[str, float]:  # noqa: ANN401
    """Return the times of opening *path* once and of each filter, in ms."""
    page, opened, whole = opening(browser, path, rows)
    times = {"opened": opened, "whole": whole}
    if page.locator("#search").count():
        times |= {name: page.evaluate(GIVE, [query, value]) for name, query, value in FILTERS}
    page.close()
    return times


def medians(runs: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return the median of each time over the *runs*."""
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def report_on(folder: Path, clauses: int, runs: int) -> None:
    """Write both pages to *folder*, open each in turn *runs* times, print the figures."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is run

    paths = folder / "report.html", folder / "bare.html"
    report = long_report(clauses)
    start = time.perf_counter()
    formats.write(report, paths[0])
    taken = time.perf_counter() - start
    print(f"{clauses} clauses, {len(report.findings)} findings; written in {taken:.1f} s")
    paths[1].write_text(bare_page(report), encoding="utf-8")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        measured = [[measure(browser, path, clauses) for path in paths] for _ in range(runs)]
        browser.close()
    ours, bare = (medians([run[side] for run in measured]) for side in (0, 1))
    for path in paths:
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")
    print(f"bare page opened: {bare['opened']:.0f} ms")
    for name, taken in ours.items():
        print(f"{name:>22}: {taken:5.0f} ms, {taken / bare['opened']:.2f} of the bare page")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--clauses", type=int, default=5_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report_on(Path(folder), options.clauses, options.runs)


if __name__ == "__main__":
    main()
