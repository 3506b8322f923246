"""Words as a shell takes them, so that the next step can be copied whatever a folder is called."""

from __future__ import annotations

import shlex
import subprocess
import sys


def quoted(*words: str) -> str:
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)
