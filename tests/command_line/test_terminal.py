"""What somebody at a terminal sees while a build runs."""

import os
import pty
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from generator.scaffold import create_site


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals to build in")
def test_a_build_at_a_terminal_shows_bars_and_then_only_its_result(tmp_path: Path) -> None:
    import datetime as dt

    create_site(tmp_path / "site", title="社内だより", today=dt.date(2026, 11, 20))
    ours, theirs = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k != "CI"} | {"TERM": "xterm", "COLUMNS": "100"}
    command = [sys.executable, "-m", "generator.cli", "--lang", "ja", "build", "--now", "2026-11-20"]
    with subprocess.Popen(
        command, cwd=tmp_path / "site", env=environment, stdout=subprocess.PIPE, stderr=theirs, encoding="utf-8"
    ) as process:
        os.close(theirs)
        drawn = _read_all(ours)
        told = process.stdout.read() if process.stdout else ""
    assert process.returncode == 0, drawn
    assert "ページを作成" in drawn
    assert "site を更新しました" in told
    assert "\x1b" not in told


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a disk that is always full")
@pytest.mark.parametrize(("words", "code"), [(["--help"], 1), (["biuld"], 2)])
def test_where_nothing_can_be_written_a_command_ends_without_a_traceback(words: list[str], code: int) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "generator.cli", "--lang", "en", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip()) > 0


@pytest.mark.skipif(sys.platform == "win32", reason="closes streams as a shell does")
def test_a_command_whose_streams_are_closed_ends_as_any_other() -> None:
    command = f"{shlex.quote(sys.executable)} -m generator.cli --help >&- 2>&-"
    done = subprocess.run(["/bin/sh", "-c", command], check=False)
    assert done.returncode == 0


def _read_all(descriptor: int) -> str:
    pieces = []
    while True:
        try:
            piece = os.read(descriptor, 65536)
        except OSError:  # Linux says EIO when the other end is closed
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(descriptor)
    return b"".join(pieces).decode("utf-8", "replace")
