"""All chunks made anew: the pages' grams turned into the grams' pages."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from itertools import repeat

from generator.search.chunks import bits_for, pack_chunk
from generator.search.grams import chunk_of
from generator.search.postings import pack_slots


def all_chunks(pages: Iterable[tuple[int, set[int]]], capacity: int) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of every chunk that is not empty; `pages` are slots, ascending, with their grams."""
    postings: defaultdict[int, list[int]] = defaultdict(list)
    slots_of = postings.__getitem__
    for slot, grams in pages:
        # Every gram's list takes the slot: with five million postings, a step of Python for each would tell.
        deque(map(list.append, map(slots_of, grams), repeat(slot)), maxlen=0)
    bits = bits_for(capacity)
    by_chunk: defaultdict[int, dict[int, bytes]] = defaultdict(dict)
    for gram, slots in postings.items():
        by_chunk[chunk_of(gram, bits)][gram] = pack_slots(slots, capacity)
    for number in sorted(by_chunk):
        yield number, pack_chunk(by_chunk[number], capacity)
