"""AVIF: boxes within boxes, which name the places of their data in the file; so nothing moves, and what goes is emptied.

Sources: ISO/IEC 14496-12 §8.11 (items), AV1 Image File Format 1.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from generator.read.metadata.boxes import FULL, Box, Numbers, boxes_in, only
from generator.read.metadata.parts import Damaged, big, part

_KEPT = {
    b"": frozenset({b"ftyp", b"meta", b"moov", b"mdat"}),
    b"meta": frozenset({b"hdlr", b"pitm", b"iloc", b"iinf", b"iref", b"iprp", b"idat", b"grpl", b"dinf"}),
    b"moov": frozenset({b"mvhd", b"trak", b"mvex"}),
    b"trak": frozenset({b"tkhd", b"edts", b"tref", b"mdia"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf"}),
    b"iprp": frozenset({b"ipco", b"ipma"}),
    b"ipco": frozenset(
        {b"ispe", b"pixi", b"av1C", b"colr", b"irot", b"imir", b"clap", b"pasp", b"auxC"}
        | {b"clli", b"mdcv", b"cclv", b"a1op", b"a1lx", b"lsel"}
    ),
}
"""What is needed of the boxes in a box, by its kind; of the file itself, the one without a kind."""
_PICTURES = frozenset({b"av01", b"grid", b"iovl", b"iden", b"tmap", b"sato"})
"""Items that are pictures, or put others together. EXIF and XMP are items as well."""
_TIMED = frozenset({b"mvhd", b"tkhd", b"mdhd"})
"""Boxes that begin with the times of making and changing."""
_NAME_OF_HANDLER = 24
"""Bytes before it in its box."""
_OF_PICTURES = frozenset({b"pict", b"auxv"})
"""Handlers of tracks that hold pictures."""
_IN_FILE, _IN_BOX = 0, 1
_MOST_STRETCHES, _MOST_BOXES_OF_DATA = 10_000, 100
"""Far more than programs write; without an end to them, a file that is made for it would keep a build for hours."""


class _Item(NamedTuple):
    number: int
    kind_at: int  # where its kind is named
    end: int  # of its texts, which follow
    is_picture: bool


class _Stretch(NamedTuple):
    start: int
    end: int


def without_metadata(content: bytes) -> bytes:
    """The picture, its colours and which way up, at the places where they were."""
    file = Box(b"", 0, 0, len(content))
    kept = list(_kept(content, file))
    meta = only(kept, b"meta")
    cleared = bytearray(content)
    for box in _unneeded(content, file):
        cleared[box.start + 4 : box.start + 8] = b"free"
        _clear(cleared, box.body, box.end)
    within = list(_kept(content, meta))
    items = list(_items(content, only(within, b"iinf")))
    for item in items:
        _clear(cleared, item.kind_at + 4, item.end)
        if not item.is_picture:  # programs that read EXIF refuse an empty one, but pass over what they do not know
            cleared[item.kind_at : item.kind_at + 4] = b"free"
    pictures = frozenset(item.number for item in items if item.is_picture)
    for stretch in (*_texts(content, within, pictures), *_remarks(content, file)):
        _clear(cleared, *stretch)
    if not any(box.kind == b"moov" for box in kept):  # whose tables alone tell what of the data is a picture
        _clear_between(
            cleared, kept, [place for item, _, place in _places(content, only(within, b"iloc")) if item in pictures]
        )
    return bytes(cleared)


def _clear_between(content: bytearray, boxes: list[Box], pictures: list[_Stretch]) -> None:
    """What lies between the pictures belongs to nobody."""
    of_data, pictures = [box for box in boxes if box.kind == b"mdat"], sorted(pictures)
    if len(of_data) > _MOST_BOXES_OF_DATA:
        raise Damaged
    for data in of_data:
        at = data.body
        for start, end in pictures:
            if data.body <= start <= data.end:
                _clear(content, at, max(at, start))
                at = max(at, end)
        _clear(content, at, max(at, data.end))


def _remarks(content: bytes, within: Box) -> Iterator[_Stretch]:
    """Times of making, and names of handlers, in boxes that are needed. Raises Damaged for a track of no pictures."""
    for box in _kept(content, within):
        if box.kind in _TIMED:
            start = box.body + FULL
            yield _Stretch(start, min(start + (16 if big(content, box.body, 1) else 8), box.end))
        elif box.kind == b"hdlr":
            if within.kind == b"mdia" and part(content, box.body + 8, 4) not in _OF_PICTURES:
                raise Damaged
            yield _Stretch(min(box.body + _NAME_OF_HANDLER, box.end), box.end)
        elif box.kind in _KEPT:
            yield from _remarks(content, box)


def _clear(content: bytearray, start: int, end: int) -> None:
    content[start:end] = bytes(end - start)


def _kept(content: bytes, within: Box) -> Iterator[Box]:
    return (box for box in boxes_in(content, within) if box.kind in _KEPT[within.kind])


def _unneeded(content: bytes, within: Box) -> Iterator[Box]:
    """The outermost boxes that no browser needs."""
    for box in boxes_in(content, within):
        if box.kind not in _KEPT[within.kind]:
            yield box
        elif box.kind in _KEPT:
            yield from _unneeded(content, box)


def _texts(content: bytes, meta: list[Box], pictures: frozenset[int]) -> Iterator[_Stretch]:
    """Where the data of items lie that are no pictures."""
    boxes = [box for box in meta if box.kind == b"idat"]
    beginnings = {_IN_FILE: 0} | ({_IN_BOX: boxes[0].body} if boxes else {})
    left = len(content)  # no two texts share bytes
    for item, method, stretch in _places(content, only(meta, b"iloc")):
        if item in pictures:
            continue
        if method not in beginnings or stretch.start == stretch.end:  # an empty one goes on to the end of the file
            raise Damaged
        start, end = (beginnings[method] + at for at in stretch)
        left -= end - start
        if left < 0 or end > len(content):
            raise Damaged
        yield _Stretch(start, end)


def _items(content: bytes, iinf: Box) -> Iterator[_Item]:
    first = iinf.body + FULL + (4 if big(content, iinf.body, 1) else 2)
    for box in boxes_in(content, replace(iinf, body=first)):
        width = {2: 2, 3: 4}.get(big(content, box.body, 1))
        if box.kind != b"infe" or width is None:
            raise Damaged
        number_at = box.body + FULL
        kind_at = number_at + width + 2
        yield _Item(big(content, number_at, width), kind_at, box.end, part(content, kind_at, 4) in _PICTURES)


def _places(content: bytes, iloc: Box) -> Iterator[tuple[int, int, _Stretch]]:
    """Item, what its place is counted from, and the place, for each stretch of its data."""
    read = Numbers(content, iloc.body)
    version, _ = read.next(1), read.next(3)
    sizes = read.next(2)
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    if not length_size:  # each goes on to the end of the file
        raise Damaged
    wide, found = 4 if version == 2 else 2, 0
    for _ in range(read.next(wide)):
        item = read.next(wide)
        method = read.next(2) & 15 if version else _IN_FILE
        _, base = read.next(2), read.next(base_size)
        for _ in range(read.next(2)):
            found += 1
            if found > _MOST_STRETCHES:
                raise Damaged
            read.next(index_size if version else 0)
            start = base + read.next(offset_size)
            yield item, method, _Stretch(start, start + read.next(length_size))
