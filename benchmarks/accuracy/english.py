"""Measure what is doubted without a lexicon on English and French, beside one minus the cosine.

    python benchmarks/accuracy/english.py [--data FOLDER] [--fold 0|1] [--figures FILE]

Words: REFreSD's sentences with some difference, area under the curve (a word is marked if one of
three people marked it); whether a sentence differs at all, by the root mean square of its words'
doubts; SwissGov-RSD, rank correlation over all words of both sides. Findings at the default
threshold: how many of those on SwissGov pages touch a marked word and how many of the marked runs
are touched (the share of words that all findings cover says how easy that is), how many there are
on faithful news translations, and how many phrases set into news or taken out on purpose are found;
of negations taken out on either side, how many any finding touches, and how many lines a finding
about negation, modality or quantity stands on before.
The shipped figures were fitted by `fit_coverage_plain.py` on the texts with even numbers; here are
those with odd ones, unless --fold says otherwise. With --figures, those in FILE are used instead.
"""

import argparse
import json
import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from coveragedata import Encoded, Floats, encoded_lines, news_to_report, with_edits
from divergence import spans_of, touches
from divergencegold import words_in
from englishgold import (
    LANGS,
    LEFT_OUT,
    MARKED,
    Marked,
    area,
    correlation,
    news,
    power_mean,
    refresd,
    swissgov,
)

from paraalign.align.words.links import WordTable
from paraalign.checks import run_checks
from paraalign.checks.context import Side
from paraalign.checks.coverage.findings import judged
from paraalign.checks.coverage.phrases import Divergence
from paraalign.checks.coverage.words import Doubts, Fitted, doubts, settings
from paraalign.model import Kind

Judge = Callable[[WordTable, Side], Floats]
Spans = tuple[tuple[int, int] | None, ...]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    root = Path(__file__).parents[2]
    parser.add_argument("--data", default=os.environ.get("PARAALIGN_DATA", root / "../shared"))
    parser.add_argument("--fold", type=int, default=1)
    parser.add_argument("--mode", choices=("encoder", "encoder-cross"), default="encoder-cross")
    parser.add_argument("--figures")
    options = parser.parse_args()
    data, fold, mode = Path(options.data), options.fold, options.mode
    fitted = settings(mode)
    if options.figures:
        fitted = json.loads(Path(options.figures).read_text(encoding="utf-8"))[mode]
    judges: dict[str, Judge] = {
        "ours": lambda table, which: doubts(table, which, fitted).scores,
        "1 - cosine": lambda table, which: 1 - table.evidence.cosines.max(axis=1 - which),
    }
    sentence_figures(mode, data, fold, judges)
    pages = swissgov(data, fold)
    page_figures(mode, pages, judges)
    page_findings(mode, pages, fitted)
    lines = news_to_report(news(data)) if "cross" in mode else news(data)[fold::2]
    documents = [encoded_lines(pairs, LANGS) for pairs in lines]
    noise(mode, documents, fitted)
    made_on_purpose(mode, documents, fitted)
    lost_negations(mode, documents)


def judged_words(mode: str, marked: Marked, judge: Judge) -> list[Floats]:
    """Return what *judge* thinks of the judged words of either side; 1 for words in no table."""
    tables = marked.pair.tables(mode)
    found = []
    for which in Side:
        ours = np.ones(len(marked.pair.documents[which].words))
        for table in tables:
            side = table.target if which else table.source
            ours[list(side.words)] = judge(table, which)
        found.append(marked.scores(which, ours))
    return found


def sentence_figures(mode: str, data: Path, fold: int, judges: dict[str, Judge]) -> None:
    """Print how words and sentences of REFreSD are ranked."""
    sentences = refresd(data)
    lines, labels = np.concatenate(sentences.lines), np.concatenate(sentences.marked.labels)
    kept = lines % 2 == fold
    inside = kept & sentences.some[lines]
    chosen = np.arange(len(sentences.some)) % 2 == fold
    for name, judge in judges.items():
        scores = np.concatenate(judged_words(mode, sentences.marked, judge))
        words = area(labels[inside] > 0, scores[inside])
        means = power_mean(scores, lines, len(chosen))
        whole = area(sentences.different[chosen], means[chosen])
        print(f"REFreSD, {name}: words {words:.3f}, sentences {whole:.3f}")


