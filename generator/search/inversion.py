"""All chunks made anew: the pages' grams turned into the grams' pages.

5,000 articles have four million postings. They are sorted as numbers of 64 bits, the gram before the slot: that takes
a third of the time of a list for each gram. Large arrays are changed in place: a second copy of one would be another
40 MB.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.search.chunks import bits_for, pack_chunk
from generator.search.grams import chunk_of
from generator.search.postings import pack_list, width_of


class _Inverted(NamedTuple):
    """Every gram once, ascending, and the slots of the pages that have it."""

    grams: NDArray[np.uint64]
    starts: NDArray[np.intp]
    """Where the slots of each gram begin."""
    slots: bytes
    """As `postings.packed` writes them, those of one gram after those of the other."""


def all_chunks(pages: Iterable[tuple[int, bytes]], capacity: int) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of every chunk that is not empty; `pages` are slots below `capacity` with their grams (`Part.grams`)."""
    inverted, width = _inverted(_sorted(pages, capacity), capacity), width_of(capacity)
    grams, starts = inverted.grams.tolist(), [width * start for start in inverted.starts.tolist()]
    ends = [*starts[1:], len(inverted.slots)]
    chunks = chunk_of(inverted.grams, bits_for(capacity))
    in_order = np.argsort(chunks, kind="stable")  # of grams in one chunk, which still ascend
    bounds = [*_beginnings(chunks[in_order]).tolist(), len(in_order)]
    for first, end in pairwise(bounds):
        members = in_order[first:end].tolist()
        postings = {grams[n]: pack_list(inverted.slots[starts[n] : ends[n]], capacity) for n in members}
        yield int(chunks[members[0]]), pack_chunk(postings, capacity)


def _sorted(pages: Iterable[tuple[int, bytes]], capacity: int) -> NDArray[np.uint64]:
    """A number for each gram of each page: the gram, then the bits of the slot."""
    every = [(slot, np.frombuffer(grams, np.uint64)) for slot, grams in pages]
    found, done = np.empty(sum(map(len, (grams for _, grams in every))), np.uint64), 0
    for slot, grams in every:
        ordered = np.sort(grams)
        once = ordered[_beginnings(ordered)]
        found[done : done + len(once)] = once * np.uint64(capacity) + np.uint64(slot)
        done += len(once)
    found[:done].sort()
    return found[:done]


def _inverted(found: NDArray[np.uint64], capacity: int) -> _Inverted:
    """What `_sorted` gave, taken apart; `found` itself is used up."""
    slots = np.empty(len(found), f"<u{width_of(capacity)}")
    np.bitwise_and(found, np.uint64(capacity - 1), out=slots, casting="unsafe")
    found //= np.uint64(capacity)
    starts = _beginnings(found)
    return _Inverted(found[starts], starts, slots.tobytes())


def _beginnings(ordered: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Where another number stands than the one before."""
    is_other = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=is_other[1:])
    return np.flatnonzero(is_other)
