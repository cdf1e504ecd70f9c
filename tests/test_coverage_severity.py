"""Gravity: what is touched decides."""

import pytest

from paraalign.checks.coverage.severity import gravity
from paraalign.model import Severity


@pytest.mark.parametrize(
    ("text", "lang", "content_count", "expected"),
    [
        ("internationale", "fr", 1, Severity.MINOR),
        ("văn hóa", "vi", 1, Severity.MINOR),
        ("la mise en œuvre", "fr", 2, Severity.MAJOR),
        ("doivent être informés", "fr", 1, Severity.CRITICAL),
        ("phải báo cáo", "vi", 1, Severity.CRITICAL),
        ("ne peut pas voter", "fr", 2, Severity.CRITICAL),
        ("les 12 pays membres", "fr", 2, Severity.CRITICAL),
        ("avec la ville de Toulouse", "fr", 2, Severity.CRITICAL),
    ],
)
def test_what_is_touched_decides(
    text: str, lang: str, content_count: int, expected: Severity
) -> None:
    assert gravity(text, lang, content_count) is expected


def test_a_language_without_lists_goes_by_content() -> None:
    assert gravity("mag nicht", "xx", 1) is Severity.MINOR
    assert gravity("mag nicht", "xx", 2) is Severity.MAJOR
