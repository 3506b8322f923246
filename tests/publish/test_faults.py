"""Stop it at any moment: readers have the old site or the new one, and the next run puts everything right."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from generator.errors import PublishFailed, Rejected
from tests.publish.faults import at_call, failing, killed_at_call
from tests.publish.target import Desk, edition

PAGES = 3
MANY = 400
"""More calls than publishing three pages makes."""


def text(number: int) -> str:
    return f"edition {number}\n" * 500


@pytest.fixture
def readers(desk: Desk) -> Iterator[None]:
    """Somebody reads all the time; the test fails if they ever get a page that is missing or torn."""
    desk.build(edition(text(0), PAGES))
    desk.publish()
    command = [sys.executable, "-c", _READER, str(desk.target / "current")]
    reader = subprocess.Popen(command, stdin=subprocess.PIPE)
    yield
    assert reader.stdin
    reader.stdin.close()
    assert reader.wait(10) == 0


_READER = """
import select, sys
from pathlib import Path
current = Path(sys.argv[1])
while not select.select([sys.stdin], [], [], 0)[0]:
    for page in ("index.html", "p0/index.html", "p1/index.html"):
        lines = (current / page).read_text().splitlines()
        assert len(lines) == 500 and len(set(lines)) == 1, (page, len(lines))
"""


@pytest.mark.usefixtures("readers")
def test_killed_at_any_call_it_leaves_the_old_site_or_the_new_one(desk: Desk) -> None:
    seen = set()
    for call in range(1, MANY):
        old, new = edition(text(call - 1), PAGES), edition(text(call), PAGES)
        desk.build(new)
        was_killed = killed_at_call(call, desk.publish)
        served = desk.served()
        assert served in (old, new), f"torn by a kill at call {call}"
        seen.add("new" if served == new else "old")
        desk.publish()
        assert desk.served() == new
        assert desk.left_over() == []
        if not was_killed:
            break
    assert call < MANY - 1, "publishing made more calls than were struck"
    assert seen == {"old", "new"}


def test_a_rollback_killed_at_any_call_leaves_one_of_the_two_sites(desk: Desk) -> None:
    for number in (1, 2):
        desk.build(edition(text(number), PAGES))
        desk.publish()
    for call in range(1, MANY):
        assert killed_at_call(call, desk.rollback), "a rollback ended before it switched"
        served = desk.served()
        assert served in (edition(text(1), PAGES), edition(text(2), PAGES))
        if served == edition(text(1), PAGES):
            break
    assert call > 10


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES], ids=errno.errorcode.get)
def test_a_call_that_fails_anywhere_leaves_the_old_site_and_no_leftovers(desk: Desk, code: int) -> None:
    desk.build(edition(text(0), PAGES))
    desk.publish()
    for call in range(1, MANY):
        old, new = edition(text(call - 1), PAGES), edition(text(call), PAGES)
        desk.build(new)
        with suppress(PublishFailed, Rejected), at_call(call, failing(code)) as struck:
            desk.publish()
        if not struck:
            break
        assert desk.served() in (old, new)
        assert [left for left in desk.left_over() if left != ".tmp-current" and not left.endswith(".json")] == []
        desk.publish()
        assert desk.served() == new
        assert desk.left_over() == []
    assert 40 < call < MANY - 1


def test_ctrl_c_leaves_nothing_behind(desk: Desk) -> None:
    desk.build(edition(text(0), PAGES))
    desk.publish()
    desk.build(edition(text(1), PAGES))

    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), at_call(40, interrupt):
        desk.publish()
    assert desk.served() == edition(text(0), PAGES)
    assert desk.left_over() == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 4 MB with room for 40 files."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m,nr_inodes=40", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    if not mounted:
        pytest.skip("a full disk is only tried where a tmpfs can be mounted (root on Linux)")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S607 (the system's own umount)


def test_a_disk_without_room_for_twice_the_site_is_refused_before_writing(tmp_path: Path, small_disk: Path) -> None:
    desk = Desk(tmp_path, small_disk / "www")
    desk.build({"index.html": "x" * 3_000_000})
    with pytest.raises(PublishFailed) as caught:
        desk.publish()
    assert caught.value.findings[0].code == "too-little-space"


def test_a_disk_that_fills_up_keeps_the_old_site(tmp_path: Path, small_disk: Path) -> None:
    desk = Desk(tmp_path, small_disk / "www")
    desk.build(edition("一"))
    desk.publish()
    desk.build(edition("二", pages=60))
    with pytest.raises(PublishFailed) as caught:
        desk.publish()
    assert caught.value.findings[0].code == "target-failed"
    assert "No space left" in caught.value.findings[0].what.en
    assert desk.served() == edition("一")
    assert desk.left_over() == []


def test_a_read_only_disk_is_refused_at_once(tmp_path: Path, small_disk: Path) -> None:
    desk = Desk(tmp_path, small_disk / "www")
    desk.build(edition("一"))
    desk.publish()
    desk.build(edition("二"))
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)  # noqa: S607
    began = time.monotonic()
    with pytest.raises(PublishFailed) as caught:
        desk.publish()
    assert time.monotonic() - began < 5
    assert caught.value.findings[0].code == "target-failed"
    assert desk.served() == edition("一")
