"""Fit the phrase part of coverage, checks/coverage/phrases.json; print how it does left out.

    python benchmarks/accuracy/fit_coverage_phrases.py [--data FOLDER] [-o FILE] [--seeds N]

To be run after `fit_coverage_words.py`: it goes by the word part as it is in the package. The
figures, and what each is fitted on:
- from word to gap: words of phrases set in or taken out on purpose (`divergenceedits.py`, some
  seeds) in every second news document of NTREX, against those of the documents as they are; where
  there is a cross-encoder, which knows these, in every second one of the others;
- from phrase to confidence, first weights: whether a phrase touches anything that a reviser marked
  in the six annotated documents, each with a bias of its own, as annotators differ in what they
  let pass; what the freedom of the text takes off is set by hand;
- second weights: what touches a phrase set in or taken out, or a word exchanged, as that kind,
  against what else is told in the same news, without regard to how free the text is. The higher
  confidence counts;
- the default threshold: such that the same news of NTREX has `NOISE` findings a pair by the first
  weights, `ALL_NOISE` by both. No annotated document has a say in it, but the two figures and the
  price of freedom were chosen with an eye on all six, each left out of the fit.
Printed are findings in each annotated document when weights and threshold come from the others.
The rest of NTREX is for `divergence.py` and `injected.py` to report on.
"""

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from coveragedata import (
    THOROUGH,
    Floats,
    encoded,
    encoded_lines,
    logistic,
    news_to_fit,
    with_edits,
)
from divergence import word_f1
from divergencegold import Annotated, Record, clean_pairs, everything

from paraalign.align.words.links import WordTable
from paraalign.checks.context import Side
from paraalign.checks.coverage.confidence import FEATURES, confidence_features
from paraalign.checks.coverage.gaps import gap_features
from paraalign.checks.coverage.phrases import Divergence, find_divergences
from paraalign.checks.coverage.text import doubts_of_text
from paraalign.checks.coverage.words import Doubts, Fitted, settings

MODES = ("cross", "full", "lexicon")  # without a lexicon, see `fit_coverage_plain.py`
DOUBTFUL = {"cross": 0.14, "full": 0.14, "lexicon": 0.2}  # from which a word is left over
USED = ("score", "words", "gap", "surprise", "close", "crossed", "peak")  # by the first weights
USED_CLEAR = tuple(name for name in FEATURES if name != "free")  # by the second
FREEDOM = 6.0  # what they take off, in log odds, for one in log odds of freedom
SEEDS = 4  # rounds of edits of each news document
PHRASES = ("insert", "delete")
CLEAR = (*PHRASES, "exchange")
GAP_SHIFT, GAP_LEAST = -0.5, 1.5  # log odds: a word's price, and what makes a gap
NOISE, ALL_NOISE = 0.6, 1.4  # findings a news pair, by the first weights, by both
Tables = Sequence[WordTable]
Text = tuple[Annotated, Tables]


class Judged(NamedTuple):
    """The phrases of a text: features, whether each is right, whether as that kind, where."""

    name: str
    features: Floats
    right: Floats
    as_kind: Floats
    spans: list[list[tuple[int, int] | None]]


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    root = Path(__file__).parents[2]
    parser.add_argument("--data", default=os.environ.get("PARAALIGN_DATA", root / "../shared"))
    parser.add_argument("-o", "--output", default="phrases.json")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="rounds of edits")
    options = parser.parse_args()
    gold = [(a, encoded(a.documents, a.links)) for a in everything(Path(options.data))]
    fitted = {}
    *news, _ = clean_pairs(Path(options.data))
    for mode in MODES:
        clean = [encoded_lines(pairs) for pairs in news_to_fit(news, mode)]
        edited = [with_edits(pair, seed=n) for pair in clean for n in range(options.seeds)]
        texts = [[(nothing("news"), pair.tables(mode)) for pair in clean]]
        texts += [[(a, pair.tables(mode)) for pair, a in edited]]
        texts += [[(a, pair.tables(mode)) for a, pair in gold]]
        fitted[mode] = fit_mode(mode, *texts)
    text = json.dumps(fitted, ensure_ascii=False, sort_keys=True, indent=1)
    Path(options.output).write_text(text + "\n", encoding="utf-8")


def fit_mode(
    mode: str, clean: Sequence[Text], edited: Sequence[Text], gold: Sequence[Text]
) -> dict[str, Any]:
    """Return the figures of *mode*."""
    found: dict[str, Any] = {"doubtful": DOUBTFUL[mode]}
    found["gap"] = fit_gaps(clean, edited, settings(mode))
    fitted = {**settings(mode), **found}
    news = [judged_in(*text, fitted) for text in clean]
    made = [judged_in(*text, fitted) for text in edited]
    marked = [judged_in(*text, fitted) for text in gold]
    pairs = sum(len(tables) for _, tables in clean)
    rivals = Rivals(fit_clear(news, made), news, pairs)
    for one, (a, _) in zip(marked, gold, strict=True):
        fold = fit_marked([part for part in marked if part is not one])
        print(mode.ljust(8), left_out_findings(a, one, fold, rivals))
    return found | fitted_confidence(fit_marked(marked), rivals)


