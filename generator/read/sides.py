"""How wide and high browsers show a picture, from the header of its file and from what it says of its way up.

Sources: PNG 3rd edition §11.2.1, ITU-T T.81 B.2.2, GIF89a §18, RFC 9649 (WebP), ISO/IEC 23008-12 §6.5 and §9.3 (AVIF).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from generator.model.page import Sides
from generator.read.metadata import jpeg, png
from generator.read.metadata.boxes import FULL, Box, Numbers, boxes_in, only
from generator.read.metadata.parts import Damaged, big, little

_FIRST_LYING = 5
"""The ways up from this one on show the picture on its side."""


def _png(content: bytes) -> Sides:
    return _upright(Sides(big(content, 16, 4), big(content, 20, 4)), png.way_up(content))


def _gif(content: bytes) -> Sides:
    return Sides(little(content, 6, 2), little(content, 8, 2))


def _webp(content: bytes) -> Sides:
    """Never turned: most browsers (Chromium's) do not look at what a WebP says of its way up."""
    form = content[12:16]
    if form == b"VP8X":
        return Sides(little(content, 24, 3) + 1, little(content, 27, 3) + 1)
    if form == b"VP8L":
        bits = little(content, 21, 4)
        return Sides((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    return Sides(little(content, 26, 2) & 0x3FFF, little(content, 28, 2) & 0x3FFF)


def _jpeg(content: bytes) -> Sides:
    return _upright(_frame_of_jpeg(content), jpeg.way_up(content))


def _frame_of_jpeg(content: bytes) -> Sides:
    """From the first frame header (SOF); segments before it are skipped by their length."""
    at = 2
    while True:
        if big(content, at, 1) != 0xFF:
            raise Damaged
        kind = big(content, at + 1, 1)
        if kind == 0xFF:  # fill byte
            at += 1
            continue
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            return Sides(width=big(content, at + 7, 2), height=big(content, at + 5, 2))
        at += 2 + big(content, at + 2, 2)


def _avif(content: bytes) -> Sides | None:
    """Of the picture that a file names as its first; None where it does not say, or cuts a part out."""
    meta = only(list(boxes_in(content, Box(b"", 0, 0, len(content)))), b"meta")
    boxes = {box.kind: box for box in boxes_in(content, meta)}
    if not {b"pitm", b"iprp"} <= boxes.keys():
        return None
    said = {box.kind: box for box in _properties(content, boxes[b"iprp"], _first_item(content, boxes[b"pitm"]))}
    if b"ispe" not in said or b"clap" in said:
        return None
    size = said[b"ispe"].body + FULL
    sides = Sides(big(content, size, 4), big(content, size + 4, 4))
    quarters = big(content, said[b"irot"].body, 1) if b"irot" in said else 0
    return _exchanged(sides) if quarters % 2 else sides


def _first_item(content: bytes, pitm: Box) -> int:
    return big(content, pitm.body + FULL, 4 if big(content, pitm.body, 1) else 2)


def _properties(content: bytes, iprp: Box, item: int) -> Iterator[Box]:
    """What is said of an item. Raises Damaged."""
    boxes = list(boxes_in(content, iprp))
    known = list(boxes_in(content, only(boxes, b"ipco")))
    for table in (box for box in boxes if box.kind == b"ipma"):
        read = Numbers(content, table.body)
        version, flags = read.next(1), read.next(3)
        index_size = 2 if flags & 1 else 1
        for _ in range(read.next(4)):
            is_meant = read.next(4 if version else 2) == item
            for _ in range(read.next(1)):
                index = read.next(index_size) & (0x7FFF if index_size == 2 else 0x7F)
                if is_meant and 0 < index <= len(known):
                    yield known[index - 1]


def _upright(sides: Sides, way_up: int) -> Sides:
    return _exchanged(sides) if way_up >= _FIRST_LYING else sides


def _exchanged(sides: Sides) -> Sides:
    return Sides(width=sides.height, height=sides.width)


SIDES: Mapping[str, Callable[[bytes], Sides | None]] = MappingProxyType(
    {"PNG": _png, "JPEG": _jpeg, "GIF": _gif, "WebP": _webp, "AVIF": _avif}
)
"""By format. Each raises Damaged."""
