"""All chunks made anew: the pages' grams turned into the grams' pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from generator.search.chunks import bits_for, pack_chunk
from generator.search.grams import chunk_of
from generator.search.postings import pack_slots


class _Postings(dict[int, Callable[[int], None]]):
    """Gram → the `append` of its list of slots: with five million postings, looking the method up would tell."""

    def __init__(self) -> None:
        super().__init__()
        self.slots: dict[int, list[int]] = {}

    def __missing__(self, gram: int) -> Callable[[int], None]:
        slots: list[int] = []
        self.slots[gram] = slots
        self[gram] = slots.append
        return slots.append


def all_chunks(pages: Iterable[tuple[int, set[int]]], capacity: int) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of every chunk that is not empty; `pages` are slots, ascending, with their grams."""
    postings = _Postings()
    add_to = postings.__getitem__
    for slot, grams in pages:
        for append in map(add_to, grams):
            append(slot)
    bits = bits_for(capacity)
    by_chunk: defaultdict[int, dict[int, bytes]] = defaultdict(dict)
    for gram, slots in postings.slots.items():
        by_chunk[chunk_of(gram, bits)][gram] = pack_slots(slots, capacity)
    for number in sorted(by_chunk):
        yield number, pack_chunk(by_chunk[number], capacity)
