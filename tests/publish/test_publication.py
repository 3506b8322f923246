"""Publishing and going back: what readers get, and what is refused."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.errors import ExitCode, LockHeld, PublishFailed
from generator.model.finding import Finding
from generator.publish import last_built
from tests.publish.target import Desk, edition


def refused(desk: Desk) -> str:
    """The code with which publishing is refused; what readers get stays as it is."""
    return refusal(desk).code


def refusal(desk: Desk) -> Finding:
    before = desk.served()
    with pytest.raises(PublishFailed) as caught:
        desk.publish()
    assert caught.value.exit_code is ExitCode.PUBLISH
    assert desk.served() == before
    assert desk.left_over() == []
    return caught.value.findings[0]


def test_a_site_is_served_through_a_relative_link(desk: Desk) -> None:
    desk.build(edition("一"))
    release = desk.publish()
    assert desk.served() == edition("一")
    assert release.is_new
    assert release.pages == 4
    assert (desk.target / "current").readlink() == Path("releases") / release.id
    assert release.id.startswith("20261120T000600Z-")
    assert release.folder.is_dir()


def test_the_record_lies_outside_the_served_folder(desk: Desk) -> None:
    desk.build(edition("一"))
    release = desk.publish()
    record = json.loads((desk.target / "releases" / f"{release.id}.json").read_text(encoding="utf-8"))
    assert set(record["files"]) == set(desk.served())
    assert record["previous"] is None


def test_the_same_site_is_not_published_twice(desk: Desk) -> None:
    desk.build(edition("一"))
    first = desk.publish()
    desk.build(edition("一"))
    again = desk.publish()
    assert not again.is_new
    assert again.id == first.id
    assert desk.releases() == [first.id]


def test_rollback_gives_back_what_readers_had_and_goes_further_back_each_time(desk: Desk) -> None:
    for word in ("一", "二", "三"):
        desk.build(edition(word))
        desk.publish()
    desk.rollback()
    assert desk.served() == edition("二")
    desk.rollback()
    assert desk.served() == edition("一")
    with pytest.raises(PublishFailed) as caught:
        desk.rollback()
    assert caught.value.findings[0].code == "no-earlier-release"
    assert desk.served() == edition("一")


def test_after_a_rollback_publishing_goes_forward_and_the_withdrawn_release_is_not_gone_back_to(desk: Desk) -> None:
    for word in ("一", "誤り"):
        desk.build(edition(word))
        desk.publish()
    desk.rollback()
    desk.build(edition("三"))
    desk.publish()
    assert desk.served() == edition("三")
    desk.rollback()
    assert desk.served() == edition("一")


def test_there_is_nothing_to_go_back_to_on_a_new_target(desk: Desk) -> None:
    with pytest.raises(PublishFailed) as caught:
        desk.rollback()
    assert caught.value.findings[0].code == "no-earlier-release"
    assert not desk.target.exists()


def test_a_damaged_release_is_not_gone_back_to(desk: Desk) -> None:
    desk.build(edition("一"))
    first = desk.publish()
    desk.build(edition("二"))
    desk.publish()
    (first.folder / "p1/index.html").write_text("改", encoding="utf-8")
    with pytest.raises(PublishFailed) as caught:
        desk.rollback()
    assert caught.value.findings[0].code == "release-damaged"
    assert desk.served() == edition("二")


def test_a_site_that_was_never_verified_is_refused(desk: Desk) -> None:
    desk.site.mkdir()
    (desk.site / "index.html").write_text("x", encoding="utf-8")
    assert refused(desk) == "not-verified"


def test_a_preview_built_elsewhere_leaves_the_site_fit_to_be_published(desk: Desk, tmp_path: Path) -> None:
    desk.build(edition("今日"))
    build_elsewhere(desk, tmp_path / "preview", edition("来月"))
    desk.publish()
    assert desk.served() == edition("今日")


def test_what_was_verified_in_one_folder_is_not_verified_in_another(desk: Desk, tmp_path: Path) -> None:
    desk.build(edition("今日"))
    build_elsewhere(desk, tmp_path / "preview", edition("来月"))
    shutil.copytree(tmp_path / "preview", desk.site, dirs_exist_ok=True)
    assert refused(desk) == "changed-since-verified"
    desk.site = Path(shutil.copytree(tmp_path / "preview", tmp_path / "copy"))
    assert refused(desk) == "not-verified"


def test_the_note_about_a_folder_that_is_gone_goes_with_the_next_build(desk: Desk, tmp_path: Path) -> None:
    build_elsewhere(desk, tmp_path / "preview", edition("来月"))
    shutil.move(tmp_path / "preview", tmp_path / "kept")
    desk.build(edition("今日"))
    desk.site = Path(shutil.move(tmp_path / "kept", tmp_path / "preview"))
    assert refused(desk) == "not-verified"


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="their file systems know no such names")
def test_a_site_in_a_folder_whose_name_is_no_text_is_published(desk: Desk, tmp_path: Path) -> None:
    desk.site = tmp_path / os.fsdecode(b"site-\xff")
    desk.build(edition("今日"))
    desk.publish()
    assert desk.served() == edition("今日")


def build_elsewhere(desk: Desk, folder: Path, pages: dict[str, str]) -> None:
    site, desk.site = desk.site, folder
    desk.build(pages)
    desk.site = site


@pytest.mark.parametrize("path", ["index.html", "p1/index.html", "new.html"])
def test_a_site_changed_after_it_was_verified_is_refused(desk: Desk, path: str) -> None:
    desk.build(edition("一"))
    desk.publish()
    desk.build(edition("二"))
    (desk.site / path).write_text("手直し", encoding="utf-8")
    assert refused(desk) == "changed-since-verified"


def test_a_site_with_a_file_renamed_is_refused(desk: Desk) -> None:
    desk.build(edition("一"))
    (desk.site / "p1").rename(desk.site / "p9")
    assert refused(desk) == "changed-since-verified"


@pytest.mark.parametrize("pages", [{}, {"a.html": "x"}])
def test_a_folder_without_front_page_is_refused(desk: Desk, pages: dict[str, str]) -> None:
    desk.site.mkdir()
    desk.build(pages)
    assert refused(desk) == "no-site"


def test_a_site_that_lost_many_pages_needs_a_word_from_a_person(desk: Desk) -> None:
    desk.build(edition("一", pages=10))
    desk.publish()
    desk.build(edition("二", pages=7))
    desk.publish()
    desk.build(edition("三", pages=4))
    assert refused(desk) == "shrunk"
    desk.publish(allow_shrink=True)
    assert desk.served() == edition("三", pages=4)


def test_a_site_as_it_will_be_later_is_not_published_before(desk: Desk) -> None:
    desk.build({"index.html": "明日"}, at=desk.now + timedelta(days=1))
    assert refused(desk) == "built-for-later"
    assert desk.served() == {}
    desk.now += timedelta(days=1)
    desk.publish()
    assert desk.served()["index.html"] == "明日"


def test_an_older_build_never_replaces_a_newer_one(desk: Desk) -> None:
    desk.build(edition("新"))
    desk.publish()
    desk.now -= timedelta(hours=1)
    desk.build(edition("旧"))
    desk.now += timedelta(hours=1)
    assert refused(desk) == "older-than-current"
    desk.publish(allow_older=True)
    assert desk.served() == edition("旧")


def test_ids_grow_even_when_the_clock_stands_still(desk: Desk) -> None:
    desk.build(edition("一"))
    first = desk.publish()
    desk.now -= timedelta(minutes=1)
    desk.build(edition("二"))
    second = desk.publish()
    assert second.id > first.id
    desk.rollback()
    assert desk.served() == edition("一")


def test_the_last_ten_releases_are_kept_and_always_the_current_one(desk: Desk) -> None:
    ids = []
    for number in range(14):
        desk.build(edition(str(number)))
        ids.append(desk.publish().id)
    assert set(ids[-10:]) <= set(desk.releases())
    assert len(desk.releases()) <= 11
    records = {path.stem for path in (desk.target / "releases").glob("*.json")}
    assert records == set(desk.releases())


def test_what_a_killed_publisher_left_is_cleared_away_and_nothing_else(desk: Desk) -> None:
    desk.build(edition("一"))
    desk.publish()
    releases = desk.target / "releases"
    for left in (".tmp-20261120T000000Z-00000000", "20261120T000000Z-00000000", "somebody-elses"):
        (releases / left).mkdir()
        (releases / left / "index.html").write_text("半分", encoding="utf-8")
    (desk.target / ".tmp-current").symlink_to("releases/x")
    desk.build(edition("二"))
    release = desk.publish()
    assert desk.left_over() == []
    assert "20261120T000000Z-00000000" not in desk.releases()
    assert "somebody-elses" in desk.releases()
    assert release.id in desk.releases()


def test_a_release_with_a_record_of_another_version_is_left_alone(desk: Desk) -> None:
    desk.build(edition("一"))
    other = "20260101T000000Z-00000000"
    (desk.target / "releases" / other).mkdir(parents=True)
    (desk.target / "releases" / f"{other}.json").write_text('{"version": 9}', encoding="utf-8")
    desk.publish()
    assert other in desk.releases()
    with pytest.raises(PublishFailed):
        desk.rollback()


def test_something_else_named_current_is_left_alone(desk: Desk) -> None:
    (desk.target / "current").mkdir(parents=True)
    (desk.target / "current" / "index.html").write_text("よその紙面", encoding="utf-8")
    desk.build(edition("一"))
    assert refused(desk) == "current-is-no-link"
    assert desk.served() == {"index.html": "よその紙面"}


def test_a_target_inside_the_site_is_refused(desk: Desk) -> None:
    desk.target = desk.site / "www"
    desk.build(edition("一"))
    assert refused(desk) == "target-inside-site"


def test_a_target_that_is_a_file_is_refused(desk: Desk) -> None:
    desk.target.write_text("x", encoding="utf-8")
    desk.build(edition("一"))
    assert refused(desk) == "target-failed"


def test_a_symbolic_link_in_the_site_is_not_followed(desk: Desk, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("社外秘", encoding="utf-8")
    desk.build(edition("一"))
    (desk.site / "s.txt").symlink_to(secret)
    desk.publish()
    assert desk.served() == edition("一")


def test_what_its_keeper_hides_in_the_folder_is_not_published(desk: Desk) -> None:
    desk.build(edition("一"))
    (desk.site / ".git").mkdir()
    (desk.site / ".git/config").write_text("url = secret", encoding="utf-8")
    desk.publish()
    assert desk.served() == edition("一")


def test_two_publishers_do_not_mix(desk: Desk) -> None:
    desk.build(edition("一"))
    desk.publish()
    lock = desk.target / ".publish.lock"
    command = [sys.executable, "-c", _HOLD_LOCK, str(desk.target)]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        desk.build(edition("二"))
        with pytest.raises(LockHeld) as caught:
            desk.publish()
        assert caught.value.exit_code is ExitCode.LOCK
        assert f"pid {holder.pid}" in caught.value.findings[0].what.en
        with pytest.raises(LockHeld):
            desk.rollback()
    finally:
        holder.kill()
        holder.wait()
    assert lock.exists()
    desk.publish()  # the lock of a dead process is nobody's
    assert desk.served() == edition("二")


_HOLD_LOCK = """
import sys, time
from pathlib import Path
from generator.effects import Effects
from generator.publish.lock import publishing_alone
with publishing_alone(Path(sys.argv[1]), Effects()):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_release_that_was_never_shown_is_nothing_to_go_back_to(desk: Desk) -> None:
    desk.build(edition("一"))
    first = desk.publish()
    (desk.target / "current").unlink()  # as if its publisher had died between finishing and showing it
    second = desk.publish()
    assert (first.id, second.is_new) != (second.id, False)
    with pytest.raises(PublishFailed):
        desk.rollback()


