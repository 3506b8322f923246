"""What a new site tells of the fictional company is known again, whatever its title and day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.scaffold import create_site, samples_left


@pytest.fixture
def site(tmp_path: Path) -> Path:
    create_site(tmp_path / "tayori", title='"第 2" 便り: §', today=date(2026, 2, 3))
    return tmp_path / "tayori"


def left_in(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in samples_left(site / "mkdocs.yml", site / "content")}


def test_every_page_of_a_new_site_is_a_sample_and_so_are_its_settings_and_its_people(site: Path) -> None:
    pages = {path.relative_to(site).as_posix() for path in (site / "content").rglob("*.md")}
    assert left_in(site) == pages | {"mkdocs.yml", "content/data/departments.csv", "content/data/sources.yml"}


def test_a_page_of_ones_own_is_none_nor_is_one_that_is_gone(site: Path) -> None:
    before = left_in(site)
    mine, gone = "content/about/mvv.md", "content/notices/first-briefing.md"
    (site / mine).write_text((site / mine).read_text("utf-8") + "\n一言。\n", encoding="utf-8")
    (site / gone).unlink()
    assert left_in(site) == before - {mine, gone}


def test_other_ends_of_lines_make_no_page_ones_own(site: Path) -> None:
    before = left_in(site)
    for path in site.rglob("*.md"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert left_in(site) == before


def test_what_cannot_be_read_is_no_sample(site: Path) -> None:
    (site / "content/about/mvv.md").write_bytes(b"\xff")
    assert "content/about/mvv.md" not in left_in(site)
