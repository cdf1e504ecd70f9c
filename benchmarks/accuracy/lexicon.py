"""Measure the lexicon: coverage, discrimination, look-up, time and size.

    python benchmarks/accuracy/lexicon.py --data ../shared

A content word is a token with no digit that is no function word (`lexicon/function-words.tsv`) and
no name. A name is a token that its document never writes in lower case but at least once with a
capital inside a sentence, an abbreviation in capitals, or a token that stands letter for letter in
the linked unit too (product names, code). On the Vietnamese side the words are the longest that the
lexicon knows, and single syllables where it knows none.

Discrimination is reported for a lexicon that learned from the bulk pairs alone: NTREX is what it is
measured on. Give such a lexicon as `--held-out FILE`, or let it be made (about a minute).

What was tuned on what: the smoothing and the power in `overlap` were chosen on all NTREX lines in
the first round, and the missing words of the coverage table were found in these same texts. Since
then every second NTREX article, the ones at odd places, is set apart: nothing may be tuned on it,
and no missing word looked for in it. Both halves are reported.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np

from paraalign.lexicon import load_lexicon
from paraalign.lexicon.bilingual import TableLexicon
from paraalign.lexicon.corpus import read_text_pairs, words_of
from paraalign.lexicon.coverage import overlap
from paraalign.lexicon.folding import Token, fold_text
from paraalign.lexicon.making import make_lexicon
from paraalign.lexicon.table import Side, Table

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src/paraalign/lexicon/data/fr-vi.lexicon"
DOCUMENTS = ("udhr", "semver_2.0.0", "debian_code_of_conduct", "cncf_code_of_conduct")
NEIGHBOURS = 6


class UnitPair(NamedTuple):
    """A French unit and its Vietnamese counterpart."""

    fr: str
    vi: str


def read_documents(data: Path) -> dict[str, list[UnitPair]]:
    """Return the linked units of the visible texts that coverage is measured on."""
    documents = {name: list(iter_gold(data / "corpora" / name)) for name in DOCUMENTS}
    documents["declaration"] = read_declaration()
    documents["ntrex"] = [pair for half in read_news(data).values() for pair in half]
    return documents


def read_declaration() -> list[UnitPair]:
    """Return the linked clauses of the declaration, which is in the repository."""
    clauses = json.loads((ROOT / "corpora/declaration/clauses.json").read_text(encoding="utf-8"))
    return [UnitPair(clause["fr"], clause["vi"]) for clause in clauses]


def iter_gold(folder: Path) -> Iterator[UnitPair]:
    """Yield the linked units of the document in *folder*."""
    units = {
        lang: (folder / f"units.{lang}.txt").read_text(encoding="utf-8").split("\n")
        for lang in ("fr", "vi")
    }
    for link in json.loads((folder / "gold.json").read_text(encoding="utf-8"))["alignment"]:
        if link["fr"] and link["vi"]:
            sides = (" ".join(units[lang][place] for place in link[lang]) for lang in ("fr", "vi"))
            yield UnitPair(*sides)


def read_news(data: Path) -> dict[str, list[UnitPair]]:
    """Return the NTREX segments in two halves by article: to develop on, and set apart."""
    halves: dict[str, list[UnitPair]] = {"to develop on": [], "set apart": []}
    names = list(halves)
    articles: dict[str, int] = {}
    with (data / "benchmarks/ntrex/segments.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            place = articles.setdefault(row["doc"], len(articles))
            halves[names[place % 2]].append(UnitPair(row["fr"], row["vi"]))
    return halves


def names_of(texts: Sequence[str], lang: str) -> set[str]:
    """Return the keys that *texts* never write in lower case, but capitalise inside a sentence."""
    lower: set[str] = set()
    inside: set[str] = set()
    for text in texts:
        for place, token in enumerate(fold_text(text, lang)):
            word = text[token.start : token.end]
            if word[0].islower():
                lower.add(token.key)
            elif place and text[: token.start].rstrip()[-1:] not in ".!?:«“\"'‘(-–":
                inside.add(token.key)
    return inside - lower


def content_tokens(pair: UnitPair, lang: str, side: Side, names: set[str]) -> list[Token]:
    """Return the content tokens of the side *lang* of *pair*."""
    text, other = (pair.fr, pair.vi) if lang == "fr" else (pair.vi, pair.fr)
    copies = {token.key for token in fold_text(other, "fr")} | {
        token.key for token in fold_text(other, "vi")
    }
    return [
        token
        for token in fold_text(text, lang)
        if token.key.replace("'", "").isalnum()
        and not any(char.isdigit() for char in text[token.start : token.end])
        and len(token.key) > 1
        and token.key not in names | copies
        and not (text[token.start : token.end].isupper() and not text.isupper())
        and not is_function_word(token.key, side)
        and not token.key.endswith("'")
    ]


def is_function_word(key: str, side: Side) -> bool:
    """Tell whether the likeliest word behind the token *key* is a function word."""
    return any(bool(side.functions[word]) for word in side.lemmas(key)[:1])


def covered(tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> int:
    """Count the *tokens* that lie in one of *spans*."""
    return sum(any(start <= token.start < end for start, end in spans) for token in tokens)


class Coverage(NamedTuple):
    """Counts of one document: content tokens, and those with an entry or a match."""

    fr: int
    fr_known: int
    vi: int
    vi_known: int
    matched: int
    by_chance: int


def measure_coverage(
    lexicon: TableLexicon, pairs: Sequence[UnitPair], judge: TableLexicon
) -> Coverage:
    """Count what *lexicon* knows and matches in *pairs*; *judge* says what a content word is."""
    table = judge.table
    names = {lang: names_of([getattr(pair, lang) for pair in pairs], lang) for lang in table.langs}
    totals: Counter[str] = Counter()
    for place, pair in enumerate(pairs):
        stranger = pairs[(place + len(pairs) // 2) % len(pairs)]
        fr = content_tokens(pair, "fr", table.left, names["fr"])
        vi = content_tokens(pair, "vi", table.right, names["vi"])
        totals["fr"] += len(fr)
        totals["vi"] += len(vi)
        totals["fr_known"] += covered(fr, known_spans(lexicon.table.left, pair.fr, "fr"))
        totals["vi_known"] += covered(vi, known_spans(lexicon.table.right, pair.vi, "vi"))
        totals["matched"] += covered(fr, [match.source for match in lexicon.matches(*pair)])
        other = lexicon.matches(pair.fr, stranger.vi)
        totals["by_chance"] += covered(fr, [match.source for match in other])
    return Coverage(**totals)


def known_spans(side: Side, text: str, lang: str) -> list[tuple[int, int]]:
    """Return the stretches of *text* that the *side* has an entry for."""
    return [(use.start, use.end) for use in side.uses(text, lang)]


def print_coverage(lexicon: TableLexicon, plain: TableLexicon, data: Path) -> None:
    """Print coverage by document, beside that of the sources as received."""
    print(
        "| text | FR content | with entry | as received | VI content | with entry |"
        " as received | FR matched | in another unit |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    nows, thens = [], []
    for name, pairs in read_documents(data).items():
        nows.append(measure_coverage(lexicon, pairs, lexicon))
        thens.append(measure_coverage(plain, pairs, lexicon))
        print(coverage_row(name, nows[-1], thens[-1]))
    print(coverage_row("all", summed(nows), summed(thens)))


def summed(counts: Sequence[Coverage]) -> Coverage:
    """Return the sums of the *counts* of several documents."""
    return Coverage(*(sum(column) for column in zip(*counts, strict=True)))


def coverage_row(name: str, now: Coverage, then: Coverage) -> str:
    """Return the row of the document *name* in the table of coverage."""
    return (
        f"| {name} | {now.fr} | {now.fr_known / now.fr:.1%} | {then.fr_known / now.fr:.1%}"
        f" | {now.vi} | {now.vi_known / now.vi:.1%} | {then.vi_known / now.vi:.1%}"
        f" | {now.matched / now.fr:.1%} | {now.by_chance / now.fr:.1%} |"
    )


def ranks_first(scores: Sequence[Sequence[float]]) -> float:
    """Return the share of rows whose first score is above all others."""
    return sum(row[0] > max(row[1:]) for row in scores) / len(scores)


def neighbours(count: int, place: int) -> list[int]:
    """Return *place*, then the six nearest places of *count*."""
    order = sorted(range(count), key=lambda other: (abs(other - place), other))
    return order[: NEIGHBOURS + 1]


def discrimination(lexicon: TableLexicon, pairs: Sequence[UnitPair]) -> float:
    """Return how often the true line ranks first among its neighbours by overlap."""
    fr, vi = [pair.fr for pair in pairs], [pair.vi for pair in pairs]
    scores = overlap(lexicon.index(fr, "fr"), lexicon.index(vi, "vi"))
    count = len(scores)
    rows = [[float(scores[i, j]) for j in neighbours(count, i)] for i in range(count)]
    return ranks_first(rows)


def dice_of_bulk(
    table: Table, data: Path, news: Sequence[UnitPair]
) -> Mapping[str, Mapping[str, float]]:
    """Return a plain Dice lexicon of the bulk pairs, for the French words of *news*."""
    pairs = list(read_text_pairs(data, news=False))
    both: Counter[tuple[str, str]] = Counter()
    uses: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    known = set().union(*(words_of(pair.fr, "fr", table.left) for pair in news))
    for pair in pairs:
        left = set(words_of(pair.source, "fr", table.left)) & known
        right = set(words_of(pair.target, "vi", table.right))
        uses[0].update(left)
        uses[1].update(right)
        both.update((a, b) for a in left for b in right)
    dice: dict[str, dict[str, float]] = defaultdict(dict)
    for (a, b), count in both.items():
        dice[a][b] = 2 * count / (uses[0][a] + uses[1][b])
    return dice


def dice_discrimination(
    table: Table, dice: Mapping[str, Mapping[str, float]], news: Sequence[UnitPair]
) -> float:
    """Return how often the true line of *news* ranks first by the Dice lexicon *dice*."""
    wanted = [set(words_of(pair.fr, "fr", table.left)) for pair in news]
    targets = [set(words_of(pair.vi, "vi", table.right)) for pair in news]
    rows = [
        [dice_overlap(words, targets[near], dice) for near in neighbours(len(news), place)]
        for place, words in enumerate(wanted)
    ]
    return ranks_first(rows)


def dice_overlap(
    words: set[str], others: set[str], dice: Mapping[str, Mapping[str, float]]
) -> float:
    """Return the mean best Dice coefficient of *words* in *others*, and back, summed."""
    onward = [max((dice[a].get(b, 0.0) for b in others), default=0.0) for a in words]
    back = [max((dice[a].get(b, 0.0) for a in words), default=0.0) for b in others]
    return sum(onward) / max(1, len(onward)) + sum(back) / max(1, len(back))


def print_discrimination(shipped: TableLexicon, held_out: TableLexicon, data: Path) -> None:
    """Print how often the true line ranks first, by lexicon."""
    halves = read_news(data)
    halves["all"] = [pair for half in halves.values() for pair in half]
    heads = " | ".join(f"{name} ({len(pairs)})" for name, pairs in halves.items())
    print(f"| true line first among 7 | {heads} |\n|---|---|---|---|")
    print("| chance |" + f" {1 / (NEIGHBOURS + 1):.1%} |" * 3)
    dice = dice_of_bulk(held_out.table, data, halves["all"])
    shares = [dice_discrimination(held_out.table, dice, news) for news in halves.values()]
    print_shares("plain Dice, bulk", shares)
    for name, lexicon in (("ours, news held out", held_out), ("ours, as shipped", shipped)):
        print_shares(name, [discrimination(lexicon, news) for news in halves.values()])


def print_shares(name: str, shares: Sequence[float]) -> None:
    """Print one row of the table of discrimination."""
    print(f"| {name} | {' | '.join(f'{share:.1%}' for share in shares)} |")


def print_look(lexicon: TableLexicon, plain: TableLexicon) -> None:
    """Print how many renderings of a pocket dictionary `look` gives among its first eight."""
    print("| word | wanted | given | as received | first |\n|---|---|---|---|---|")
    for case in look_cases():
        given, before = (found_of(one, case) for one in (lexicon, plain))
        first = (looked(lexicon, case) or ["-"])[0]
        print(f"| {case['input']} | {len(case['expected'])} | {given} | {before} | {first} |")
    sums = [look_total(one) for one in (lexicon, plain)]
    wanted = sum(len(case["expected"]) for case in look_cases())
    print(f"| all | {wanted} | {sums[0]} | {sums[1]} | |")


def look_cases() -> list[dict[str, str]]:
    """Return the words to look up, each with the renderings of a pocket dictionary."""
    path = ROOT / "tests/cases/lexicon_look.json"
    cases: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return cases


def look_total(lexicon: TableLexicon) -> int:
    """Count the wanted renderings of all words that *lexicon* gives."""
    return sum(found_of(lexicon, case) for case in look_cases())


def looked(lexicon: TableLexicon, case: dict[str, str]) -> list[str]:
    """Return the first eight renderings of the word of *case*."""
    look = lexicon.renderings if case["lang"] == "fr" else lexicon.reverse_renderings
    return [rendering.text for rendering in look(case["input"])][:8]


def found_of(lexicon: TableLexicon, case: dict[str, str]) -> int:
    """Count the wanted renderings of *case* that *lexicon* gives."""
    return len(set(case["expected"]) & set(looked(lexicon, case)))


def package_digest() -> str:
    """Return the SHA-256 of the shipped package file."""
    return sha256(PACKAGE.read_bytes()).hexdigest()


def print_speed() -> None:
    """Print the time to load in a fresh process, beside an import of numpy, and the file's size."""
    code = (
        "import time; from paraalign.lexicon import load_lexicon; start = time.process_time();"
        "lexicon = load_lexicon('fr', 'vi'); lexicon.matches('la paix', 'hòa bình');"
        "print(time.process_time() - start)"
    )
    times = [float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(7)]
    size = PACKAGE.stat().st_size
    start = time.perf_counter()
    (ROOT / "lexicon/fr-vi.tsv").read_text(encoding="utf-8")
    print(
        f"load and first match, processor time: {min(times) * 1000:.0f} ms"
        f" (median {np.median(times) * 1000:.0f});"
        f" package file {size / 1e6:.2f} MB; reading one plain table without an index (wall time):"
        f" {(time.perf_counter() - start) * 1000:.0f} ms"
    )


def as_received(folder: Path) -> TableLexicon:
    """Return the lexicon of the two tables as received, kept beside ours for comparison."""
    return TableLexicon(Table.read(make_lexicon(folder, None)))


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("PARAALIGN_DATA", str(ROOT.parent / "shared"))
    parser.add_argument("--data", type=Path, default=Path(default))
    parser.add_argument("--held-out", type=Path)
    options = parser.parse_args()
    shipped = load_lexicon("fr", "vi")
    assert shipped is not None
    plain = as_received(options.data / "lexicon")
    held_out = (
        options.held_out.read_bytes()
        if options.held_out
        else make_lexicon(ROOT / "lexicon", options.data, news=False)
    )
    print(f"lexicon: {shipped.name}; package file, SHA-256: {package_digest()}\n")
    print_coverage(shipped, plain, options.data)
    print()
    print_discrimination(shipped, TableLexicon(Table.read(held_out)), options.data)
    print()
    print_look(shipped, plain)
    print()
    print_speed()


if __name__ == "__main__":
    main()
