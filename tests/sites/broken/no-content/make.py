"""There is nothing to read."""

import shutil
from pathlib import Path


def make(root: Path) -> None:
    shutil.rmtree(root / "content")
