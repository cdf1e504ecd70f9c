"""Link words: within the clauses that correspond, which word renders which.

A left-over word is worth reporting only if the links around it can be trusted. So everything at
hand is weighed together (token vectors, lexicon, identity, where the neighbours' partners stand,
the text's own terms), links are many-to-many, and a word without counterpart stays without.
`word_tables` gives the full evidence for whoever judges what is left over; `link_words` gives the
links that are more likely right than not, each with the probability that it is.

    tables = word_tables(WordEvidence(source, target, sentences, tokens, lexicon))
    tables[0].posterior[3, 5]  # how far words 3 and 5 of the first group go together
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import KW_ONLY, dataclass, field, replace
from functools import cache
from importlib import resources

import numpy as np

from paraalign.align.words.evidence import Evidence, WordEvidence
from paraalign.align.words.groups import Floats, WordSide
from paraalign.align.words.known import grouped, is_content, learn_renderings, learned_table
from paraalign.align.words.posterior import posteriors
from paraalign.model import WordLink

__all__ = ["WordTable", "link_words", "probabilities", "word_tables"]

_LEARNED = 0.16  # eight tenths of a lexicon entry
_HUB_NEIGHBOURS = 5
_HUB_STRETCH = 1.5
_SOME_EVIDENCE = 0.15  # below it, being the best of a bad lot is not enough


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class WordTable:
    """The words of one group of linked sentences and all that is known of their pairs.

    Attributes:
        source: The source words.
        target: The target words.
        evidence: What speaks for each pair.
        learned: 1 where the text itself keeps linking the two forms, else 0.
        posterior: How far each pair goes together, 0 to 1. Shape: (source words, target words).
        expected: Target place at which each source word is expected. Shape: (source words,).
        crossed: How far the other side lacks what each source and each target word says, in log
            odds, where both sides were read together. Shapes: (source words,), (target words,).
    """

    source: WordSide
    target: WordSide
    evidence: Evidence
    learned: Floats
    posterior: Floats
    expected: Floats
    crossed: tuple[Floats, Floats] | None = None

    @property
    def sides(self) -> tuple[WordSide, WordSide]:
        """The words of both sides."""
        return self.source, self.target


def link_words(
    evidence: WordEvidence, *, progress: Callable[[int, int], object] | None = None
) -> tuple[WordLink, ...]:
    """Return the word links that *evidence* speaks for, in source order.

    A link's score is the probability that it is right. *progress* is called with how much is done,
    and of how much. Cost: linear in the number of clauses, quadratic in the length of each.

    >>> from paraalign.model import Link
    >>> from paraalign.read import read_text
    >>> from paraalign.segment import segment
    >>> fr, vi = segment(read_text("Hanoï, 2023"), "fr"), segment(read_text("Hà Nội, 2023"), "vi")
    >>> links = link_words(WordEvidence(fr, vi, (Link((0,), (0,)),)))
    >>> [(fr.words[one].text, vi.words[other].text) for one, other, _ in links]
    [('Hanoï', 'Hà Nội'), (',', ','), ('2023', '2023')]
    """
    tables = _relinked(_First(evidence, spread=True, progress=progress))
    encoded = evidence.tokens is not None
    return tuple(sorted(link for table in tables for link in _links(table, encoded=encoded)))


def word_tables(evidence: WordEvidence, *, spread: bool = False) -> list[WordTable]:
    """Return the posteriors of every group of linked sentences beside the *evidence*.

    With *spread*, words that resemble everything are held back (CSLS, Conneau et al. 2018):
    better links, but less telling of what is missing.
    """
    return list(_relinked(_First(evidence, spread=spread)))


@dataclass(frozen=True, slots=True, eq=False)
class _First:
    """The tables before the text's own terms are learned, to be gone through twice.

    Those of a short text are kept for the second time; those of a long one are made again.
    """

    evidence: WordEvidence
    _: KW_ONLY
    spread: bool
    progress: Callable[[int, int], object] | None = None
    kept: list[WordTable] = field(default_factory=list)

    def __iter__(self) -> Iterator[WordTable]:
        if self.kept:
            yield from self.kept
            return
        for source, target, evidence in self.evidence:
            table = _table(source, target, evidence, spread=self.spread)
            if self.evidence.is_kept:
                self.kept.append(table)
            yield table
            if self.progress:
                self.progress(max(source.sentences) + 1, len(self.evidence.source.sentences))


def probabilities(table: WordTable, *, encoded: bool) -> Floats:
    """Return the probability that each pair of words of *table* is a right link.

    Shape: (source words, target words).
    """
    weights = _weights()["encoder" if encoded else "plain"]
    logit = np.full(table.posterior.shape, weights["bias"])
    for name, values in link_features(table).items():
        logit += weights[name] * values
    return np.asarray(some_evidence(table) / (1.0 + np.exp(-logit)), dtype=np.float64)


def some_evidence(table: WordTable) -> Floats:
    """Return how far there is anything at all that speaks for each pair, 0 to 1."""
    return np.clip(table.evidence.total / _SOME_EVIDENCE, 0.0, 1.0)


def link_features(table: WordTable) -> dict[str, Floats]:
    """Return what the probability of a link is judged by, name to table.

    The posterior in log odds; it tells more of two content words than of others.
    """
    found = np.clip(table.posterior, 1e-4, 1 - 1e-4)
    odds = np.log(found / (1 - found))
    content = np.outer(*(_content(side) for side in (table.source, table.target)))
    return {"posterior": odds, "content": content, "both": content * odds}


def _content(side: WordSide) -> Floats:
    return np.array([is_content(form, side.lang) for form in side.forms], dtype=np.float64)


def _links(table: WordTable, *, encoded: bool) -> list[WordLink]:
    scores = probabilities(table, encoded=encoded)
    threshold = _weights()["encoder" if encoded else "plain"]["threshold"]
    return [
        WordLink(table.source.words[i], table.target.words[j], round(float(scores[i, j]), 3))
        for i, j in np.argwhere(scores >= threshold)
    ]


def _table(source: WordSide, target: WordSide, evidence: Evidence, *, spread: bool) -> WordTable:
    total = _held_back(evidence.total) if spread else evidence.total
    found, expected = posteriors(source, target, total)
    return WordTable(
        source=source,
        target=target,
        evidence=evidence,
        learned=np.zeros_like(found),
        posterior=found,
        expected=expected,
    )


def _relinked(tables: _First) -> Iterator[WordTable]:
    """Yield *tables*, which are gone through twice, with the text's own terms weighed in."""
    renderings = learn_renderings((table.source, table.target, table.posterior) for table in tables)
    partners = grouped(renderings)
    for table in tables:
        yield _with_learned(table, partners, spread=tables.spread)


def _with_learned(table: WordTable, partners: dict[str, set[str]], *, spread: bool) -> WordTable:
    learned = learned_table(table.source, table.target, partners)
    if not learned.any():
        return table
    known = np.maximum(table.evidence.lexicon * 0.2, table.evidence.same * 0.2)
    total = table.evidence.total + np.maximum(0.0, _LEARNED * learned - known)
    evidence = replace(table.evidence, total=total)
    return replace(_table(table.source, table.target, evidence, spread=spread), learned=learned)


def _held_back(total: Floats) -> Floats:
    rows = _mean_of_best(total)
    columns = _mean_of_best(total.T)
    return _HUB_STRETCH * (total - (rows[:, None] + columns[None, :]) / 2)


def _mean_of_best(scores: Floats) -> Floats:
    count = min(_HUB_NEIGHBOURS, scores.shape[1])
    best = np.partition(scores, scores.shape[1] - count, axis=1)[:, -count:]
    return np.asarray(best.mean(axis=1), dtype=np.float64)


@cache
def _weights() -> dict[str, dict[str, float]]:
    path = resources.files("paraalign.align.words") / "links.json"
    found: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    return found
