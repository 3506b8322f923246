"""A page of more than 2 MB, and one with a picture pasted into a line."""

from pathlib import Path


def make(root: Path) -> None:
    folder = root / "content/articles"
    (folder / "huge.md").write_text("# 大きな表\n\n" + "| 列 | 値 |\n" * 200_000, encoding="utf-8")
    (folder / "line.md").write_text("# 長い行\n\n![図](data:image/png;base64," + "A" * 70_000 + ")\n", encoding="utf-8")
    (folder / "front.md").write_text(
        "---\ntitle: 題\nsummary: " + "長い" * 5_000 + "\n---\n\n本文です。\n", encoding="utf-8"
    )
