"""Which pages have a gram: a sorted list of slots, or a bitmap where that is shorter. All numbers are little-endian."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence


def width_of(capacity: int) -> int:
    """Bytes of one slot in a list."""
    return 2 if capacity <= 1 << 16 else 4


def pack_slots(slots: Sequence[int], capacity: int) -> bytes:
    """`slots` (sorted, at least one). A list is always shorter than a bitmap, so that its length tells which it is."""
    listed = packed("H" if width_of(capacity) == 2 else "I", slots)
    return bitmap_of(slots, capacity) if len(slots) >= fewest_in_bitmap(capacity) else listed


def fewest_in_bitmap(capacity: int) -> int:
    """How many slots take as much room in a list as in a bitmap."""
    return capacity // 8 // width_of(capacity)


def unpack_slots(posting: bytes, capacity: int) -> list[int]:
    """The slots again, sorted."""
    if len(posting) == capacity // 8:
        bits = f"{int.from_bytes(posting, 'little'):b}"[::-1]
        return [slot for slot, bit in enumerate(bits) if bit == "1"]
    return _listed(posting, capacity)


def amended(posting: bytes | None, noted: Mapping[int, bool], capacity: int) -> bytes | None:
    """`posting` with each noted slot in it or not; None when it is empty."""
    if posting is None or len(posting) < capacity // 8:
        slots = set(unpack_slots(posting or b"", capacity))
        slots.update(slot for slot, has in noted.items() if has)
        slots.difference_update(slot for slot, has in noted.items() if not has)
        return pack_slots(sorted(slots), capacity) if slots else None
    bits = bytearray(posting)
    for slot, has in noted.items():
        mask = 1 << (slot & 7)
        bits[slot >> 3] = bits[slot >> 3] | mask if has else bits[slot >> 3] & ~mask
    count = int.from_bytes(bits, "little").bit_count()
    if count >= fewest_in_bitmap(capacity):
        return bytes(bits)
    return pack_slots(unpack_slots(bytes(bits), capacity), capacity) if count else None


def _listed(posting: bytes, capacity: int) -> list[int]:
    return unpacked("H" if width_of(capacity) == 2 else "I", posting)


def bitmap_of(slots: Iterable[int], capacity: int) -> bytes:
    digits = bytearray(b"0" * capacity)
    for slot in slots:
        digits[slot] = 49  # "1"
    digits.reverse()
    return int(digits, 2).to_bytes(capacity // 8, "little")


def packed(code: str, numbers: Sequence[int]) -> bytes:
    """Numbers as the bytes of an array: `H` two bytes each, `I` four."""
    values = array(code, numbers)
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()


def unpacked(code: str, content: bytes) -> list[int]:
    """The numbers again. Raises ValueError when the bytes do not come out even."""
    values = array(code, content)
    if sys.byteorder == "big":
        values.byteswap()
    return values.tolist()
