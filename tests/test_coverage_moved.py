"""A phrase that moved to another clause: one mild finding, not an omission and an addition."""

import pytest

from paraalign import Options, check
from paraalign.model import Kind, Report, Severity
from paraalign.read import read_text

SOURCE = """1. La conférence s'est tenue à Hanoï le 13 avril 2023{here}.
2. Les participants réaffirment leur volonté de renforcer les échanges.
3. Ils appellent les gouvernements à soutenir les projets.
"""
TARGET = """1. Hội nghị được tổ chức tại Hà Nội ngày 13 tháng 4 năm 2023{here}.
2. Các đại biểu tái khẳng định mong muốn tăng cường trao đổi{there}.
3. Họ kêu gọi các chính phủ hỗ trợ các dự án.
"""
MINISTERS = " en présence des ministres de la santé publique et de l'éducation"
BO_TRUONG = ", với sự có mặt của các bộ trưởng y tế công cộng và giáo dục"
OTHER = ", nhưng không quyết định gì về hàng không và thủy lợi"


def report_of(here: str, target_here: str, target_there: str) -> Report:
    source, target = (
        SOURCE.format(here=here),
        TARGET.format(here=target_here, there=target_there),
    )
    options = Options(source_lang="fr", target_lang="vi", select=("coverage",))
    readings = (read_text(text, format="txt") for text in (source, target))
    return check(*readings, options=options)


def test_a_phrase_in_another_clause_is_one_mild_finding() -> None:
    report = report_of(MINISTERS, "", BO_TRUONG)
    [found] = report.findings
    assert (found.check, found.kind, found.severity) == (
        "coverage-moved",
        Kind.STRUCTURE,
        Severity.MINOR,
    )
    assert "ministres de la santé publique" in report.source.given(found.source[0])
    assert "bộ trưởng y tế công cộng" in report.target.given(found.target[0])
    assert " 1 " in found.message
    assert " 2 " in found.message


@pytest.mark.parametrize(
    ("here", "target_here", "target_there", "kinds"),
    [
        (MINISTERS, BO_TRUONG, "", set()),
        (MINISTERS, "", "", {Kind.OMISSION}),
        ("", "", BO_TRUONG, {Kind.ADDITION}),
        (MINISTERS, "", OTHER, {Kind.OMISSION, Kind.ADDITION}),
    ],
    ids=["nothing moved", "left out", "added", "left out here, something else there"],
)
def test_what_did_not_move_is_not_said_to_have(
    here: str, target_here: str, target_there: str, kinds: set[Kind]
) -> None:
    report = report_of(here, target_here, target_there)
    assert "coverage-moved" not in {found.check for found in report.findings}
    assert kinds <= {found.kind for found in report.findings}
