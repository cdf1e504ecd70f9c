"""Other tools for words, where they are installed: aligners, and segmenters of Vietnamese.

None of them is needed, or may be, by the library: eflomal is GPL, sil-thot LGPL. They are used as
their own pages say: trained on the text together with what parallel text there is, both ways,
symmetrised by grow-diag-final-and.
"""

import gzip
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, distribution, metadata
from pathlib import Path

from divergencegold import is_prose
from wordgold import GoldText, Pairs, expanded, lines_document

from paraalign.model import Document, Span, Word

BULK = 40_000  # pairs of the bulk that a statistical aligner learns from besides the text
Sentence = list[str]
Aligned = list[list[tuple[int, int]]]
Aligner = Callable[[Sequence[Sentence], Sequence[Sentence]], Aligned]
SEGMENTERS = ("pyvi", "underthesea")


def peer_links(
    gold: GoldText, more: Sequence[tuple[Sentence, Sentence]]
) -> Iterator[tuple[str, list[Pairs]]]:
    """Yield the name of each aligner that is installed, and its links as pairs of gold tokens."""
    sides = [_words(gold.source), _words(gold.target)]
    texts = [[*side, *extra] for side, extra in zip(sides, zip(*more, strict=True), strict=True)]
    for name, package, aligner in ALIGNERS:
        try:
            distribution(package)
        except PackageNotFoundError:
            continue
        yield name, _as_gold(gold, aligner(*texts)[: len(sides[0])])


def bulk_pairs(data: Path) -> list[tuple[Sentence, Sentence]]:
    """Return the first pairs of prose of the French–Vietnamese bulk in the folder *data*."""
    pairs: list[tuple[str, str]] = []
    with gzip.open(data / "bulk/pairs.clean.tsv.gz", "rt", encoding="utf-8") as file:
        names = next(file).rstrip("\n").split("\t")
        for row in file:
            found = dict(zip(names, row.rstrip("\n").split("\t"), strict=False))
            if is_prose(found["fr"]):
                pairs.append((found["fr"], found["vi"]))
            if len(pairs) == BULK:
                break
    return cut_pairs(pairs, ("fr", "vi"))


def cut_pairs(
    pairs: Sequence[tuple[str, str]], langs: tuple[str, str]
) -> list[tuple[Sentence, Sentence]]:
    """Return the words of *pairs*, cut as ours are."""
    kept = [[" ".join(text.split()) for text in pair] for pair in pairs]
    kept = [pair for pair in kept if all(pair)]
    one, other = (
        _words(lines_document([pair[k] for pair in kept], lang)) for k, lang in enumerate(langs)
    )
    return list(zip(one, other, strict=True))


def _words(document: Document) -> list[Sentence]:
    lines: list[Sentence] = [[] for _ in document.sentences]
    for word in document.words:
        lines[word.sentence].append(word.text.casefold().replace(" ", "_"))
    return lines


def _as_gold(gold: GoldText, links: Aligned) -> list[Pairs]:
    firsts = []
    for document in (gold.source, gold.target):
        starts: dict[int, int] = {}
        for place, word in enumerate(document.words):
            starts.setdefault(word.sentence, place)
        firsts.append(starts)
    return expanded(
        gold,
        [(firsts[0][n] + i, firsts[1][n] + j) for n, line in enumerate(links) for i, j in line],
    )


def _eflomal(source: Sequence[Sentence], target: Sequence[Sentence]) -> Aligned:
    from eflomal import Aligner as Eflomal  # noqa: PLC0415  not needed by all

    with tempfile.TemporaryDirectory() as folder:
        paths = [str(Path(folder) / name) for name in ("forth", "back")]
        lines = [[" ".join(sentence) for sentence in side] for side in (source, target)]
        Eflomal().align(*lines, links_filename_fwd=paths[0], links_filename_rev=paths[1])
        forth, back = (
            [[_pair(item) for item in row.split()] for row in Path(path).read_text().splitlines()]
            for path in paths
        )
    return [_grown(set(one), set(other)) for one, other in zip(forth, back, strict=True)]


def _pair(item: str) -> tuple[int, int]:
    left, right = item.split("-")
    return int(left), int(right)


