"""Names, syllables and untranslated stretches: alarms on human texts, recall of errors put in.

    python benchmarks/accuracy/checks.py --data ../shared [--list]

Names and syllables are measured on the visible half of NTREX, on which they were developed: how
many pairs are flagged, how many names are found that were dropped or exchanged on the Vietnamese
side with a fixed seed, how many syllables raise an alarm. What is found of marks changed in bulk
text is measured on segments kept apart (`syllables.py`). Untranslated units are those of the
installation guide that stand in the Vietnamese page as in the English one, but for a few letters.
"""

import argparse
import os
import random
import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from number_checks import SEED, Row, read_rows
from syllables import measure

from paraalign.checks import Context, run_checks
from paraalign.lexicon import Lexicon, load_lexicon
from paraalign.model import Bitext, Clause, Document, Finding, Link, Links, Role, Sentence, Span
from paraalign.views import View

_NAME = re.compile(r"(?<![.!?:“\"] )(?<=\w )[A-Z][a-z]{4,}(?= [a-zđà-ỹ])")
_LEAST_WORDS = 4
_ALIKE = 0.9  # likeness from which a unit is the English one, blanks and signs apart


class Score(NamedTuple):
    """What was found of what there is."""

    hits: int
    found: int
    wanted: int

    def __str__(self) -> str:
        """Show precision, recall and the counts."""
        precision = self.hits / max(1, self.found)
        recall = self.hits / max(1, self.wanted)
        return f"precision {precision:.3f} recall {recall:.3f} ({self.wanted} wanted)"


def main() -> None:
    """Print the figures."""
    options = _options()
    rows, lexicon = read_rows(options.data), load_lexicon("fr", "vi")
    flagged = [(row, found) for row in rows if (found := _find(row, lexicon, "entity"))]
    print(f"names: pairs flagged {len(flagged)} of {len(rows)} = {len(flagged) / len(rows):.3f}")
    for name, replacement in (("dropped", ""), ("exchanged", "Kowalski")):
        print(f"names {name}: {_names_found(rows, lexicon, replacement)}")
    syllables = sum(len(row.target.split()) for row in rows)
    alarms = sum(len(_find(row, lexicon, "syllable")) for row in rows)
    print(f"syllables: {alarms} alarms in {syllables} = 1 in {syllables // max(1, alarms)}")
    print(f"syllables with marks changed: {measure(options.data)}")
    print(f"untranslated units: {_untranslated(options.data)}")
    if options.list:
        for row, found in flagged:
            print(f"\n{row.source}\n{row.target}")
            print("\n".join(f"  {each.check}: {each.message}" for each in found))


def _find(row: Row, lexicon: Lexicon | None, family: str) -> tuple[Finding, ...]:
    return run_checks(_context([row.source], [row.target], lexicon), select=[family])


def _context(source: Sequence[str], target: Sequence[str], lexicon: Lexicon | None) -> Context:
    documents = _document(source, "fr"), _document(target, "vi")
    links = tuple(Link((i,), (i,)) for i in range(min(len(source), len(target))))
    return Context(bitext=Bitext(*documents, Links(links, links)), lexicon=lexicon)


def _document(blocks: Sequence[str], lang: str) -> Document:
    starts = [sum(len(block) + 1 for block in blocks[:place]) for place in range(len(blocks))]
    spans = [Span(s, s + len(block)) for s, block in zip(starts, blocks, strict=True)]
    clauses = [Clause(span=s, number=None, label="", role=Role.PARAGRAPH) for s in spans]
    sentences = tuple(Sentence(place, span) for place, span in enumerate(spans))
    view = View.of("\n".join(blocks))
    return Document(view=view, lang=lang, clauses=tuple(clauses), sentences=sentences)


def _names_found(rows: Sequence[Row], lexicon: Lexicon | None, replacement: str) -> Score:
    """Drop or exchange one name a pair that both sides hold, and look for it."""
    randomness = random.Random(SEED)  # noqa: S311  a fixed seed is what we want
    hits = wanted = 0
    for row in rows:
        matches = [m for m in _NAME.finditer(row.target) if m[0] in row.source]
        if not matches:
            continue
        name = randomness.choice(matches)[0]
        damaged = Row(row.source, re.sub(rf"(?<!\w){name}(?!\w)", replacement, row.target))
        old = {each.message for each in _find(row, lexicon, "entity")}
        new = [e for e in _find(damaged, lexicon, "entity") if e.message not in old]
        wanted += 1
        hits += any(name in each.message or replacement in each.message for each in new)
    return Score(hits, hits, wanted)


def _untranslated(data: Path) -> Score:
    """Compare what is found in the installation guide with what stands there in English."""
    hits = found = wanted = 0
    for folder in sorted((data / "corpora").glob("install_guide_*")):
        units = (folder / "units.vi.txt").read_text(encoding="utf-8").splitlines()
        truth = set(_left_in_english(folder, units))
        context = _context([""], units, None)
        spans = [e.target[0] for e in run_checks(context, select=["untranslated-target"])]
        clauses = context.bitext.target.clauses
        told = {
            i for i, c in enumerate(clauses) if any(s.start <= c.span.start < s.end for s in spans)
        }
        hits, found, wanted = hits + len(told & truth), found + len(told), wanted + len(truth)
    return Score(hits, found, wanted)


def _left_in_english(folder: Path, units: Sequence[str]) -> Iterator[int]:
    english = (folder / "units.en.txt").read_text(encoding="utf-8").splitlines()
    for place, unit in enumerate(units):
        words = re.findall(r"[^\W\d_]+", unit)
        is_prose = len(words) >= _LEAST_WORDS and re.search(r"\b(?:the|to|of|is|a|for)\b", unit)
        if is_prose and get_close_matches(unit, english, n=1, cutoff=_ALIKE):
            yield place


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("PARAALIGN_DATA", "../shared")
    parser.add_argument("--data", type=Path, default=Path(default))
    parser.add_argument("--list", action="store_true", help="print every pair flagged for a name")
    return parser.parse_args()


if __name__ == "__main__":
    main()
