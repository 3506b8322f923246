"""GIF: images and extensions, both in small pieces. Source: GIF89a §17 to §27."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.read.metadata.parts import Damaged, big, part

_HEADER = 13
_IMAGE, _EXTENSION, _END = 0x2C, 0x21, 0x3B
_TIMING, _APPLICATION = 0xF9, 0xFF
_REPEATS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")
"""The applications whose extension says how often the picture moves; others write texts into theirs."""


class _Block(Struct, frozen=True):
    kind: int
    label: int  # of an extension
    whole: bytes


def without_metadata(content: bytes) -> bytes:
    """The picture and its movement. What lies behind its end stays out."""
    at = _HEADER + _table(content, 10)
    kept = [part(content, 0, at)]
    blocks = list(_blocks(content, at))
    if not any(block.kind == _IMAGE for block in blocks):
        raise Damaged
    return b"".join([*kept, *(block.whole for block in blocks if _is_needed(block)), bytes((_END,))])


def _blocks(content: bytes, at: int) -> Iterator[_Block]:
    """All of them up to the end of the picture, which old programs do not mark. Raises Damaged."""
    while at < len(content) and (kind := content[at]) != _END:
        if kind == _EXTENSION:
            label, pieces = big(content, at + 1, 1), at + 2
        elif kind == _IMAGE:
            label, pieces = 0, at + 11 + _table(content, at + 9)
        else:
            raise Damaged
        end = _end_of_pieces(content, pieces)
        yield _Block(kind, label, content[at:end])
        at = end


def _table(content: bytes, at: int) -> int:
    """Bytes of the table of colours that the flags at `at` tell of."""
    flags = big(content, at, 1)
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _end_of_pieces(content: bytes, at: int) -> int:
    """Where data ends that is written in pieces of up to 255 bytes, of which an empty one is the last."""
    while length := big(content, at, 1):
        at += 1 + length
    return at + 1


def _is_needed(block: _Block) -> bool:
    if block.kind == _IMAGE or block.label == _TIMING:
        return True
    return block.label == _APPLICATION and block.whole[2:14] in _REPEATS
