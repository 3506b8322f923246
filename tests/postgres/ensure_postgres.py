"""Make sure that the tests have a PostgreSQL to start; `make test` runs this first.

An installed one is used as it is. On Debian and Ubuntu the package is installed when we may; elsewhere the tests that
need it are skipped, which is said here and in the report of the tests.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.debian import ensure_or_skip

_PACKAGE = "postgresql"


def find_programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`; None when there is none. Debian keeps them off the path."""
    on_path = shutil.which("initdb")
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *([Path(on_path).resolve().parent] if on_path else [])]
    return max((folder for folder in folders if (folder / "pg_ctl").exists()), default=None)


def what_is_missing() -> str | None:
    """Why no server can be started here; None when one can."""
    if os.name != "posix":
        return "PostgreSQL is started for tests on Linux and macOS only"
    if find_programs() is None:
        return f"there is no PostgreSQL here; remedy: apt-get install {_PACKAGE}"
    if os.geteuid() == 0 and not shutil.which("runuser"):
        return "PostgreSQL does not run as root, and there is no `runuser` to start it as `postgres`"
    return None


if __name__ == "__main__":
    ensure_or_skip("POSTGRESQL", "the database tests", what_is_missing, _PACKAGE)
