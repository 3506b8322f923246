"""A photograph tells readers what it shows, and not where it was taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build.files import asset_files
from generator.cache.file_clock import FileClock
from generator.errors import Rejected
from generator.model.page import AssetFile
from generator.read.metadata.exif import only_orientation
from tests.commands import build_here, tree_of
from tests.read.picture_files import EXIF, jpeg, jpeg_segment, tiff

PAGE = "---\ndate: 2026-11-19\nsummary: 写真のある記事です。\n---\n\n# 写真\n\n![検査台](photo.jpg)\n"
PLACE, CAMERA = b"N 35.0116 E 135.7681", b"Phone X100 #4711"
PHOTO = jpeg(before=jpeg_segment(0xE1, EXIF + tiff(6, CAMERA, PLACE)) + jpeg_segment(0xFE, b"Hanako"))
BARE = jpeg(before=jpeg_segment(0xE1, EXIF + only_orientation(6)))


@pytest.fixture
def photo(small_site: Path) -> Path:
    """The author's file."""
    (small_site / "content/articles/photo.md").write_text(PAGE, encoding="utf-8")
    photo = small_site / "content/articles/photo.jpg"
    photo.write_bytes(PHOTO)
    return photo


def test_where_a_photograph_was_taken_is_not_published(small_site: Path, photo: Path) -> None:
    done = build_here(small_site)
    assert done.code == 0, done.said
    assert (small_site / "site/articles/photo.jpg").read_bytes() == BARE
    assert photo.read_bytes() == PHOTO, "the author's file stays as it is"


def test_a_photograph_that_stays_is_not_written_again(small_site: Path, photo: Path) -> None:
    assert build_here(small_site).code == 0
    before = (small_site / "site/articles/photo.jpg").stat()
    photo.with_suffix(".md").write_text(PAGE.replace("検査台", "新しい検査台"), encoding="utf-8")
    done = build_here(small_site)
    assert done.code == 0, done.said
    after = (small_site / "site/articles/photo.jpg").stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_size) == (before.st_ino, before.st_mtime_ns, len(BARE))


def test_a_photograph_that_changes_is_bare_again_as_after_a_clean_build(small_site: Path, photo: Path) -> None:
    assert build_here(small_site).code == 0
    photo.write_bytes(PHOTO.replace(b"picture", b"another"))
    assert build_here(small_site).code == 0
    after = tree_of(small_site / "site")
    assert (small_site / "site/articles/photo.jpg").read_bytes() == BARE.replace(b"picture", b"another")
    assert build_here(small_site, "--clean").code == 0
    assert tree_of(small_site / "site") == after


def test_the_page_makes_room_for_another_photograph_of_the_same_name_as_after_a_clean_build(
    small_site: Path, photo: Path
) -> None:
    page = small_site / "site/articles/photo/index.html"
    cover = PAGE.replace("summary", "cover: photo.jpg\ncover_alt: 検査台\nsummary")
    photo.with_name("other.md").write_text(cover, encoding="utf-8")
    for content, room in ((jpeg(30, 20), 'width="30" height="20"'), (jpeg(30, 40), 'width="30" height="40"')):
        photo.write_bytes(content)
        assert build_here(small_site).code == 0
        assert f'alt="検査台" src="../photo.jpg" {room}>' in page.read_text(encoding="utf-8")
    after = tree_of(small_site / "site")
    other = page.parents[1] / "other/index.html"
    assert f'src="../photo.jpg" alt="検査台" {room}>' in other.read_text(encoding="utf-8")
    assert build_here(small_site, "--clean").code == 0
    assert tree_of(small_site / "site") == after


def test_a_photograph_of_the_same_size_renews_no_page(small_site: Path, photo: Path) -> None:
    assert build_here(small_site).code == 0
    photo.write_bytes(PHOTO.replace(b"picture", b"another"))
    done = build_here(small_site, "--explain", "content/articles/photo.md")
    assert done.code == 0, done.said
    assert "0 rendered" in done.said, done.said


def test_a_photograph_whose_end_is_missing_stops_the_build(small_site: Path, photo: Path) -> None:
    assert build_here(small_site).code == 0
    photo.write_bytes(PHOTO[:-2])
    for _ in range(2):
        done = build_here(small_site)
        assert done.code == 20
        assert "content/articles/photo.jpg" in done.said
    assert (small_site / "site/articles/photo.jpg").read_bytes() == BARE, "the site of before stands"


@pytest.mark.parametrize("content", [PHOTO[:-2], b"%PDF-1.7", b"secret"])
def test_a_photograph_exchanged_after_it_was_judged_is_not_published(tmp_path: Path, content: bytes) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(content)
    asset = AssetFile("articles/photo.jpg", "articles/photo.jpg", str(photo))
    with pytest.raises(Rejected) as refused:
        list(asset_files([asset], {}, FileClock(0)))
    assert [finding.code for finding in refused.value.findings] == ["changed-meanwhile"]
