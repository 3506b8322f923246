"""The whole folder is a link."""

from pathlib import Path


def make(root: Path) -> None:
    (root / "content").rename(root / "elsewhere")
    (root / "content").symlink_to("elsewhere")
