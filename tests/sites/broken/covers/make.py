"""A picture whose name is written in another case."""

from pathlib import Path


def make(root: Path) -> None:
    (root / "content/articles/door.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1")
