"""Read files that hold both versions pair by pair: memories, exchange files, catalogues, tables."""

from paraalign.formats.bilingual.joining import joined
from paraalign.formats.bilingual.laying import PairedTexts, batches
from paraalign.formats.bilingual.pair import Langs, Pair, PairFile
from paraalign.formats.bilingual.reading import PAIR_ENDINGS, is_pair_file, open_pairs

__all__ = [
    "PAIR_ENDINGS",
    "Langs",
    "Pair",
    "PairFile",
    "PairedTexts",
    "batches",
    "is_pair_file",
    "joined",
    "open_pairs",
]
