"""Things in content that are no plain files of it."""

import os
from pathlib import Path


def make(root: Path) -> None:
    content = root / "content"
    (root / "outside.md").write_text("# 外の文書\n\n社外秘です。\n", encoding="utf-8")
    (root / "private").mkdir()
    (root / "private/salary.csv").write_text("name,salary\n", encoding="utf-8")
    (content / "articles/passwd.md").symlink_to("/etc/hostname")
    (content / "articles/gone.md").symlink_to("nowhere.md")
    (content / "articles/folder").symlink_to("../../private")
    (content / "articles/outside.md").hardlink_to(root / "outside.md")
    os.mkfifo(content / "articles/pipe.md")
