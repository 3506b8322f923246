"""What the repository of a site can tell, where there is one."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

_PATIENCE = 10
"""Seconds; git answers what is asked here in a hundredth of one."""


def is_ignored(folder: Path, path: Path) -> bool | None:
    """Whether the repository of `folder` leaves `path` alone; None outside a repository or without git."""
    result = _git(folder, "check-ignore", "--quiet", str(path))
    return {0: True, 1: False}.get(result.returncode) if result else None


def last_commit(folder: Path) -> datetime | None:
    """When the newest commit was made, in UTC; None where there is none."""
    result = _git(folder, "log", "-1", "--no-show-signature", "--format=%ct")
    stamp = result.stdout.strip() if result else ""
    try:
        return datetime.fromtimestamp(int(stamp), UTC)
    except (ValueError, OverflowError, OSError):
        return None  # no commit, or one of a year that no calendar has


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str] | None:
    program = shutil.which("git")
    if program is None or not folder.is_dir():
        return None
    command = [program, "-C", str(folder), *arguments]
    try:
        # S603: the program is git itself, and no argument comes from a page or a data file.
        return subprocess.run(  # noqa: S603
            command,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None  # a git that does not run, or hangs on a disk that is gone, knows nothing
