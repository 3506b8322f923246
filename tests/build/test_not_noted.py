"""A site that was put where it is read, and of which nothing can be noted any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import build_here


@pytest.mark.parametrize("note", ["built.json", "last-released.json"])
def test_whoever_reads_why_a_note_failed_is_told_that_the_site_is_the_new_one(note: str, small_site: Path) -> None:
    file = small_site / ".kawaraban" / note
    kept = file.read_bytes()
    file.unlink()
    (file / "in the way").mkdir(parents=True)
    article = small_site / "content/articles/new.md"
    article.write_text("# 題\n\n本文です。\n", "utf-8")
    done = build_here(small_site)
    assert (done.code, "the site is the new one" in done.said) == (50, True), done.said
    assert note in done.said
    assert (small_site / "site/articles/new/index.html").is_file()
    (file / "in the way").rmdir()
    file.rmdir()
    file.write_bytes(kept)
    assert build_here(small_site).code == 0
