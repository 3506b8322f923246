"""Many grams with their postings in one file: what a browser loads to look up one pair of characters.

Deflated:

    u32             how many grams, n
    u32 × n         their pairs
    u16 × n         how many slots each posting lists; 0 when it is a bitmap
    u8 × n          their classes
    …               all listed slots, one posting after the other: first their lowest bytes, then their next, …
    …               the bitmaps

Grams stand in the order of their numbers, so that equal contents are equal bytes. Slots of a list ascend, so that
their high bytes repeat: apart from the low ones they cost next to nothing, and chunks are a quarter smaller.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from generator.search.columns import deflated
from generator.search.grams import PAIR, PAIR_BITS
from generator.search.postings import packed, unpacked, width_of

_MOST_CHUNKS_BITS, _FEWEST_CHUNKS_BITS = 12, 4


def bits_for(capacity: int) -> int:
    """log2 of the number of chunks: one for two slots, but never so many that their names outweigh what they hold."""
    return max(_FEWEST_CHUNKS_BITS, min(_MOST_CHUNKS_BITS, capacity.bit_length() - 2))


def pack_chunk(postings: Mapping[int, bytes], capacity: int) -> bytes:
    """The bytes of a chunk with these grams."""
    keys = sorted(postings)
    width, bitmap = width_of(capacity), capacity // 8
    lengths = [len(postings[key]) for key in keys]
    return pack_columns(
        packed("I", [key & PAIR for key in keys]),
        packed("H", [0 if length == bitmap else length // width for length in lengths]),
        bytes(key >> PAIR_BITS for key in keys),
        b"".join(postings[key] for key, length in zip(keys, lengths, strict=True) if length < bitmap),
        b"".join(postings[key] for key, length in zip(keys, lengths, strict=True) if length == bitmap),
        width,
    )


def pack_columns(pairs: bytes, listed: bytes, classes: bytes, lists: bytes, bitmaps: bytes, width: int) -> bytes:
    """The bytes of a chunk from its columns; of `lists`, in which a slot has `width` bytes, they are made here."""
    of_lists = (lists[byte::width] for byte in range(width))
    return deflated((b"".join((packed("I", [len(classes)]), pairs, listed, classes)), *of_lists, bitmaps))


def unpack_chunk(content: bytes, capacity: int) -> dict[int, bytes]:
    """The grams and postings of a chunk that `pack_chunk` made."""
    content = zlib.decompress(content, -zlib.MAX_WBITS)
    width, bitmap = width_of(capacity), capacity // 8
    count = int.from_bytes(content[:4], "little")
    at = 4 + 4 * count
    pairs = unpacked("I", content[4:at])
    listed = unpacked("H", content[at : at + 2 * count])
    classes = content[at + 2 * count : at + 3 * count]
    at += 3 * count
    total = sum(listed)
    lists = bytearray(total * width)
    for byte in range(width):
        lists[byte::width] = content[at : at + total]
        at += total
    postings, done = {}, 0
    for pair, number, third in zip(pairs, listed, classes, strict=True):
        if number:
            posting = bytes(lists[done : done + number * width])
            done += number * width
        else:
            posting = content[at : at + bitmap]
            at += bitmap
        postings[pair | third << PAIR_BITS] = posting
    return postings
