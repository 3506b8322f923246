"""`kawaraban build --verify-cache` compares the site with that of a build from nothing, and delivers no other one."""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build.page import CONTENT
from generator.cache.store import Store
from generator.effects import Effects
from generator.workers import Workers
from tests.commands import build_here, differing, tree_of

CACHE = ".kawaraban/cache/pages.sqlite3"


def append(path: Path, text: str) -> None:
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")


def add_articles(site: Path, count: int) -> None:
    folder = site / "content/articles"
    folder.mkdir(exist_ok=True)
    for number in range(count):
        text = f"---\ntype: article\ntitle: 読み物{number}\ndate: 2026-11-01\n---\n\n{number}番目の読み物です。\n"
        (folder / f"new-{number}.md").write_text(text, encoding="utf-8")


def some_story(site: Path) -> Path:
    return next(iter(sorted((site / "content/stories").glob("*.md"))))


def falsify(site: Path, kind: str) -> None:
    """Change all entries of a kind so that nothing about them looks damaged."""
    store = Store(site / CACHE)
    with sqlite3.connect(store.file) as connection:
        names = connection.execute("SELECT name FROM entry WHERE kind = ?", (kind,)).fetchall()
    for (name,) in names:
        store.put(kind, name, (store.get(kind, name) or b"") + b"<!-- another -->")
    store.flush()
    store.close()


def without_mark(tree: dict[str, str]) -> dict[str, str]:
    """The files of a site; the mark of its folder is none of them."""
    return {path: digest for path, digest in tree.items() if not path.startswith(".")}


def test_the_same_site_is_delivered_and_the_number_of_files_told(small_site: Path) -> None:
    append(some_story(small_site), "もう一言。")
    done = build_here(small_site, "--verify-cache")
    assert done.code == 0, done.said
    site = without_mark(tree_of(small_site / "site"))
    assert str(len(site)) in re.findall(r"\d+", done.out)
    assert build_here(small_site, "--clean").code == 0
    assert differing(site, without_mark(tree_of(small_site / "site"))) == []
    assert not (small_site / ".kawaraban/verify").exists()


def test_a_site_with_many_new_pages_is_compared_too(small_site: Path) -> None:
    add_articles(small_site, 60)
    done = build_here(small_site, "--verify-cache")
    assert done.code == 0, done.said
    assert (small_site / "site/articles/new-59/index.html").is_file()


@pytest.mark.parametrize("kind", [CONTENT, "shell-file"])
def test_a_cache_that_says_something_else_is_noticed_and_let_go(small_site: Path, kind: str) -> None:
    before = tree_of(small_site / "site")
    falsify(small_site, kind)
    append(some_story(small_site), "もう一言。")
    done = build_here(small_site, "--verify-cache", "--format", "json")
    (finding,) = json.loads(done.out)
    assert (done.code, finding["code"]) == (70, "site/cache-differs")
    assert tree_of(small_site / "site") == before
    assert not (small_site / CACHE).exists()
    assert build_here(small_site, "--verify-cache").code == 0


def test_many_files_that_differ_are_counted_and_the_first_are_named(small_site: Path) -> None:
    falsify(small_site, CONTENT)
    (finding,) = json.loads(build_here(small_site, "--verify-cache", "--format", "json").out)
    assert finding["message"].count("index.html`") == 20
    count, more = (int(number) for number in re.findall(r"(?<![\w/-])\d+(?![\w/-])", finding["message"]))
    assert count == 20 + more > 20


def test_what_is_wrong_with_the_pages_is_said_as_by_any_build(small_site: Path) -> None:
    append(some_story(small_site), "[どこか](nowhere.md)")
    done = build_here(small_site, "--verify-cache", "--format", "json")
    assert done.code == 20
    assert {finding["code"] for finding in json.loads(done.out)} == {"content/broken-link"}
    assert not (small_site / ".kawaraban/verify").exists()


@pytest.mark.parametrize(
    "spoil", ["DELETE FROM entry", "UPDATE entry SET content = CAST('x' || content AS BLOB)"], ids=["gone", "damaged"]
)
@pytest.mark.parametrize("pattern", ["search/pages/*.gz", "search/grams/*.bin", "search/index.bin"])
def test_a_file_of_the_search_that_cache_and_site_have_lost_is_made_anew(
    small_site: Path, pattern: str, spoil: str
) -> None:
    assert build_here(small_site).code == 0
    before = tree_of(small_site / "site")
    lost = next(iter(sorted((small_site / "site").glob(pattern))))
    with sqlite3.connect(small_site / CACHE) as connection:
        name = lost.relative_to(small_site / "site").as_posix()
        spoilt = connection.execute(f"{spoil} WHERE kind = 'search' AND name = ?", (name,))
        assert spoilt.rowcount == 1
    for attempt in ("the first build", "one that finds what the first has left"):
        lost.unlink()
        done = build_here(small_site)
        assert done.code == 0, (attempt, done.said)
        assert tree_of(small_site / "site") == before


def test_a_named_moment_is_doubted_by_no_comparison() -> None:
    moment = datetime(2026, 11, 20, 9, tzinfo=UTC)
    named, by_the_clock = Effects.at(moment, Workers()).stopped(), Effects().stopped()
    assert (named.clock(), named.goes_by_the_clock) == (moment, False)
    assert (by_the_clock.clock() == by_the_clock.clock(), by_the_clock.goes_by_the_clock) == (True, True)
