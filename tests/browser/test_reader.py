"""What a reader does: chooses day or night, a department, walks by keyboard, prints."""

from __future__ import annotations

import re
import zlib

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Reader
from tests.browser.served_site import PAGES

SCHEME = "document.body.getAttribute('data-md-color-scheme')"
PAPER = "getComputedStyle(document.body).backgroundColor"


def test_night_is_one_click_away_and_is_remembered(home: str, reader: Reader) -> None:
    page = reader().new_page()
    page.goto(home)
    by_day = page.evaluate(PAPER)
    page.get_by_title("暗い画面にする").click()
    assert page.evaluate(SCHEME) == "slate"
    assert page.evaluate(PAPER) != by_day
    assert page.evaluate("scrollY") == 0
    page.goto(home + PAGES["story"])
    assert page.evaluate(SCHEME) == "slate"
    page.get_by_title("明るい画面にする").click()
    assert page.evaluate(PAPER) == by_day


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_device_set_to_dark_gets_the_dark_page(home: str, reader: Reader, script: bool) -> None:
    papers = {}
    for scheme in ("light", "dark"):
        page = reader(scheme=scheme, script=script).new_page()
        page.goto(home)
        # Playwright evaluates its own scripts even where the page's are off.
        papers[scheme] = page.evaluate(PAPER)
    assert papers["light"] != papers["dark"]


def test_a_choice_for_day_holds_on_a_dark_device_before_scripts_have_loaded(home: str, reader: Reader) -> None:
    context = reader(scheme="dark")
    page = context.new_page()
    page.goto(home)
    by_night = page.evaluate(PAPER)
    page.get_by_title("明るい画面にする").click()
    page.route("**/bundle.*.js", lambda route: route.abort())
    page.reload()
    assert page.evaluate(PAPER) != by_night


def test_the_first_key_leads_past_the_navigation(home: str, reader: Reader) -> None:
    page = reader().new_page()
    page.goto(home + PAGES["story"])
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "本文へ移動"
    box = skip.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "kb-content"


def test_the_place_of_the_keyboard_is_always_to_be_seen(home: str, reader: Reader) -> None:
    page = reader().new_page()
    page.goto(home)
    for _ in range(25):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
              const e = document.activeElement;
              const shown = e.classList.contains("md-option") ? e.nextElementSibling
                : e.closest(".md-search__form") ?? e;
              const style = getComputedStyle(shown);
              return [e.outerHTML.slice(0, 80), style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2];
            }"""
        )
        assert seen[1], seen[0]


def test_a_department_once_chosen_stands_first_on_the_front_page(home: str, reader: Reader) -> None:
    page = reader().new_page()
    page.goto(home)
    page.get_by_text("部署を選ぶ").click()
    page.locator("[data-kb-chooser] [data-department=sales-east] a").click()
    assert page.url == home + PAGES["department"]
    page.goto(home)
    own = page.locator(".kb-chooser__own")
    assert own.inner_text() == "東日本営業部"
    own.locator("a").click()
    assert page.url == home + PAGES["department"]


def test_a_story_is_printed_on_a4_with_its_address_and_all_of_its_text(home: str, reader: Reader) -> None:
    page = reader().new_page()
    address = home + PAGES["story"]
    page.goto(address)
    page.emulate_media(media="print")
    assert page.locator(".kb-colophon__address").inner_text().endswith(address)
    assert not page.locator(".kb-nav").is_visible()
    assert not page.locator(".kb-masthead__search").is_visible()
    assert not page.locator(".md-search").is_visible()
    table = page.locator("details table").first
    assert _height(table.element_handle(), page) > 0
    pdf = page.pdf(prefer_css_page_size=True)
    sizes = {
        tuple(round(float(side)) for side in box.split())
        for box in re.findall(r"/MediaBox ?\[0 0 ([\d.]+ [\d.]+)\]", _text(pdf))
    }
    assert sizes == {(595, 842)}  # A4 in points


def _height(element: object, page: Page) -> float:
    return float(page.evaluate("e => e.getBoundingClientRect().height", element))


def _text(pdf: bytes) -> str:
    """The file's objects as text; Chromium may keep some of them in compressed streams."""
    streams = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            streams.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join([pdf, *streams]).decode("latin-1")
