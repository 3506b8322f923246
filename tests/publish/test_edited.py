"""What was saved after the site was built is named, so that nobody takes it for published."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from generator.publish import edited_since
from tests.commands import SMALL_DAY, run_here
from tests.publish.target import Desk, edition


def named(desk: Desk) -> list[str]:
    """The files that are named as saved since."""
    return [finding.place.path for finding in edited_since(desk.site, desk.settings)]


def save(path: Path, at: datetime) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("改", encoding="utf-8")
    os.utime(path, (at.timestamp(), at.timestamp()))


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A site built after everything was saved."""
    save(desk.settings.root / "mkdocs.yml", desk.now)
    save(desk.settings.content / "articles/a.md", desk.now)
    desk.build(edition("一"))
    return desk


def test_nothing_is_named_while_the_site_is_the_newest(desk: Desk) -> None:
    assert named(desk) == []


@pytest.mark.parametrize(
    "path", ["content/articles/a.md", "content/data/roster.csv", "mkdocs.yml", "theme_overrides/x"]
)
def test_the_file_saved_last_is_named(path: str, desk: Desk) -> None:
    save(desk.settings.content / "articles/b.md", desk.now + timedelta(minutes=1))
    save(desk.settings.root / path, desk.now + timedelta(minutes=2))
    assert named(desk) == [path]


@pytest.mark.parametrize("path", ["site/index.html", "content/.a.md.swp", "notes.txt"])
def test_what_is_no_part_of_a_build_is_not_named(path: str, desk: Desk) -> None:
    save(desk.settings.root / path, desk.now + timedelta(minutes=2))
    assert named(desk) == []


def test_a_site_of_a_named_moment_says_nothing_of_when_it_was_built(desk: Desk) -> None:
    desk.build(edition("一"), at=desk.now - timedelta(days=30))
    assert named(desk) == []


def test_publishing_says_that_a_page_was_saved_since_and_refuses_nothing(small_site: Path, tmp_path: Path) -> None:
    config = small_site / "mkdocs.yml"
    assert run_here("build", "-f", config, "-j", "1").code == 0
    assert "edited-since-built" not in run_here("publish", tmp_path / "www", "-f", config).said
    page = small_site / "content/articles/welcome.md"
    page.write_text(page.read_text("utf-8") + "\n追記\n", encoding="utf-8")
    again = run_here("publish", tmp_path / "www", "-f", config, "--format", "json")
    told = {f"{finding['code']} {finding['path']}" for finding in json.loads(again.out)}
    assert (again.code, "publish/edited-since-built content/articles/welcome.md" in told) == (0, True), again.said


def test_publishing_names_the_pages_of_the_sample_company(small_site: Path, tmp_path: Path) -> None:
    config = small_site / "mkdocs.yml"
    done = run_here("publish", tmp_path / "www", "-f", config, "--now", SMALL_DAY)
    assert (done.code, "samples-left" in done.err, "mkdocs.yml" in done.err) == (0, True, True), done.said
