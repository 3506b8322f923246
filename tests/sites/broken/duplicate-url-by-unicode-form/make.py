"""Two names that look alike: composed as typed, decomposed as macOS keeps them."""

from pathlib import Path


def make(root: Path) -> None:
    for name in ("\u30ab\u3099\u30a4\u30c8\u3099.md", "ガイド.md"):
        (root / "content/articles" / name).write_text("# ガイド\n\n本文です。\n", encoding="utf-8")
