from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cache.file_clock import FileClock
from generator.cache.sight import Sight
from generator.model.finding import Place
from generator.read.file_kinds import judge_file
from generator.read.file_names import judge_name, shown_name
from generator.read.walk import open_plain, walk
from tests.read.content import PNG, lay_out, names, settings_of
from tests.read.picture_files import avif, gif, jpeg, png, webp


def test_data_and_dot_files_are_passed_over_but_only_where_they_belong(tmp_path: Path) -> None:
    root = lay_out(
        tmp_path, {"data/a.xlsx": "x", ".git/x": "x", "a/.DS_Store": "x", "a/data/b.md": "# 題\n", "a.md": "# 題\n"}
    )
    files, findings = walk(settings_of(root))
    assert [file.source for file in files] == ["a.md", "a/data/b.md"]
    assert findings == []


@pytest.mark.parametrize("folder", ["", "notices/", "articles/"])
@pytest.mark.parametrize(
    "name", ["Thumbs.db", "desktop.ini", "Desktop.ini", "ehthumbs.db", "~$案内.docx", "~$roster.xlsx"]
)
def test_what_windows_and_office_leave_beside_files_is_passed_over_without_a_word(
    name: str, folder: str, tmp_path: Path
) -> None:
    root = lay_out(tmp_path, {f"{folder}{name}": b"\0", "a.md": "# 題\n"})
    files, findings = walk(settings_of(root))
    assert [file.source for file in files] == ["a.md"]
    assert findings == []


@pytest.mark.parametrize("name", ["my-thumbs.db", "app.ini", "a~$b.docx"])
def test_other_files_of_those_kinds_are_refused(name: str, tmp_path: Path) -> None:
    files, findings = walk(settings_of(lay_out(tmp_path, {f"notices/{name}": b"\0"})))
    assert files == []
    assert [finding.is_error for finding in findings] == [True]


def test_a_link_named_like_what_windows_leaves_is_refused(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {"a.md": "# 題\n"})
    (root / "content" / "Thumbs.db").symlink_to(root / "secret")
    assert names(walk(settings_of(root))[1]) == ["symlink"]


def test_a_path_too_long_for_some_file_system_is_refused(tmp_path: Path) -> None:
    long, short = "/".join(["あ" * 70] * 4), "/".join(["い" * 70] * 4)
    files, findings = walk(
        settings_of(lay_out(tmp_path, {f"{long}/{'a' * 80}.md": "# 題\n", f"{short}/a.md": "# 題\n"}))
    )
    assert [file.source for file in files] == [f"{short}/a.md"]
    assert [(finding.code, finding.place.path[-7:]) for finding in findings] == [("file-name", "aaaa.md")]


def test_names_are_nfc_whatever_the_file_system_keeps(tmp_path: Path) -> None:
    files, _ = walk(settings_of(lay_out(tmp_path, {"カ\u3099イト\u3099.md": "# 題\n"})))
    assert [file.source for file in files] == ["ガイド.md"]


def test_a_file_exchanged_for_a_link_after_the_walk_is_not_read(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {"a.md": "# 題\n"})
    (root / "secret").write_text("秘密", encoding="utf-8")
    files, _ = walk(settings_of(root))
    Path(files[0].path).unlink()
    Path(files[0].path).symlink_to(root / "secret")
    with pytest.raises(OSError, match=r"a\.md"):
        os.close(open_plain(files[0]))


def test_what_was_seen_when_the_build_began_is_not_looked_at_again(tmp_path: Path) -> None:
    settings = settings_of(lay_out(tmp_path, {"a.md": "# 題\n", "b/c.md": "# 題\n", "b/d.exe": "x"}))
    sight = Sight.of([settings.content], FileClock(0))
    before = walk(settings)
    (settings.content / "new.md").write_text("# 題\n", encoding="utf-8")
    assert walk(settings, sight) == before != walk(settings)


def test_what_was_seen_of_other_folders_tells_nothing_of_content(tmp_path: Path) -> None:
    settings = settings_of(lay_out(tmp_path, {"a.md": "# 題\n"}))
    assert walk(settings, Sight.of([tmp_path / "theme"], FileClock(0))) == walk(settings)