def test_a_release_of_a_clock_that_was_fast_is_said_and_left_behind_by_going_back(desk: Desk) -> None:
    desk.build(edition("一"))
    desk.publish()
    right = desk.now
    desk.now += timedelta(days=1)
    desk.build(edition("二"))
    desk.publish()
    desk.now = right
    desk.build(edition("三"))
    assert refused(desk) == "built-in-the-future"
    desk.rollback()
    desk.publish()
    assert desk.served() == edition("三")


def test_a_first_release_of_a_clock_that_was_fast_gives_way_to_a_word_from_a_person(desk: Desk) -> None:
    right = desk.now
    desk.now += timedelta(days=1)
    desk.build(edition("一"))
    first = desk.publish()
    desk.now = right
    desk.build(edition("二"))
    found = refusal(desk)
    assert found.code == "built-in-the-future"
    assert found.what.en == (
        f"the current release `{first.id}` says that it was built at 2026-11-21 09:06+09:00, "
        "yet the clock says 2026-11-20 09:06+09:00"
    )
    assert "`--allow-older`" in found.remedy.ja
    desk.publish(allow_older=True)
    assert desk.served() == edition("二")
    desk.build(edition("三"))
    desk.publish()
    assert desk.served() == edition("三")


def test_a_release_of_a_named_moment_to_come_is_no_fault_of_a_clock(desk: Desk) -> None:
    tomorrow = desk.now + timedelta(days=1)
    desk.build(edition("一"), at=tomorrow)
    first = desk.publish(tomorrow)
    desk.build(edition("二"))
    found = refusal(desk)
    assert found.code == "built-in-the-future"
    assert found.what.en == (
        f"the current release `{first.id}` was built for 2026-11-21 09:05+09:00, which is still to come "
        "(the clock says 2026-11-20 09:07+09:00)"
    )
    desk.publish(allow_older=True)
    assert desk.served() == edition("二")


