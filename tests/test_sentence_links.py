"""Sentences are linked within linked clauses, each in exactly one link."""

from align_builder import document
from hypothesis import given, settings
from hypothesis import strategies as st

from paraalign.align.clauses import link_clauses
from paraalign.align.comparison import Comparison
from paraalign.align.options import AlignOptions, UnitKind
from paraalign.align.sentences import link_sentences
from paraalign.lexicon import load_lexicon
from paraalign.model import Document, Link

FRENCH = [
    "Chacun a droit à la liberté d'opinion.|Le gouvernement protège l'environnement et l'eau.",
    "La culture et le tourisme sont encouragés à Hanoï.|Les écoles sont publiques.",
    "Les entreprises paient des impôts.",
]
VIETNAMESE = [
    "Mọi người đều có quyền tự do ý kiến.|Chính phủ bảo vệ môi trường và nước.",
    "Văn hóa và du lịch được khuyến khích tại Hà Nội.",
    "Các doanh nghiệp|nộp thuế.",
]
WORDS = ("maison", "2023", "Hanoï", "eau", "liberté", "droit", "12", "projet", "|")
UNITS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join), max_size=6)


def sentence_links(
    first: list[str],
    second: list[str],
    *,
    units: UnitKind = "clauses",
    langs: tuple[str, str] = ("fr", "vi"),
) -> tuple[Document, Document, tuple[Link, ...]]:
    source, target = document(first, langs[0]), document(second, langs[1])
    lexicon, options = load_lexicon(*langs), AlignOptions(units=units)
    comparison = Comparison(source, target, None, lexicon)
    clauses = link_clauses(comparison, options=options)
    found = link_sentences(comparison, clauses, options=options)
    return source, target, found


def test_sentences_link_within_their_clauses() -> None:
    _, _, found = sentence_links(FRENCH, VIETNAMESE)
    assert [link[:2] for link in found] == [
        ((0,), (0,)),
        ((1,), (1,)),
        ((2,), (2,)),
        ((3,), ()),
        ((4,), (3, 4)),
    ]


def test_sentences_link_over_the_whole_text() -> None:
    _, _, found = sentence_links(FRENCH, VIETNAMESE, units="sentences")
    assert ((0,), (0,)) in [link[:2] for link in found]
    assert ((3,), ()) in [link[:2] for link in found]


def test_lines_link_as_their_clauses_do() -> None:
    units = [unit.replace("|", " ") for unit in FRENCH]
    others = [unit.replace("|", " ") for unit in VIETNAMESE]
    _, _, found = sentence_links(units, others, units="lines")
    assert [link[:2] for link in found] == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]


def test_sentences_of_an_unlinked_clause_are_gaps() -> None:
    source, target = document(FRENCH[:1], "fr"), document([], "vi")
    found = link_sentences(Comparison(source, target), (Link((0,), ()),), options=AlignOptions())
    assert [link[:2] for link in found] == [((0,), ()), ((1,), ())]


@settings(deadline=None, max_examples=25)
@given(UNITS, UNITS, st.sampled_from(("clauses", "sentences")))
def test_every_sentence_is_in_exactly_one_link(
    first: list[str], second: list[str], units: UnitKind
) -> None:
    source, target, found = sentence_links(first, second, units=units, langs=("fr", "en"))
    assert sorted(i for link in found for i in link.source) == list(range(len(source.sentences)))
    assert sorted(j for link in found for j in link.target) == list(range(len(target.sentences)))
    assert all(len(link.source) <= 8 and len(link.target) <= 8 for link in found)
