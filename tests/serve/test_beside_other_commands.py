"""Other commands work while a site is served, and serving leaves nothing behind that changes what they do."""

from __future__ import annotations

import re
import shutil
import socket
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from tests.commands import build_here, differing, run, tree_of
from tests.serve.served import serve, until
from tests.serve.test_saves import article

_SCRIPT = re.compile(r'<script src="/\.kawaraban/reload\.js"[^>]*></script>')


def test_a_build_in_another_process_is_what_it_would_be_otherwise(small_site: Path, tmp_path: Path) -> None:
    with serve(small_site) as served:
        for number in range(3):
            served.write(f"content/articles/a{number}.md", article(f"記事{number}"))
            until(lambda number=number: served.get(f"articles/a{number}/").status == 200)  # type: ignore[misc]
            served.write("content/articles/a0.md", article("記事0", f"{number}度目の直し。"))
            done = run("build", "--now", "2026-11-20", cwd=small_site)
            assert done.code == 0, done.said
            until(lambda number=number: f"{number}度目の直し。" in served.page("articles/a0/"))  # type: ignore[misc]
        (small_site / "content/articles/a1.md").unlink()
        until(lambda: served.get("articles/a1/").status == 404)
        assert served.stop() == 0
    assert build_here(small_site).code == 0
    assert_is_a_clean_build(small_site, tmp_path)


def test_a_build_after_mistakes_and_their_mending_is_what_it_would_be_otherwise(
    small_site: Path, tmp_path: Path
) -> None:
    with serve(small_site) as served:
        path = served.write("content/articles/a.md", "---\ntitel: 題\n---\n")
        until(served.problems)
        path.write_text(article("直した記事", "[なし](nowhere.md)"), encoding="utf-8")
        until(lambda: served.get("articles/a/").status == 200)
        path.write_text(article("直した記事", "```kpi\nmetric: no_such_metric\n```"), encoding="utf-8")
        until(served.problems)
        path.write_text(article("直した記事", "もうリンクはない。"), encoding="utf-8")
        until(lambda: "もうリンクはない。" in served.page("articles/a/"))
        served.process.kill()
    assert build_here(small_site).code == 0
    assert_is_a_clean_build(small_site, tmp_path)


def assert_is_a_clean_build(site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "clean"
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns("site", ".kawaraban"))
    assert build_here(copy).code == 0
    assert differing(tree_of(site / "site"), tree_of(copy / "site")) == []


def test_what_is_served_is_what_a_build_writes_and_a_script(small_site: Path) -> None:
    before = tree_of(small_site / "site")
    with serve(small_site) as served:
        for path in sorted((small_site / "site").rglob("*.html")):
            written, shown = path.read_text("utf-8"), served.get(path.relative_to(small_site / "site").as_posix()).text
            assert len(_SCRIPT.findall(shown)) == 1
            assert _SCRIPT.sub("", shown) == written
        assert served.get("assets/kb/search.css").kind == "text/css"
    assert tree_of(small_site / "site") == before
    kept = small_site / ".kawaraban/drafts/serve"
    assert not [path for path in kept.rglob("*.html") if _SCRIPT.search(path.read_text("utf-8"))]


def test_a_public_address_with_a_path_is_served_below_that_path(small_site: Path) -> None:
    settings = small_site / "mkdocs.yml"
    settings.write_text(f"site_url: https://portal.example/tayori/\n{settings.read_text('utf-8')}", encoding="utf-8")
    with serve(small_site) as served:
        assert served.url.endswith("/tayori/")
        assert "https://portal.example/tayori/" in served.page("")
        assert replace(served, url=served.url.removesuffix("tayori/")).get("").status == 302


def test_ctrl_c_ends_it_well(small_site: Path) -> None:
    with serve(small_site) as served:
        assert served.stop() == 0


def test_ctrl_c_ends_it_whatever_it_waits_for(small_site: Path) -> None:
    with serve(small_site) as served:
        until(lambda: served.get("").status == 200)
        cache = small_site / ".kawaraban/drafts/cache/pages.sqlite3"
        with closing(sqlite3.connect(cache, isolation_level=None)) as busy:
            busy.execute("BEGIN EXCLUSIVE")  # what was shown cannot be noted: SQLite waits a minute
            assert served.stop() == 0


def test_an_address_that_is_taken_is_told(small_site: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = run("--lang", "en", "serve", "--address", address, cwd=small_site)
    assert (done.code, "settings/address-not-free" in done.said) == (20, True), done.said


def test_a_site_is_served_once(small_site: Path) -> None:
    with serve(small_site):
        done = run("--lang", "en", "serve", "--address", "127.0.0.1:0", cwd=small_site)
    assert (done.code, "publish/served-already" in done.said) == (60, True), done.said
    assert re.search(r"pid \d+, \d{4}-\d{2}-\d{2} \d{2}:\d{2}\)", done.said)


def test_without_a_site_it_does_not_begin(tmp_path: Path) -> None:
    done = run("--lang", "en", "serve", cwd=tmp_path)
    assert (done.code, "settings/no-configuration" in done.said) == (20, True), done.said
