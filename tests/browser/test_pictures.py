"""Pictures as a browser lays them out."""

from __future__ import annotations

import shutil
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.conftest import Reader
from tests.browser.served_site import serve
from tests.commands import build_here
from tests.read.picture_files import EXIF, jpeg_segment, png_chunk, tiff, webp_chunk

PHONE = 390
SHOWN = {"jpeg": (300, 400), "png": (300, 400), "webp": (400, 300)}
"""Chromium turns no WebP."""
LYING = 6
"""How phones mark a photograph taken upright: its lines run from top to bottom."""
HAS_EXIF = 0x08
DRAW = """type => {
  const canvas = document.createElement('canvas')
  canvas.width = 400
  canvas.height = 300
  canvas.getContext('2d', {alpha: false}).fillRect(0, 0, 200, 150)
  return canvas.toDataURL(type).split(',')[1]
}"""
TEXT = "---\ndate: 2026-11-19\nsummary: 写真です。\n---\n\n# 写真\n\n"
BELOW = "写真の下の言葉です。"


def turned(picture: bytes, kind: str) -> bytes:
    """A picture of a browser as a phone would have written it."""
    if kind == "jpeg":
        return picture[:2] + jpeg_segment(0xE1, EXIF + tiff(LYING)) + picture[2:]
    if kind == "png":
        return picture[:33] + png_chunk(b"eXIf", tiff(LYING)) + picture[33:]
    is_extended = picture[12:16] == b"VP8X"
    header = bytearray(picture[20:30] if is_extended else bytes(4) + b"\x8f\1\0" + b"\x2b\1\0")  # 400 and 300, less 1
    header[0] |= HAS_EXIF
    chunks = picture[30 if is_extended else 12 :] + webp_chunk(b"EXIF", tiff(LYING))
    body = b"WEBP" + webp_chunk(b"VP8X", bytes(header)) + chunks
    return b"RIFF" + len(body).to_bytes(4, "little") + body


@pytest.fixture(scope="module")
def photographs(built_small_site: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the articles of a site, each with a photograph of another format."""
    folder = Path(shutil.copytree(built_small_site, tmp_path_factory.mktemp("photographs") / "tayori"))
    articles = folder / "content/articles"
    drawing = browser.new_page()
    for kind in SHOWN:
        picture = turned(b64decode(drawing.evaluate(DRAW, f"image/{kind}")), kind)
        (articles / f"photo-of.{kind}").write_bytes(picture)
        (articles / f"{kind}.md").write_text(f"{TEXT}![棚](photo-of.{kind})\n\n{BELOW}\n", encoding="utf-8")
    drawing.close()
    done = build_here(folder)
    assert done.code == 0, done.said
    with serve(folder / "site") as address:
        yield f"{address}articles/"


def size_of(page: Page, *names: str) -> tuple[float, ...]:
    return tuple(page.get_by_alt_text("棚").evaluate("(picture, names) => names.map(name => picture[name])", names))


@pytest.mark.parametrize("kind", SHOWN)
def test_a_photograph_has_its_room_before_it_comes(photographs: str, reader: Reader, kind: str) -> None:
    page = reader(width=PHONE).new_page()
    waiting: list[Route] = []
    page.route("**/photo-of.*", lambda route: waiting.append(route))
    page.goto(f"{photographs}{kind}/", wait_until="domcontentloaded")
    below = page.get_by_text(BELOW)
    before, room = below.bounding_box(), size_of(page, "width", "height")
    width, height = SHOWN[kind]
    assert room[0] * height == pytest.approx(room[1] * width, abs=max(width, height))
    waiting[0].continue_()
    page.get_by_alt_text("棚").evaluate("picture => picture.decode()")
    assert size_of(page, "naturalWidth", "naturalHeight") == (width, height)
    assert (below.bounding_box(), size_of(page, "width", "height")) == (before, room)
