from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from paraalign.errors import InputError
from paraalign.lexicon import load_lexicon
from paraalign.lexicon.bilingual import TableLexicon
from paraalign.lexicon.build import Draft, build_package, set_shares
from paraalign.lexicon.command import lexicon as command
from paraalign.lexicon.corpus import TextPair, learn_figures
from paraalign.lexicon.folding import fold
from paraalign.lexicon.forms import form_table
from paraalign.lexicon.joining import Functions, join_learned
from paraalign.lexicon.learning import Corpus, learn
from paraalign.lexicon.sources import (
    Row,
    read_confirmed,
    read_function_words,
    read_row,
    read_rows,
    read_sources,
)
from paraalign.lexicon.table import Table

SOURCES = Path(__file__).parents[1] / "lexicon"
ROWS = [
    Row("paix", "n", "general", ("hòa bình", "yên bình")),
    Row("guerre", "n", "general", ("chiến tranh",)),
    Row("traité de paix", "term", "law", ("hiệp ước hòa bình",)),
]
PAIRS = [
    TextPair("la paix", "hòa bình", 6.0),
    TextPair("la guerre", "chiến tranh", 6.0),
    TextPair("la zorgue et la paix", "trò quậy và hòa bình", 6.0),
    TextPair("la zorgue et la guerre", "trò quậy và chiến tranh", 6.0),
    TextPair("une zorgue", "một trò quậy", 6.0),
]


def build(rows: list[Row]) -> bytes:
    draft = Draft.of(rows)
    set_shares(draft)
    return build_package(draft, version="t", weights=({}, {}), function_words=[])


def learned_package() -> bytes:
    draft = Draft.of(ROWS)
    set_shares(draft)
    table = Table.read(build(ROWS))
    figures = learn_figures(PAIRS, table, {})
    join_learned(draft, figures, Functions(frozenset({"la", "et", "une"}), frozenset({"va2"})))
    return build_package(draft, version="t", weights=({}, {}), function_words=[])


def test_the_same_sources_give_the_same_bytes() -> None:
    assert build(ROWS) == build(ROWS)


def test_the_same_segments_give_the_same_bytes() -> None:
    assert learned_package() == learned_package()


def test_learning_adds_pairs_that_no_one_wrote() -> None:
    lexicon = TableLexicon(Table.read(learned_package()))
    assert {rendering.origin for rendering in lexicon.renderings("zorgue")} == {"learned"}
    assert lexicon.renderings("la") == []


def test_of_what_learning_found_only_confirmed_pairs_are_taken() -> None:
    drafts = []
    for confirmed in (frozenset({("zorgue", fold("trò quậy", "vi"))}), frozenset()):
        draft = Draft.of(ROWS)
        set_shares(draft)
        figures = learn_figures(PAIRS, Table.read(build(ROWS)), {})
        functions = Functions(frozenset({"la", "et", "une"}), frozenset({"va2"}))
        join_learned(draft, figures, functions, confirmed)
        drafts.append(draft)
    assert "zorgue" not in drafts[1].pairs
    assert set(drafts[0].pairs.get("zorgue", {})) <= {fold("trò quậy", "vi")}


def test_what_ships_of_learning_was_confirmed() -> None:
    confirmed = read_confirmed(SOURCES / "confirmed.tsv")
    loaded = load_lexicon("fr", "vi")
    assert confirmed
    assert loaded
    table = loaded.table
    rows = np.flatnonzero(table.pairs.origins == table.names["origins"].index("learned"))
    pairs = {
        (table.left.keys[table.pairs.lefts[row]], table.right.keys[table.pairs.rights[row]])
        for row in rows
    }
    assert pairs <= confirmed
    assert len(pairs) > 100


def test_a_folder_without_confirmed_pairs_takes_what_learning_finds(tmp_path: Path) -> None:
    assert read_confirmed(tmp_path / "confirmed.tsv") is None


@pytest.mark.parametrize(
    ("lemma", "form"),
    [("comprendre", "comprise"), ("permettre", "permis"), ("finir", "finies"), ("devoir", "dû")],
)
def test_participles_lead_to_their_verb(lemma: str, form: str) -> None:
    assert lemma in form_table({lemma: ["v"]}, {})[form]


def test_a_compound_is_found_without_its_hyphen() -> None:
    draft = Draft.of([Row("socio-économique", "adj", "general", ("kinh tế - xã hội",))])
    assert draft.forms["socioéconomiques"] == ["socio économique"]


