"""Each page has a small number, its slot: postings are made of them.

A slot comes from the hash of the page's address, in a table at least twice as large as there are pages. Where
two pages want one slot, the page with the smaller hash has it and the other goes on to its next wish. So the
numbers depend on the set of pages alone, not on the order in which they came, and a page that comes or goes
changes the number of about one other page in two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b

_SMALLEST = 64


def capacity_for(count: int) -> int:
    """Slots in the table for so many pages: a power of two, at least twice as many."""
    return max(_SMALLEST, 1 << (2 * count - 1).bit_length()) if count else _SMALLEST


def assign_slots(urls: Iterable[str], capacity: int) -> Mapping[str, int]:
    """Address → slot, by slot."""
    wishes = sorted((blake2b(url.encode(), digest_size=8).digest(), url) for url in urls)
    owner: list[str | None] = [None] * capacity
    for digest, url in wishes:
        wish = int.from_bytes(digest[:4], "little")
        step = int.from_bytes(digest[4:], "little") | 1  # odd: it reaches every slot of a power of two
        while owner[wish % capacity] is not None:
            wish += step
        owner[wish % capacity] = url
    return {url: slot for slot, url in enumerate(owner) if url is not None}
