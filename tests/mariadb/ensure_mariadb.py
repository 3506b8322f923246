"""Make sure that the tests have a MariaDB to start; `make test` runs this first.

An installed one is used as it is. On Debian and Ubuntu the package is installed when we may; elsewhere the tests that
need it are skipped, which is said here and in the report of the tests.
"""

from __future__ import annotations

import os
import shutil

from tests.debian import ensure_or_skip

_PACKAGE = "mariadb-server"
_FOLDERS = ("/usr/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")  # Debian keeps the server off the path


def find_program(name: str) -> str | None:
    """Path of `mariadbd` or `mariadb-install-db`; None when there is none."""
    return shutil.which(name) or shutil.which(name, path=os.pathsep.join(_FOLDERS))


def what_is_missing() -> str | None:
    """Why no server can be started here; None when one can."""
    if os.name != "posix":
        return "MariaDB is started for tests on Linux and macOS only"
    if find_program("mariadbd") is None or find_program("mariadb-install-db") is None:
        return f"there is no MariaDB here; remedy: apt-get install {_PACKAGE}"
    return None


if __name__ == "__main__":
    ensure_or_skip("MARIADB", "the database tests", what_is_missing, _PACKAGE)
