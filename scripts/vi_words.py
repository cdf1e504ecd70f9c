#!/usr/bin/env python3
"""Learn the counts of Vietnamese words that `paraalign.segment.syllables` cuts by.

The Vietnamese side of the bulk pairs and the renderings of the lexicon are cut by underthesea
(Apache-2.0, not a dependency: install it to run this), and the words counted. Words of several
syllables seen once, and single ones seen twice, are left out, and so are words of three syllables
and more that are no rendering of the lexicon: most are fragments ("bản sắc văn").

    python scripts/vi_words.py --data ../shared > src/paraalign/segment/data/vi-words.tsv
"""

import argparse
import gzip
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from paraalign.segment.syllables import fold

_WORD = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_LONG = 3  # syllables from which a word must be in the lexicon
_LEXICON_WEIGHT = 3  # a rendering was written with care, and is of the general language


def main() -> None:
    """Print the words and their counts, most frequent first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    data = parser.parse_args().data
    counts: Counter[str] = Counter()
    for text in sorted(set(_bulk(data / "bulk" / "pairs.clean.tsv.gz"))):
        counts.update(_words(text))
    listed: set[str] = set()
    for name in ("fr-vi.tsv", "terms.tsv"):
        for text in _renderings(data / "lexicon" / name):
            counts.update(dict.fromkeys(_words(text), _LEXICON_WEIGHT))
            listed.add(_folded(text.lower()))
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        is_whole = word.count(" ") < _LONG - 1 or word in listed
        if is_whole and count >= (2 if " " in word else 3):
            sys.stdout.write(f"{word}\t{count}\n")


def _bulk(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            yield line.split("\t")[1]


def _renderings(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield from line.split("\t")[2].split("; ")


def _words(text: str) -> list[str]:
    from underthesea import word_tokenize  # noqa: PLC0415 - only this script needs it

    found = [word.lower() for word in word_tokenize(text) if _WORD.fullmatch(word)]
    return [_folded(word) for word in found]


def _folded(word: str) -> str:
    return " ".join(fold(part) for part in word.split(" "))


if __name__ == "__main__":
    main()
