"""Cut a text into the pieces that multilingual-e5 knows, and say where each stands.

The model was trained on pieces of normalised text: characters replaced by their compatible forms
(NFKC, but for a few), blanks run together. So a text is normalised here character by character,
with the stretch that each normalised character comes from, and cut by sentencepiece, which is told
to change nothing more. The pieces, one after the other, are the normalised text again; so their
spans in the text passed are exact, whatever the normalising did.

>>> normalised = Normaliser({ord("…"): "...", 0xA0: " "}).normalise("a\u00a0 b…")
>>> normalised.text, normalised.starts.tolist(), normalised.ends.tolist()
('a b...', [0, 1, 3, 4, 4, 4], [1, 2, 4, 5, 5, 5])
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import regex
from numpy.typing import NDArray

from paraalign.encode import wire
from paraalign.encode.e5file import Vocabulary
from paraalign.views import Offsets

__all__ = ["Normalised", "Normaliser", "Pieces", "Tokenizer"]

_BLANK = "\u2581"  # sentencepiece writes a blank so
_UNIT = regex.compile(
    r"(?s).[\p{M}\u1160-\u11ff]*"
)  # what may compose, with what it may compose with
_FIELD_BYTES = 11  # of a piece, its spelling aside
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True, eq=False)
class Normalised:
    """A text as the model reads it.

    Attributes:
        text: The normalised text, without blanks at its ends or beside each other.
        starts: Where the stretch behind each of its characters starts. Shape: (len(text),).
        ends: Where it ends. Both in code points of the text passed, never falling.
    """

    text: str
    starts: Offsets
    ends: Offsets


class Normaliser:
    """Replaces characters as *replacements*, by code point, say."""

    def __init__(self, replacements: dict[int, str]) -> None:
        lone = dict.fromkeys(_SURROGATES, replacements.get(0xFFFD, " "))
        self._table = {**lone, 0: "", ord(_BLANK): "_", **replacements}

    def normalise(self, text: str) -> Normalised:
        """Return *text* as the model reads it.

        >>> Normaliser({}).normalise(" e\u0301t\u00e9 ").text
        'été'
        """
        characters: list[str] = []
        spans: list[tuple[int, int]] = []
        for start, end in _iter_units(text):
            for character in unicodedata.normalize("NFC", text[start:end]).translate(self._table):
                if character != " " or (characters and characters[-1] != " "):
                    characters.append(character)
                    spans.append((start, end))
        kept = len(characters) - (characters[-1:] == [" "])
        table = np.array(spans[:kept], np.int32).reshape(-1, 2)
        return Normalised("".join(characters[:kept]), table[:, 0], table[:, 1])


def _iter_units(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of *text* that are normalised each by itself: what may compose."""
    if unicodedata.is_normalized("NFC", text):
        yield from zip(range(len(text)), range(1, len(text) + 1), strict=True)
    else:
        yield from (match.span() for match in _UNIT.finditer(text))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Pieces:
    """The pieces of a text.

    Attributes:
        ids: All of them. Shape: (pieces,).
        kept: Indices of those that hold more than a blank. Shape: (tokens,).
        starts: Where each kept piece starts, in code points of the text. Shape: (tokens,).
        ends: Where it ends; both never fall. Shape: (tokens,).
    """

    ids: NDArray[np.int64]
    kept: NDArray[np.int64]
    starts: Offsets
    ends: Offsets


class Tokenizer:
    """Cuts texts into the pieces of *vocabulary*."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        from sentencepiece import SentencePieceProcessor  # noqa: PLC0415 - only when it is needed

        self._normaliser = Normaliser(vocabulary.replacements)
        self._processor = SentencePieceProcessor()
        self._processor.LoadFromSerializedProto(vocabulary_model(vocabulary))

    def cut(self, text: str) -> Pieces:
        """Return the pieces of *text*; of one without visible characters, none."""
        normalised = self._normaliser.normalise(text)
        pieces = self._processor.encode(normalised.text, out_type=str)
        ids = np.array(self._processor.piece_to_id(pieces), np.int64)
        kept, starts, ends = _locate(pieces)
        return Pieces(
            ids=ids, kept=kept, starts=normalised.starts[starts], ends=normalised.ends[ends - 1]
        )


def _locate(
    pieces: Sequence[str],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return which of *pieces* are more than a blank, where they start and end in what they spell.

    sentencepiece puts a blank before the text, so all stands one place further in the pieces.

    >>> [part.tolist() for part in _locate(["▁", "東", "京", "▁à"])]
    [[1, 2, 3], [0, 1, 3], [1, 2, 4]]
    """
    blanks = np.array([piece.startswith(_BLANK) for piece in pieces], np.int64)
    ends = np.cumsum([len(piece) for piece in pieces], dtype=np.int64) - 1
    starts = np.concatenate([[-1], ends])[:-1] + blanks
    kept = np.flatnonzero(starts < ends)
    return kept, starts[kept], ends[kept]


def vocabulary_model(vocabulary: Vocabulary) -> bytes:
    """Return *vocabulary* as a sentencepiece model that normalises nothing (`ModelProto`).

    Fields: https://github.com/google/sentencepiece/blob/master/src/sentencepiece_model.proto
    """
    start, end, pad, unknown = vocabulary.specials
    trainer = [(3, 1), (40, unknown), (41, start), (42, end), (43, pad)]
    normaliser = [wire.text(1, "identity"), wire.integer(3, 1), wire.integer(4, 0)]
    return b"".join(
        [
            _piece_fields(vocabulary),
            wire.block(2, *(wire.integer(number, value) for number, value in trainer)),
            wire.block(3, *normaliser, wire.integer(5, 1)),
        ]
    )


def _piece_fields(vocabulary: Vocabulary) -> bytes:
    """Return a field 1 for each piece: its spelling, its score, its kind.

    Written for all at once (a quarter of a million fields take a second one by one): tag, size,
    tag, size of the spelling, spelling, tag, score, tag, kind. No piece is longer than 100 bytes,
    so a size takes one byte.
    """
    bounds = vocabulary.bounds.astype(np.int64)
    lengths = np.diff(bounds)
    places = bounds[:-1] + _FIELD_BYTES * np.arange(len(lengths))
    fields = np.empty(bounds[-1] + _FIELD_BYTES * len(lengths), np.uint8)
    inside = np.arange(bounds[-1]) + np.repeat(places + 4 - bounds[:-1], lengths)
    fields[inside] = vocabulary.blob
    for offset, value in enumerate([0x0A, lengths + _FIELD_BYTES - 2, 0x0A, lengths]):
        fields[places + offset] = value
    scores = vocabulary.scores.astype("<f4").view(np.uint8).reshape(-1, 4)
    tail = [0x15, *scores.T, 0x18, _kinds(vocabulary)]
    for offset, value in enumerate(tail):
        fields[places + 4 + lengths + offset] = value
    return fields.tobytes()


def _kinds(vocabulary: Vocabulary) -> NDArray[np.uint8]:
    """Return the kind of each piece: 1 normal, 2 unknown, 3 control, which no text spells."""
    kinds = np.where(vocabulary.scores == 0, 3, 1).astype(np.uint8)
    kinds[vocabulary.specials[-1]] = 2
    return kinds
