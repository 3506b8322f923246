"""Pictures that are not what they say, cut off, or far too large."""

from pathlib import Path

from tests.read.picture_files import png, png_chunk


def make(root: Path) -> None:
    folder = root / "content/articles"
    start = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
    (folder / "jpeg.png").write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0")
    (folder / "wide.png").write_bytes(png(30_000, 30_000))
    (folder / "phone.png").write_bytes(png(before=png_chunk(b"IDAT", bytes(1_600_000))))
    (folder / "cut.png").write_bytes(start)
    (folder / "cut.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0")
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "words.gif").write_text("これは画像ではありません", encoding="utf-8")
    (folder / "text.pdf").write_text("<html>", encoding="utf-8")
    with (folder / "heavy.png").open("wb") as heavy:
        heavy.truncate(200_000_000)
