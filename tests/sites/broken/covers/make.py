"""A picture whose name is written in another case."""

from pathlib import Path

from tests.read.picture_files import png


def make(root: Path) -> None:
    (root / "content/articles/door.png").write_bytes(png())