def test_learning_finds_the_word_that_goes_along() -> None:
    corpus = Corpus.of([((0, 1), (5, 6)), ((0, 2), (5, 7)), ((1,), (6,))], [1.0, 1.0, 1.0])
    learned = learn(corpus)
    best = {
        int(word): int(
            learned.targets[learned.sources == word][
                np.argmax(learned.onward[learned.sources == word])
            ]
        )
        for word in (0, 1, 2)
    }
    assert best == {0: 5, 1: 6, 2: 7}


def test_shares_of_a_word_sum_to_one() -> None:
    lexicon = TableLexicon(Table.read(build(ROWS)))
    assert sum(one.probability for one in lexicon.renderings("paix")) == pytest.approx(1, abs=1e-3)


def test_a_form_of_two_words_leads_to_both() -> None:
    table = form_table({"porte": ["n"], "porter": ["v"]}, {})
    assert table["portes"] == ["porte", "porter"]


def test_a_row_without_three_columns_is_refused() -> None:
    with pytest.raises(InputError, match="2 columns"):
        read_row("eau\tnước", "words")


def test_the_sources_can_be_read_whole() -> None:
    rows = read_sources(SOURCES)
    assert len(rows) > 17_000
    assert not [row for row in rows if "\t" in row.text or not row.text.strip()]


def test_further_renderings_stand_after_those_that_a_word_has() -> None:
    rows = [ROWS[0], Row("paix", "n", "general", ("thái bình",), further=True)]
    assert [pair.rank for pair in Draft.of(rows).pairs["paix"].values()] == [0, 1, 2]


def test_no_further_rendering_repeats_an_older_one() -> None:
    names = ("fr-vi.tsv", "additions.tsv")
    known = Draft.of([row for name in names for row in read_rows(SOURCES / name, "words")]).pairs
    further = read_rows(SOURCES / "senses.tsv", "senses")
    assert len(further) > 1000
    keys = [(fold(row.text, "fr"), fold(one, "vi")) for row in further for one in row.renderings]
    assert not [(word, rendering) for word, rendering in keys if rendering in known.get(word, {})]


def test_at_least_2200_entries_were_added() -> None:
    added = [
        line
        for name in ("additions.tsv", "more-terms.tsv")
        for line in (SOURCES / name).read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert len(added) >= 2200
    assert len(set(added)) == len(added)


def test_function_words_of_both_languages_are_flagged() -> None:
    loaded = load_lexicon("fr", "vi")
    assert loaded
    known = loaded.table.function_words
    assert known["vi", "sư5"][0] == "nominaliser"
    assert known["fr", "ne"][0] == "negation"
    assert ("fr", "paix") not in known


def test_every_function_word_has_four_columns() -> None:
    words = read_function_words(SOURCES / "function-words.tsv")
    assert {word.lang for word in words} == {"fr", "vi"}
    assert all(word.renderings for word in words)


def test_the_package_is_made_from_the_sources_that_are_there() -> None:
    loaded = load_lexicon("fr", "vi")
    assert loaded
    keys = {rendering.text for rendering in loaded.renderings("souveraineté")}
    assert "chủ quyền" in keys


def test_look_shows_both_directions_and_senses() -> None:
    result = CliRunner().invoke(command, ["look", "văn hóa"])
    assert result.exit_code == 0
    assert "culture  n" in result.output


def test_look_says_what_particles_stand_for() -> None:
    result = CliRunner().invoke(command, ["look", "các"])
    assert "plural: les" in result.output


def test_look_refuses_what_it_does_not_know() -> None:
    result = CliRunner().invoke(command, ["look", "xyzzy"])
    assert result.exit_code == 1
    assert "'xyzzy' is not in the lexicon" in result.output


def test_build_without_data_writes_a_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PARAALIGN_DATA", raising=False)
    (tmp_path / "fr-vi.tsv").write_text("paix\tn\thòa bình\n", encoding="utf-8")
    (tmp_path / "function-words.tsv").write_text("fr\tle\tarticle\t-\n", encoding="utf-8")
    out = tmp_path / "made.lexicon"
    arguments = ["build", "--sources", str(tmp_path), "--out", str(out)]
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 0, result.output
    made = TableLexicon(Table.read(out.read_bytes()))
    assert made.renderings("paix")[0].text == "hòa bình"


def test_build_says_what_is_missing(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        command, ["build", "--sources", str(tmp_path / "no"), "--out", str(tmp_path / "x")]
    )
    assert result.exit_code == 1
    assert "can't be built" in result.output