def page_figures(mode: str, pages: Sequence[Marked], judges: dict[str, Judge]) -> None:
    """Print how the words of the *pages* are ranked."""
    labels = np.concatenate([labels for page in pages for labels in page.labels])
    kept = labels != LEFT_OUT
    for name, judge in judges.items():
        scores = np.concatenate([s for page in pages for s in judged_words(mode, page, judge)])
        print(f"SwissGov, {name}: correlation {correlation(scores[kept], labels[kept]):.3f}")


def page_findings(mode: str, pages: Sequence[Marked], fitted: Fitted) -> None:
    """Print how findings and marked runs of the *pages* meet."""
    found = [findings(mode, page.pair, fitted) for page in pages]
    gold = [page.annotated("page") for page in pages]
    touching = [g.touches(s) for some, g in zip(found, gold, strict=True) for _, s in some]
    touched = [
        any(record.is_touched(spans) for _, spans in some)
        for some, g in zip(found, gold, strict=True)
        for record in g.records
    ]
    labels = np.concatenate([labels for page in pages for labels in page.labels])
    print(
        f"SwissGov findings: {len(touching)} in {len(pages)} pages, {np.mean(touching):.2f} touch "
        f"a marked word ({(labels >= MARKED).mean():.2f} of words are marked); they cover "
        f"{covered(pages, found):.3f} of the words and touch {np.mean(touched):.2f} of "
        f"{len(touched)} marked runs"
    )


def covered(pages: Sequence[Marked], found: Sequence[list[tuple[Kind, Spans]]]) -> float:
    """Return the share of the words of *pages* that what was *found* covers."""
    count = total = 0
    for page, some in zip(pages, found, strict=True):
        for side in Side:
            document = page.pair.documents[side]
            stretches = [span for _, spans in some if (span := spans[side])]
            count += len({word for span in stretches for word in words_in(document, span)})
            total += len(document.words)
    return count / total


def findings(mode: str, pair: Encoded, fitted: Fitted) -> list[tuple[Kind, Spans]]:
    """Return kind and stretches of what is reported by default."""
    return [
        (each.kind, tuple(stretch(pair, which, sides[which], each) for which in Side))
        for sides, each, confidence in judged(pair.tables(mode), fitted)
        if confidence >= fitted["least"]
    ]


def stretch(pair: Encoded, which: Side, side: Doubts, each: Divergence) -> tuple[int, int] | None:
    """Return where the phrase of *each* stands on side *which*."""
    phrase = each.phrases[which]
    if phrase is None:
        return None
    words = [pair.documents[which].words[w] for w in side.side.words[phrase.start : phrase.end]]
    return words[0].span.start, words[-1].span.end


def noise(mode: str, documents: Sequence[Encoded], fitted: Fitted) -> None:
    """Print how many findings there are on faithful translations of news."""
    count = sum(len(findings(mode, pair, fitted)) for pair in documents)
    pairs = sum(len(pair.links) for pair in documents)
    print(f"NTREX, {pairs} pairs: {count / pairs:.2f} findings a pair")


def made_on_purpose(mode: str, documents: Sequence[Encoded], fitted: Fitted) -> None:
    """Print how many edits of news are touched, by kind, and with the right kind."""
    hits: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for pair in documents:
        changed, edited = with_edits(pair)
        found = findings(mode, changed, fitted)
        for record in edited.records:
            kinds = {kind for kind, spans in found if record.is_touched(spans)}
            hits[record.severity].append((bool(kinds), Kind(record.kind) in kinds))
    for how, both in sorted(hits.items()):
        touched, right = np.mean(both, axis=0)
        print(f"NTREX, {how}: {len(both)} made, {touched:.2f} touched, {right:.2f} as that kind")


def lost_negations(mode: str, documents: Sequence[Encoded]) -> None:
    """Print how many negations taken out of news are told, and what is told without that."""
    touched, before, pairs = [], 0, 0
    for pair in documents:
        before += len(run_checks(pair.context(mode), select=["relation"]))
        pairs += len(pair.links)
        changed, edited = with_edits(pair, ("negation",), every=1)
        found = run_checks(changed.context(mode), select=["coverage", "relation"])
        spans = [(spans_of(each.source), spans_of(each.target)) for each in found]
        touched += [any(touches(each, r.spans) for each in spans) for r in edited.records]
    print(f"NTREX, negation: {len(touched)} taken out, {np.mean(touched):.2f} touched")
    print(f"NTREX, {pairs} pairs: {before / pairs:.3f} findings about negation and the like a pair")


if __name__ == "__main__":
    main()
