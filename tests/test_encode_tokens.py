"""The token table of a document holds every sentence, in order, with spans in the text as given."""

from collections.abc import Sequence

import numpy as np
import pytest
from conftest import build_document

from paraalign.encode import Tokens, TokenVectors, encode_document
from paraalign.encode.tokens import encode_documents
from paraalign.model import Document

BLOCKS = ["Ch<mark>u</mark>yên gia. Oui &amp; non ?", "Deux", "Oui &amp; non ?"]


class Letters:
    """An encoder whose tokens are characters, each with its code point in its vectors."""

    name = "letters"

    def encode(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return one token a character."""
        return [self._encode(text) for text in texts]

    def _encode(self, text: str) -> TokenVectors:
        codes = np.array([ord(char) for char in text], np.float32)
        places = np.arange(len(text) + 1, dtype=np.int32)
        return TokenVectors(
            starts=places[:-1],
            ends=places[1:],
            words=np.stack([codes, codes + 1], axis=1),
            sentences=np.stack([codes + 2, codes + 3], axis=1),
            weights=np.ones(len(text), np.float32),
        )


@pytest.fixture
def document() -> Document:
    return build_document(BLOCKS, "fr", cleaned=True)


def letters(tokens: Tokens, sentence: int) -> str:
    own = tokens.sentences_of == sentence
    return "".join(chr(int(code)) for code in tokens.words[own, 0])


def test_each_sentence_has_its_tokens(document: Document) -> None:
    tokens = encode_document(document, Letters())
    for index, sentence in enumerate(document.sentences):
        assert letters(tokens, index) == document.read(sentence.span)
    assert (np.diff(tokens.sentences_of) >= 0).all()


def test_spans_are_those_of_the_text_as_given(document: Document) -> None:
    tokens = encode_document(document, Letters())
    given = [
        document.text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)
    ]
    assert "&amp;" in given
    assert [span for span in given if len(span) == 1][:3] == ["C", "h", "u"]
    assert (np.diff(tokens.starts) >= 0).all()


def test_a_long_document_is_the_same_from_a_file(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = encode_document(document, Letters())
    monkeypatch.setattr("paraalign.encode.tokens._IN_MEMORY", 50)
    monkeypatch.setattr("paraalign.encode.tokens._CHUNK", 2)
    tokens = encode_document(document, Letters())
    for name in Tokens.__slots__:
        assert np.array_equal(getattr(tokens, name), getattr(expected, name))


def test_progress_is_told_sentence_counts(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paraalign.encode.tokens._CHUNK", 3)
    told: list[tuple[int, int]] = []
    encode_document(document, Letters(), progress=lambda *counts: told.append(counts))
    assert told == [(3, 4), (4, 4)]


def test_documents_are_encoded_as_one_series(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = encode_document(document, Letters())
    monkeypatch.setattr("paraalign.encode.tokens._CHUNK", 3)
    told: list[tuple[int, int]] = []
    pair = encode_documents(
        [document, document], Letters(), progress=lambda *counts: told.append(counts)
    )
    assert told == [(3, 8), (6, 8), (8, 8)]
    for tokens in pair:
        for name in Tokens.__slots__:
            assert np.array_equal(getattr(tokens, name), getattr(expected, name))


def test_an_empty_document_has_no_tokens() -> None:
    tokens = encode_document(build_document([], "fr"), Letters())
    assert len(tokens.starts) == len(tokens.words) == len(tokens.weights) == 0
