"""The picture that one page shows."""

from pathlib import Path


def make(root: Path) -> None:
    (root / "content/articles/a.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1")
