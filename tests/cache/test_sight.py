"""One look at folders, from which everything is told that later looks would tell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cache.file_clock import FileClock
from generator.cache.sight import Sight


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a page, a folder in it, and something hidden."""
    folder = tmp_path / "content"
    for name in ("index.md", "stories/one.md", ".git/HEAD"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
    return folder


def sight_of(folder: Path, later_ns: int = 0) -> Sight:
    """How it looks by a clock that shows so much later than the newest file in it."""
    newest = max(os.lstat(path).st_ctime_ns for path in folder.rglob("*"))
    return Sight.of([folder], FileClock(newest + later_ns))


def test_every_folder_is_told_with_its_entries_in_order_and_nothing_below_what_is_hidden(folder: Path) -> None:
    told = {Path(path): [entry.name for entry in found or ()] for path, found in sight_of(folder).entries.items()}
    assert told == {folder: [".git", "index.md", "stories"], folder / "stories": ["one.md"]}


def test_a_link_is_a_link_and_not_what_it_leads_to(folder: Path) -> None:
    (folder / "linked").symlink_to(folder / "stories")
    (entry,) = (entry for entry in sight_of(folder).entries[str(folder)] or () if entry.name == "linked")
    assert (entry.is_link, entry.is_folder, entry.is_file) == (True, False, False)
    assert str(folder / "linked") not in sight_of(folder).entries


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows has junctions")
def test_a_junction_is_a_link_and_nobody_walks_into_it(folder: Path) -> None:
    subprocess.run([os.environ["COMSPEC"], "/c", "mklink", "/J", folder / "joined", folder / "stories"], check=True)
    (entry,) = (entry for entry in sight_of(folder).entries[str(folder)] or () if entry.name == "joined")
    assert (entry.is_link, entry.is_folder, entry.is_file) == (True, False, False)
    assert str(folder / "joined") not in sight_of(folder).entries


@pytest.mark.parametrize("name", ["index.md", "stories/one.md", "stories/new.md", ".new"])
def test_what_is_written_changes_the_digest(folder: Path, name: str) -> None:
    before = sight_of(folder).digest
    assert sight_of(folder).digest == before
    (folder / name).write_text("other", encoding="utf-8")
    assert sight_of(folder).digest != before


def test_what_happens_below_a_hidden_name_does_not_change_the_digest(folder: Path) -> None:
    before = sight_of(folder).digest
    (folder / ".git/HEAD").write_text("other", encoding="utf-8")
    assert sight_of(folder).digest == before


def test_a_file_that_was_just_written_may_change_again_unseen(folder: Path) -> None:
    assert not sight_of(folder).is_settled
    assert sight_of(folder, later_ns=2_100_000_000).is_settled


def test_where_the_clock_cannot_be_read_any_file_may_change_unseen(folder: Path) -> None:
    assert not Sight.of([folder], None).is_settled
