"""Names that only differ in case, which some file systems cannot hold."""

from pathlib import Path


def make(root: Path) -> None:
    for name in ("Guide.md", "guide.md"):
        (root / "content/articles" / name).write_text("# 手引き\n\n本文です。\n", encoding="utf-8")