def _grown(forth: set[tuple[int, int]], back: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the links of both ways, grown from those they share (Koehn et al. 2005)."""
    kept, union = forth & back, forth | back
    new = set(kept)
    while new:
        rows, columns = {i for i, _ in kept}, {j for _, j in kept}
        near = {(i + a, j + b) for i, j in new for a in (-1, 0, 1) for b in (-1, 0, 1)}
        new = {(i, j) for i, j in near & union - kept if i not in rows or j not in columns}
        kept |= new
    for way in (forth, back):
        for i, j in sorted(way):
            if all(i != a for a, _ in kept) and all(j != b for _, b in kept):
                kept.add((i, j))
    return sorted(kept)


def _thot(kind: str) -> Aligner:
    def align(source: Sequence[Sentence], target: Sequence[Sentence]) -> Aligned:
        import thot.alignment as thot  # noqa: PLC0415  not needed by all

        models = [getattr(thot, kind)() for _ in range(2)]
        for model, (one, other) in zip(models, ((source, target), (target, source)), strict=True):
            for pair in zip(one, other, strict=True):
                model.add_sentence_pair(*pair)
            model.start_training()
            for _ in range(5):
                model.train()
            model.end_training()
        both = thot.SymmetrizedAligner(*models)
        both.heuristic = thot.SymmetrizationHeuristic.GROW_DIAG_FINAL_AND
        matrices = [m for _, m in both.get_best_alignments(list(source), list(target))]
        return [
            [(i, j) for i in range(m.row_length) for j in range(m.column_length) if m[i, j]]
            for m in matrices
        ]

    return align


ALIGNERS: tuple[tuple[str, str, Aligner], ...] = (
    ("eflomal", "eflomal", _eflomal),
    ("sil-thot, fast_align's model", "sil-thot", _thot("FastAlignModel")),
)


def segmented(document: Document, name: str) -> tuple[Document, int]:
    """Return the Vietnamese *document* with words as the segmenter *name* cuts them.

    Neither gives offsets; they are found again letter by letter. Sentences of which that fails
    keep our words; how many is returned too.
    """
    cut = _SEGMENT[name]
    words: list[Word] = []
    lost = 0
    for number, sentence in enumerate(document.sentences):
        text = document.text[sentence.span.start : sentence.span.end]
        found = _places(text, cut(text))
        if found is None:
            lost += 1
            words += [word for word in document.words if word.sentence == number]
            continue
        for start, end in found:
            span = Span(sentence.span.start + start, sentence.span.start + end)
            words.append(Word(number, span, document.read(span)))
    return replace(document, words=tuple(words)), lost


def _places(text: str, words: Sequence[str]) -> list[tuple[int, int]] | None:
    found, done = [], 0
    for word in words:
        letters = "".join(word.split())
        start = done + len(text[done:]) - len(text[done:].lstrip())
        end = start
        for letter in letters:
            end += len(text[end:]) - len(text[end:].lstrip())
            if text[end : end + 1] != letter:
                return None
            end += 1
        found.append((start, end))
        done = end
    return None if text[done:].strip() else found


def _pyvi(text: str) -> list[str]:
    from pyvi import ViTokenizer  # noqa: PLC0415  not needed by all

    return [word.replace("_", " ") for word in ViTokenizer.tokenize(text).split()]


def _underthesea(text: str) -> list[str]:
    from underthesea import word_tokenize  # noqa: PLC0415  not needed by all

    return list(word_tokenize(text))


_SEGMENT = {"pyvi": _pyvi, "underthesea": _underthesea}


def described(package: str) -> str | None:
    """Return version, licence and size of *package* with what it needs; None if not installed."""
    try:
        about = metadata(package)
    except PackageNotFoundError:
        return None
    names = _needed(package, set())
    size = sum(_size(name) for name in names - _OURS)
    licence = about["License-Expression"] or about["License"]
    return f"{package} {about['Version']}, {licence}, {size / 2**20:.0f} MB with what it needs"


_OURS = frozenset({"numpy", "click", "platformdirs", "regex"})  # there anyway


def _needed(name: str, seen: set[str]) -> set[str]:
    if name in seen:
        return seen
    try:
        required = distribution(name).requires or []
    except PackageNotFoundError:
        return seen
    seen.add(name)
    for line in required:
        if "extra ==" not in line:
            _needed(line.split(";")[0].split("[")[0].strip(" ()<>=!~.0123456789,").lower(), seen)
    return seen


def _size(name: str) -> int:
    files = distribution(name).files or []
    return sum(file.size or 0 for file in files)
