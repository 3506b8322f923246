"""Pictures put together by hand, part by part."""

from __future__ import annotations

import struct
from zlib import compress, crc32

EXIF = b"Exif\0\0"


def png_chunk(name: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc32(name + data))


def png(width: int = 1, height: int = 1, before: bytes = b"", after: bytes = b"") -> bytes:
    """A PNG with chunks before and after those of the picture, and bytes of no picture behind its end."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    picture = png_chunk(b"IDAT", compress(bytes(4)))
    return b"\x89PNG\r\n\x1a\n" + header + before + picture + after + png_chunk(b"IEND")


def jpeg_segment(kind: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, kind, len(body) + 2) + body


JPEG_SCAN = b"\xff\xda\0\x08\1\1\0\0\x3f\0" + b"picture\xff\0\xff\xd0\xff\0"
"""A scan with a stuffed 0xFF and a restart in it."""


def jpeg(width: int = 1, height: int = 1, before: bytes = b"", after: bytes = b"") -> bytes:
    """A JPEG with segments before the frame, and behind the first of two scans."""
    frame = jpeg_segment(0xC2, struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0))
    return b"\xff\xd8" + before + frame + JPEG_SCAN + after + JPEG_SCAN + b"\xff\xd9"


def webp_chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)


def webp(width: int = 1, height: int = 1, flags: int = 0, before: bytes = b"", after: bytes = b"") -> bytes:
    """A WebP in the extended form, with chunks before and after the picture."""
    header = bytes((flags, 0, 0, 0)) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBP" + webp_chunk(b"VP8X", header) + before + webp_chunk(b"VP8L", b"picture") + after
    return b"RIFF" + struct.pack("<I", len(body)) + body


def gif_extension(label: int, *pieces: bytes) -> bytes:
    return bytes((0x21, label)) + b"".join(bytes((len(piece),)) + piece for piece in pieces) + b"\0"


def gif(width: int = 1, height: int = 1, before: bytes = b"", after: bytes = b"") -> bytes:
    """A GIF with a table of two colours, and blocks before and after its image."""
    image = b"\x2c" + bytes(8) + b"\x80" + bytes(6) + b"\2" + b"\7picture" + b"\0"
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6) + before + image + after + b"\x3b"


def avif_box(kind: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I", len(content) + 8) + kind + content


def avif(*items: tuple[bytes, bytes], name: bytes = b"", more: bytes = b"", unclaimed: bytes = b"") -> bytes:
    """An AVIF of items, each a kind and its data, one behind the other, and `unclaimed` data behind them.

    Each item has a `name`, and `more` boxes stand beside the list of items.
    """
    full = bytes(4)
    named = [
        avif_box(b"infe", b"\2\0\0\0", struct.pack(">HH", i, 0), kind, name, b"\0") for i, (kind, _) in enumerate(items)
    ]
    listed = avif_box(b"iinf", full, struct.pack(">H", len(items)), *named)

    def meta(start: int) -> bytes:
        places, at = b"", start
        for number, (_, data) in enumerate(items):
            places += struct.pack(">HHHII", number, 0, 1, at, len(data))
            at += len(data)
        located = avif_box(b"iloc", full, b"\x44\0", struct.pack(">H", len(items)), places)
        return avif_box(b"ftyp", b"avif", full) + avif_box(b"meta", full, located, listed, more)

    return meta(len(meta(0)) + 8) + avif_box(b"mdat", *(data for _, data in items), unclaimed)


def tiff(orientation: int, *texts: bytes) -> bytes:
    """EXIF as a phone writes it: a model, the way up, and a place (GPS) with more behind them."""
    model, place = texts if texts else (b"Phone X100 #4711", b"N 35.01 E 135.77")
    entries = [(0x0110, 2, len(model), 62), (0x0112, 3, 1, orientation), (0x8825, 4, 1, 62 + len(model))]
    listed = b"".join(
        struct.pack("<HHI", tag, kind, count)
        + (struct.pack("<HH", value, 0) if kind == 3 else struct.pack("<I", value))
        for tag, kind, count, value in entries
    )
    return (b"II*\0" + struct.pack("<IH", 8, len(entries)) + listed + bytes(4)).ljust(62, b"\0") + model + place
