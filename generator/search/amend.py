"""Only the chunks that differ: grams that pages lost or gained are taken out of, or put into, what was there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from generator.search.chunks import pack_chunk, unpack_chunk
from generator.search.grams import chunk_of
from generator.search.postings import amended
from generator.search.shards import Shards


class Amendment:
    """What changed between two builds with the same shards. First everything that left, then what came."""

    def __init__(self, shards: Shards) -> None:
        self.shards = shards
        self._slots: defaultdict[int, defaultdict[int, dict[int, bool]]] = defaultdict(lambda: defaultdict(dict))
        """Chunk → gram → slot in the chunk's shard → whether the page of that slot has the gram now."""

    def leave(self, slot: int, grams: set[int]) -> None:
        self._note(slot, grams, has=False)

    def come(self, slot: int, grams: set[int]) -> None:
        self._note(slot, grams, has=True)

    def change(self, slot: int, before: set[int], after: set[int]) -> None:
        """The same page in the same slot: what stayed is not touched."""
        self.leave(slot, before - after)
        self.come(slot, after - before)

    def _note(self, slot: int, grams: set[int], *, has: bool) -> None:
        shard = self.shards.each[self.shards.of_slot(slot)]
        bits, first, slot = shard.bits, shard.first_chunk, slot - shard.first_slot
        for gram in grams:
            self._slots[first + chunk_of(gram, bits)][gram][slot] = has

    def chunks(self, before: Callable[[int], bytes | None]) -> Iterator[tuple[int, bytes | None]]:
        """Number and new bytes of each chunk concerned; None when nothing is left in it. `before` gives the old bytes."""
        for number in sorted(self._slots):
            old, capacity = before(number), self.shards.of_chunk(number).capacity
            postings = unpack_chunk(old, capacity) if old is not None else {}
            for gram, noted in self._slots[number].items():
                posting = amended(postings.get(gram), noted, capacity)
                if posting is None:
                    postings.pop(gram, None)
                else:
                    postings[gram] = posting
            yield number, pack_chunk(postings, capacity) if postings else None
