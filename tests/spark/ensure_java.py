"""Make sure that the tests have a Java for Spark; `make test-engines` runs this first.

On Debian and Ubuntu the package is installed when we may; elsewhere the tests that need it are skipped, which is said
here and in the report of the tests.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

_PACKAGE = "default-jre-headless"


def what_is_missing() -> str | None:
    """Why Spark cannot be started here; None when it can."""
    if find_spec("pyspark") is None:
        return "pyspark is not installed; remedy: pip install 'kawaraban[spark]'"
    if not _has_java():
        return f"there is no Java here; remedy: apt-get install {_PACKAGE}"
    return None


def ensure() -> str | None:
    """Install it, if we may. Returns what is still missing, or None."""
    installer = shutil.which("apt-get")
    if not _has_java() and installer and os.name == "posix" and os.geteuid() == 0:
        sys.stderr.write(f"installing {_PACKAGE} for the tests with Spark ...\n")
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", _PACKAGE]):
            subprocess.run([installer, *command], capture_output=True, check=False, env=environment)
    return what_is_missing()


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java") is not None or (home is not None and (Path(home) / "bin" / "java").exists())


def main() -> int:
    """Always 0: without Java its tests are skipped, loudly."""
    if (missing := ensure()) is not None:
        sys.stderr.write(f"SKIPPING ALL TESTS AGAINST SPARK: {missing}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
