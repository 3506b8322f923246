"""WebP: chunks in a RIFF container, and chunks within each frame of a moving picture. Source: RFC 9649 §2."""

from __future__ import annotations

from collections.abc import Iterator

from generator.read.metadata.exif import UPRIGHT, only_orientation, orientation
from generator.read.metadata.parts import Damaged, little, part

_HEADER, _FRAME = 12, 16  # bytes before the first chunk: of the file, and of a frame
_PICTURE = frozenset({b"VP8 ", b"VP8L", b"ALPH"})
_KEPT = _PICTURE | {b"ICCP", b"ANIM"}
_HAS_EXIF, _HAS_XMP = 0x08, 0x04
_EXIF_NAME = b"Exif\0\0"


def without_metadata(content: bytes) -> bytes:
    """The picture, its colours and which way up. What lies behind its end stays out."""
    end = 8 + little(content, 4, 4)
    part(content, 0, end)
    chunks = list(_chunks(content[:end], _HEADER))
    if not any(name in _PICTURE or name == b"ANMF" for name, _ in chunks):
        raise Damaged
    turned = _turned(chunks)
    kept = [_needed(name, data, is_turned=turned != UPRIGHT) for name, data in chunks]
    if turned != UPRIGHT:
        kept.append(_written(b"EXIF", only_orientation(turned)))
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _chunks(content: bytes, at: int) -> Iterator[tuple[bytes, bytes]]:
    """Name and data of each chunk from `at` to the end. Raises Damaged."""
    while at < len(content):
        length = little(content, at + 4, 4)
        yield content[at : at + 4], part(content, at + 8, length)
        at += 8 + length + length % 2


def _turned(chunks: list[tuple[bytes, bytes]]) -> int:
    """Which way up; browsers look for it only where the header says that it is there."""
    name, header = chunks[0]
    found = [data for name, data in chunks if name == b"EXIF"]
    if name != b"VP8X" or not header[:1] or not header[0] & _HAS_EXIF or not found:
        return UPRIGHT
    return orientation(found[0].removeprefix(_EXIF_NAME))


def _needed(name: bytes, data: bytes, *, is_turned: bool) -> bytes:
    """The chunk as it is published; empty when nothing of it is needed."""
    if name == b"VP8X":
        flags = little(data, 0, 1) & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if is_turned else 0)
        return _written(name, bytes((flags,)) + part(data, 1, 9))
    if name == b"ANMF":
        within = ((name, data) for name, data in _chunks(data, _FRAME) if name in _PICTURE)
        return _written(name, part(data, 0, _FRAME) + b"".join(_written(*chunk) for chunk in within))
    return _written(name, data) if name in _KEPT else b""


def _written(name: bytes, data: bytes) -> bytes:
    return name + len(data).to_bytes(4, "little") + data + bytes(len(data) % 2)
