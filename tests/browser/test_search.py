"""The search as a reader meets it: in the dialog, from the keyboard, on the page of all results, under the strict policy."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from generator.search.fold import fold
from generator.theme import theme_folder
from tests.browser.conftest import Reader
from tests.browser.visits import visit

SAID_IN_A_QUESTION = "検査室の前の小部屋"
FOUND = ".md-search-result__item"
HITS = ".kb-search__hit"
STATUS = ".kb-search__status"
PROGRAM = theme_folder() / "assets" / "kb" / "search" / "program"


@pytest.fixture
def page(home: str, reader: Reader) -> Iterator[Page]:
    """The list of stories; the test fails when anything is said on the console."""
    opened, noises = reader().new_page(), list[str]()
    opened.on("console", lambda m: noises.append(m.text) if m.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: noises.append(str(error)))
    opened.goto(f"{home}stories/")
    yield opened
    opened.close()
    assert noises == []


def look_up(page: Page, typed: str) -> None:
    page.keyboard.press("/")
    page.keyboard.insert_text(typed)


@pytest.mark.parametrize(
    "typed", ["情報システム部", "メールからチャット", "年末年始のヘルプデスク", "1on1", "ﾁｬｯﾄ", "KPI", "ＫＰＩ", "kpi"]
)
def test_what_is_written_is_found_with_its_surroundings(page: Page, typed: str) -> None:
    look_up(page, typed)
    hit = page.locator(FOUND).first
    expect(hit.locator("mark").first).to_be_visible()
    assert fold(typed) in {fold(mark) for mark in hit.locator("mark").all_inner_texts()}


@pytest.mark.parametrize("typed", ["図面から離れて、三十分", '"図面から離れて、 三十分"', "“図面から離れて、三十分”"])
def test_the_page_whose_title_is_typed_comes_first(page: Page, typed: str) -> None:
    look_up(page, typed)
    expect(page.locator(f"{FOUND} h1").first).to_have_text("図面から離れて、三十分")


def test_a_story_comes_before_the_newer_issue_that_tells_its_summary(page: Page) -> None:
    look_up(page, "図面を閉じる30分があります")
    expect(page.locator(f"{FOUND} h1").nth(1)).to_be_visible()
    first, *others = page.locator(f"{FOUND} h1").all_inner_texts()
    assert first == "図面から離れて、三十分"
    assert "第6号 三十分、図面を閉じる" in others


def test_enter_opens_the_first_hit(page: Page) -> None:
    look_up(page, "図面から離れて、三十分")
    expect(page.locator(f"{FOUND} mark").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("h1").first).to_have_text("図面から離れて、三十分")


@pytest.mark.parametrize("key", ["/", "s", "f"])
def test_a_key_opens_the_search_and_another_closes_it(page: Page, key: str) -> None:
    field = page.get_by_label("紙面を検索")
    page.keyboard.press(key)
    expect(field).to_be_focused()
    expect(page.locator(".md-search__output")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".md-search__output")).to_be_hidden()


def asked_of(page: Page, home: str) -> list[str]:
    """Every path that the page asks for from now on, below the site; what stands in a path for its content is cut off."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(home).partition("-")[0]))
    return asked


def test_nothing_is_loaded_before_the_dialog_opens(home: str, reader: Reader) -> None:
    page = reader().new_page()
    asked = asked_of(page, home)
    page.goto(f"{home}stories/", wait_until="networkidle")
    assert [path for path in asked if path.startswith(("search/", "assets/kb/search/"))] == [
        "assets/kb/search/field.js",
        "assets/kb/search/worker.js",
    ]


def test_while_a_reader_types_everything_comes_that_every_query_needs(home: str, reader: Reader) -> None:
    page = reader().new_page()
    page.goto(f"{home}stories/", wait_until="networkidle")
    asked = asked_of(page, home)
    with page.expect_response("**/search/index.bin"), page.expect_response("**/search/index.json"):
        page.keyboard.press("/")
    expect(page.get_by_label("紙面を検索")).to_have_value("")
    expect(page.locator(".md-search-result__meta")).to_have_text("探す言葉を入力してください")
    assert sorted(asked) == ["assets/kb/search/program.js", "search/index.bin", "search/index.json"]
    page.keyboard.insert_text("図面から離れて、三十分")
    expect(page.locator(f"{FOUND} mark").first).to_be_visible()
    assert {path.rpartition("/")[0] for path in asked[3:]} == {"search/grams", "search/pages"}


