"""Boxes, of which AVIF consists: each with its length and kind, and some with others in them.

Source: ISO/IEC 14496-12 §4.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.read.metadata.parts import Damaged, big, part

FULL = 4
"""Bytes of version and flags, with which some kinds begin."""


class Box(Struct, frozen=True):
    """Where one stands in the file."""

    kind: bytes
    start: int
    body: int  # where its header ends
    end: int


def boxes_in(content: bytes, within: Box) -> Iterator[Box]:
    """Those directly in a box. Raises Damaged."""
    at = within.body + (FULL if within.kind == b"meta" else 0)
    while at < within.end:
        size, kind, header = big(content, at, 4), part(content, at + 4, 4), 8
        if size == 1:
            size, header = big(content, at + 8, 8), 16
        elif size == 0:  # as far as the box around it goes
            size = within.end - at
        if size < header or at + size > within.end:
            raise Damaged
        yield Box(kind, at, at + header, at + size)
        at += size


def only(boxes: list[Box], kind: bytes) -> Box:
    found = [box for box in boxes if box.kind == kind]
    if len(found) != 1:
        raise Damaged
    return found[0]


class Numbers:
    """Numbers one after another."""

    def __init__(self, content: bytes, at: int) -> None:
        self._content, self._at = content, at

    def next(self, length: int) -> int:
        number = big(self._content, self._at, length)
        self._at += length
        return number
