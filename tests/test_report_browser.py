"""The page in a real browser: filters, keyboard, decisions, linked words, silence on the network.

Needs playwright and a chromium (Debian's: `apt-get install chromium`); skipped without.
"""

import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from report_builder import long_report, small_report

from paraalign import formats
from paraalign.lexicon import lexicon_name, load_lexicon
from paraalign.report.decisions import load_decisions, without_rejected

playwright = pytest.importorskip(
    "playwright.sync_api", reason="playwright drives the browser: pip install playwright"
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
if CHROMIUM is None:
    pytest.skip("no chromium here: apt-get install chromium", allow_module_level=True)

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


@dataclass
class Tab:
    """An open page, and what it said and asked for."""

    page: Any
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def shown(self) -> list[str]:
        """Return the numbers of the findings that are listed."""
        cards = self.page.locator(".f")
        return [str(number) for number in cards.evaluate_all("all => all.map(f => f.dataset.n)")]

    def current(self) -> Any:  # noqa: ANN401 - what the browser says
        """Return the number of the finding that is looked at."""
        return self.page.evaluate("document.querySelector('.f.current')?.dataset.n ?? null")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def tab(
    browser: Any,  # noqa: ANN401 - playwright may be missing
    tmp_path: Path,
) -> Iterator[Tab]:
    path = tmp_path / "report.html"
    formats.write(
        replace(small_report(), signature={"lexicon": lexicon_name(load_lexicon("fr", "vi"))}), path
    )
    context = browser.new_context(viewport={"width": 1600, "height": 900})
    tab = Tab(context.new_page())
    tab.page.on("console", lambda message: tab.said.append(message.text))
    tab.page.on("pageerror", lambda error: tab.said.append(str(error)))
    tab.page.on("request", lambda request: tab.asked.append(request.url))
    tab.page.goto(path.as_uri())
    yield tab
    assert tab.said == []
    assert [url for url in tab.asked if not url.startswith(("file:", "blob:"))] == []
    context.close()


def test_a_kind_is_filtered_away_with_its_marks(tab: Tab) -> None:
    tab.page.uncheck("[name=kind][value=number]")
    assert tab.shown() == ["1", "4", "5", "6", "7", "8", "9", "10", "11"]
    assert tab.page.inner_text("#count") == "9 of 11 findings"
    assert tab.page.locator("main mark[data-f='2'].off").count() == 2
    assert tab.page.locator("main mark[data-f='1'].off").count() == 0


def test_counts_follow_the_other_filters(tab: Tab) -> None:
    tab.page.uncheck("[name=severity][value=critical]")
    assert tab.page.inner_text("[data-count=number]") == "1"
    assert tab.page.inner_text("[data-count=critical]") == "1"


def test_confidence_and_search_filter(tab: Tab) -> None:
    tab.page.fill("#confidence", "50")
    assert "3" not in tab.shown()
    tab.page.fill("#search", "huế")
    assert tab.shown() == []
    tab.page.fill("#search", "hué")
    assert tab.shown() == ["6"]


def test_the_gravest_come_first_where_asked(tab: Tab) -> None:
    tab.page.select_option("#order", "severity")
    assert tab.shown()[0] == "2"


def test_j_and_k_go_through_what_is_listed(tab: Tab) -> None:
    tab.page.uncheck("[name=kind][value=number]")
    seen = []
    for key in ("j", "j", "j", "k"):
        tab.page.keyboard.press(key)
        seen.append(tab.current())
    assert seen == ["1", "4", "5", "4"]
    assert tab.page.evaluate("document.activeElement.closest('.f').dataset.n") == "4"
    assert tab.page.locator("main mark.on").count() > 0


def test_keys_typed_in_a_field_do_not_move(tab: Tab) -> None:
    tab.page.keyboard.press("/")
    tab.page.keyboard.type("jk")
    assert tab.page.input_value("#search") == "jk"
    assert tab.current() is None


def test_a_mark_leads_to_its_finding(tab: Tab) -> None:
    tab.page.click("main mark[data-f='6'] >> nth=0")
    assert tab.current() == "6"


def test_a_word_under_the_pointer_shows_its_counterpart(tab: Tab) -> None:
    tab.page.hover("#s0", position={"x": 90, "y": 12})
    assert tab.page.evaluate("[...(CSS.highlights.get('word') ?? [])].map(String)") == [
        "Règlement",
        "Nội",
    ]
    tab.page.mouse.move(5, 5)
    assert tab.page.evaluate("CSS.highlights.size") == 0


def test_words_are_reached_by_keyboard_too(tab: Tab) -> None:
    tab.page.focus("#s0")
    tab.page.keyboard.press("ArrowRight")
    tab.page.keyboard.press("ArrowRight")
    tab.page.keyboard.press("ArrowLeft")
    assert tab.page.inner_text("#said").startswith("Règlement: Nội (75 %); can mean: ")


def test_a_word_behind_an_emoji_is_found(tab: Tab) -> None:
    sentences = tab.page.locator(".cell.source .s").all_text_contents()
    number = next(place for place, text in enumerate(sentences) if "🎋" in text)
    tab.page.focus(f"#s{number}")
    tab.page.keyboard.press("ArrowLeft")
    first = tab.page.inner_text("#said").split(":")[0]
    assert first in tab.page.inner_text(f"#s{number}").replace("\n", " ")
    assert first.isalnum() or len(first) == 1


def test_decisions_go_out_and_quiet_the_next_run(tab: Tab, tmp_path: Path) -> None:
    for key in ("j", "r", "j", "a", "j", "i"):
        tab.page.keyboard.press(key)
    with tab.page.expect_download() as download:
        tab.page.click("#export")
    path = tmp_path / "decisions.json"
    download.value.save_as(path)
    report = small_report()
    left = without_rejected(report, load_decisions(path))
    assert len(left.findings) == len(report.findings) - 2
    assert left.signature["decisions"] == {"rejected": 2}


def test_decisions_come_in_and_stay_after_a_reload(tab: Tab, tmp_path: Path) -> None:
    first = small_report().findings[0].id
    path = tmp_path / "mine.json"
    decisions = {first: {"decision": "reject", "comment": "as agreed"}}
    path.write_text(json.dumps({"schema": "paraalign.decisions/1", "decisions": decisions}))
    tab.page.set_input_files("#import", path)
    tab.page.wait_for_selector("#f1.decided")
    tab.page.reload()
    assert tab.page.get_attribute("#f1 [data-d=reject]", "aria-pressed") == "true"
    assert tab.page.input_value("#f1 .comment") == "as agreed"
    tab.page.select_option("#state", "reject")
    assert tab.shown() == ["1"]


def test_a_file_without_decisions_is_refused_aloud(tab: Tab, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text("[1]")
    tab.page.set_input_files("#import", path)
    tab.page.wait_for_function(
        "() => document.getElementById('said').textContent.includes('other.json')"
    )


def test_nothing_sticks_out_of_the_page(tab: Tab) -> None:
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for width in (360, 400, 700, 1000, 1149, 1600, 1920):
        tab.page.set_viewport_size({"width": width, "height": 800})
        assert (width, tab.page.evaluate(wide)) == (width, 0)


def test_a_word_tells_counterpart_and_meaning(tab: Tab) -> None:
    tab.page.locator(".s", has_text="Les membres").hover(position={"x": 60, "y": 12})
    assert tab.page.inner_text("#tip b").startswith("membres → ")
    assert "thành viên" in tab.page.inner_text("#tip span")
    tab.page.keyboard.press("Escape")
    assert not tab.page.is_visible("#tip")


def test_the_clause_filter_takes_a_number_and_what_is_under_it(tab: Tab) -> None:
    tab.page.fill("#clause", "2")
    assert tab.shown() == ["6", "7", "8", "9"]


def test_a_clause_in_the_head_leads_to_its_row_and_its_findings(tab: Tab) -> None:
    tab.page.set_viewport_size({"width": 1600, "height": 300})
    in_view = "document.getElementById('r5').getBoundingClientRect().top < innerHeight"
    assert not tab.page.evaluate(in_view)
    tab.page.click(".clause >> nth=4")
    for _ in range(100):
        if tab.page.evaluate(in_view):
            break
        tab.page.wait_for_timeout(20)
    assert tab.page.evaluate(in_view)


def test_a_link_to_a_finding_opens_it(tab: Tab) -> None:
    tab.page.evaluate("location.hash = '#finding=6'")
    for _ in range(50):
        if tab.current() == "6":
            break
        tab.page.wait_for_timeout(20)
    assert tab.current() == "6"


def test_what_to_look_at_first_is_one_click_away(tab: Tab) -> None:
    tab.page.click(".first a >> nth=0")
    assert tab.current() == "2"


def test_decisions_are_printed_for_every_finding_that_is_listed(tab: Tab) -> None:
    tab.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert tab.page.locator(".f .decide").count() == 11


def test_a_page_in_french_speaks_french_when_it_is_worked_in(
    browser: Any,  # noqa: ANN401 - playwright may be missing
    tmp_path: Path,
) -> None:
    path = tmp_path / "report.html"
    options = {"options": {"message_lang": "fr"}}
    formats.write(replace(small_report(), signature=options), path)
    page = browser.new_page(viewport={"width": 1600, "height": 900})
    page.goto(path.as_uri())
    page.uncheck("[name=kind][value=number]")
    assert page.inner_text("#count") == "9 constats sur 11"
    page.keyboard.press("j")
    page.keyboard.press("r")
    assert page.inner_text("#said") == "constat 1\u00a0: rejeté"
    assert page.get_attribute("#f1 .comment", "aria-label") == "Commentaire sur le constat 1"
    page.close()


@pytest.mark.skipif(
    find_spec("axe_core_python") is None, reason="no axe-core here: pip install axe-core-python"
)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1600), ("dark", 1600), ("light", 400)])
def test_axe_finds_nothing_serious(tab: Tab, scheme: str, width: int) -> None:
    tab.page.emulate_media(color_scheme=scheme)
    tab.page.set_viewport_size({"width": width, "height": 900})
    tab.page.keyboard.press("j")
    script = files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
    tab.page.evaluate(script)
    found = tab.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert len(found["passes"]) > 10
    grave = [each for each in found["violations"] if each["impact"] in {"serious", "critical"}]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in grave] == []


