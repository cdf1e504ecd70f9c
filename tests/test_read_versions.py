"""Versions: one file that holds two texts is cut where the language changes, and nowhere else."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_read import TEXTS, lost_characters

from paraalign.errors import InputError
from paraalign.read import read_file, read_text, split_languages

DECLARATION = Path(__file__).parents[1] / "corpora" / "declaration"
FRENCH = [
    "Article premier",
    "Les parties contractantes ont convenu des dispositions suivantes.",
    "1. La coopération entre les deux pays est renforcée dans tous les domaines.",
    "2. Elles se consultent chaque année, à Paris ou à Hanoï.",
    "2026",
    "Fait à Hanoï, le 15 avril 2023",
]
VIETNAMESE = [
    "Điều 1",
    "Các bên ký kết đã thỏa thuận những điều khoản sau đây.",
    "1. Hợp tác giữa hai nước được tăng cường trong mọi lĩnh vực.",
    "2. Hai bên tham vấn lẫn nhau hằng năm, tại Paris hoặc Hà Nội.",
    "2026",
    "Làm tại Hà Nội, ngày 15 tháng 4 năm 2023",
]


def test_the_bilingual_declaration_is_cut_between_its_versions() -> None:
    reading = read_file(DECLARATION / "bilingual.txt")
    (one, french), (other, vietnamese) = split_languages(reading)
    assert (one, other) == ("fr", "vi")
    assert french.view.text.startswith("DECLARATION FINALE")
    assert vietnamese.view.text.startswith("TUYÊN BỐ CHUNG")
    assert [len(french.blocks), len(vietnamese.blocks)] == [16, 16]
    assert vietnamese.offset == len(french.view.given)


@pytest.mark.parametrize("name", ["fr.md", "vi.md"])
def test_a_part_of_the_bilingual_file_reads_as_its_own_file(name: str) -> None:
    parts = dict(split_languages(read_file(DECLARATION / "bilingual.txt")))
    part, whole = parts[name[:2]], read_file(DECLARATION / name)
    texts = [
        [each.view.read(block.span) for block in each.blocks] for each in (part, whole)
    ]  # fmt: skip
    assert texts[0] == texts[1]


@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n\n\n"])
@pytest.mark.parametrize("turned", [False, True])
def test_either_order_and_any_gap(gap: str, turned: bool) -> None:  # noqa: FBT001
    one, other = (VIETNAMESE, FRENCH) if turned else (FRENCH, VIETNAMESE)
    text = "\n\n".join(one) + gap + "\n\n".join(other)
    parts = split_languages(read_text(text, format="txt"))
    assert [lang for lang, _ in parts] == (["vi", "fr"] if turned else ["fr", "vi"])
    assert parts[1][1].view.given == "\n\n".join(other)


def test_each_part_says_where_it_starts() -> None:
    text = "\n\n".join(FRENCH) + "\n\n" + "\n\n".join(VIETNAMESE)
    for _, part in split_languages(read_text(text, format="txt")):
        assert text[part.offset :].startswith(part.view.given)


@pytest.mark.parametrize(
    "extra",
    [
        "Il a dit : « The rest is silence, and nothing else is left to say. »",
        "Chúng tôi trân trọng cảm ơn.",
        "Trần Đức Thắng, Nguyễn Thị Hồng",
    ],
)
@pytest.mark.parametrize("place", [0, 3, 6])
def test_a_foreign_quotation_is_no_version(extra: str, place: int) -> None:
    blocks = [*FRENCH * 3]
    blocks.insert(place, extra)
    parts = split_languages(read_text("\n\n".join(blocks), format="txt"))
    assert [lang for lang, _ in parts] == ["fr"]


def test_three_versions_in_one_file() -> None:
    english = [
        "Article 1",
        "The contracting parties have agreed upon the following provisions.",
        "1. The cooperation between the two countries shall be strengthened in all fields.",
        "2. They shall consult each other every year, in Paris or in Hanoi.",
    ]
    text = "\n\n".join([*FRENCH, *VIETNAMESE, *english])
    parts = split_languages(read_text(text, format="txt"))
    assert [lang for lang, _ in parts] == ["fr", "vi", "en"]


@settings(deadline=None)
@given(st.lists(st.one_of(TEXTS, st.sampled_from(FRENCH + VIETNAMESE)), max_size=8))
def test_the_parts_cover_the_text_and_lose_nothing(blocks: list[str]) -> None:
    text = "\n\n".join(blocks)
    try:
        parts = split_languages(read_text(text, format="txt"))
    except InputError:
        return
    assert "".join(part.view.given for _, part in parts) == text
    assert not any(lost_characters(part) for _, part in parts)
