"""Packages of Debian and Ubuntu that tests need: installed when we may, which takes root and `apt-get`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def install(why: str, *packages: str) -> str:
    """Install packages where that can be done. Returns what apt-get complained about; nothing where we may not."""
    installer = shutil.which("apt-get")
    if installer is None or os.name != "posix" or os.geteuid() != 0:
        return ""
    sys.stderr.write(f"installing {' and '.join(packages)} for {why} ...\n")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    said = ""
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        done = subprocess.run([installer, *command], capture_output=True, text=True, check=False, env=environment)
        said = done.stderr.strip()
    return said
