"""Files as other editors save them."""

from pathlib import Path


def make(root: Path) -> None:
    folder = root / "content/articles"
    text = "---\ntitle: 社内報\n---\n\nこれは情報システム部からのお知らせです。\n"
    (folder / "cp932.md").write_bytes(text.encode("cp932"))
    (folder / "euc.md").write_bytes(text.encode("euc_jp"))
    (folder / "utf-16.md").write_bytes(text.encode("utf-16"))
    (folder / "cut.md").write_bytes(text.encode("utf-8")[:-3])
    (folder / "surrogate.md").write_bytes("# 題\n\n\ud83d\n".encode("utf-8", "surrogatepass"))
