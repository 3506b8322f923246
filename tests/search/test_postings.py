"""What is packed comes out again, and an amended posting is the one that would have been packed."""

from __future__ import annotations

import random
import zlib
from array import array

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.search.chunks import bits_for, pack_chunk, unpack_chunk
from generator.search.columns import deflated
from generator.search.grams import chunk_of
from generator.search.inversion import all_chunks
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


def test_bytes_that_say_little_do_not_share_a_code_with_those_that_say_much() -> None:
    noise, zeros = random.Random(3).randbytes(600), bytes([0] * 5 + [1]) * 100  # noqa: S311 -- not a secret
    together = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    assert len(deflated((noise, zeros))) < len(together.compress(noise + zeros) + together.flush())
    assert zlib.decompress(deflated((noise, b"", zeros)), -zlib.MAX_WBITS) == noise + zeros


some_grams = st.sets(st.integers(0, (1 << 38) - 1) | st.integers(0, 3), max_size=9)


@given(st.dictionaries(st.integers(0, SMALL - 1), some_grams, min_size=1), st.sampled_from([SMALL, LARGE]))
@example({slot: {7} for slot in range(SMALL)}, SMALL)  # long enough for a bitmap
@example({LARGE - 1: {7, 1 << 37}, 65536: {7}}, LARGE)
def test_all_chunks_made_at_once_are_those_made_one_by_one(pages: dict[int, set[int]], capacity: int) -> None:
    slots_of: dict[int, dict[int, list[int]]] = {}
    for slot in sorted(pages):
        for gram in pages[slot]:
            chunk = slots_of.setdefault(chunk_of(gram, bits_for(capacity)), {})
            chunk.setdefault(gram, []).append(slot)
    expected = {
        number: pack_chunk({gram: pack_slots(slots, capacity) for gram, slots in chunk.items()}, capacity)
        for number, chunk in slots_of.items()
    }
    made = all_chunks(((slot, array("Q", found).tobytes()) for slot, found in pages.items()), capacity)
    assert dict(made) == expected
