"""Every type of page in a real browser under the strict policy: quiet, complete, readable, within the window."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Reader
from tests.browser.served_site import PAGES
from tests.browser.visits import Visit, visit

every_page = pytest.mark.parametrize("url", PAGES.values(), ids=PAGES.keys())
Seen = Callable[[str], Visit]


@pytest.fixture(scope="module")
def seen(home: str, reader: Reader) -> Seen:
    """Each page is visited once; the tests below judge different sides of the same visit."""
    context = reader()
    visits: dict[str, Visit] = {}

    def see(url: str) -> Visit:
        if url not in visits:
            context.set_default_timeout(10_000)
            visits[url] = visit(context, home, url)
        return visits[url]

    return see


@every_page
def test_a_page_asks_nobody_but_its_own_server(seen: Seen, url: str) -> None:
    assert seen(url).foreign == []


@every_page
def test_a_page_breaks_neither_the_policy_nor_a_script(seen: Seen, url: str) -> None:
    assert seen(url).noises == []


@every_page
def test_a_page_is_sound_for_those_who_hear_it(seen: Seen, url: str) -> None:
    assert seen(url).structure == []
    assert seen(url).names == []


@every_page
def test_text_has_enough_contrast_by_day_and_by_night(seen: Seen, url: str) -> None:
    assert seen(url).by_day == []
    assert seen(url).by_night == []


@every_page
def test_nothing_scrolls_sideways_on_a_phone(seen: Seen, url: str) -> None:
    assert seen(url).sideways == {390: [], 320: []}


@every_page
def test_no_part_of_a_page_lies_on_another(seen: Seen, url: str) -> None:
    assert seen(url).overlaps == {1280: [], 390: [], 320: []}


@pytest.mark.parametrize("kind", ["home", "story", "metric month", "questions of a campaign", "switch-off", "error"])
def test_a_page_reads_without_javascript(home: str, reader: Reader, kind: str) -> None:
    page = reader(script=False, width=390, height=844).new_page()
    page.goto(home + PAGES[kind])
    assert page.locator("h1").count() == 1
    assert page.locator(".kb-nav a").count() == 7
    assert all(link.is_visible() for link in page.locator(".kb-nav a").all())
    assert page.locator("main .kb-figure:visible").count() == page.locator("main .kb-figure").count()
    assert not page.locator("[data-md-component=palette] label").first.is_visible()
