"""A key: repositories refuse to keep one."""

from pathlib import Path


def make(root: Path) -> None:
    (root / "content/articles/server.pem").write_text("not a real key\n", encoding="utf-8")
