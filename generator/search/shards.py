"""The index in two shards, each with slots and chunks of its own: the pages with figures, and all others.

A new month of figures changes what stands on a hundred pages, in pairs that thousands of articles have too: in one
index with these it would touch half of all chunks. So it touches the few small ones of the pages with figures, and
not even the slot of an article. A browser looks into both shards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from generator.search.chunks import bits_for
from generator.search.entry import Entry
from generator.search.slots import assign_slots, capacity_for

SHARDS = 2
Name = str
"""Of a part of a page."""


class Shard(Struct, frozen=True):
    """Slots and chunks are numbered through all shards; a chunk lists slots from the first of its shard."""

    capacity: int  # slots
    first_slot: int
    first_chunk: int

    @property
    def bits(self) -> int:
        """log2 of the number of its chunks."""
        return bits_for(self.capacity)


class Shards(Struct, frozen=True):
    """All of an index."""

    each: tuple[Shard, ...]

    @classmethod
    def of(cls, capacities: Iterable[int]) -> Shards:
        """Those with so many slots."""
        each, slot, chunk = [], 0, 0
        for capacity in capacities:
            each.append(Shard(capacity, slot, chunk))
            slot, chunk = slot + capacity, chunk + (1 << each[-1].bits)
        return cls(tuple(each))

    @property
    def capacities(self) -> list[int]:
        return [shard.capacity for shard in self.each]

    @property
    def capacity(self) -> int:
        return sum(self.capacities)

    @property
    def chunks(self) -> int:
        """How many there are."""
        return sum(1 << shard.bits for shard in self.each)

    def of_slot(self, slot: int) -> int:
        """The shard's place among `each`."""
        return next(n for n, shard in enumerate(self.each) if slot < shard.first_slot + shard.capacity)

    def of_chunk(self, number: int) -> Shard:
        return next(shard for shard in self.each if number < shard.first_chunk + (1 << shard.bits))

    def assign(self, names: Sequence[Sequence[Name]]) -> Mapping[Name, int]:
        """Name → slot, by slot; `names` are those of each shard."""
        return {
            name: shard.first_slot + slot
            for shard, some in zip(self.each, names, strict=True)
            for name, slot in assign_slots(some, shard.capacity).items()
        }


def shard_of(entry: Entry) -> int:
    """The place of the shard that the page belongs to."""
    return int(entry.has_figures)


def capacities_for(names: Sequence[Sequence[Name]]) -> list[int]:
    """Slots of each shard with so many names in it."""
    return [capacity_for(len(some)) for some in names]
