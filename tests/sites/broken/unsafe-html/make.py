"""The picture that one page shows."""

from pathlib import Path

from tests.read.picture_files import png


def make(root: Path) -> None:
    (root / "content/articles/a.png").write_bytes(png())
