"""Names that Windows, a shell or an address cannot carry."""

import os
from pathlib import Path


def make(root: Path) -> None:
    folder = root / "content/articles"
    names = ["CON.md", "aux", "-rf.md", "end.", "two\nlines.md", "direction\u202e.md", "what?.md", "nul.tar.md"]
    for name in names:
        (folder / name).write_text("# 題\n\n本文です。\n", encoding="utf-8")
    (folder / "LPT1").mkdir()
    (folder / "LPT1/a.md").write_text("# 題\n\n本文です。\n", encoding="utf-8")
    Path(os.fsdecode(bytes(folder) + b"/\x83\x65.md")).write_text("# 題\n\n本文です。\n", encoding="utf-8")
