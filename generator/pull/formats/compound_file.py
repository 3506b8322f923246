"""The container of old Office files: named streams in sectors, as [MS-CFB] describes it. Read strictly and bounded."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from msgspec import Struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_END, _LARGEST_SECTOR = 0xFFFFFFFE, 0xFFFFFFFA
_ENTRY = 128  # bytes of a name in the directory
_STREAM, _ROOT = 2, 5


class Broken(Exception):
    """The container does not hold what it says."""


class DirectoryEntry(Struct, frozen=True):
    """A stream or a storage."""

    name: str
    kind: int
    start: int
    size: int


class CompoundFile:
    """The streams of one file; raises Broken wherever its tables contradict its length."""

    def __init__(self, content: bytes) -> None:
        if len(content) < 512 or not content.startswith(SIGNATURE):
            raise Broken
        shift, small_shift = struct.unpack_from("<HH", content, 30)
        if (shift, small_shift) not in {(9, 6), (12, 6)}:
            raise Broken
        self._content, self._size = content, 1 << shift
        self._table = self._sector_table()
        start, _, self._cutoff, small = struct.unpack_from("<IIII", content, 48)
        self.entries = tuple(self._entries(b"".join(self._chain(start))))
        self._small_table = _numbers(b"".join(self._chain(small)) if small < _LARGEST_SECTOR else b"")
        root = next((entry for entry in self.entries if entry.kind == _ROOT), None)
        has_small = root is not None and root.start < _LARGEST_SECTOR
        self._small = b"".join(self._chain(root.start)) if root and has_small else b""

    def streams(self, *names: str) -> Iterator[bytes]:
        """The contents of every stream of one of these names."""
        for entry in self.entries:
            if entry.kind == _STREAM and entry.name in names:
                yield self._stream(entry)

    def _stream(self, entry: DirectoryEntry) -> bytes:
        if entry.size >= self._cutoff:
            content = b"".join(self._chain(entry.start))
        else:
            links = _follow(entry.start, self._small_table)
            content = b"".join(self._small[64 * n : 64 * n + 64] for n in links)
        if not 0 < entry.size <= len(content):
            raise Broken
        return content[: entry.size]

    def _sector(self, number: int) -> bytes:
        sector = self._content[(number + 1) * self._size : (number + 2) * self._size]
        if not sector:
            raise Broken
        return sector

    def _chain(self, start: int) -> Iterator[bytes]:
        return (self._sector(number) for number in _follow(start, self._table))

    def _sector_table(self) -> tuple[int, ...]:
        """Which sector follows each one."""
        places = list(_numbers(self._content[76:512]))
        (more,) = struct.unpack_from("<I", self._content, 68)
        while more < _LARGEST_SECTOR:
            if len(places) * self._size > 2 * len(self._content):
                raise Broken  # a list that never ends
            *further, more = _numbers(self._sector(more))
            places += further
        return _numbers(b"".join(self._sector(place) for place in places if place < _LARGEST_SECTOR))

    def _entries(self, directory: bytes) -> Iterator[DirectoryEntry]:
        for place in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            name, length, kind = struct.unpack_from("<64sHB", directory, place)
            start, size = struct.unpack_from("<IQ", directory, place + 116)
            if self._size == 512:
                size &= 0xFFFFFFFF  # the upper half is not defined there
            if kind:
                yield DirectoryEntry(name[: max(length - 2, 0)].decode("utf-16-le", "replace"), kind, start, size)


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _follow(start: int, table: tuple[int, ...]) -> Iterator[int]:
    """The sectors of a chain; one that comes to no end is broken."""
    number = start
    for _ in range(len(table) + 1):
        if number == _END:
            return
        if number >= len(table):
            raise Broken
        yield number
        number = table[number]
    raise Broken
