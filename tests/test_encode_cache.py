"""Kept vectors are those of the encoder; whatever happens to the file, a run goes on."""

import logging
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from conftest import build_document

from paraalign import Options, align, corpora
from paraalign.encode import TokenVectors, encode_document, load_encoder
from paraalign.encode.cache import CachedEncoder, cache_path

TEXTS = [
    "La coopération décentralisée",
    "",
    "Hợp tác phi tập trung",
    "La coopération décentralisée",
]


class Counting:
    """An encoder that gives each character a vector and notes what it is asked."""

    name = "counting"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return one token a character."""
        self.asked += texts
        return [self._encode(text) for text in texts]

    def _encode(self, text: str) -> TokenVectors:
        codes = np.array([ord(char) / 7 for char in text], np.float32)
        places = np.arange(len(text) + 1, dtype=np.int32)
        return TokenVectors(
            starts=places[:-1],
            ends=places[1:],
            words=np.stack([codes, codes + 1, codes + 2], axis=1),
            sentences=np.stack([codes + 3, codes + 4], axis=1),
            weights=(codes / 9).astype(np.float32),
        )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "tokens.sqlite"


def as_in_table(vectors: TokenVectors) -> list[list[float]]:
    halves = (
        side.astype(np.float16).ravel().tolist() for side in (vectors.words, vectors.sentences)
    )
    return [vectors.starts.tolist(), vectors.ends.tolist(), vectors.weights.tolist(), *halves]


def assert_right(found: list[TokenVectors]) -> None:
    expected = Counting().encode(TEXTS)
    assert [as_in_table(one) for one in found] == [as_in_table(one) for one in expected]
    assert [one.words.shape for one in found] == [one.words.shape for one in expected]
    assert {one.words.dtype for one in found} == {np.dtype(np.float32)}


def test_a_text_is_encoded_once(path: Path) -> None:
    inner = Counting()
    assert_right(CachedEncoder(inner, path).encode(TEXTS))
    assert_right(CachedEncoder(inner, path).encode(TEXTS))
    assert inner.asked == list(dict.fromkeys(TEXTS))


def test_only_what_is_new_is_encoded(path: Path) -> None:
    inner = Counting()
    CachedEncoder(inner, path).encode(TEXTS)
    inner.asked.clear()
    CachedEncoder(inner, path).encode([*TEXTS, "Une phrase de plus"])
    assert inner.asked == ["Une phrase de plus"]


def test_the_name_is_the_encoder_s(path: Path) -> None:
    assert CachedEncoder(Counting(), path).name == "counting"


def test_another_encoder_has_vectors_of_its_own(path: Path) -> None:
    CachedEncoder(Counting(), path).encode(TEXTS)
    other = Counting()
    other.name = "another"
    CachedEncoder(other, path).encode(TEXTS)
    assert len(other.asked) == 3


def test_a_model_in_a_folder_is_known_by_when_it_changed(path: Path, tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.mkdir()
    asked = []
    for content in ("one", "two"):
        (model / content).write_text(content, encoding="utf-8")
        inner = Counting()
        inner.name = str(model)
        CachedEncoder(inner, path).encode(TEXTS)
        asked.append(len(inner.asked))
    assert asked == [3, 3]


@pytest.mark.parametrize("damage", [b"", b"not a database, but longer than its head" * 9])
def test_a_damaged_file_is_made_anew(path: Path, damage: bytes) -> None:
    inner = Counting()
    CachedEncoder(inner, path).encode(TEXTS)
    path.write_bytes(damage)
    for _ in range(3):
        assert_right(CachedEncoder(inner, path).encode(TEXTS))
    inner.asked.clear()
    assert_right(CachedEncoder(inner, path).encode(TEXTS))
    assert inner.asked == []


def test_a_damaged_entry_is_encoded_anew(path: Path) -> None:
    inner = Counting()
    CachedEncoder(inner, path).encode(TEXTS)
    with sqlite3.connect(path) as database:
        database.execute("UPDATE vectors SET value = zeroblob(length(value)) WHERE place = 1")
        database.execute("UPDATE vectors SET value = x'00' WHERE place = 3")
    database.close()
    inner.asked.clear()
    assert_right(CachedEncoder(inner, path).encode(TEXTS))
    assert inner.asked == [TEXTS[0], TEXTS[2]]
    assert_right(CachedEncoder(inner, path).encode(TEXTS))
    assert len(inner.asked) == 2


def test_where_nothing_can_be_written_nothing_is_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    encoder = CachedEncoder(Counting(), tmp_path / "file" / "tokens.sqlite")
    with caplog.at_level(logging.WARNING, "paraalign.encode"):
        assert_right(encoder.encode(TEXTS))
        assert_right(encoder.encode(TEXTS))
    assert len(caplog.records) == 1


def test_a_file_that_can_only_be_read_is_read(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    inner = Counting()
    CachedEncoder(inner, path).encode(TEXTS)

    def refuse(*_: object, **__: object) -> None:
        message = "attempt to write a readonly database"
        raise sqlite3.OperationalError(message)

    monkeypatch.setattr("paraalign.encode.cache._make_room", refuse)
    inner.asked.clear()
    assert_right(CachedEncoder(inner, path).encode(TEXTS))
    assert inner.asked == []
    CachedEncoder(inner, path).encode(["neuf"])
    CachedEncoder(inner, path).encode(["neuf"])
    assert inner.asked == ["neuf", "neuf"]
    assert "readonly" in caplog.text


def test_the_file_stays_below_its_limit(path: Path) -> None:
    encoder = CachedEncoder(Counting(), path, limit=300_000)
    for number in range(60):
        encoder.encode([f"{number} " + "x" * 1_000])
        assert path.stat().st_size <= 340_000
    inner = Counting()
    CachedEncoder(inner, path).encode(["0 " + "x" * 1_000, "59 " + "x" * 1_000])
    assert inner.asked == ["0 " + "x" * 1_000]


def test_many_processes_may_keep_vectors_at_once(path: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from test_encode_cache import Counting, CachedEncoder\n"
        "encoder = CachedEncoder(Counting(), Path(sys.argv[2]))\n"
        "for number in range(40): encoder.encode([f'{sys.argv[3]} {number}', f'both {number}'])\n"
    )
    command = [sys.executable, "-c", program, str(Path(__file__).parent), str(path)]
    running = [subprocess.Popen([*command, name]) for name in ("one", "two")]
    assert [process.wait() for process in running] == [0, 0]
    inner = Counting()
    texts = [f"{name} {number}" for name in ("one", "two", "both") for number in range(40)]
    CachedEncoder(inner, path).encode(texts)
    assert inner.asked == []


def test_lone_surrogates_have_keys(path: Path) -> None:
    encoder = CachedEncoder(Counting(), path)
    assert len(encoder.encode(["\ud800"])[0].starts) == 1


def test_the_table_of_tokens_is_the_same_with_and_without(path: Path) -> None:
    document = build_document(["Un texte.", "Et un autre."], "fr")
    plain = encode_document(document, Counting())
    for _ in range(2):
        kept = encode_document(document, CachedEncoder(Counting(), path))
        assert np.array_equal(plain.words, kept.words)
        assert np.array_equal(plain.sentences, kept.sentences)
        assert np.array_equal(plain.weights, kept.weights)


def test_the_cache_lies_in_the_user_s_folder() -> None:
    assert cache_path().is_absolute()
    assert "paraalign" in cache_path().parts


def test_a_report_is_the_same_with_a_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paraalign.encode.cache.cache_path", lambda: tmp_path / "tokens.sqlite")
    reports = [align(*corpora.declaration(), options=Options(cache=each)) for each in (False, True)]
    reports.append(align(*corpora.declaration(), options=Options(cache=True)))
    assert (tmp_path / "tokens.sqlite").stat().st_size > 100_000
    names = ["plain.json", "first.json", "second.json"]
    for name, report in zip(names, reports, strict=True):
        report.save(tmp_path / name)
    assert len({(tmp_path / name).read_bytes() for name in names}) == 1


def test_an_encoder_of_ours_stays_loaded() -> None:
    assert load_encoder("e5") is load_encoder("e5")