def fit_gaps(clean: Sequence[Text], edited: Sequence[Text], fitted: Fitted) -> dict[str, Any]:
    """Return what tells words of phrases without counterpart from others: bias and weights."""
    parts = [part for text in [*clean, *edited] for part in gap_words(*text, fitted)]
    names = parts[0][0]
    table = np.concatenate([columns for _, columns, _ in parts])
    marked = np.concatenate([marks for _, _, marks in parts])
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    scaled = np.hstack([(table - mean) / spread, np.ones((len(table), 1))])
    weights = logistic(scaled, marked, np.ones(len(marked)), ridge=1.0)
    slopes = weights[:-1] / spread
    prior = float(np.log(marked.mean() / (1 - marked.mean())))
    bias = float(weights[-1] - (slopes * mean).sum() - prior + GAP_SHIFT)
    named = dict(zip(names, slopes.round(4).tolist(), strict=True))
    return {"bias": round(bias, 4), "least": GAP_LEAST, "weights": named}


def gap_words(
    annotated: Annotated, tables: Tables, fitted: Fitted
) -> Iterator[tuple[list[str], Floats, Floats]]:
    """Yield the features of the words of each table, and which of them an edit left over.

    Of an edited text only lines with a phrase set in or taken out are used.
    """
    doubted, _ = doubts_of_text(tables, fitted)
    for line, (table, sides) in enumerate(zip(tables, doubted, strict=True)):
        own = [r for r in annotated.records if in_line(annotated, line, r)]
        if annotated.records and (not own or own[0].severity not in PHRASES):
            continue
        for which in Side:
            doubt = sides[which]
            values = gap_features(table, which, doubt)
            marks = line_marks(annotated, which, doubt, own)
            kept = ~doubt.side.signs() & (marks >= 0)
            yield list(values), np.column_stack(list(values.values()))[kept], marks[kept]


def in_line(annotated: Annotated, line: int, record: Record) -> bool:
    """Tell whether *record* stands in the *line*."""
    places = zip(annotated.documents, record.spans, strict=True)
    return any(
        d.sentences[line].span.start <= s < d.sentences[line].span.end
        for d, spans in places
        for s, _ in spans
    )


def line_marks(
    annotated: Annotated, which: Side, doubt: Doubts, records: Sequence[Record]
) -> Floats:
    """Return 1 for words that *records* mark, -1 for those between such, else 0."""
    marks = np.zeros(len(doubt.side.words))
    spans = [span for record in records for span in record.spans[which]]
    if spans:
        words = [annotated.documents[which].words[w].span for w in doubt.side.words]
        hit = [n for n, w in enumerate(words) if any(w[0] < b and a < w[1] for a, b in spans)]
        marks[min(hit, default=0) : max(hit, default=-1) + 1] = -1
        marks[hit] = 1
    return marks


def nothing(name: str) -> Annotated:
    """Return annotations of a text in which nothing diverges."""
    return Annotated(name, None, (), [])  # type: ignore[arg-type]


def fit_marked(parts: Sequence[Judged]) -> Floats:
    """Return the weights of what revisers mark: of each feature, then the bias.

    The bias is the mean of those documents that were read in full.
    """
    used = np.array([name in USED for name in FEATURES], dtype=np.float64)
    sizes = [len(part.right) for part in parts]
    owners = np.repeat(np.eye(len(parts)), sizes, axis=0)
    table = np.concatenate([part.features * used for part in parts])
    w = np.concatenate([np.full(n, 1 / np.sqrt(max(1, n))) for n in sizes])
    right = np.concatenate([part.right for part in parts])
    found = logistic(np.hstack([table, owners]), right, w / w.mean())
    thorough = [n for n, part in enumerate(parts) if part.name in THOROUGH]
    free = FEATURES.index("free")
    usual = float(np.mean([parts[n].features[:, free].mean() for n in thorough]))
    weights, biases = found[: len(FEATURES)], found[len(FEATURES) :]
    weights[free] = -FREEDOM
    return np.append(weights, biases[thorough].mean() + FREEDOM * usual)


def fit_clear(news: Sequence[Judged], edited: Sequence[Judged]) -> Floats:
    """Return the weights by which what is set in, taken out or exchanged stands out in any text."""
    used = np.array([name in USED_CLEAR for name in FEATURES], dtype=np.float64)
    made = np.concatenate([part.features[part.as_kind > 0] for part in edited])
    table = np.concatenate([*(part.features for part in news), made]) * used
    right = np.concatenate([np.zeros(len(table) - len(made)), np.ones(len(made))])
    scaled = np.hstack([table, np.ones((len(table), 1))])
    return logistic(scaled, right, np.ones(len(right)))


