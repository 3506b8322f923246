"""Feeds, the sitemap and figures as data, from build to build."""

from collections.abc import Iterator
from pathlib import Path

from generator.build.files import LooseFile, data_files
from generator.build.memory import FileRecord
from generator.model.site import DataFile
from tests.commands import build_here

URLS = ("feeds/all.xml", "sitemap.xml")


def made() -> Iterator[DataFile]:
    return (DataFile(url, url.encode()) for url in URLS)


def never_made() -> Iterator[DataFile]:
    raise AssertionError("nobody asked for what they say")


def record_of(file: LooseFile) -> FileRecord:
    return FileRecord(file.sha256, file.size)


def test_files_that_say_what_they_said_are_known_without_being_made() -> None:
    new = data_files(URLS, made, {})
    known = data_files(URLS, never_made, {file.path: record_of(file) for file in new})
    assert [(file.path, file.sha256, file.size) for file in known] == [(f.path, f.sha256, f.size) for f in new]


def test_known_files_are_made_when_somebody_asks_what_they_say() -> None:
    new = data_files(URLS, made, {})
    known = data_files(URLS, made, {file.path: record_of(file) for file in new})
    assert [file.content() for file in known] == [url.encode() for url in URLS]


def test_all_are_made_when_one_is_not_known() -> None:
    (feed, sitemap) = data_files(URLS, made, {"sitemap.xml": FileRecord("0" * 64, 1)})
    assert feed.content() == b"feeds/all.xml"
    assert sitemap.sha256 == LooseFile.of("sitemap.xml", b"sitemap.xml").sha256


def test_a_feed_stays_when_only_a_text_changes_and_tells_a_new_summary(small_site: Path) -> None:
    article, feed = small_site / "content/articles/summed-up.md", small_site / "site/feeds/all.xml"
    article.write_text("---\ntitle: まとめ\ndate: 2026-11-19\nsummary: はじめの要約\n---\n\n本文です。\n", "utf-8")
    assert build_here(small_site).code == 0
    before = feed.stat().st_mtime_ns
    article.write_text(article.read_text("utf-8").replace("本文", "直した本文"), "utf-8")
    assert build_here(small_site).code == 0
    assert feed.stat().st_mtime_ns == before
    article.write_text(article.read_text("utf-8").replace("はじめの要約", "新しい要約"), "utf-8")
    assert build_here(small_site, "--verify-cache").code == 0
    assert "新しい要約" in feed.read_text("utf-8")
