"""The same input gives the same bytes, whoever builds it, where, and with how many processes."""

from __future__ import annotations

import getpass
import os
import re
import shutil
import socket
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from tests.commands import differing, tree_of
from tests.demo_site import DEMO_DAY

MOMENT = datetime.fromisoformat(f"{DEMO_DAY}T00:00+09:00")
ELSEWHERE = {
    "TZ": "America/New_York",
    "LC_ALL": "C",
    "LANG": "C",
    "PYTHONHASHSEED": "4711",
    "USER": "somebody-else",
    "COLUMNS": "40",
}


@pytest.fixture(scope="module")
def other_builds(demo_site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The demo once more by `mkdocs build` and once by one process, both elsewhere; at the same time."""
    folders = {name: tmp_path_factory.mktemp("別の 場所") / name for name in ("mkdocs", "one-process")}
    for folder in folders.values():
        folder.mkdir()
        shutil.copy(demo_site.parent / "mkdocs.yml", folder)
        shutil.copytree(demo_site.parent / "content", folder / "content")
    epoch = {"SOURCE_DATE_EPOCH": str(int(MOMENT.timestamp()))}
    builds = [
        _started(folders["mkdocs"], ELSEWHERE | epoch, "mkdocs", "build", "-q"),
        _started(
            folders["one-process"], {"PYTHONHASHSEED": "1"}, "generator.cli", "build", "--now", DEMO_DAY, "-j", "1"
        ),
    ]
    for build in builds:
        _, said = build.communicate()
        assert build.returncode == 0, said
    return {name: folder / "site" for name, folder in folders.items()}


def _started(folder: Path, environment: dict[str, str], *command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize("build", ["mkdocs", "one-process"])
def test_another_build_gives_the_same_bytes(build: str, demo_site: Path, other_builds: dict[str, Path]) -> None:
    assert differing(tree_of(demo_site), tree_of(other_builds[build])) == []


def test_no_byte_tells_who_built_it_where_or_when(demo_site: Path) -> None:
    traces = [str(demo_site.parent), str(Path.home()), str(Path(__file__).parents[2]), sys.prefix]
    words = [word for word in (socket.gethostname(), getpass.getuser()) if len(word) > 4]  # `root` is a word of CSS
    today = datetime.now().astimezone().date()
    if today.isoformat() != DEMO_DAY:
        traces += [today.isoformat(), f"{today.year}年{today.month}月{today.day}日"]
    pattern = re.compile("|".join(re.escape(trace) for trace in traces + words).encode())
    assert [path for path in demo_site.rglob("*") if path.is_file() and pattern.search(path.read_bytes())] == []
