"""Values are read in every convention, and reading never fails or leaves the text."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraalign.values import find_values, same_value

NUMBERS = st.integers(min_value=2, max_value=999_999)


@pytest.mark.parametrize(
    ("text", "lang", "amounts"),
    [
        ("quatre-vingt-dix-sept", "fr", [97]),
        ("soixante et onze", "fr", [71]),
        ("deux cent mille", "fr", [200_000]),
        ("trois millions deux cent mille", "fr", [3_200_000]),
        ("une dizaine", "fr", [1, 10]),
        ("hai mươi mốt", "vi", [21]),
        ("mười lăm", "vi", [15]),
        ("một trăm linh năm", "vi", [105]),
        ("hai trăm nghìn tỷ", "vi", [200_000_000_000_000]),
        ("1,5 triệu", "vi", [1_500_000]),
        ("hai mươi năm", "vi", [20]),
        ("twenty-one", "en", [21]),
        ("two hundred and five", "en", [205]),
        ("XIXe siècle", "fr", [19, 100]),
    ],
)
def test_numbers_in_words_count_what_they_say(text: str, lang: str, amounts: list[int]) -> None:
    assert [int(max(value.amounts)) for value in find_values(text, lang)] == amounts


@given(NUMBERS)
def test_every_grouping_of_a_number_shares_a_reading(number: int) -> None:
    french = f"{number:,} tonnes".replace(",", " ")
    vietnamese = f"{number:,} tấn".replace(",", ".")
    one, other = find_values(french, "fr"), find_values(vietnamese, "vi")
    assert len(one) == len(other) == 1
    assert same_value(one[0], other[0])
    assert Fraction(number) in one[0].readings


@given(st.text(alphabet="0123456789.,:/-– hàngăm mươi trăm et cent vingt XIVe%€", max_size=60))
def test_values_are_disjoint_in_order_and_inside_the_text(text: str) -> None:
    for lang in ("fr", "vi", "en", "xx"):
        places = [place for value in find_values(text, lang) for place in (value.start, value.end)]
        assert places == sorted(places)
        assert all(0 <= place <= len(text) for place in places)
