"""git on Windows cannot keep a link."""

from pathlib import Path


def make(root: Path) -> None:
    (root / "content" / "data" / "linked.csv").symlink_to(root / "secret.csv")
