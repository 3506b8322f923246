"""How large browsers show a picture, as its file says it."""

from __future__ import annotations

import struct
from collections.abc import Callable

import pytest

from generator.model.page import Sides
from generator.read.file_kinds import sides_of
from tests.read.picture_files import (
    EXIF,
    avif,
    avif_box,
    gif,
    jpeg,
    jpeg_segment,
    png,
    png_chunk,
    tiff,
    webp,
    webp_chunk,
)

_HAS_EXIF = 0x08


def turned_jpeg(way_up: int) -> bytes:
    return jpeg(400, 300, before=jpeg_segment(0xE0, b"JFIF\0") + jpeg_segment(0xE1, EXIF + tiff(way_up)))


def turned_png(way_up: int) -> bytes:
    return png(400, 300, before=png_chunk(b"eXIf", tiff(way_up)))


@pytest.mark.parametrize(
    ("suffix", "picture"),
    [(".jpg", jpeg(400, 300)), (".png", png(400, 300)), (".webp", webp(400, 300)), (".gif", gif(400, 300))],
)
def test_the_header_tells_how_large_a_picture_is(suffix: str, picture: bytes) -> None:
    assert sides_of(suffix, picture) == Sides(width=400, height=300)


def test_a_webp_without_the_extended_header_tells_it_too() -> None:
    simple = struct.pack("<HH", 400, 300)
    lossy = b"RIFF" + bytes(4) + b"WEBPVP8 " + bytes(4) + b"\0\0\0\x9d\x01\x2a" + simple
    assert sides_of(".webp", lossy) == Sides(width=400, height=300)
    lossless = b"RIFF" + bytes(4) + b"WEBPVP8L" + bytes(4) + b"\x2f" + struct.pack("<I", 399 | 299 << 14)
    assert sides_of(".webp", lossless) == Sides(width=400, height=300)


@pytest.mark.parametrize(("suffix", "turned"), [(".jpg", turned_jpeg), (".png", turned_png)])
def test_a_picture_that_lies_on_its_side_has_its_width_for_its_height(
    suffix: str, turned: Callable[[int], bytes]
) -> None:
    shown = [sides_of(suffix, turned(way_up)) for way_up in range(1, 9)]
    assert shown == [Sides(width=400, height=300)] * 4 + [Sides(width=300, height=400)] * 4


def test_what_a_webp_says_of_its_way_up_turns_it_in_no_chromium() -> None:
    lying = webp(400, 300, flags=_HAS_EXIF, after=webp_chunk(b"EXIF", tiff(6)))
    assert sides_of(".webp", lying) == Sides(width=400, height=300)


def with_properties(*boxes: bytes, said_of: int = 0, wide: bool = False) -> bytes:
    """An AVIF that says all `boxes` of one item; item 0 is the first picture."""
    size = ">H" if wide else ">B"
    numbers = b"".join(struct.pack(size, number + 1) for number in range(len(boxes)))
    table = struct.pack(">IIHB", int(wide), 1, said_of, len(boxes)) + numbers
    first = avif_box(b"pitm", bytes(4), struct.pack(">H", 0))
    return avif(
        (b"av01", b"picture"), more=first + avif_box(b"iprp", avif_box(b"ipco", *boxes), avif_box(b"ipma", table))
    )


SIZE = avif_box(b"ispe", bytes(4), struct.pack(">II", 400, 300))


@pytest.mark.parametrize("wide", [False, True])
def test_an_avif_tells_it_among_the_properties_of_its_first_picture(*, wide: bool) -> None:
    depth = avif_box(b"pixi", bytes(8))
    assert sides_of(".avif", with_properties(depth, SIZE, wide=wide)) == Sides(width=400, height=300)
    assert sides_of(".avif", with_properties(depth, SIZE, said_of=1, wide=wide)) is None


@pytest.mark.parametrize(("quarters", "shown"), [(0, (400, 300)), (1, (300, 400)), (2, (400, 300)), (3, (300, 400))])
def test_an_avif_may_be_turned_by_quarters(quarters: int, shown: tuple[int, int]) -> None:
    turn = avif_box(b"irot", bytes((quarters,)))
    assert sides_of(".avif", with_properties(SIZE, turn)) == Sides(*shown)


def test_a_size_that_the_file_does_not_tell_is_not_guessed() -> None:
    assert sides_of(".avif", avif((b"av01", b"picture"))) is None
    assert sides_of(".avif", with_properties(SIZE, avif_box(b"clap", bytes(32)))) is None
    assert sides_of(".jpg", jpeg(400, 0)) is None  # its lines are counted behind the picture
    assert sides_of(".pdf", b"%PDF-1.7") is None
