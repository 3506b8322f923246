"""Counts of closed months that a database gave: kept whole or not at all, and nothing beside them."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from generator.measure.elsewhere import KeptCounts
from generator.whole_file import GIVEN_UP

ROWS = [("company", date(2026, 10, 31), None, 3, 12)]


def test_what_is_kept_is_known_again_and_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "private/counts.json"
    KeptCounts(path).keep({"october": ROWS})
    assert KeptCounts(path).of("october") == ROWS
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 or os.name == "nt"


def test_counts_that_cannot_be_kept_leave_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "counts.json"
    path.mkdir()
    with pytest.raises(OSError, match="counts"):
        KeptCounts(path).keep({"october": ROWS})
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_process_had_begun_goes_with_a_later_one(tmp_path: Path) -> None:
    path, old, new = (tmp_path / name for name in ("counts.json", ".counts-old", ".counts-new"))
    for begun in (old, new):
        begun.write_text("{", "utf-8")
    long_ago = old.stat().st_mtime - 2 * GIVEN_UP
    os.utime(old, (long_ago, long_ago))
    KeptCounts(path).keep({"october": ROWS})
    assert sorted(tmp_path.iterdir()) == [new, path], "of a process that may still be at it"
