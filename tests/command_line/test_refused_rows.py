"""Rows that figures were refused for are not the last good ones: they never stand in for a source that fails later."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import build_here, run_here


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_refused_roster_is_forgotten_when_the_one_before_is_back_with_another_mistake(
    small_site: Path, command: str
) -> None:
    roster = small_site / "content/data/exports/sample/roster.csv"
    text = roster.read_text(encoding="utf-8")
    department = text.splitlines()[1].split(",")[2]
    assert build_here(small_site).code == 0

    roster.write_text(text.replace(f",{department},", ",総務部,"), encoding="utf-8")
    done = run_here(command, "-f", small_site / "mkdocs.yml", "--now", "2026-11-20")
    assert (done.code, "`総務部`" in done.said) == (30, True), done.said

    roster.write_text(text.replace("2016-04-01", "2016-04-31", 1), encoding="utf-8")
    done = build_here(small_site)
    assert (done.code, "総務部" in done.said) == (3, False), done.said
    assert "data/stale-source" in done.said
