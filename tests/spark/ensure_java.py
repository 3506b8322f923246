"""Make sure that the tests have a Java for Spark; `make test-engines` runs this first.

On Debian and Ubuntu the package is installed when we may; elsewhere the tests that need it are skipped, which is said
here and in the report of the tests.
"""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from tests.debian import ensure_or_skip

_PACKAGE = "default-jre-headless"


def what_is_missing() -> str | None:
    """Why Spark cannot be started here; None when it can."""
    if find_spec("pyspark") is None:
        return "pyspark is not installed; remedy: pip install 'kawaraban[spark]'"
    if not _has_java():
        return f"there is no Java here; remedy: apt-get install {_PACKAGE}"
    return None


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java") is not None or (home is not None and (Path(home) / "bin" / "java").exists())


if __name__ == "__main__":
    ensure_or_skip("SPARK", "the tests with Spark", what_is_missing, _PACKAGE)