def test_the_index_is_asked_for_while_the_program_is_still_coming(home: str, reader: Reader) -> None:
    connection, held = reader(), list[Route]()
    connection.route(f"{home}assets/kb/search/program.js", lambda route: held.append(route))
    page = connection.new_page()
    page.goto(f"{home}stories/", wait_until="networkidle")
    asked = asked_of(page, home)
    with page.expect_request("**/search/index.bin"), page.expect_request("**/search/index.json"):
        look_up(page, "情報システム部")
    held.pop().continue_()
    expect(page.locator(f"{FOUND} mark").first).to_be_visible()
    assert [asked.count(f"search/index.{kind}") for kind in ("bin", "json")] == [1, 1]


def test_what_a_query_looks_up_is_asked_for_at_once(home: str, reader: Reader) -> None:
    """A reader far away waits for two answers: where the pairs of characters are, and what the pages say."""
    grams = "**/search/grams/*"
    page = reader().new_page()
    page.goto(f"{home}stories/")
    asked = asked_of(page, home)
    look_up(page, "メールからチャット")
    expect(page.locator(f"{FOUND} mark").first).to_be_visible()
    wanted = sorted(path for path in asked if path.startswith("search/grams/"))
    assert len(wanted) > 2

    other, held = reader(), list[Route]()
    other.route(grams, lambda route: held.append(route))
    page = other.new_page()
    page.goto(f"{home}stories/")
    asked = asked_of(page, home)
    look_up(page, "メールからチャット")
    for _ in range(1000):  # until all have come: none is answered, so that a second round never would
        if len(held) == len(wanted):
            break
        page.wait_for_timeout(10)
    for route in held:
        route.continue_()
    expect(page.locator(f"{FOUND} mark").first).to_be_visible()
    assert sorted(path for path in asked if path.startswith("search/grams/")) == wanted


@pytest.mark.parametrize(
    "lost", ["search/index.bin", "search/grams/*", "search/pages/*", "assets/kb/search/program.js"]
)
def test_a_lost_connection_lasts_no_longer_than_the_next_key(home: str, reader: Reader, lost: str) -> None:
    connection = reader()
    page = connection.new_page()
    page.goto(f"{home}stories/", wait_until="networkidle")
    connection.route(f"{home}{lost}", lambda route: route.abort())
    look_up(page, "情報システム")
    expect(page.locator(FOUND)).to_contain_text("検索の準備ができませんでした")
    connection.unroute(f"{home}{lost}")
    page.keyboard.insert_text("部")
    expect(page.locator(f"{FOUND} mark").first).to_be_visible()


def test_an_edition_that_comes_between_two_files_of_the_index_does_no_harm(home: str, reader: Reader) -> None:
    connection, before = reader(), [b"\0\0\0\0of an older build"]
    connection.route(
        f"{home}search/index.bin",
        lambda route: route.fulfill(body=before.pop()) if before else route.continue_(),
    )
    page = connection.new_page()
    page.goto(f"{home}stories/")
    look_up(page, "情報システム部")
    expect(page.locator(f"{FOUND} mark").first).to_be_visible()
    assert before == []


def replace_edition(connection: BrowserContext, home: str, *, gone: str) -> list[str]:
    """From now on the server has the files matching `gone` only for who asks for the index anew; returns how it answers."""
    said: list[str] = []

    def answer(route: Route) -> None:
        if "index" in said:
            return route.continue_()
        said.append("gone")
        return route.fulfill(status=404)

    def tell(route: Route) -> None:
        said.append("index")
        route.continue_()

    connection.route(f"{home}{gone}", answer)
    connection.route(f"{home}search/index.json", tell)
    return said


