"""Count the French words that need their accents, for the check of accents left out.

    python scripts/french_accents.py --data ../shared

Reads the French side of the bulk pairs and the entries of the lexicon, and writes
src/paraalign/checks/data/french-accents.tsv.gz: one word with accents a line, where the word
without them, or with some of them, is none. A spelling that is seen one time in `--rare` for the
full one is a slip; simplemma (MIT), asked at this one time, says which plain spellings are words
all the same.
"""

import argparse
import gzip
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

OUTPUT = Path("src/paraalign/checks/data/french-accents.tsv.gz")
_FRENCH = {"etat", "etats", "materiel", "materiels"}  # English lists have them all the same
_USUAL = 100  # times that a word must be seen for each plain spelling that the list admits
_WORD = re.compile(r"(?<![\w-])[^\W\d_]{4,}(?![\w-])")


def main() -> None:
    """Count and write."""
    options = _options()
    counts: Counter[str] = Counter()
    for text in _texts(options.data):
        counts.update(word for word in _WORD.findall(text) if word.islower())
    spellings: dict[str, list[str]] = {}
    for word in counts:
        spellings.setdefault(plain(word), []).append(word)
    needed = sorted(_needed(counts, spellings, options.least, options.rare))
    with gzip.GzipFile(options.output, "wb", mtime=0) as file:
        file.write("\n".join(needed).encode())


def plain(word: str) -> str:
    """Return *word* without its accents."""
    letters = unicodedata.normalize("NFD", word)
    return "".join(char for char in letters if not unicodedata.combining(char))


def _needed(
    counts: Counter[str], spellings: dict[str, list[str]], least: int, rare: int
) -> Iterator[str]:
    """Yield the words that stand alone with their letters, seen *least* times."""
    import simplemma  # noqa: PLC0415 - only this script needs it

    for letters, words in spellings.items():
        best = max(words, key=lambda word: (counts[word], word))
        others = [word for word in words if word != best]
        is_alone = all(counts[word] * rare <= counts[best] for word in others)
        if best == letters or counts[best] < least or not is_alone:
            continue
        is_usual = counts[best] >= _USUAL * (1 + counts[letters])
        plain_is_known = simplemma.is_known(letters, lang="fr")
        if simplemma.is_known(letters, lang="en") and letters not in _FRENCH:
            continue  # "reference" may be meant in English
        if simplemma.is_known(best, lang="fr") and (is_usual or not plain_is_known):
            yield best


def _texts(data: Path) -> Iterator[str]:
    with gzip.open(data / "bulk" / "pairs.clean.tsv.gz", "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            yield line.split("\t")[0]
    for name in ("fr-vi.tsv", "terms.tsv"):
        for line in (data / "lexicon" / name).read_text(encoding="utf-8").splitlines():
            yield from [line.split("\t")[0]] * 2


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--least", type=int, default=2)
    parser.add_argument("--rare", type=int, default=20)
    return parser.parse_args()


if __name__ == "__main__":
    main()
