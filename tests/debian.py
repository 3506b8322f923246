"""Packages of Debian and Ubuntu that tests need: installed when we may, which takes root and `apt-get`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable


def ensure_or_skip(what: str, why: str, missing: Callable[[], str | None], *packages: str) -> None:
    """Install `packages` for `why` if something is `missing`; say what is missing even then."""
    if missing() is None:
        return
    complaints = install(why, *packages)
    if (still := missing()) is not None:
        sys.stderr.write(f"SKIPPING ALL TESTS AGAINST {what}: {still}\n{complaints}")


def install(why: str, *packages: str) -> str:
    """Install packages where that can be done. Returns what the commands that failed said; nothing where we may not."""
    installer = shutil.which("apt-get")
    if installer is None or os.name != "posix" or os.geteuid() != 0:
        return ""
    sys.stderr.write(f"installing {' and '.join(packages)} for {why} ...\n")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    complaints = ""
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        done = subprocess.run([installer, *command], capture_output=True, text=True, check=False, env=environment)
        if done.returncode:
            complaints += f"apt-get {command[0]} ended with {done.returncode}: {done.stderr.strip()}\n"
    return complaints