class Rivals:
    """What is told in *news* of so many *pairs*, where little ought to be: it sets the threshold.

    Attributes:
        clear: The weights by which something stands out.
    """

    def __init__(self, clear: Floats, news: Sequence[Judged], pairs: int) -> None:
        self.clear = clear
        self._news = np.concatenate([part.features for part in news])
        self._pairs = pairs

    def level(self, weights: Floats, noise: tuple[float, float]) -> tuple[Floats, float]:
        """Return both rows of weights, the second shifted, and the log odds from which to report.

        There the news has *noise* findings a pair by the *weights*, and by both.
        """
        ours, clear = (odds_of(self._news, row) for row in (weights, self.clear))
        few, many = (round(share * self._pairs) for share in noise)
        least = ranked(ours, few)
        shift = least - ranked(clear[ours < least], many - few)
        return np.stack([weights, np.append(self.clear[:-1], self.clear[-1] + shift)]), least


def ranked(odds: Floats, rank: int) -> float:
    """Return the one of *odds* at *rank* from the top, the last where there are fewer."""
    return float(np.sort(odds)[-max(1, min(len(odds), rank))])


def odds_of(features: Floats, weights: Floats) -> Floats:
    """Return how likely phrases of these *features* are by *weights*, in log odds."""
    odds: Floats = features @ weights[..., :-1].T + weights[..., -1]
    return odds


def fitted_confidence(
    weights: Floats, rivals: Rivals, noise: tuple[float, float] = (NOISE, ALL_NOISE)
) -> dict[str, Any]:
    """Return what the package keeps: both rows of weights and the threshold."""
    rows, least = rivals.level(weights, noise)
    found: dict[str, Any] = {"least": round(float(chance(np.array(least))), 3)}
    for name, row in zip(("confidence", "clear"), rows.round(4).tolist(), strict=True):
        found[name] = dict(zip((*FEATURES, "bias"), row, strict=True))
    return found


def chance(odds: Floats) -> Floats:
    """Return the probabilities of log *odds*."""
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float64)


def left_out_findings(annotated: Annotated, part: Judged, weights: Floats, rivals: Rivals) -> str:
    """Return how the findings in a document do by *weights* fitted on the others."""
    rows, least = rivals.level(weights, (NOISE, ALL_NOISE))
    odds = odds_of(part.features, rows).max(axis=1)
    kept = np.flatnonzero(odds >= least)
    right = float(part.right[kept].sum()) / max(1, len(kept))
    agreed = [r for r in annotated.records if r.agreed and r.counted]
    found = [r for r in agreed if any(r.is_touched(part.spans[n]) for n in kept)]
    whole = [r for r in agreed if r.kind in ("omission", "addition", "entity")]
    touched = sum(r in whole for r in found)
    inside = [[[span] for n in kept if (span := part.spans[n][which])] for which in Side]
    f1 = [word_f1(annotated, which, inside[which]) for which in Side]
    return (
        f"{annotated.name:24} least {chance(np.array(least)):.2f}: {len(kept)} findings, "
        f"{right:.2f} touch a record, "
        f"mean confidence {chance(odds[kept]).sum() / max(1, len(kept)):.2f}; "
        f"touched {len(found)}/{len(agreed)}, omissions etc. {touched}/{len(whole)}; "
        f"F1 of words {f1[0]:.3f} {f1[1]:.3f}"
    )


def judged_in(annotated: Annotated, tables: Tables, fitted: Fitted) -> Judged:
    """Return the features of all divergences found, and whether each touches a record.

    As that kind it does if it touches a phrase set in or taken out, and says which.
    """
    features, right, as_kind, places = [], [], [], []
    doubted, free = doubts_of_text(tables, fitted)
    for table, sides in zip(tables, doubted, strict=True):
        for each in find_divergences(table, sides, fitted):
            spans = [stretch(annotated, which, sides, each) for which in Side]
            values = confidence_features(each, table, sides, free)
            touched = [r for r in annotated.records if r.is_touched(spans)]
            features.append([values.get(name, 0.0) for name in FEATURES])
            right.append(float(bool(touched)))
            of_kind = [r for r in touched if r.severity in CLEAR and r.kind == each.kind]
            as_kind.append(float(bool(of_kind)))
            places.append(spans)
    table_of = np.array(features).reshape(-1, len(FEATURES))
    return Judged(annotated.name, table_of, np.array(right), np.array(as_kind), places)


def stretch(
    annotated: Annotated, which: Side, sides: Sequence[Doubts], each: Divergence
) -> tuple[int, int] | None:
    """Return the stretch of the phrase of *each* on side *which*."""
    phrase = each.phrases[which]
    if phrase is None or not annotated.records:
        return None
    words = sides[which].side.words[phrase.start : phrase.end]
    document = annotated.documents[which]
    return document.words[words[0]].span.start, document.words[words[-1]].span.end


if __name__ == "__main__":
    main()