def test_files_that_an_earlier_walk_has_found_are_found_as_they_were(tmp_path: Path) -> None:
    root = lay_out(
        tmp_path,
        {"a.md": "# 題\n", "記事/カ\u3099イト\u3099.md": "# 題\n", "記事/図.PNG": PNG, "b.exe": "x", ".c.md": "x"},
    )
    settings = settings_of(root)
    found = walk(settings)
    assert walk(settings, sound={file.source for file in found[0]}) == found


def test_what_is_no_file_any_more_is_judged_under_its_old_name(tmp_path: Path) -> None:
    settings = settings_of(lay_out(tmp_path, {"a.md": "# 題\n", "b.md": "# 題\n", "c.png": PNG}))
    sound = {file.source for file in walk(settings)[0]}
    for name in ("a.md", "b.md"):
        (settings.content / name).unlink()
    (settings.content / "a.md").symlink_to(settings.content / "c.png")
    (settings.content / "b.md").mkdir()
    assert walk(settings, sound=sound) == walk(settings)
    assert [file.source for file in walk(settings, sound=sound)[0]] == ["c.png"]


def test_hard_links_within_content_are_two_files_of_ours(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {"a.md": "# 題\n"})
    (root / "content/b.md").hardlink_to(root / "content/a.md")
    files, findings = walk(settings_of(root))
    assert len(files) == 2
    assert findings == []


def test_a_link_between_the_root_and_content_is_refused(tmp_path: Path) -> None:
    lay_out(tmp_path / "real", {"a.md": "# 題\n"})
    (tmp_path / "root").mkdir()
    (tmp_path / "root/docs").symlink_to(tmp_path / "real")
    settings = settings_of(tmp_path / "root").model_copy(update={"content": tmp_path / "root/docs/content"})
    files, findings = walk(settings)
    assert files == []
    assert names(findings) == ["symlink"]


@pytest.mark.parametrize(
    "name", ["con", "NUL.md", "com1.tar.md", "-x.md", "x.", "x ", "a:b.md", "a\nb.md", "a\u200bb.md", "あ" * 80 + ".md"]
)
def test_names_that_cannot_be_kept_are_refused(name: str) -> None:
    assert names(judge_name(name, Place("p"))) == ["file-name"]
    assert shown_name(name).isprintable()


@pytest.mark.parametrize(
    "name", ["社内チャット 導入.md", "console.md", "a-b_c.md", "(1).md", "家族👨‍👩‍👧.md", "100%.md"]
)
def test_ordinary_names_are_kept(name: str) -> None:
    assert judge_name(name, Place("p")) == []
    assert shown_name(name) == name


_PICTURES: dict[str, Callable[[int, int], bytes]] = {".png": png, ".jpg": jpeg, ".gif": gif, ".webp": webp}


@pytest.mark.parametrize("suffix", _PICTURES)
def test_the_pixels_of_a_picture_are_counted_from_its_header(suffix: str) -> None:
    picture = _PICTURES[suffix]
    assert judge_file(suffix, 100, picture(2000, 1000), Place("p")) == []
    assert names(judge_file(suffix, 100, picture(16000, 10), Place("p"))) == ["too-many-pixels"]


@pytest.mark.parametrize("suffix", _PICTURES)
def test_a_picture_cut_anywhere_is_answered(suffix: str) -> None:
    picture = _PICTURES[suffix](100, 100)
    whole = len(picture) - (suffix == ".gif")  # which may end without its mark
    for length in range(1, whole):
        assert names(judge_file(suffix, length, picture[:length], Place("p"))) == ["file-content"]


def test_pictures_that_pass_are_what_they_say() -> None:
    assert judge_file(".png", len(PNG), PNG, Place("p")) == []
    assert judge_file(".avif", 99, avif((b"av01", b"picture")), Place("p")) == []
    assert judge_file(".csv", 3, b"a,b", Place("p")) == []
    assert names(judge_file(".csv", 3, b"a\0b", Place("p"))) == ["file-content"]