def test_an_edition_that_comes_while_the_dialog_is_open_does_no_harm(home: str, reader: Reader) -> None:
    connection = reader()
    page = connection.new_page()
    page.goto(f"{home}stories/", wait_until="networkidle")
    with page.expect_response("**/search/index.bin"), page.expect_response("**/search/index.json"):
        page.keyboard.press("/")
    said = replace_edition(connection, home, gone="search/grams/*")
    page.keyboard.insert_text("情報システム部")
    expect(page.locator(f"{FOUND} mark").first).to_be_visible()
    assert {*said} == {"gone", "index"}


def test_an_edition_that_comes_while_the_page_of_results_is_open_does_no_harm(home: str, reader: Reader) -> None:
    connection = reader()
    page = connection.new_page()
    page.goto(f"{home}search/?q=チャット")
    expect(page.locator(HITS)).to_have_count(20)
    said = replace_edition(connection, home, gone="search/pages/*")
    page.get_by_role("button", name="もっと見る").click()
    expect(page.locator(HITS).nth(20)).to_be_visible()
    assert {*said} == {"gone", "index"}


def test_an_index_that_stays_broken_is_asked_for_only_once_more(home: str, reader: Reader) -> None:
    connection = reader()
    page = connection.new_page()
    page.goto(f"{home}search/?q=チャット")
    expect(page.locator(HITS)).to_have_count(20)
    asked = asked_of(page, home)
    connection.route(f"{home}search/grams/*", lambda route: route.fulfill(status=404))
    page.get_by_label("探す言葉").fill("情報システム部")
    expect(page.locator(STATUS)).to_contain_text("検索の準備ができませんでした")
    assert asked.count("search/index.json") == 1


def test_a_hit_leads_to_the_section_that_holds_it(page: Page) -> None:
    look_up(page, SAID_IN_A_QUESTION)
    page.locator(f"{FOUND} a", has_text=SAID_IN_A_QUESTION).first.click()
    page.wait_for_url("**#q-*")
    expect(page.get_by_text(SAID_IN_A_QUESTION).first).to_be_in_viewport()


def test_surroundings_show_the_story_and_not_who_wrote_it_when(page: Page) -> None:
    look_up(page, "図面から離れて、三十分")
    told = page.locator(f"{FOUND} p").first
    expect(told).to_be_visible()
    assert "分で読めます" not in told.inner_text()


def test_surname_and_given_name_are_found_together_first(page: Page) -> None:
    look_up(page, "大野 恵子")
    marks = page.locator(f"{FOUND}:first-child mark")
    expect(marks.first).to_be_visible()
    assert {"大野", "恵子"} <= set(marks.all_inner_texts())


def test_the_dialog_tells_the_day_as_the_page_of_results_does(page: Page) -> None:
    look_up(page, "図面から離れて、三十分")
    expect(page.locator(f"{FOUND} .kb-found__about").first).to_have_text(re.compile(r"^活用事例　\d{4}年\d+月\d+日$"))
    told = page.locator(f"{FOUND} .kb-found__about").first.inner_text()
    page.locator(f"{FOUND} a", has_text="すべての結果を見る").click()
    expect(page.locator(f"{HITS} time").first).to_have_text(told.rpartition("　")[2])


def test_words_that_mean_the_same_are_found(page: Page) -> None:
    look_up(page, "情シス")
    expect(page.locator(f"{FOUND} mark", has_text="情報システム部").first).to_be_visible()


def test_what_somebody_typed_is_never_markup(page: Page) -> None:
    look_up(page, "<img src=x onerror=alert(1)>")
    expect(page.locator(FOUND)).to_contain_text("見つかりませんでした")
    assert page.locator(f"{FOUND} img").count() == 0


def test_the_dialog_leads_to_all_results(page: Page) -> None:
    look_up(page, "チャット")
    page.locator(f"{FOUND} a", has_text="すべての結果を見る").click()
    expect(page.locator(STATUS)).to_contain_text("件あります")
    assert page.locator(HITS).count() == 20
    page.get_by_role("button", name="もっと見る").click()
    expect(page.locator(HITS).nth(20)).to_be_visible()
    expect(page.locator(f"{HITS} a").nth(20)).to_be_focused()