@pytest.fixture(scope="module")
def long_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "report.html"
    formats.write(long_report(5000), path)
    return path


def test_a_long_list_is_drawn_in_parts_and_searched_whole(
    browser: Any,  # noqa: ANN401 - playwright may be missing
    long_page: Path,
) -> None:
    page = browser.new_page(viewport={"width": 1600, "height": 900})
    page.goto(long_page.as_uri())
    assert page.inner_text("#count") == "10,000 findings"
    assert page.locator(".f").count() <= 100
    page.fill("#search", "clause 4321 ")
    assert page.inner_text("#count") == "2 of 10,000 findings"
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    assert page.locator("main mark.on").count() == 2
    page.close()


def test_a_long_list_follows_where_one_goes(
    browser: Any,  # noqa: ANN401 - playwright may be missing
    long_page: Path,
) -> None:
    page = browser.new_page(viewport={"width": 1600, "height": 900})
    page.goto(long_page.as_uri())
    page.keyboard.press("p")
    page.keyboard.press("k")
    assert page.get_attribute(".f.current", "data-n") == "9999"
    assert page.is_visible(".f.current .go")
    page.evaluate("document.getElementById('list').scrollTop = 0")
    page.wait_for_timeout(300)
    numbers = page.locator(".f").evaluate_all("all => all.map(f => Number(f.dataset.n))")
    assert numbers == list(range(numbers[0], 10001))
    page.close()


