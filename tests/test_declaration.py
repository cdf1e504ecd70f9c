"""The first case, end to end: what a user of the declaration must be shown."""

from collections.abc import Iterator

import pytest

import paraalign as pa
from paraalign.model import Document, Finding, Kind, Report, Role, Severity, Span

LABELS = [
    "title",
    "subtitle",
    "1",
    "1, par. 2",
    "2",
    "3",
    "3.1",
    "3.2",
    "3.3",
    "3.4",
    "4",
    "5",
    "5, par. 2",
    "5, par. 3",
    "closing",
    "signature",
]


@pytest.fixture(scope="module", params=["e5", "none"])
def report(request: pytest.FixtureRequest) -> Report:
    return pa.check(*pa.corpora.declaration(), options=pa.Options(encoder=request.param))


@pytest.fixture(scope="module")
def full_report() -> Report:
    return pa.check(*pa.corpora.declaration())


def blocks(document: Document) -> list[str]:
    return [document.given(document.clauses[index].span) for index in document.leaves()]


def quotes(document: Document, spans: tuple[Span, ...]) -> list[str]:
    return [document.read(span) for span in spans]


def found(report: Report, kind: Kind) -> Iterator[tuple[list[str], list[str], Finding]]:
    for finding in report.findings:
        if finding.kind is kind:
            source = quotes(report.source, finding.source)
            yield source, quotes(report.target, finding.target), finding


def clause_number(document: Document, index: int | None) -> str | None:
    return None if index is None else document.clauses[index].number


def test_each_side_has_the_sixteen_blocks_of_the_gold(report: Report) -> None:
    gold = pa.corpora.gold("clauses")
    assert blocks(report.source) == [pair["fr"] for pair in gold]
    assert [" ".join(block.split()) for block in blocks(report.target)] == [
        " ".join(pair["vi"].split()) for pair in gold
    ]


def test_blocks_are_labelled_as_a_person_would(report: Report) -> None:
    for document in (report.source, report.target):
        assert [document.clauses[index].label for index in document.leaves()] == LABELS


def test_sections_hold_what_stands_below_a_number(report: Report) -> None:
    for document in (report.source, report.target):
        sections = [clause.number for clause in document.clauses if clause.role is Role.SECTION]
        assert sections == ["1", "3", "5"]


def test_every_block_is_linked_to_its_counterpart(report: Report) -> None:
    links = [
        (report.source.clauses[link.source[0]].label, report.target.clauses[link.target[0]].label)
        for link in report.links.clauses
    ]
    assert all(len(link.source) == len(link.target) == 1 for link in report.links.clauses)
    assert all(source == target for source, target in links)


def test_the_texts_are_said_to_be_versions_of_each_other(report: Report) -> None:
    assert report.parallel


def test_a_name_replaced_by_a_description_is_found(full_report: Report) -> None:
    assert any(
        source == ["Cités Unies France"] and target == ["Hiệp hội các địa phương Pháp"]
        for source, target, _ in found(full_report, Kind.ENTITY)
    )


def test_a_disease_replaced_by_a_common_noun_is_found(full_report: Report) -> None:
    assert any(
        "Covid-19" in " ".join(source) and "đại dịch" in " ".join(target)
        for source, target, _ in found(full_report, Kind.ENTITY)
    )


def test_the_added_word_is_found_alone(full_report: Report) -> None:
    assert any(
        target == ["văn hóa"] and clause_number(full_report.target, finding.target_clause) == "3.3"
        for _, target, finding in found(full_report, Kind.ADDITION)
    )


def test_the_missing_ordinal_is_found(report: Report) -> None:
    assert any(
        source == ["12 èmes"] and not target for source, target, _ in found(report, Kind.NUMBER)
    )


def test_the_added_duration_is_found(report: Report) -> None:
    assert any(
        "ba ngày" in " ".join(target)
        and not source
        and clause_number(report.target, finding.target_clause) == "3"
        for source, target, finding in found(report, Kind.NUMBER)
    )


def test_the_sentence_that_breaks_off_is_found(report: Report) -> None:
    broken = report.target.text.index("những khó khăn của.")
    assert any(
        broken <= span.start and span.end <= broken + len("những khó khăn của.")
        for _, _, finding in found(report, Kind.TRUNCATION)
        for span in finding.target
    )


def test_ids_are_unique_and_stay(report: Report) -> None:
    ids = [finding.id for finding in report.findings]
    assert len(set(ids)) == len(ids)
    encoder = "none" if report.signature["encoder"] == "none" else "e5"
    again = pa.check(*pa.corpora.declaration(), options=pa.Options(encoder=encoder))
    assert [finding.id for finding in again.findings] == ids


def test_one_file_with_both_versions_gives_the_same_report(report: Report) -> None:
    encoder = "none" if report.signature["encoder"] == "none" else "e5"
    one = pa.check(pa.corpora.bilingual(), options=pa.Options(encoder=encoder))
    assert [shape(one, f) for f in one.findings] == [shape(report, f) for f in report.findings]
    assert blocks(one.source) == blocks(report.source)


def shape(report: Report, finding: Finding) -> tuple[object, ...]:
    return (
        finding.kind,
        finding.severity,
        quotes(report.source, finding.source),
        quotes(report.target, finding.target),
        finding.message,
    )


def test_a_press_report_is_said_to_be_no_version(report: Report) -> None:
    encoder = "none" if report.signature["encoder"] == "none" else "e5"
    french, _ = pa.corpora.declaration()
    other = pa.check(french, pa.corpora.press(), options=pa.Options(encoder=encoder))
    assert not other.parallel
    assert [finding.severity for finding in other.findings] == [Severity.CRITICAL]
