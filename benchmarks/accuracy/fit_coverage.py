"""Fit the figures of checks/coverage.json, and print how they do on documents left out.

    python benchmarks/accuracy/fit_coverage.py [--data FOLDER] [-o FILE]

The figures, none of them text of the data, and what each is fitted on:
- what is usual in faithful translations (mean and spread of each doubt, mean posterior of each word
  type and how often it has a rendering): every second news document of NTREX and 2,500 segments
  of the bulk, drawn with a fixed seed;
- from doubt to probability: the words of the six annotated documents;
- from phrase to confidence: whether a phrase touches anything that a reviser marked in the six
  annotated documents; phrases of the same half of NTREX count as wrong at a third of the weight
  (some are right: both versions are translations of a third text), those that touch an edit made
  on purpose in it as right at an eighth; a second set of weights tells those edits from the news
  without regard to how free the text is, and the higher confidence counts;
- the default threshold: such that the same half of NTREX has `NOISE` findings a pair by the first
  weights, `CLEAR_NOISE` by the second. No annotated document has a say in it.
The weights of the doubts are hand-set; they were tried on the declaration. Printed are findings in
each annotated document when weights and threshold come from the others. The other half of NTREX is
for `divergence.py` to report on.
"""

import argparse
import json
import os
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from divergenceedits import KINDS, edits
from divergencegold import SEED, Annotated, Record, clean_pairs, everything
from numpy.typing import NDArray
from wordgold import lines_document

from paraalign.align.words import WordTable, word_tables
from paraalign.checks.context import Side
from paraalign.checks.coverage import confidence_features
from paraalign.checks.coverage_phrases import Divergence, find_divergences
from paraalign.checks.coverage_words import (
    Doubts,
    Fitted,
    doubts,
    freedom,
    rendered,
    word_features,
)
from paraalign.encode import load_encoder
from paraalign.encode.tokens import Tokens, encode_document
from paraalign.lexicon import load_lexicon
from paraalign.model import Document, Link

MODES = ("full", "encoder", "lexicon")
WEIGHTS = {  # hand-set, in units of each doubt's spread
    "full": {"link": 1.0, "link_around": 0.5, "unusual": 1.0, "known_near": 1.5},
    "encoder": {"link": 1.0, "link_around": 0.5, "unusual": 1.0, "known_near": 0.3},
    "lexicon": {"link": 0.5, "link_around": 0.5, "unusual": 0.5, "known_near": 1.0},
}
DOUBTFUL = {"full": 1.2, "encoder": 1.5, "lexicon": 2.0}  # doubt from which a word is left over
CLOSER = 0.75  # how free a short text is thought to be, against news
THOROUGH = ("declaration", "udhr", "debian_code_of_conduct")  # read in full for divergences
NAMES = ("score", "words", "rendered", "surprise", "free", "omission", "addition")
SHRINK, LEAST_COUNT = 5.0, 5
NOISE, CLEAR_NOISE = 0.5, 0.25  # findings a news pair at the threshold, by either weights
FAITHFUL, EDITED, NOTICED = 0.3, 0.12, 0.5  # weights of news, edited news, documents half read
Floats = NDArray[np.float64]


class Encoded(NamedTuple):
    """A document pair with its sentence links and token vectors."""

    documents: tuple[Document, Document]
    links: tuple[Link, ...]
    tokens: tuple[Tokens, Tokens]

    def tables(self, mode: str) -> list[WordTable]:
        """Return the word tables with what *mode* may use."""
        tokens = None if mode == "lexicon" else self.tokens
        lexicon = None if mode == "encoder" else load_lexicon("fr", "vi")
        return word_tables(*self.documents, self.links, tokens=tokens, lexicon=lexicon)


class Judged(NamedTuple):
    """The phrases of a text: features, whether each is right, weight, where, which sides."""

    name: str
    features: Floats
    right: Floats
    weight: float
    spans: list[list[tuple[int, int] | None]]


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    root = Path(__file__).parents[2]
    parser.add_argument("--data", default=os.environ.get("PARAALIGN_DATA", root / "../shared"))
    parser.add_argument("-o", "--output", default="coverage.json")
    options = parser.parse_args()
    *news, bulk = clean_pairs(Path(options.data))
    clean = [encoded_lines(pairs) for pairs in [*news[::2], bulk]]
    edited = [with_edits(pair) for pair in clean[:-1]]
    gold = [(a, encoded(a.documents, a.links)) for a in everything(Path(options.data))]
    fitted: dict[str, Any] = {mode: fit_mode(mode, clean, edited, gold) for mode in MODES}
    Path(options.output).write_text(written(fitted), encoding="utf-8")


