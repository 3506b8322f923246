"""Make sure that the tests have an nginx and an Apache to start; `make test` runs this first.

Installed ones are used as they are. On Debian and Ubuntu the packages are installed when we may; elsewhere the tests
that need them are skipped, which is said here and in the report of the tests.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.debian import ensure_or_skip

_PACKAGES = ("nginx-light", "apache2-bin", "media-types")
_FOLDERS = "/usr/sbin:/usr/local/sbin"  # off the path of people who are not root
MODULES = Path("/usr/lib/apache2/modules")
"""Apache's, where Debian keeps them."""


def find_program(name: str) -> str | None:
    """Path of `nginx` or `apache2`; None when there is none."""
    return shutil.which(name) or shutil.which(name, path=_FOLDERS)


def what_is_missing() -> str | None:
    """Why no web server can be started here; None when both can."""
    if os.name != "posix":
        return "web servers are started for tests on Linux only"
    if find_program("nginx") is None or find_program("apache2") is None or not MODULES.is_dir():
        return f"there is no nginx or no Apache of Debian here; remedy: apt-get install {' '.join(_PACKAGES)}"
    return None


if __name__ == "__main__":
    ensure_or_skip("WEB SERVERS", "the tests of the guide's configurations", what_is_missing, *_PACKAGES)
