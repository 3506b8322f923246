"""Many grams with their postings in one file: what a browser loads to look up one pair of characters.

    u32             how many grams, n
    u32 × n         their pairs
    u16 × n         how many slots each posting lists; 0 when it is a bitmap
    u8 × n          their classes
    …               zeros up to a multiple of four
    …               the postings, one after the other

Grams stand in the order of their numbers, so that equal contents are equal bytes.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.search.postings import packed, unpacked, width_of

_MOST_CHUNKS_BITS, _FEWEST_CHUNKS_BITS = 12, 4
_PAIR = 0xFFFFFFFF


def bits_for(capacity: int) -> int:
    """log2 of the number of chunks: one for four slots, but never so many that their names outweigh what they hold."""
    return max(_FEWEST_CHUNKS_BITS, min(_MOST_CHUNKS_BITS, capacity.bit_length() - 3))


def pack_chunk(postings: Mapping[int, bytes], capacity: int) -> bytes:
    """The bytes of a chunk with these grams."""
    keys = sorted(postings)
    width, bitmap = width_of(capacity), capacity // 8
    lengths = [len(postings[key]) for key in keys]
    head = (
        packed("I", [len(keys)])
        + packed("I", [key & _PAIR for key in keys])
        + packed("H", [0 if length == bitmap else length // width for length in lengths])
        + bytes(key >> 32 for key in keys)
    )
    return b"".join((head, bytes(-len(head) % 4), *(postings[key] for key in keys)))


def unpack_chunk(content: bytes, capacity: int) -> dict[int, bytes]:
    """The grams and postings of a chunk that `pack_chunk` made."""
    width, bitmap = width_of(capacity), capacity // 8
    count = int.from_bytes(content[:4], "little")
    at = 4 + 4 * count
    pairs = unpacked("I", content[4:at])
    listed = unpacked("H", content[at : at + 2 * count])
    classes = content[at + 2 * count : at + 3 * count]
    at += 3 * count
    at += -at % 4
    postings = {}
    for pair, number, third in zip(pairs, listed, classes, strict=True):
        end = at + (number * width or bitmap)
        postings[pair | third << 32] = content[at:end]
        at = end
    return postings
