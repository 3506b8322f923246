"""Long lists: pages that are full never change again, and no entry is lost or shown twice."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.figure import ReleasedFigures
from tests.compose.newsroom import ORGANISATION, Sheet, composed, page

DAY = date(2026, 1, 1)


def articles(count: int) -> list[Sheet]:
    return [page(f"articles/n{n:03}.md", title=f"記事{n}", date=DAY + timedelta(days=n)) for n in range(count)]


def lists(pages: list[Sheet]) -> dict[str, str]:
    """The pages of the list of articles by address."""
    site, _ = composed(pages, figures=ReleasedFigures({}, ORGANISATION, {}))
    return {d.url: d.body for d in site.documents if d.url == "articles/" or d.url.startswith("articles/page/")}


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 70), st.integers(0, 45))
def test_full_pages_keep_their_bytes_when_newer_articles_come(before: int, more: int) -> None:
    old, new = lists(articles(before)), lists(articles(before + more))
    settled = {url: body for url, body in old.items() if url != "articles/"}
    assert {url: new[url] for url in settled} == settled


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 110))
def test_every_article_stands_on_exactly_one_page_of_the_list(count: int) -> None:
    shown = [n for body in lists(articles(count)).values() for n in re.findall(r">記事(\d+)</a>", body)]
    assert sorted(map(int, shown)) == list(range(count))


def test_the_newest_entry_comes_first_and_older_ones_are_one_link_away() -> None:
    newest = lists(articles(45))["articles/"]
    assert newest.index("記事44") < newest.index("記事20")
    assert 'href="page/1/">これより前</a>' in newest


def test_undated_articles_do_not_move_dated_ones() -> None:
    undated = [page(f"articles/u{n}.md", title=f"日付なし{n}") for n in range(3)]
    newest = lists([*articles(3), *undated])["articles/"]
    assert newest.index("記事0") < newest.index("日付なし2")
