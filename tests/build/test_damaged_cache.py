"""A cache that turns out to be damaged in the middle of a build costs time and nothing else."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.build.test_verify_cache import CACHE
from tests.commands import build_here, tree_of

UNREADABLE = "UPDATE entry SET content = CAST(X'ff' AS TEXT)"
"""SQLite says so when it is asked for such an entry, and then nothing in the file can be trusted."""


@pytest.mark.parametrize("kind", ["content", "frame", "search", "facts", "shell-file"])
def test_a_file_that_cannot_be_read_any_more_is_given_up_and_the_site_made_without(small_site: Path, kind: str) -> None:
    assert build_here(small_site).code == 0
    before = tree_of(small_site / "site")
    with sqlite3.connect(small_site / CACHE) as connection:
        assert connection.execute(f"{UNREADABLE} WHERE kind = ?", (kind,)).rowcount > 0
    for folder in (small_site / "site").iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
    done = build_here(small_site)
    assert done.code == 0, done.said
    assert tree_of(small_site / "site") == before
