"""Pictures that are not what they say, cut off, or far too large."""

from pathlib import Path


def make(root: Path) -> None:
    folder = root / "content/articles"
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
    (folder / "jpeg.png").write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0")
    (folder / "wide.png").write_bytes(png + (30_000).to_bytes(4, "big") + (30_000).to_bytes(4, "big"))
    (folder / "cut.png").write_bytes(png)
    (folder / "cut.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0")
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "words.gif").write_text("これは画像ではありません", encoding="utf-8")
    (folder / "text.pdf").write_text("<html>", encoding="utf-8")
    with (folder / "heavy.png").open("wb") as heavy:
        heavy.truncate(200_000_000)
