"""Where things stand and where lines end: white between blocks, whole words and dates, nothing out of sight."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator

from generator.theme import theme_folder
from tests.browser.conftest import Reader
from tests.browser.served_site import PAGES, serve
from tests.commands import build_here

PHONE = 375
STORY = "stories/answers-before-the-last-train"

PARTED = r"""(selector) => [...document.querySelectorAll(selector)].flatMap((element) => {
  const parted = [];
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    for (const date of text.data.matchAll(/\d+年\d+月(\d+日)?|\d+月\d+日/g)) {
      const range = document.createRange();
      range.setStart(text, date.index);
      range.setEnd(text, date.index + date[0].length);
      if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) parted.push(text.data);
    }
  }
  return parted;
})"""

PARTED_NOTES = """() => [...document.querySelectorAll(".kb-figure__note")].filter((note) => {
  const [term, said] = [...note.children].map((part) => part.getClientRects());
  return term.length && Math.abs(term[term.length - 1].top - said[0].top) > 3;
}).map((note) => note.textContent)"""

PARTED_CODE = r"""() => [...document.querySelectorAll("td:first-child code")]
  .map((code) => [code.textContent, code.getClientRects().length])
  .filter(([name, lines]) => /^\w+$/.test(name) && lines > 1)"""


def top_and_bottom(part: Locator) -> tuple[float, float]:
    box = part.bounding_box()
    assert box is not None
    return box["y"], box["y"] + box["height"]


PARTED_DATES = """parts => parts.flatMap((part) => {
  const found = []
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    for (const date of walker.currentNode.data.matchAll(/[0-9]+年[0-9]+月([0-9]+日)?/g)) {
      const range = document.createRange()
      range.setStart(walker.currentNode, date.index)
      range.setEnd(walker.currentNode, date.index + date[0].length)
      const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)))
      found.push([date[0], lines.size > 1])
    }
  }
  return found
})"""


@pytest.mark.parametrize("width", [320, PHONE])
@pytest.mark.parametrize(
    ("page", "parts"),
    [
        ("metrics/chat_overlap/", ".kb-figure__sentence, caption"),
        ("metrics/slack_stickiness/2026-06/", ".kb-figure__sentence, caption"),
        ("departments/supply/", ".kb-champion__term"),
        ("notices/year-end-helpdesk/", ".kb-notice__span"),
    ],
)
def test_the_end_of_a_line_parts_no_date_that_we_write(
    home: str, reader: Reader, page: str, parts: str, width: int
) -> None:
    opened = reader(width=width).new_page()
    opened.goto(home + page)
    found = opened.locator(parts).evaluate_all(PARTED_DATES)
    assert found
    assert [date for date, is_parted in found if is_parted] == []


@pytest.fixture(scope="module")
def illustrated(built_small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a site whose story has a cover."""
    folder = Path(shutil.copytree(built_small_site, tmp_path_factory.mktemp("illustrated") / "tayori"))
    shutil.copy(theme_folder() / "assets/images/favicon.png", folder / "content/stories/cover.png")
    story = folder / f"content/{STORY}.md"
    text = story.read_text(encoding="utf-8")
    story.write_text(text.replace("---\n", "---\ncover: cover.png\ncover_alt: 表紙の絵\n", 1), encoding="utf-8")
    done = build_here(folder)
    assert done.code == 0, done.said
    with serve(folder / "site") as address:
        yield address


@pytest.mark.parametrize("width", [1280, PHONE])
def test_white_stands_between_a_cover_and_what_follows(illustrated: str, reader: Reader, width: int) -> None:
    page = reader(width=width).new_page()
    page.goto(f"{illustrated}{STORY}/")
    _, end = top_and_bottom(page.locator(".kb-cover__image"))
    start, _ = top_and_bottom(page.locator(".kb-facts"))
    assert 20 <= start - end <= 60


def test_the_table_of_halves_and_quarters_is_whole_on_a_phone(home: str, reader: Reader) -> None:
    page = reader(width=PHONE).new_page()
    page.goto(home + PAGES["metric"])
    frame = page.locator(".kb-table__scroll:has(.kb-terms)")
    assert frame.evaluate("frame => frame.scrollWidth - frame.clientWidth") == 0
    assert frame.evaluate("frame => frame.scrollHeight - frame.clientHeight") == 0


@pytest.mark.parametrize("width", [1280, PHONE])
@pytest.mark.parametrize("guide", ["writing", "sources"])
def test_a_name_in_the_first_column_of_a_table_is_whole(home: str, reader: Reader, guide: str, width: int) -> None:
    page = reader(width=width).new_page()
    page.goto(f"{home}guide/{guide}/")
    assert page.locator("td:first-child code").count() > 0
    assert page.evaluate(PARTED_CODE) == []


@pytest.mark.parametrize(
    "kind", ["home", "metric", "story", "campaign", "department", "champions", "mission", "notice"]
)
def test_no_line_ends_within_a_date_or_after_a_term_of_small_type(home: str, reader: Reader, kind: str) -> None:
    page = reader(width=PHONE).new_page()
    page.goto(home + PAGES[kind])
    assert page.evaluate(PARTED, "time, .kb-figure__title, .kb-figure__note") == []
    assert page.evaluate(PARTED_NOTES) == []
