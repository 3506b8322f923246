"""Every type of page in a real browser under the strict policy: quiet, complete, readable, within the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Request

from tests.browser.conftest import Reader
from tests.browser.served_site import PAGES

CHECKS = Path(__file__).with_name("page_checks.js").read_text("utf-8")
every_page = pytest.mark.parametrize("url", PAGES.values(), ids=PAGES.keys())


def ask(page: Page, question: str) -> list[str]:
    """The answer of page_checks.js, which the policy allows us to evaluate only from outside the page."""
    found = page.evaluate(f"() => {{ {CHECKS}; return window.pageChecks.{question}(); }}")
    assert isinstance(found, list)
    return [str(item) for item in found]


@every_page
def test_a_page_is_quiet_and_asks_nobody_but_its_own_server(home: str, reader: Reader, url: str) -> None:
    page = reader().new_page()
    requests: list[Request] = []
    noises: list[str] = []
    page.on("request", requests.append)
    page.on("console", lambda message: noises.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: noises.append(str(error)))
    page.on("requestfailed", lambda request: noises.append(f"failed: {request.url}"))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation',"
        " e => console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`))"
    )
    page.goto(home + url, wait_until="networkidle" if url == "" else "load")
    assert {request.url for request in requests if not request.url.startswith((home, "data:"))} == set()
    assert noises == []


@every_page
def test_a_page_is_sound_for_those_who_hear_it(home: str, reader: Reader, url: str) -> None:
    page = reader().new_page()
    page.goto(home + url)
    assert ask(page, "structure") == []
    assert ask(page, "names") == []


@every_page
def test_text_has_enough_contrast_by_day_and_by_night(home: str, reader: Reader, url: str) -> None:
    page = reader(scheme="light").new_page()
    page.goto(home + url)
    assert ask(page, "contrast") == []
    page.emulate_media(color_scheme="dark")
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"
    assert ask(page, "contrast") == []


@every_page
def test_nothing_scrolls_sideways_on_a_phone(home: str, reader: Reader, url: str) -> None:
    page = reader(width=390, height=844).new_page()
    page.goto(home + url)
    assert ask(page, "sideways") == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert ask(page, "sideways") == []


@every_page
def test_a_page_reads_without_javascript(home: str, reader: Reader, url: str) -> None:
    page = reader(script=False, width=390, height=844).new_page()
    page.goto(home + url)
    assert page.locator("h1").count() == 1
    assert page.locator(".kb-nav a").count() == 7
    assert all(link.is_visible() for link in page.locator(".kb-nav a").all())
    assert all(drawing.is_visible() for drawing in page.locator("main svg").all())
    assert not page.locator("[data-md-component=palette] label").first.is_visible()