def fit_mode(
    mode: str,
    clean: Sequence[Encoded],
    edited: Sequence[tuple[Encoded, Annotated]],
    gold: Sequence[tuple[Annotated, Encoded]],
) -> dict[str, Any]:
    """Return the figures of *mode*."""
    tables = [pair.tables(mode) for pair in clean]
    found = usual_figures(mode, tables)
    annotated, own = [a for a, _ in gold], [pair.tables(mode) for _, pair in gold]
    scored = [word_scores(a, some, found) for a, some in zip(annotated, own, strict=True)]
    slope, bias = platt(scored, [a.name in THOROUGH for a in annotated])
    left_out(mode, annotated, scored)
    doubtful = 1 / (1 + np.exp(-(slope * DOUBTFUL[mode] + bias)))
    found |= {"calibration": [round(slope, 4), round(bias, 4)]}
    found["doubtful"] = round(float(doubtful), 3)
    news = [judged_in(nothing("news"), some, found, FAITHFUL) for some in tables[:-1]]
    made = [judged_in(a, pair.tables(mode), found, EDITED) for pair, a in edited]
    made = [part._replace(features=part.features[part.right > 0]) for part in made]
    made = [part._replace(right=np.ones(len(part.features))) for part in made]
    marked = [judged_in(a, t, found, weight(a)) for a, t in zip(annotated, own, strict=True)]
    pairs = sum(len(some) for some in tables[:-1])
    clear = fit_clear([*news, *made])
    for one, a in zip(marked, annotated, strict=True):
        rest = [part for part in marked if part is not one]
        fold = levelled(fit_phrases([*rest, *news, *made]), clear, news, pairs)
        print(mode.ljust(8), left_out_findings(a, one, fold, news, pairs))
    weights = levelled(fit_phrases([*marked, *news, *made]), clear, news, pairs)
    for name, row in zip(("confidence", "clear"), weights.round(4).tolist(), strict=True):
        found[name] = dict(zip((*NAMES, "bias"), row, strict=True))
    return found | {"least": round(threshold(weights[:1], news, pairs, NOISE), 3)}


def usual_figures(mode: str, tables: Sequence[list[WordTable]]) -> dict[str, Any]:
    """Return what is usual in the clean *tables*."""
    every = [t for some in tables for t in some]
    found: dict[str, Any] = {
        "usual": usual(every, lambda table, which: table.posterior.max(axis=1 - which)),
        "rendered": usual(every, rendered),
        "calibration": [1.0, 0.0],
        "freedom": 0.4,
        "doubt": {},
    }
    news = [t for some in tables[:-1] for t in some]
    found["doubt"] = spread(mode, news, found)
    sides = [doubts(t, which, found) for t in news for which in Side]
    return found | {"freedom": round(CLOSER * freedom(sides, found), 3)}


def weight(annotated: Annotated) -> float:
    """Return how much the phrases of a document weigh."""
    return 1.0 if annotated.name in THOROUGH else NOTICED


def nothing(name: str) -> Annotated:
    """Return annotations of a text in which nothing diverges."""
    return Annotated(name, None, (), [])  # type: ignore[arg-type]