def test_a_release_recorded_before_clocks_were_told_apart_is_taken_for_one_of_a_clock(desk: Desk) -> None:
    tomorrow = desk.now + timedelta(days=1)
    desk.build(edition("一"), at=tomorrow)
    path = desk.publish(tomorrow).folder.with_suffix(".json")
    record = json.loads(path.read_text(encoding="utf-8"))
    del record["by_clock"]
    path.write_text(json.dumps(record), encoding="utf-8")
    desk.build(edition("二"))
    assert "yet the clock says" in refusal(desk).what.en


@pytest.mark.parametrize("moment", ["2026-11-20T09:00:00", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"])
def test_a_record_whose_moment_cannot_be_told_is_no_release_to_compare_with(desk: Desk, moment: str) -> None:
    desk.build(edition("一"))
    put_moment(desk.publish().folder.with_suffix(".json"), lambda record: record, moment)
    desk.build(edition("二"))
    desk.publish()
    assert desk.served() == edition("二")


@pytest.mark.parametrize("moment", ["2026-11-20T09:00:00", "9999-12-31T23:59:59-23:59"])
def test_a_note_whose_moment_cannot_be_told_verifies_nothing(desk: Desk, moment: str) -> None:
    desk.build(edition("一"))
    put_moment(desk.settings.private / "built.json", lambda notes: notes["site"], moment)
    assert refused(desk) == "not-verified"
    assert last_built(desk.settings) is None


def put_moment(path: Path, part: Callable[[dict[str, Any]], dict[str, Any]], moment: str) -> None:
    whole = json.loads(path.read_text(encoding="utf-8"))
    part(whole)["built_at"] = moment
    path.write_text(json.dumps(whole), encoding="utf-8")
