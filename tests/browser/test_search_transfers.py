"""How much a question makes a reader load, in bytes and files: the program of the dialog over an index of its own."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Route

from tests.browser.conftest import Reader
from tests.search.reading import Article, article, indexed

SITE = "http://newsletter.test/"
FOLDER = "assets/kb/search/"
ASK = """(typed) => new Promise((resolve, reject) => {
  const dialog = new Worker("worker.js");
  dialog.onmessage = ({ data: { data } }) => data && resolve(data.items.map(([{ location }]) => location));
  dialog.onerror = reject;
  dialog.postMessage({ type: 2, data: typed });
})"""


@dataclass
class Dialog:
    """A reader's dialog in front of an index, and what it loads."""

    reader: Reader
    files: Mapping[str, bytes]
    loaded: dict[str, int] = field(default_factory=dict)
    """Bytes by path, of the last question."""

    def hits(self, typed: str) -> list[str]:
        """Addresses of the hits that are shown to who asks this first."""
        self.loaded.clear()
        page = self.reader().new_page()
        page.route(f"{SITE}**", self._answer)
        page.goto(f"{SITE}{FOLDER}")
        found = page.evaluate(ASK, typed)
        page.close()
        return [location for location in found if not location.startswith("search/?")]

    def loaded_of(self, *folders: str) -> list[int]:
        """Bytes of every file."""
        return [size for path, size in self.loaded.items() if path.startswith(folders)]

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        self.loaded[path] = len(self.files[path])
        kind = "text/javascript" if path.endswith(".js") else "text/html"
        route.fulfill(body=self.files[path], content_type=kind)


OpenDialog = Callable[[Mapping[str, Article]], Dialog]


@pytest.fixture
def open_dialog(demo_site: Path, reader: Reader) -> OpenDialog:
    """The dialog's programs as a site has them, with the index of these pages."""
    scripts = {f"{FOLDER}{name}": (demo_site / FOLDER / name).read_bytes() for name in ("worker.js", "program.js")}
    return lambda site: Dialog(reader, {**indexed(site), **scripts, FOLDER: b"<!doctype html><title>-</title>"})


def page_of_questions(url: str, *answers: str, day: date | None = None) -> Article:
    """Every question with its answer is a part of the page."""
    text = "\n".join(f"q-{n}\t{n}番目の質問\n{answer}{'。検査の手順' * 400}" for n, answer in enumerate(answers))
    return article(url, "よくある質問", text, day=day)


def test_of_a_long_page_hardly_more_parts_come_than_the_words_need(open_dialog: OpenDialog) -> None:
    dialog = open_dialog({"faq/": page_of_questions("faq/", *["予算", "税金"] * 8)})
    assert dialog.hits("検査 税") == ["faq/"]
    assert len(dialog.loaded_of("search/pages/")) <= 4


def test_a_long_page_counts_for_as_many_others_as_it_has_files_that_come(open_dialog: OpenDialog) -> None:
    long = {url: page_of_questions(url, *["予算"] * 4) for url in (f"faq/{n}/" for n in range(20))}
    newest = page_of_questions("newest/", "税金", "予算", day=date(2026, 11, 20))
    dialog = open_dialog({**long, "newest/": newest})
    assert dialog.hits("検査 税") == ["newest/"]
    assert len(dialog.loaded_of("search/pages/")) <= 9 * 4


def newsletter(count: int, seed: int) -> dict[str, Article]:
    """Articles of words that are put together from few characters, so that much looks alike and is not the same."""
    chance = random.Random(seed)  # noqa: S311 -- not a secret
    words = [
        "".join(chance.choices("一二三四五六七八九十百千万山川田中上下左右東西南北春夏秋冬", k=2)) for _ in range(300)
    ]

    def sentence() -> str:
        return f"{'の'.join(chance.choices(words, k=4))}は{''.join(chance.choices(words, k=2))}です。"

    return {
        url: article(url, sentence(), "\n".join(sentence() for _ in range(30)), has_figures=n % 10 == 0)
        for n, url in ((n, f"p/{n}/") for n in range(count))
    }


def test_a_question_to_a_thousand_pages_loads_little(open_dialog: OpenDialog) -> None:
    site, chance = newsletter(1000, seed=5), random.Random(7)  # noqa: S311 -- not a secret
    dialog, loaded = open_dialog(site), []
    for one in chance.sample(list(site.values()), k=12):
        sentence = chance.choice(one.text.split("\n"))
        assert dialog.hits(sentence[-10:-3])
        loaded.append(sum(dialog.loaded_of("search/grams/", "search/pages/")))
    assert max(loaded) < 13_000
