"""JPEG: segments, each behind a marker. Source: ITU-T T.81 annex B; JFIF 1.02; ICC.1 annex B.4."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from generator.read.metadata.exif import UPRIGHT, only_orientation, orientation
from generator.read.metadata.parts import Damaged, big, part

_START, _END = b"\xff\xd8", b"\xff\xd9"
_SCAN, _END_KIND = 0xDA, 0xD9
_JFIF, _EXIF, _ICC, _ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
_EXIF_NAME = b"Exif\0\0"
_PICTURE = frozenset({*range(0xC0, 0xD0), *range(0xDA, 0xE0)})
"""Frames, scans and their tables."""
_MISPLACED = frozenset({*range(0xC0), *range(0xD0, 0xD9)})
"""Markers that mean nothing, or nothing outside a scan."""

_MARKER = re.compile(rb"\xff+([^\xff])", re.DOTALL)
_END_OF_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""In a scan, 0xFF before 0 is a byte of the picture, and D0 to D7 number its stretches."""


class _Segment(Struct, frozen=True):
    kind: int
    body: bytes
    scan: bytes  # the compressed picture behind the header of a scan


def without_metadata(content: bytes) -> bytes:
    """The picture, its colours and which way up. What lies behind its end, such as a short film, stays out."""
    kept = [_START]
    turned: int | None = None
    has_scan = False
    for segment in _segments(content):
        has_scan |= segment.kind == _SCAN
        if segment.kind == _EXIF and segment.body.startswith(_EXIF_NAME) and turned is None:
            turned = orientation(segment.body[len(_EXIF_NAME) :])
            if turned != UPRIGHT:
                kept.append(_written(_EXIF, _EXIF_NAME + only_orientation(turned)))
        elif (body := _needed(segment)) is not None:
            kept += [_written(segment.kind, body), segment.scan]
    if not has_scan:
        raise Damaged
    return b"".join([*kept, _END])


def way_up(content: bytes) -> int:
    """1 to 8, as EXIF counts. Raises Damaged."""
    found = (segment.body for segment in _segments(content) if segment.kind == _EXIF)
    exif = next((body for body in found if body.startswith(_EXIF_NAME)), b"")
    return orientation(exif[len(_EXIF_NAME) :])


def _segments(content: bytes) -> Iterator[_Segment]:
    """All of them up to the end of the picture. Raises Damaged."""
    at = len(_START)
    while True:
        marker = _MARKER.match(content, at)
        if marker is None:
            raise Damaged
        kind, at = marker[1][0], marker.end()
        if kind == _END_KIND:
            return
        length = big(content, at, 2)
        if length < 2 or kind in _MISPLACED:
            raise Damaged
        body = part(content, at + 2, length - 2)
        at += length
        scan = _scan(content, at) if kind == _SCAN else b""
        yield _Segment(kind, body, scan)
        at += len(scan)


def _scan(content: bytes, at: int) -> bytes:
    end = _END_OF_SCAN.search(content, at)
    if end is None:
        raise Damaged
    return content[at : end.start()]


def _needed(segment: _Segment) -> bytes | None:
    """What browsers need of a segment; None when that is nothing."""
    kind, body = segment.kind, segment.body
    if kind in _PICTURE:
        return body
    if kind == _JFIF and body.startswith(b"JFIF\0") and len(body) >= 14:
        return body[:12] + bytes(2)  # the shape of a pixel, without the small picture behind it
    if kind == _ICC and body.startswith(b"ICC_PROFILE\0"):
        return body
    if kind == _ADOBE and body.startswith(b"Adobe") and len(body) >= 12:
        return body[:12]  # how colours are written
    return None


def _written(kind: int, body: bytes) -> bytes:
    return bytes((0xFF, kind)) + (len(body) + 2).to_bytes(2, "big") + body
