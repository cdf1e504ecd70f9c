"""Numbers and dates by value, on human translations as they are and with errors put in.

    python benchmarks/accuracy/number_checks.py --data ../shared [--list]

On NTREX (French and Vietnamese, both translated from English by people) it prints how many of the
pairs that hold a number or date are flagged, beside what a comparison of digit strings flags; then
the recall of errors put into the Vietnamese side, kind by kind, with a fixed seed. `--list` prints
every flagged pair. The pairs are the visible half, on which the check was developed.

The baseline compares digit strings with their signs ("10,000" against "10 000" differs). It is
given twice: of all these pairs, and of those that hold a digit, which is how other tools count.
"""

import argparse
import os
import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from paraalign.checks import Context, run_checks
from paraalign.model import Bitext, Clause, Document, Finding, Link, Links, Role, Sentence, Span
from paraalign.values import find_values
from paraalign.views import View

FAMILIES = ("number", "date", "verbatim")
SEED = 20_240_501
_WORDS = {"hai": "bảy", "ba": "tám", "bốn": "chín", "sáu": "hai", "bảy": "bốn", "tám": "sáu"}
_SCALES = {"triệu": "tỷ", "tỷ": "triệu", "nghìn": "triệu", "ngàn": "triệu"}


class Row(NamedTuple):
    """A segment in both languages."""

    source: str
    target: str


class Damage(NamedTuple):
    """A target text with an error put in, and where it stands now."""

    text: str
    start: int
    end: int


def main() -> None:
    """Print both tables."""
    options = _options()
    rows = [row for row in read_rows(options.data) if _holds_value(row)]
    flagged = [(row, found) for row in rows if (found := findings(row))]
    with_digits = [row for row in rows if any(_digits(text) for text in row)]
    by_digits = [row for row in with_digits if _digits(row.source) != _digits(row.target)]
    print(f"pairs that hold a number or date: {len(rows)}")
    print(f"flagged by value                : {len(flagged)} = {len(flagged) / len(rows):.3f}")
    print(f"flagged by digit strings        : {len(by_digits)} = {len(by_digits) / len(rows):.3f}")
    share = len(by_digits) / max(1, len(with_digits))
    print(f"  of the {len(with_digits)} pairs with a digit    : {share:.3f}")
    print(f"{'error put in':<20}{'pairs':>7}{'recall':>8}{'span':>8}")
    for name, damage in DAMAGES.items():
        print(_recall_line(name, damage, rows))
    if options.list:
        for row, found in flagged:
            print(f"\n{row.source}\n{row.target}")
            print("\n".join(f"  {each.check}: {each.message}" for each in found))


def read_rows(data: Path) -> list[Row]:
    """Return the segments of the visible half of NTREX under *data*."""
    path = data / "benchmarks" / "ntrex" / "segments.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [Row(*line.split("\t")[1:3]) for line in lines]


def context(row: Row) -> Context:
    """Return *row* as two linked documents of one clause."""
    source, target = _document(row.source, "fr"), _document(row.target, "vi")
    links = (Link((0,), (0,)),)
    return Context(bitext=Bitext(source, target, Links(links, links)))


def findings(row: Row) -> tuple[Finding, ...]:
    """Return what the checks by value find in *row*."""
    return run_checks(context(row), select=FAMILIES)


def _document(text: str, lang: str) -> Document:
    span = Span(0, len(text))
    clause = Clause(span=span, number=None, label="1", role=Role.PARAGRAPH)
    sentences = (Sentence(0, span),)
    return Document(view=View.of(text), lang=lang, clauses=(clause,), sentences=sentences)


def _holds_value(row: Row) -> bool:
    values = (*find_values(row.source, "fr"), *find_values(row.target, "vi"))
    has_digit = any(char.isdecimal() for char in row.source + row.target)
    return has_digit or any(not value.is_soft for value in values)


