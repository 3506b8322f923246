"""All chunks made anew: the pages' grams turned into the grams' pages.

5,000 articles have four million postings of 170,000 grams. They are sorted as numbers of 64 bits, the gram before the
slot, and stay in arrays until their chunk is written: an object for each gram would take twice the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from generator.search.chunks import bits_for, pack_columns
from generator.search.grams import PAIR, PAIR_BITS, chunk_of
from generator.search.postings import fewest_in_bitmap, width_of

_Slots: TypeAlias = NDArray[np.unsignedinteger[Any]]
"""Little-endian, in the width of a list."""


def all_chunks(pages: Iterable[tuple[int, bytes]], capacity: int) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of every chunk that is not empty.

    `pages` are slots below `capacity` with their grams, some more than once (`Part.grams`).
    """
    found = _sorted(pages, capacity)
    slots: _Slots = np.bitwise_and(found, np.uint64(capacity - 1), dtype=f"<u{width_of(capacity)}", casting="unsafe")
    found //= np.uint64(capacity)
    starts = _beginnings(found)
    ends = np.append(starts[1:], len(found))
    grams = found[starts]
    numbers = chunk_of(grams, bits_for(capacity))
    by_chunk = np.argsort(numbers, kind="stable")
    grams, starts, ends = grams[by_chunk], starts[by_chunk], ends[by_chunk]
    bounds = np.searchsorted(numbers[by_chunk], np.arange((1 << bits_for(capacity)) + 1, dtype=np.uint64))
    for number, (first, last) in enumerate(pairwise(bounds.tolist())):
        if first < last:
            yield number, _packed(grams[first:last], starts[first:last], ends[first:last], slots, capacity)


def _sorted(pages: Iterable[tuple[int, bytes]], capacity: int) -> NDArray[np.uint64]:
    """A number for each gram of each page: the gram, then the bits of the slot."""
    every = [(slot, np.frombuffer(grams, np.uint64)) for slot, grams in pages]
    found, done = np.empty(sum(map(len, (grams for _, grams in every))), np.uint64), 0
    for slot, grams in every:  # in place: a second copy would be another 40 MB for 5,000 articles
        ordered = np.sort(grams)
        once = ordered[_beginnings(ordered)]
        found[done : done + len(once)] = once * np.uint64(capacity) + np.uint64(slot)
        done += len(once)
    found[:done].sort()
    return found[:done]


def _beginnings(ordered: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Where another number stands than the one before."""
    is_other = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_other[1:])
    return np.flatnonzero(is_other)


def _packed(
    grams: NDArray[np.uint64], starts: NDArray[np.intp], ends: NDArray[np.intp], slots: _Slots, capacity: int
) -> bytes:
    """The bytes of a chunk with these grams, sorted, the slots of each from its start to its end."""
    counts = ends - starts
    is_listed = counts < fewest_in_bitmap(capacity)
    spans = list(zip(starts.tolist(), ends.tolist(), is_listed.tolist(), strict=True))
    bytes_of = slots.data
    return pack_columns(
        (grams & np.uint64(PAIR)).astype("<u4").tobytes(),
        np.where(is_listed, counts, 0).astype("<u2").tobytes(),
        (grams >> np.uint64(PAIR_BITS)).astype(np.uint8).tobytes(),
        b"".join([bytes_of[start:end] for start, end, is_list in spans if is_list]),
        b"".join([_bitmap(slots[start:end], capacity) for start, end, is_list in spans if not is_list]),
        width_of(capacity),
    )


def _bitmap(slots: _Slots, capacity: int) -> bytes:
    is_there = np.zeros(capacity, np.bool_)
    is_there[slots] = True
    return np.packbits(is_there, bitorder="little").tobytes()
