"""Make the package file: sources and a data folder in, bytes out.

The same sources, the same data and the same version of this code give the same bytes: nothing is
drawn at random. Without a data folder the lexicon holds what was written by hand, all words alike
telling.

>>> len(make_lexicon(Path("lexicon"), None)) > 1_000_000  # doctest: +SKIP
True
"""

from pathlib import Path

from paraalign.lexicon.build import Draft, build_package, rarity, set_shares
from paraalign.lexicon.corpus import Figures, learn_figures, read_text_pairs
from paraalign.lexicon.forms import published_lemmas
from paraalign.lexicon.joining import Functions, join_learned
from paraalign.lexicon.sources import read_confirmed, read_function_words, read_sources
from paraalign.lexicon.table import Table

__all__ = ["VERSION", "make_lexicon"]

VERSION = "2"
"""Version of the shipped lexicon: raised when its figures change."""


def make_lexicon(sources: Path, data: Path | None, *, news: bool = True) -> bytes:
    """Return the package file made of the tables in *sources* and the segments in *data*.

    Args:
        sources: The folder `lexicon` of the repository.
        data: The data folder to learn from, or None to learn nothing.
        news: Whether to learn from the news segments too; a benchmark that reports on them may not.
            Takes about a minute.
    """
    function_words = read_function_words(sources / "function-words.tsv")
    published = published_lemmas()
    draft = Draft.of(read_sources(sources), published)
    set_shares(draft)
    plain = build_package(draft, version=VERSION, weights=({}, {}), function_words=function_words)
    if data is None:
        return plain
    pairs = list(read_text_pairs(data, news=news))
    figures = learn_figures(pairs, Table.read(plain), published)
    functions = Functions(
        draft.functions(function_words, "fr"), draft.functions(function_words, "vi")
    )
    join_learned(draft, figures, functions, read_confirmed(sources / "confirmed.tsv"))
    draft.add_forms(published)
    return build_package(
        draft, version=VERSION, weights=_weights(figures), function_words=function_words
    )


def _weights(figures: Figures) -> tuple[dict[str, float], dict[str, float]]:
    total = figures.segment_count
    return rarity(figures.source_counts, total), rarity(figures.target_counts, total)
