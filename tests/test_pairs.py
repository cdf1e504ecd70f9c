"""Pairs that a file makes are judged as pairs, whatever story they tell in whatever order."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraalign import Options, align, corpora
from paraalign.align import Comparison, measure_pairs
from paraalign.lexicon import load_lexicon
from paraalign.model import Link, Report

LABELS = [
    ("Ouvrir un fichier", "Mở tập tin"),
    ("Fermer la fenêtre", "Đóng cửa sổ"),
    ("Nouveau dossier", "Thư mục mới"),
    ("Mot de passe incorrect", "Mật khẩu không đúng"),
    ("Imprimer la page", "In trang này"),
    ("Ajouter une image", "Thêm một hình ảnh"),
    ("Langue du clavier", "Ngôn ngữ bàn phím"),
    ("Adresse du serveur", "Địa chỉ máy chủ"),
]


def written(path: Path, pairs: list[tuple[str, str]]) -> Path:
    rows = "\n".join("\t".join(pair) for pair in [("fr", "vi"), *pairs])
    path.write_text(rows + "\n", encoding="utf-8")
    return path


def judged(path: Path, pairs: list[tuple[str, str]]) -> Report:
    options = Options(encoder="none", source_lang="fr", target_lang="vi")
    return align(written(path, pairs), options=options)


def test_labels_in_no_order_are_pairs(tmp_path: Path) -> None:
    assert judged(tmp_path / "labels.tsv", LABELS).parallel


def test_labels_that_slipped_by_a_line_are_none(tmp_path: Path) -> None:
    targets = [target for _, target in LABELS]
    slipped = [
        (pair[0], other) for pair, other in zip(LABELS, targets[1:] + targets[:1], strict=True)
    ]
    assert not judged(tmp_path / "labels.tsv", slipped).parallel


@pytest.mark.parametrize(("count", "parallel"), [(1, True), (2, True), (4, False)])
def test_one_or_two_pairs_are_believed(tmp_path: Path, count: int, *, parallel: bool) -> None:
    unlike = [(LABELS[n][0], LABELS[n - 4][1]) for n in range(count)]
    assert judged(tmp_path / "labels.tsv", unlike).parallel is parallel


def test_many_unlike_labels_are_pairs_too(tmp_path: Path) -> None:
    numbered = [(f"{a} {n}", f"{b} {n}") for n in range(40) for a, b in LABELS]
    assert judged(tmp_path / "labels.tsv", numbered).parallel


@pytest.fixture(scope="module")
def declaration() -> Report:
    return align(*corpora.declaration(), options=Options(encoder="none"))


def test_what_says_the_same_is_told_from_what_does_not(declaration: Report) -> None:
    lexicon = load_lexicon("fr", "vi")
    comparison = Comparison(declaration.source, declaration.target, None, lexicon)
    links = declaration.links.sentences
    moved = [
        Link(one.source, other.target)
        for one, other in zip(links, [*links[1:], links[0]], strict=True)
    ]
    assert measure_pairs(comparison, links).similarity > 0.95
    assert measure_pairs(comparison, moved).similarity < 0.5


@given(sides=st.lists(st.booleans(), max_size=6))
def test_gaps_alone_are_no_pairs(declaration: Report, sides: list[bool]) -> None:
    comparison = Comparison(declaration.source, declaration.target, None, None)
    gaps = [Link((n,), ()) if side else Link((), (n,)) for n, side in enumerate(sides)]
    assert not measure_pairs(comparison, gaps).parallel


def test_a_file_in_languages_without_a_lexicon_is_believed(tmp_path: Path) -> None:
    path = written(tmp_path / "labels.tsv", [("Datei öffnen", "Abrir archivo")] * 3)
    options = Options(encoder="none", source_lang="de", target_lang="es")
    assert align(path, options=options).parallel