def with_edits(pair: Encoded) -> tuple[Encoded, Annotated]:
    """Return *pair* with every third line edited, and the edits as records."""
    tables = pair.tables("full")
    kinds = [KINDS[(n // 3) % 3] if n % 3 == 0 else "" for n in range(len(tables))]
    made = edits(tables, kinds, SEED)
    lines = [
        e.pair if e else (t.source.text, t.target.text) for e, t in zip(made, tables, strict=True)
    ]
    changed = encoded_lines(lines)
    records = []
    for number, edit in enumerate(made):
        if edit is not None:
            bases = [d.sentences[number].span.start for d in changed.documents]
            source = tuple((bases[0] + a, bases[0] + b) for a, b in edit.source)
            ours = (edit.target,) if edit.target else ()
            target = tuple((bases[1] + a, bases[1] + b) for a, b in ours)
            spans = source, target
            records.append(Record(edit.kind, "major", agreed=True, counted=True, spans=spans))
    return changed, Annotated("edited", changed.documents, changed.links, records)


def usual(
    tables: Sequence[WordTable], value_of: Callable[[WordTable, Side], Floats]
) -> dict[str, dict[str, float]]:
    """Return the mean of *value_of* of each word type, by language; of all under ""."""
    found = {}
    for which in Side:
        sums: dict[str, float] = defaultdict(float)
        counts: dict[str, int] = defaultdict(int)
        for table in tables:
            side = table.target if which else table.source
            values = value_of(table, which)
            for form, value, sign in zip(side.forms, values, side.signs(), strict=True):
                if not sign:
                    sums[form.casefold()] += float(value)
                    counts[form.casefold()] += 1
        mean = sum(sums.values()) / sum(counts.values())
        kept = sorted(form for form, count in counts.items() if count >= LEAST_COUNT)
        shrunk = {f: (sums[f] + SHRINK * mean) / (counts[f] + SHRINK) for f in kept}
        found[side.lang] = {"": round(mean, 2)} | {f: round(v, 2) for f, v in shrunk.items()}
    return found


def spread(mode: str, tables: Sequence[WordTable], fitted: Fitted) -> dict[str, list[float]]:
    """Return for each doubt its mean and its weight, so that both sides weigh alike."""
    values: dict[str, list[Floats]] = defaultdict(list)
    for table in tables:
        for which in Side:
            side = table.target if which else table.source
            for name, column in word_features(table, which, fitted).items():
                values[name].append(column[~side.signs()])
    columns = {name: np.concatenate(parts) for name, parts in values.items()}
    return {
        name: [round(float(columns[name].mean()), 4), round(-w / float(columns[name].std()), 4)]
        for name, w in WEIGHTS[mode].items()
    }


def word_scores(
    annotated: Annotated, tables: Sequence[WordTable], fitted: Fitted
) -> tuple[Floats, Floats]:
    """Return doubts (in log odds before calibration) and labels of the content words."""
    scores, labels = [], []
    marks = [annotated.labels(k) for k in (0, 1)]
    for table in tables:
        for which in Side:
            doubt = doubts(table, which, fitted)
            mark = marks[which][list(doubt.side.words)]
            kept = doubt.content & (mark >= 0)
            scores.append(np.log(doubt.scores / (1 - doubt.scores))[kept])
            labels.append(mark[kept].astype(float))
    return np.concatenate(scores), np.concatenate(labels)


def platt(scored: Sequence[tuple[Floats, Floats]], thorough: Sequence[bool]) -> Floats:
    """Return slope and bias from doubt to log odds.

    Annotators differ in what they let pass: each document has a bias of its own in the fit, and
    the mean of those read *thorough*ly is returned.
    """
    parts = [(x[:, None], y) for x, y in scored]
    return with_own_bias(parts, thorough)


def with_own_bias(parts: Sequence[tuple[Floats, Floats]], thorough: Sequence[bool]) -> Floats:
    """Return logistic weights of the columns of *parts*, and the mean bias of the *thorough*."""
    table = np.concatenate([columns for columns, _ in parts])
    y = np.concatenate([right for _, right in parts])
    sizes = [len(right) for _, right in parts]
    w = np.concatenate([np.full(n, 1 / np.sqrt(max(1, n))) for n in sizes])
    owners = np.repeat(np.eye(len(parts)), sizes, axis=0)
    weights = logistic(np.hstack([table, owners]), y, w / w.mean())
    count = table.shape[1]
    bias = weights[count:][np.array(thorough)].mean()
    return np.append(weights[:count], bias)


def logistic(table: Floats, y: Floats, w: Floats, ridge: float = 0.5) -> Floats:
    """Return logistic weights of the columns of *table* for *y*, rows weighing *w*."""
    weights = np.zeros(table.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-(table @ weights)))
        slope = table.T @ (w * (chance - y)) + ridge * weights
        bend = (table * (w * chance * (1 - chance))[:, None]).T @ table
        weights -= np.linalg.solve(bend + ridge * np.eye(len(weights)), slope)
    return weights


def left_out(mode: str, gold: Sequence[Annotated], scored: Sequence[tuple[Floats, Floats]]) -> None:
    """Print how calibrated the probabilities are on each document when fitted on the others."""
    for n, annotated in enumerate(gold):
        rest = [m for m in range(len(gold)) if m != n]
        weights = platt([scored[m] for m in rest], [gold[m].name in THOROUGH for m in rest])
        chance = 1 / (1 + np.exp(-(weights[0] * scored[n][0] + weights[1])))
        marked = scored[n][1].mean()
        print(f"{mode:8} {annotated.name:24} expected {chance.mean():.3f} marked {marked:.3f}")


def fit_phrases(parts: Sequence[Judged]) -> Floats:
    """Return the weights of phrases' confidence: of each feature, then the bias."""
    table = np.concatenate([part.features for part in parts])
    y = np.concatenate([part.right for part in parts])
    w = np.concatenate([np.full(len(part.right), part.weight) for part in parts])
    return logistic(np.hstack([table, np.ones((len(table), 1))]), y, w)


def fit_clear(parts: Sequence[Judged]) -> Floats:
    """Return the weights by which gaps made on purpose stand out in a text, however free."""
    used = np.array([name != "free" for name in NAMES], dtype=np.float64)
    return fit_phrases([p._replace(features=p.features * used, weight=1.0) for p in parts])


def confidences(features: Floats, weights: Floats) -> Floats:
    """Return the confidence in phrases of these *features*: the higher by each row of *weights*."""
    logits = features @ weights[:, :-1].T + weights[:, -1]
    found: Floats = 1 / (1 + np.exp(-logits.max(axis=1)))
    return found


def levelled(weights: Floats, clear: Floats, news: Sequence[Judged], pairs: int) -> Floats:
    """Return both rows, the second shifted so that one threshold serves for both."""
    odds = [
        np.log(t / (1 - t))
        for row, noise in ((weights, NOISE), (clear, CLEAR_NOISE))
        for t in [threshold(row[None, :], news, pairs, noise)]
    ]
    return np.stack([weights, np.append(clear[:-1], clear[-1] + odds[0] - odds[1])])


def threshold(weights: Floats, news: Sequence[Judged], pairs: int, noise: float) -> float:
    """Return the confidence above which *news* of so many *pairs* has *noise* findings a pair."""
    ranked = np.sort(np.concatenate([confidences(part.features, weights) for part in news]))
    return float(ranked[-max(1, min(len(ranked), round(noise * pairs)))])


def left_out_findings(
    annotated: Annotated, part: Judged, weights: Floats, news: Sequence[Judged], pairs: int
) -> str:
    """Return how the findings in a document do by *weights* fitted on the others."""
    chance = confidences(part.features, weights)
    least = threshold(weights[:1], news, pairs, NOISE)
    kept = np.flatnonzero(chance >= least)
    right = float(part.right[kept].sum()) / max(1, len(kept))
    agreed = [r for r in annotated.records if r.agreed and r.counted]
    found = [r for r in agreed if any(r.is_touched(part.spans[n]) for n in kept)]
    whole = [r for r in agreed if r.kind in ("omission", "addition", "entity")]
    touched = sum(r in whole for r in found)
    return (
        f"{annotated.name:24} least {least:.2f}: {len(kept)} findings, {right:.2f} touch a record, "
        f"mean confidence {chance[kept].sum() / max(1, len(kept)):.2f}; "
        f"touched {len(found)}/{len(agreed)}, omissions etc. {touched}/{len(whole)}"
    )


def judged_in(
    annotated: Annotated, tables: Sequence[WordTable], fitted: Mapping[str, Any], weight: float
) -> Judged:
    """Return the features of all divergences found, and whether each touches a record."""
    features, right, places = [], [], []
    doubted = [(doubts(t, Side.SOURCE, fitted), doubts(t, Side.TARGET, fitted)) for t in tables]
    free = freedom((side for sides in doubted for side in sides), fitted)
    for table, sides in zip(tables, doubted, strict=True):
        for each in find_divergences(table, sides, fitted["doubtful"]):
            spans = [stretch(annotated, which, sides, each) for which in Side]
            values = confidence_features(each, sides, free)
            features.append([values.get(name, 0.0) for name in NAMES])
            right.append(float(annotated.touches(spans)))
            places.append(spans)
    table_of = np.array(features).reshape(-1, len(NAMES))
    return Judged(annotated.name, table_of, np.array(right), weight, places)


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


def encoded_lines(pairs: Sequence[tuple[str, str]]) -> Encoded:
    """Return *pairs* as two documents of lines, encoded."""
    sides = [[" ".join(text.split()) for text in side] for side in zip(*pairs, strict=True)]
    fr, vi = lines_document(sides[0], "fr"), lines_document(sides[1], "vi")
    return encoded((fr, vi), tuple(Link((n,), (n,)) for n in range(len(pairs))))


def encoded(documents: tuple[Document, Document], links: tuple[Link, ...]) -> Encoded:
    """Return *documents* with their token vectors."""
    encoder = load_encoder("e5")
    assert encoder is not None
    one, other = (encode_document(document, encoder) for document in documents)
    return Encoded(documents, links, (one, other))


def written(fitted: dict[str, Any]) -> str:
    """Return *fitted* as JSON with one line a language for the long tables."""
    return json.dumps(fitted, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


if __name__ == "__main__":
    main()