def test_results_are_narrowed_by_kind_department_and_year(home: str, page: Page) -> None:
    page.goto(f"{home}search/?q=チャット")
    expect(page.locator(HITS).first).to_be_visible()
    page.get_by_label("種類", exact=True).select_option("活用事例")
    expect(page.locator(f"{HITS} .kb-search__about").first).to_contain_text("活用事例")
    assert {text[:4] for text in page.locator(f"{HITS} .kb-search__about").all_inner_texts()} == {"活用事例"}
    page.get_by_label("部署", exact=True).select_option("東日本営業部")
    expect(page.locator(HITS).first).to_contain_text("東日本営業部")
    page.get_by_label("年", exact=True).select_option("2026")
    page.wait_for_url("**year=2026*")
    address = page.url
    expect(page.locator(STATUS)).to_contain_text("件あります")
    told = page.locator(HITS).all_inner_texts()
    assert told
    page.goto(address)
    expect(page.locator(HITS)).to_have_count(len(told))
    assert page.locator(HITS).all_inner_texts() == told


def test_a_reader_who_finds_nothing_is_told_what_to_try(home: str, page: Page) -> None:
    page.goto(f"{home}search/?q=ぬるぽか")
    expect(page.locator(STATUS)).to_have_text("「ぬるぽか」は見つかりませんでした。")
    expect(page.get_by_role("heading", name="見つけるには")).to_be_visible()
    page.get_by_label("探す言葉").fill("税")
    expect(page.locator(STATUS)).to_have_text("2文字以上の言葉で探せます。")
    page.get_by_label("探す言葉").fill("情報")
    expect(page.locator(HITS).first).to_be_visible()
    expect(page.get_by_role("heading", name="見つけるには")).to_be_hidden()


def test_the_page_of_results_is_sound(home: str, reader: Reader) -> None:
    seen = visit(reader(), home, "search/?q=チャット")
    assert [seen.foreign, seen.noises, seen.structure, seen.names, seen.by_day, seen.by_night] == [[]] * 6
    assert not any(seen.sideways.values())
    assert not any(seen.overlaps.values())


@pytest.mark.parametrize("width", [390, 1280])
def test_the_open_dialog_can_be_read_and_stays_in_the_window(home: str, reader: Reader, width: int) -> None:
    page = reader(width=width).new_page()
    page.goto(home)
    page.get_by_title("検索を開く").click() if width == 390 else page.keyboard.press("/")
    page.keyboard.insert_text("情報システム部")
    expect(page.locator(f"{FOUND} mark").first).to_be_visible()
    box = page.locator(".md-search__output").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width


def test_without_javascript_there_are_lists(home: str, reader: Reader) -> None:
    page = reader(script=False).new_page()
    page.goto(f"{home}stories/")
    page.get_by_role("link", name="さがす").click()
    assert "JavaScript" in page.locator("noscript").last.inner_text()
    assert page.get_by_role("link", name="タグ").count() > 0


def test_browser_and_generator_fold_alike(reader: Reader, home: str) -> None:
    """Every character between two that it might join with, and the browser's piecewise folding of whole texts.

    Characters younger than this Python's Unicode are left out: the browser may know their capitals already.
    """
    characters = [chr(point) for point in range(0x20000) if unicodedata.category(chr(point)) not in {"Cn", "Cs"}]
    texts = [f"か{character}ハ" for character in characters]
    texts += [
        "ﾊﾟﾋﾞﾘｵﾝ",
        "Straße ΣΑΣ İstanbul",
        "각 ㄱㅏ ﾡￂ",
        "葛\U000e0100城 𠮷野家",
        "㈱㌔①ﬁ",
        "a\u0301\u0323b",
        "\u0301先頭",
    ]
    page = reader().new_page()
    page.goto(home)
    program = (PROGRAM / "fold.js").read_text("utf-8")
    both = page.evaluate(
        f"(texts) => {{ {program}; return texts.map((t) => [fold(t), foldWithPlaces(t).folded]); }}", texts
    )
    wrong = [
        (hex(ord(text[1])), json.dumps(text), fold(text), whole, pieces)
        for text, (whole, pieces) in zip(texts, both, strict=True)
        if not whole == pieces == fold(text)
    ]
    assert wrong == []
