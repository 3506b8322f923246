"""What is packed comes out again, and an amended posting is the one that would have been packed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.chunks import pack_chunk, unpack_chunk
from generator.search.postings import amended, pack_slots, unpack_slots

SMALL, LARGE = 256, 1 << 17
some_slots = st.sets(st.integers(0, SMALL - 1), min_size=1)


@given(some_slots)
def test_slots_come_out_as_they_went_in(slots: set[int]) -> None:
    assert unpack_slots(pack_slots(sorted(slots), SMALL), SMALL) == sorted(slots)


def test_more_than_65536_slots_are_numbered_too() -> None:
    slots = [0, 65535, 65536, LARGE - 1]
    assert unpack_slots(pack_slots(slots, LARGE), LARGE) == slots


@pytest.mark.parametrize("count", [1, 15, 16, 17, 255, 256])
def test_the_shorter_form_is_taken(count: int) -> None:
    assert len(pack_slots(range(count), SMALL)) == min(2 * count, SMALL // 8)


@given(some_slots, st.dictionaries(st.integers(0, SMALL - 1), st.booleans(), min_size=1))
def test_an_amended_posting_is_what_it_would_have_been(slots: set[int], noted: dict[int, bool]) -> None:
    expected = (slots | {slot for slot, has in noted.items() if has}) - {slot for slot, has in noted.items() if not has}
    after = amended(pack_slots(sorted(slots), SMALL), noted, SMALL)
    assert after == (pack_slots(sorted(expected), SMALL) if expected else None)


def test_a_bitmap_that_all_pages_leave_at_once_is_gone() -> None:
    slots = range(SMALL // 8)
    assert amended(pack_slots(slots, SMALL), dict.fromkeys(slots, False), SMALL) is None


@given(st.dictionaries(st.integers(0, (1 << 36) - 1), some_slots, max_size=9))
def test_a_chunk_comes_out_as_it_went_in(chunk: dict[int, set[int]]) -> None:
    postings = {gram: pack_slots(sorted(slots), SMALL) for gram, slots in chunk.items()}
    assert unpack_chunk(pack_chunk(postings, SMALL), SMALL) == postings
