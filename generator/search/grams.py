"""A text as its pairs of characters.

A pair is two UTF-16 units, as browsers count them, and the class of the unit that follows: one of 32. The class
costs a third more postings and spares a reader's browser nearly all pages that have all pairs of a word but not the
word: what is left are pages that have all its threes of characters somewhere.

    bits  0-15  first unit
    bits 16-31  second unit
    bits 32-36  class of the third: its five lowest bits; the end of the text is a line feed
    bit  37     set when the pair stands in the title

5.7 million pairs are made in 0.05 s: strided copies, no step of Python for a single character. A set of the
different ones would take eight times as long; `inversion` sorts them out in a quarter of that.
"""

from __future__ import annotations

import sys
from array import array
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CLASSES = 32
IN_TITLE = 32
"""Added to the class of a pair that stands in a title."""
_CLASS = {bit: bytes(unit % CLASSES + bit for unit in range(256)) for bit in (0, IN_TITLE)}
QUARTERS, _FEWEST_BITS_IN_QUARTERS = 4, 10
PAIR, PAIR_BITS = 0xFFFFFFFF, 32


def grams(folded: str, *, in_title: bool = False) -> bytes:
    """The pairs of a folded text, as often as they stand in it: an array of `Q`, in this machine's order of bytes.

    None when it has fewer than two units.
    """
    units = folded.encode("utf-16-le", "surrogatepass")
    count = len(units) // 2 - 1
    if count < 1:
        return b""
    low, high = units[0::2], units[1::2]
    keys = bytearray(8 * count)
    keys[0::8], keys[1::8] = low[:-1], high[:-1]
    keys[2::8], keys[3::8] = low[1:], high[1:]
    keys[4::8] = (low[2:] + b"\n").translate(_CLASS[IN_TITLE if in_title else 0])
    if sys.byteorder == "big":
        swapped = array("Q", keys)
        swapped.byteswap()
        return swapped.tobytes()
    return bytes(keys)


def each_once(found: bytes) -> set[int]:
    """The different ones of what `grams` found."""
    return set(memoryview(found).cast("Q"))


@overload
def chunk_of(gram: int, bits: int) -> int: ...
@overload
def chunk_of(gram: NDArray[np.uint64], bits: int) -> NDArray[np.uint64]: ...
def chunk_of(gram: Any, bits: int) -> Any:
    """The chunk, one of 2^bits, in which the gram's pair lies; of many, a quarter of its classes. Of an array, that of each.

    In quarters, because frequent pairs are large, and who looks for more than the pair alone needs one class only. Of
    few pages no pair is large, and who looks for the pair alone is spared three chunks.
    """
    is_quartered = bits >= _FEWEST_BITS_IN_QUARTERS
    quarter = (gram >> PAIR_BITS) % CLASSES // (CLASSES // QUARTERS) if is_quartered else 0
    # Fibonacci hashing; an array overflows, above the bits that count.
    return ((gram ^ quarter * 0x85EBCA6B) * 0x9E3779B1 & PAIR) >> (32 - bits)