def _digits(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d[\d.,]*\d|\d", text))


def _recall_line(
    name: str, damage: Callable[[Row, random.Random], Damage | None], rows: list[Row]
) -> str:
    randomness = random.Random(SEED)  # noqa: S311  a fixed seed is what we want
    hits = spans = count = 0
    for row in rows:
        done = damage(row, randomness)
        if done is None:
            continue
        count += 1
        before = {each.message for each in findings(row)}
        new = [e for e in findings(Row(row.source, done.text)) if e.message not in before]
        hits += bool(new)
        spans += any(_touches(each, done) for each in new)
    share = max(1, count)
    return f"{name:<20}{count:>7}{hits / share:>8.3f}{spans / share:>8.3f}"


def _touches(found: Finding, done: Damage) -> bool:
    if done.start == done.end:
        return bool(found.source) or any(s.start <= done.start <= s.end for s in found.target)
    return any(span.start < done.end and done.start < span.end for span in found.target)


def _change_digit(row: Row, randomness: random.Random) -> Damage | None:
    def other(match: re.Match[str]) -> str:
        place = randomness.randrange(len(match[0]))
        digit = str((int(match[0][place]) + randomness.randint(1, 8)) % 10)
        return match[0][:place] + digit + match[0][place + 1 :]

    return _replace(row, r"(?<![\w.,/:-])\d+(?![\w/:-])", other, randomness)


def _change_month(row: Row, randomness: random.Random) -> Damage | None:
    return _replace(row, r"(?<=tháng )\d+", lambda m: str(int(m[0]) % 12 + 1), randomness)


def _change_year(row: Row, randomness: random.Random) -> Damage | None:
    return _replace(row, r"(?<!\w)(?:19|20)\d\d(?!\w)", lambda m: str(int(m[0]) + 1), randomness)


def _change_scale(row: Row, randomness: random.Random) -> Damage | None:
    pattern = rf"(?<=\d )(?:{'|'.join(_SCALES)})(?!\w)"
    return _replace(row, pattern, lambda m: _SCALES[m[0]], randomness)


def _change_word(row: Row, randomness: random.Random) -> Damage | None:
    words = "|".join(_WORDS)
    counted = "người|ngày|tuần|tháng|lần|trận|điểm|giờ"
    pattern = rf"(?<!\w)(?<!thứ )(?<!tháng )(?:{words})(?= (?:{counted})(?!\w))"
    return _replace(row, pattern, lambda m: _WORDS[m[0]], randomness)


def _drop_number(row: Row, randomness: random.Random) -> Damage | None:
    return _replace(row, r"(?<![\w.,/:-])\d+(?![\w/:.,-])", lambda _: "", randomness)


def _swap_numbers(row: Row, _: random.Random) -> Damage | None:
    matches = list(re.finditer(r"(?<![\w.,/:-])\d+(?![\w/:.,-])", row.target))
    if len(matches) < 2 or matches[0][0] == matches[1][0]:
        return None
    one, other = matches[0], matches[1]
    text = row.target
    swapped = text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0]
    return Damage(swapped + text[other.end() :], one.start(), other.end())


def _replace(
    row: Row, pattern: str, new: Callable[[re.Match[str]], str], randomness: random.Random
) -> Damage | None:
    matches = list(re.finditer(pattern, row.target))
    if not matches:
        return None
    match = randomness.choice(matches)
    text = new(match)
    whole = row.target[: match.start()] + text + row.target[match.end() :]
    return Damage(whole, match.start(), match.start() + len(text))


DAMAGES: dict[str, Callable[[Row, random.Random], Damage | None]] = {
    "digit changed": _change_digit,
    "month changed": _change_month,
    "year changed": _change_year,
    "magnitude changed": _change_scale,
    "number word changed": _change_word,
    "number dropped": _drop_number,
    "numbers swapped": _swap_numbers,
}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("PARAALIGN_DATA", "../shared")
    parser.add_argument("--data", type=Path, default=Path(default))
    parser.add_argument("--list", action="store_true", help="print every flagged pair")
    return parser.parse_args()


if __name__ == "__main__":
    main()
