"""Make sure that the browser tests have a Chromium and Japanese fonts; `make test` runs this first.

An installed Chromium or Chrome is used as it is. On Debian and Ubuntu the packages are installed when we may;
elsewhere the missing pieces are named with the command that brings them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.debian import install

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
_APPLICATIONS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
_PACKAGES = ("chromium", "fontconfig", "fonts-noto-cjk")


def find_chromium() -> str | None:
    """Path of the browser; `CHROMIUM` in the environment wins. None when there is none."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    on_path = (shutil.which(name) for name in _NAMES)
    return next((path for path in on_path if path), next((str(p) for p in _APPLICATIONS if p.is_file()), None))


def has_japanese_font() -> bool:
    """Whether text would be drawn with letters; where nobody can be asked (macOS, Windows) the system has them."""
    lister = shutil.which("fc-list")
    if lister is None:
        return sys.platform != "linux"
    fonts = subprocess.run([lister, ":lang=ja", "family"], capture_output=True, text=True, check=False)
    return bool(fonts.stdout.strip())


def ensure() -> str | None:
    """Install what is missing, if we may. Returns what is still missing with its remedy, or None."""
    if find_chromium() and has_japanese_font():
        return None
    if (named := os.environ.get("CHROMIUM")) and not find_chromium():
        return f"CHROMIUM={named} is not a program. Set it to the path of Chromium or Chrome, or unset it."
    complaint = install("the browser tests", *_PACKAGES)
    if find_chromium() and has_japanese_font():
        return None
    if complaint:
        return f"apt-get could not install {' and '.join(_PACKAGES)}:\n{complaint}"
    missing = [] if find_chromium() else ["Chromium (or Chrome)"]
    missing += [] if has_japanese_font() else ["a Japanese font"]
    remedy = (
        f"sudo apt-get install {' '.join(_PACKAGES)}"
        if shutil.which("apt-get")
        else "install Chromium or Google Chrome and a Japanese font (e.g. Noto Sans CJK); CHROMIUM=/path names the browser"
    )
    return f"the browser tests need {' and '.join(missing)}.\n  remedy: {remedy}"


def main() -> int:
    """Exit code 0 when the tests can run."""
    if (missing := ensure()) is None:
        return 0
    sys.stderr.write(missing + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
