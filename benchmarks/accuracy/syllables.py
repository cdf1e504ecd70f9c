"""Vietnamese syllables with their marks removed or changed: how many are found.

    python benchmarks/accuracy/syllables.py --data ../shared [--list]

Of the bulk segments every tenth, from the third, is kept from the counts of the model. In the odd
half of these, on which nothing was chosen, 2 % of the syllables lose a mark or get another tone,
with a fixed seed; the weights of the traits were learned on the even half
(`scripts/syllable_weights.py`). What is told elsewhere counts as false, though the bulk text has
slips of its own: `--list` prints them to be read.
"""

import argparse
import gzip
import os
import random
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from paraalign.checks.slips import find_slips
from paraalign.checks.syllables import is_syllable

FOLD, FOLDS = 3, 10
REPORTED = 1  # the half of the segments kept back on which figures are given
SHARE = 0.02
TONES = "\u0300\u0301\u0303\u0309\u0323"
SEED = 7


class Figures(NamedTuple):
    """What was told of the damaged syllables, and of how many; told where nothing was damaged."""

    syllables: int
    hits: int
    wanted: int
    false: tuple[str, ...]

    def __str__(self) -> str:
        """Show recall, precision and the counts."""
        precision = self.hits / max(1, self.hits + len(self.false))
        recall = self.hits / max(1, self.wanted)
        counts = f"{self.wanted} damaged of {self.syllables}"
        return f"recall {recall:.3f} precision {precision:.3f} ({counts})"


def main() -> None:
    """Print recall and precision."""
    options = _options()
    figures = measure(options.data)
    print(f"syllables with marks changed: {figures}")
    if options.list:
        print("\n".join(figures.false))


def measure(data: Path, half: int = REPORTED) -> Figures:
    """Return what is found in the *half* of the segments under *data* that were kept back."""
    seen = hits = wanted = 0
    false: list[str] = []
    for words, damaged in damaged_runs(data, half):
        told = dict(find_slips(words))
        told |= {place: "" for place, word in enumerate(words) if not is_syllable(word)}
        seen, wanted = seen + len(words), wanted + len(damaged)
        hits += len(told.keys() & damaged)
        false += (_shown(words, place, told[place]) for place in told.keys() - damaged)
    return Figures(seen, hits, wanted, tuple(false))


def damaged_runs(data: Path, half: int) -> Iterator[tuple[list[str], set[int]]]:
    """Yield the runs of one *half* of the segments kept back, damaged, and the places of damage."""
    chance = random.Random(SEED)  # noqa: S311  a fixed seed is what we want
    for run in _runs(data, half):
        yield _damaged(run, chance)


def _shown(words: list[str], place: int, meant: str) -> str:
    before, after = words[max(0, place - 3) : place], words[place + 1 : place + 4]
    return " ".join([*before, f"[{words[place]} → {meant}]", *after])


def _runs(data: Path, half: int) -> Iterator[list[str]]:
    """Yield runs of syllables that only blanks part, from the segments kept back."""
    with gzip.open(data / "bulk" / "pairs.clean.tsv.gz", "rt", encoding="utf-8") as lines:
        next(lines)
        for number, line in enumerate(lines):
            if number % FOLDS == FOLD and number // FOLDS % 2 == half:
                for stretch in re.split(r"[^\w\s]|\d|_", line.split("\t")[1]):
                    words = stretch.split()
                    if words and all(is_syllable(word) for word in words):
                        yield words


def _damaged(words: list[str], chance: random.Random) -> tuple[list[str], set[int]]:
    spoiled = [_spoiled(word, chance) if chance.random() < SHARE else word for word in words]
    pairs = enumerate(zip(words, spoiled, strict=True))
    return spoiled, {place for place, (old, new) in pairs if old != new}


def _spoiled(word: str, chance: random.Random) -> str:
    """Return *word* without one of its marks, or with another tone; as it is without marks."""
    letters = unicodedata.normalize("NFD", word)
    marks = [place for place, char in enumerate(letters) if unicodedata.combining(char)]
    tones = [place for place in marks if letters[place] in TONES]
    if tones and chance.random() < 1 / 2:
        place, new = tones[0], chance.choice([t for t in TONES if t != letters[tones[0]]])
    elif marks:
        place, new = chance.choice(marks), ""
    else:
        return word
    return unicodedata.normalize("NFC", letters[:place] + new + letters[place + 1 :])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("PARAALIGN_DATA", "../shared")
    parser.add_argument("--data", type=Path, default=Path(default))
    parser.add_argument("--list", action="store_true", help="print what is told where none was put")
    return parser.parse_args()


if __name__ == "__main__":
    main()
