"""PNG: chunks, each with its length and name. Source: PNG 3rd edition §5 and §11."""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

from generator.read.metadata.exif import UPRIGHT, only_orientation, orientation
from generator.read.metadata.parts import Damaged, big, part

_START = b"\x89PNG\r\n\x1a\n"
_EXIF = b"eXIf"
_PICTURE = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
_KEPT = _PICTURE | {
    *(b"tRNS", b"bKGD", b"pHYs"),
    *(b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI"),
    *(b"acTL", b"fcTL", b"fdAT"),
}
"""The picture, its colours and its movement."""


def without_metadata(content: bytes) -> bytes:
    """The picture, its colours and which way up. What lies behind its end stays out."""
    kept = [_START]
    names: set[bytes] = set()
    for name, chunk in _chunks(content):
        if name == _EXIF and name not in names:
            turned = orientation(chunk[8:-4])
            if turned != UPRIGHT:
                kept.append(_written(_EXIF, only_orientation(turned)))
        elif name in _KEPT:
            kept.append(chunk)
        elif name[:1].isupper():  # the picture cannot be shown without it, says its name
            raise Damaged
        names.add(name)
    if not _PICTURE - {b"PLTE"} <= names:
        raise Damaged
    return b"".join(kept)


def way_up(content: bytes) -> int:
    """1 to 8, as EXIF counts. Raises Damaged."""
    exif = next((chunk for name, chunk in _chunks(content) if name == _EXIF), b"")
    return orientation(exif[8:-4])


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each chunk's name, and all its bytes, up to the end of the picture. Raises Damaged."""
    at, name = len(_START), b""
    while name != b"IEND":
        length = big(content, at, 4) + 12
        chunk = part(content, at, length)
        name = chunk[4:8]
        yield name, chunk
        at += length


def _written(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + crc32(name + data).to_bytes(4, "big")
