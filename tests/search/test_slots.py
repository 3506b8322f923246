"""The numbers of pages: they depend on the set of pages alone, and few change when it does."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from generator.search.slots import assign_slots, capacity_for

urls = st.lists(st.text("abc/日", min_size=1, max_size=8), unique=True, max_size=60)


@given(urls, st.randoms())
def test_the_order_in_which_pages_come_does_not_matter(pages: list[str], chance: random.Random) -> None:
    capacity = capacity_for(len(pages))
    shuffled = chance.sample(pages, len(pages))
    assert assign_slots(pages, capacity) == assign_slots(shuffled, capacity)


@given(urls)
def test_every_page_has_a_number_of_its_own_below_the_capacity(pages: list[str]) -> None:
    slots = assign_slots(pages, capacity_for(len(pages)))
    assert set(slots) == set(pages)
    assert len(set(slots.values())) == len(pages)
    assert list(slots.values()) == sorted(slots.values())
    assert all(slot < capacity_for(len(pages)) for slot in slots.values())


def test_a_new_page_moves_hardly_any_other() -> None:
    pages = [f"articles/{n}/" for n in range(5000)]
    before = assign_slots(pages, capacity_for(5001))
    moved = []
    for n in range(50):
        after = assign_slots([*pages, f"new/{n}/"], capacity_for(5001))
        moved.append(sum(1 for page in pages if before[page] != after[page]))
    assert sum(moved) / len(moved) < 1
    assert max(moved) < 10


def test_there_are_at_least_twice_as_many_numbers_as_pages() -> None:
    for count in (0, 1, 31, 32, 33, 5000, 32768, 32769):
        capacity = capacity_for(count)
        assert 2 * count <= capacity
        assert capacity.bit_count() == 1
