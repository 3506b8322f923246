"""The site of the guide's 「はじめての数字」, as whoever follows the guide meets it: exactly the files it shows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader
from tests.browser.served_site import serve
from tests.browser.visits import visit
from tests.commands import build_here
from tests.contracts.guide_tables import fenced, put_files_of

GUIDE_PAGE = "first-figure.md"


@pytest.fixture(scope="module")
def first_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the served site, with a closing slash."""
    folder = tmp_path_factory.mktemp("first-figure")
    put_files_of(GUIDE_PAGE, folder)
    (command,) = fenced(GUIDE_PAGE, "bash")
    done = build_here(folder, now=command.split()[-1])
    assert done.code == 0, done.said
    with serve(folder / "site") as address:
        yield address


@pytest.fixture
def page(first_home: str, reader: Reader) -> Iterator[Page]:
    opened = reader().new_page()
    opened.goto(first_home)
    yield opened
    opened.close()


@pytest.mark.parametrize("url", ["", "articles/chat/", "metrics/chat_active_rate/", "search/?q=チャット", "404.html"])
def test_nothing_is_wrong_on_its_pages(first_home: str, reader: Reader, url: str) -> None:
    seen = visit(reader(), first_home, url)
    assert [seen.noises, seen.foreign, seen.structure, seen.names] == [[]] * 4


def test_its_search_finds(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.insert_text("チャットの使われ方")
    page.locator(".md-search-result__item a").first.click()
    expect(page.locator("h1").first).to_have_text("チャットの使われ方")


def test_a_paper_without_a_publisher_names_none(page: Page) -> None:
    expect(page.locator(".kb-colophon__publisher")).to_have_text("はじめての瓦版")


def test_the_front_page_begins_right_below_the_navigation(page: Page) -> None:
    """Nothing urgent is above the lead, and nothing takes its place."""
    parts = [page.locator(name) for name in (".kb-nav", ".kb-lead", ".kb-home__departments")]
    nav, lead, departments = (part.bounding_box() for part in parts)
    assert nav is not None
    assert lead is not None
    assert departments is not None
    assert 0 < lead["y"] - (nav["y"] + nav["height"]) < 40
    assert lead["y"] < departments["y"]
