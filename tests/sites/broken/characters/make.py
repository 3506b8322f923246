"""Characters that nobody can see, written as escapes here so that they can be seen."""

from pathlib import Path


def make(root: Path) -> None:
    folder = root / "content/articles"
    pages = {
        "zero": "# 題\n\nここに\0あります。\n",
        "bidi": "# 題\n\n安全な\u202eリンク\u202cです。\n",
        "zero-width": "---\ntitle: 情報\u200bシステム部\n---\n\n本文です。\n",
        "joiner": "# 題\n\n情報\u200dシステム部\n",
        "bom-inside": "# 題\n\n前の文。\ufeff後の文。\n",
        "reserved": "# 題\n\n\U0010f0000\U0010f002\n",
        "noncharacter": "# 題\n\n終わり\uffff\n",
        "separator": "# 題\n\n行\u2028区切り\n",
        "marks": "# 題\n\nZ" + "\u0301" * 40 + "\n",
    }
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    own = root / "content/guide"
    own.mkdir()
    (own / "zero-width.md").write_text(pages["zero-width"], encoding="utf-8")
    (own / "separator.md").write_text(pages["separator"], encoding="utf-8")
