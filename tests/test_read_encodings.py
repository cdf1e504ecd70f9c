"""Encodings: told from the bytes alone, or refused with the place of the fault."""

import pytest
from conftest import load_cases
from hypothesis import given
from hypothesis import strategies as st

from paraalign.errors import InputError
from paraalign.read.encodings import decode
from paraalign.read.reader import read_text

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1)
FRENCH = st.lists(
    st.sampled_from(["été", "à", "ça", "l’œuvre", "« Noël »", "où", "être", "de", "la", "paix"]),
    min_size=4,
).map(" ".join)


@pytest.mark.parametrize("case", load_cases("encodings"))
def test_the_encoding_is_found(case: dict[str, str]) -> None:
    assert decode(case["input"].encode(case["codec"])) == (case["input"], case["expected"])


@given(TEXTS)
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode())[0] == text


@given(TEXTS)
def test_utf16_with_a_mark_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode("utf-16"))[0] == text


@given(FRENCH)
def test_french_in_windows_1252_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode("cp1252"))[0] == text


@given(st.binary(max_size=60))
def test_bytes_decode_or_are_refused_with_the_place(data: bytes) -> None:
    try:
        outcome = decode(data)[0]
    except InputError as error:
        outcome = f"byte offset in {error}" if "byte offset" in str(error) else ""
    assert outcome or not data


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("été".encode() * 20 + b"\xe9", "byte offset 100: .*; tried utf-8$"),
        (b"\xff\xfea\x00b", "byte offset 4: truncated data; tried utf-16-le$"),
        (b"ab \x81\x8d", "byte offset 3: .*; tried utf-8, windows-1258, windows-1252$"),
        (b"PK\x03\x04abc", "byte offset 0: is a ZIP archive"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "byte offset 7: control character"),
    ],
)
def test_a_refusal_says_where_and_what_was_tried(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=f"^a.txt: {message}"):
        decode(data, path="a.txt")


def test_windows_1258_composes_in_the_view() -> None:
    text, _ = decode(
        "Hô\u0323i nghi\u0323 hơ\u0323p ta\u0301c ca\u0301c đi\u0323a".encode("cp1258")
    )
    assert read_text(text).view.text == "Hội nghị hợp tác các địa"