def test_the_list_shows_the_finding_that_one_goes_to(
    browser: Any,  # noqa: ANN401 - playwright may be missing
    long_page: Path,
) -> None:
    page = browser.new_page(viewport={"width": 1600, "height": 900})
    page.goto(f"{long_page.as_uri()}#finding=81")
    page.wait_for_timeout(300)
    offset = "document.querySelector('.current').getBoundingClientRect().top"
    top = page.evaluate(f"{offset} - document.getElementById('list').getBoundingClientRect().top")
    assert abs(top - 8) < 4
    page.close()


DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def test_five_thousand_clauses_open_and_filter_within_seconds(
    browser: Any,  # noqa: ANN401 - playwright may be missing
    long_page: Path,
) -> None:
    page = browser.new_page(viewport={"width": 1600, "height": 900})
    start = time.perf_counter()
    page.goto(long_page.as_uri())
    page.evaluate(DRAWN)
    assert time.perf_counter() - start < 5  # under 1 s on a quiet machine
    taken = page.evaluate(f"""async () => {{
        const times = [];
        for (const [id, value] of [["search", "clause 4321 "], ["search", ""], ["clause", 9]]) {{
            const field = document.getElementById(id);
            const start = performance.now();
            field.value = value;
            field.dispatchEvent(new Event("input"));
            await {DRAWN};
            times.push(performance.now() - start);
        }}
        return times;
    }}""")
    assert max(taken) < 2000
    page.close()


MIDDLE = "document.querySelector('main mark.on').getBoundingClientRect().top"


@pytest.fixture(scope="module")
def waiting_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("waiting") / "report.html"
    formats.write(long_report(400), path)
    return path


def test_rows_that_wait_are_there_when_gone_to(
    browser: Any,  # noqa: ANN401 - playwright may be missing
    waiting_page: Path,
) -> None:
    page = browser.new_page(viewport={"width": 1600, "height": 900})
    page.add_init_script("globalThis.requestIdleCallback = () => 0")  # nothing comes by itself
    page.goto(f"{waiting_page.as_uri()}#finding=501")
    page.wait_for_function("() => document.querySelector('main mark.on').innerText === '12 mai'")
    page.wait_for_timeout(500)
    assert abs(page.evaluate(MIDDLE) - 450) < 400
    assert page.locator("#r251").count() == 1
    assert page.locator("#r200").count() == 0
    page.evaluate(
        "document.getElementById('r251').closest('.chunk').nextElementSibling.scrollIntoView()"
    )
    page.wait_for_selector("#r301")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("main article").count() == 400
    page.close()


def test_a_filter_holds_for_rows_that_come_later(
    browser: Any,  # noqa: ANN401 - playwright may be missing
    waiting_page: Path,
) -> None:
    page = browser.new_page(viewport={"width": 1600, "height": 900})
    page.add_init_script("globalThis.requestIdleCallback = () => 0")
    page.goto(waiting_page.as_uri())
    page.uncheck("[name=kind][value=number]")
    page.uncheck("[name=kind][value=mistranslation]")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("main mark").count() == page.locator("main mark.off").count() > 700
    page.close()
