"""A page that is being written, as the writer sees it in a browser."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Reader
from tests.serve.served import serve
from tests.serve.test_saves import article

BANNER, MISTAKES = "#kawaraban-problems", "#kawaraban-mistakes"


def test_a_save_renews_the_page_and_a_mistake_stands_above_it(small_site: Path, reader: Reader) -> None:
    with serve(small_site) as served:
        page = reader().new_page()
        page.goto(f"{served.url}articles/welcome/")
        path = small_site / "content/articles/welcome.md"
        path.write_text(article("ようこそ", "いま書いた一文。"), encoding="utf-8")
        expect(page.get_by_text("いま書いた一文。")).to_be_visible()
        path.write_text("---\ntitel: ようこそ\n---\n", encoding="utf-8")
        expect(page.locator(BANNER)).to_contain_text("content/articles/welcome.md:2")
        expect(page.get_by_text("いま書いた一文。")).to_be_attached()
        path.write_text(article("ようこそ", "直した一文。"), encoding="utf-8")
        expect(page.get_by_text("直した一文。")).to_be_visible()
        expect(page.locator(BANNER)).to_have_count(0)
        page.close()


def test_the_page_of_a_draft_with_a_mistake_lists_it_until_it_is_mended(small_site: Path, reader: Reader) -> None:
    with serve(small_site) as served:
        page = reader().new_page()
        page.goto(f"{served.url}articles/new/")
        path = small_site / "content/articles/new.md"
        path.write_text("---\ntitel: 題\nstatus: draft\n---\n", encoding="utf-8")
        expect(page.locator(MISTAKES)).to_contain_text("content/articles/new.md:2")
        path.write_text("---\ntitle: 題\nsumary: 題\nstatus: draft\n---\n", encoding="utf-8")
        expect(page.locator(MISTAKES)).to_contain_text("content/articles/new.md:3")
        expect(page.locator(BANNER)).to_have_count(0)
        path.write_text(
            article("できた記事", "読める一文。").replace("date:", "status: draft\ndate:"), encoding="utf-8"
        )
        expect(page.get_by_text("読める一文。")).to_be_visible()
        page.close()


def test_a_page_that_was_out_of_sight_is_renewed_when_it_is_looked_at(small_site: Path, reader: Reader) -> None:
    with serve(small_site) as served:
        page = reader().new_page()
        page.goto(f"{served.url}articles/welcome/")
        page.evaluate("Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true})")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        path = small_site / "content/articles/welcome.md"
        path.write_text(article("ようこそ", "見ていない間の一文。"), encoding="utf-8")
        with page.expect_navigation():
            page.evaluate("delete document.visibilityState")
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(page.get_by_text("見ていない間の一文。")).to_be_visible()
        page.close()
