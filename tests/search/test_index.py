"""The index is what the pages are, whatever happened before; every piece of two characters is found."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.search import Damaged, Entry, content_of, forget, refresh
from generator.search.fold import fold
from generator.search.front import INDEX, LISTS
from tests.search.reading import Article, Reading, Shelf, article, digests, indexed, refreshed

WORDS = [
    "情報",
    "システム",
    "部",
    "の",
    "利用",
    "率",
    "は",
    "メール",
    "から",
    "チャット",
    "へ",
    "ﾁｬｯﾄ",
    "KPI",
    "ＫＰＩ",
    "1on1",
    "サーバー",
    "𠮷野",
    "。",
    "\n",
]
LENGTHS = st.sampled_from([1, 1, 1, 300])  # few pages are so long that they have parts
entries = st.builds(
    article,
    st.sampled_from([f"a/{n}/" for n in range(40)]),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map("".join),
    st.builds(lambda words, times: "".join(words) * times, st.lists(st.sampled_from(WORDS), max_size=12), LENGTHS),
    day=st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    has_figures=st.booleans(),
)
sites = st.lists(entries, max_size=40).map(lambda found: {one.url: one for one in found})


def corpus(count: int, seed: int = 3) -> dict[str, Article]:
    """Every tenth page has figures."""
    chance = random.Random(seed)  # noqa: S311 -- not a secret
    return {
        url: article(url, f"{chance.choice(WORDS)}{n}", "".join(chance.choices(WORDS, k=120)), has_figures=n % 10 == 0)
        for n, url in ((n, f"p/{n}/") for n in range(count))
    }


@given(st.lists(sites, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_after_any_history_the_index_is_that_of_a_clean_build(history: list[dict[str, Article]]) -> None:
    store = Shelf()
    for site in history:
        files = indexed(site, store)
    assert files == indexed(history[-1])
    kept = {name for name in store if name != "search.state"}
    assert kept == set(files)


def test_one_changed_word_rewrites_few_files_and_asks_for_one_page() -> None:
    site, store, asked = corpus(300), Shelf(), list[str]()
    before = set(refreshed(store, site))
    site["p/7/"] = replace(site["p/7/"], text=site["p/7/"].text + "。改訂版")
    store.written.clear()

    def entry_of(url: str) -> Entry:
        asked.append(url)
        return site[url].entry

    after = set(refresh(store, digests(site), entry_of))
    assert asked == ["p/7/"]
    assert len(after - before) <= 10
    assert {f for f in store.written if f != "search.state"} >= after - before


def test_a_new_month_changes_only_files_of_pages_with_figures() -> None:
    site, store = corpus(300), Shelf()
    before = set(refreshed(store, site))
    those_of_articles = set(indexed({url: one for url, one in site.items() if not one.has_figures}))
    for url in [url for url, one in site.items() if one.has_figures]:
        site[url] = replace(site[url], text=site[url].text + "の利用率は82.5％です。情報システム部から")
    site["m/2026-10/"] = article("m/2026-10/", "10月の利用率", "利用率は82.5％", has_figures=True)
    after = set(refreshed(store, site))
    assert after == set(indexed(site))
    assert those_of_articles <= before & after
    assert len(after - before) > 30


def test_nothing_changed_writes_nothing() -> None:
    site, store = corpus(40), Shelf()
    first = refreshed(store, site)
    store.written.clear()
    assert refreshed(store, site) == first
    assert store.written == []


def test_a_browser_can_tell_whether_its_two_files_are_of_one_build() -> None:
    site = corpus(40)
    changed = {**site, "p/7/": replace(site["p/7/"], text="改訂版")}
    seals = [(json.loads(files[INDEX])["lists"], files[LISTS][:4].hex()) for files in map(indexed, (site, changed))]
    assert [index == lists for index, lists in seals] == [True, True]
    assert seals[0] != seals[1]


def test_other_synonyms_change_only_the_file_that_lists_them() -> None:
    site, store = corpus(40), Shelf()
    before = refreshed(store, site)
    after = refreshed(store, site, [["チャット", "Slack"]])
    assert {path for path in after if after[path] != before.get(path)} == {INDEX}
    assert "Slack" in content_of(store, INDEX, after[INDEX]).decode()


@pytest.mark.parametrize("damage", [b"", b"[]", b"{", b"\xff\x00garbled"])
def test_a_damaged_store_is_healed(damage: bytes) -> None:
    site = corpus(60)
    changed = {**site, "p/1/": replace(site["p/1/"], text="書き直し" + site["p/2/"].text)}
    whole, right = Shelf(), indexed(changed)
    refreshed(whole, site)
    for name in [*sorted(indexed(site)), "search.state"]:
        store = deepcopy(whole)
        store[name] = damage
        files = refreshed(store, changed)
        try:
            found = {path: content_of(store, path, digest) for path, digest in files.items()}
        except Damaged:  # a file that this change had no need to read
            forget(store)
            found = indexed(changed, store)
        assert found == right


def test_every_piece_of_every_page_is_found() -> None:
    site = corpus(120)
    reading = Reading(indexed(site))
    folded = {url: (fold(one.title), fold(one.text)) for url, one in site.items()}
    chance = random.Random(11)  # noqa: S311 -- not a secret
    for _ in range(200):
        text = chance.choice(list(site.values())).text
        start = chance.randrange(len(text) - 9)
        typed = text[start : start + chance.randint(2, 9)]
        if "\n" in typed or len(fold(typed).encode("utf-16-le")) < 4:
            continue
        truth = {url for url, places in folded.items() if any(fold(typed) in place for place in places)}
        found = reading.candidates(typed)
        assert truth <= found, typed
        if len(fold(typed)) == 2:
            assert truth == found, typed


def test_a_long_page_costs_no_more_than_the_part_with_the_hit() -> None:
    blocks = [f"見出し{n}" if n % 10 == 0 else f"{n}番目の段落です。" * 20 for n in range(60)]
    text = "\n".join(f"section-{n}\t{block}" if n % 10 == 0 else block for n, block in enumerate(blocks))
    files = indexed({"faq/": article("faq/", "よくある質問", text), "b/": article("b/", "短い", "短い文です。")})
    parts = sorted(page.text for page in Reading(files).pages.values() if page.url == "faq/")
    assert len(parts) > 2
    assert max(map(len, parts)) < 2700
    assert sorted(line.partition("\t")[2] or line for part in parts for line in part.split("\n")) == sorted(blocks)
    assert all(part.startswith("section-") for part in parts)
    assert Reading(files).candidates("37番目の段落") == {"faq/"}


def test_other_words_of_a_long_page_stand_in_its_first_part_alone() -> None:
    text = "\n".join(f"q-{n}\t{n}番目の質問\n{'答えは一つです。' * 300}" for n in range(5))
    reading = Reading(indexed({"faq/": article("faq/", "よくある質問", text, "パスワードを忘れた", "pw")}))
    assert sorted(page.words for page in reading.pages.values()) == [(), (), (), (), ("パスワードを忘れた", "pw")]
    assert reading.candidates("パスワード") == {"faq/"}


def test_other_words_of_a_page_lead_to_it() -> None:
    site = {"faq/": article("faq/", "よくある質問", "本文です", "パスワードを忘れた", "pw")}
    reading = Reading(indexed(site))
    assert reading.candidates("パスワード") == {"faq/"}
    assert reading.candidates("PW") == {"faq/"}
