"""Luck that can be repeated.

Every draw is a digest of the seed and of what is being drawn, e.g. `chance("fate", "supply", 7)`. Unlike a
`random.Random` passed around, a draw does not depend on the draws before it: adding a column or a
person leaves all other values as they were, and no Python version changes them.
"""

from collections.abc import Sequence
from hashlib import blake2b
from struct import unpack
from typing import TypeVar

SEED = "asahino-2026"

T = TypeVar("T")


def draws(count: int, *key: object) -> tuple[float, ...]:
    """Return `count` (at most 16) independent numbers in [0, 1) that belong to `key`."""
    return tuple(value / 2**32 for value in unpack(f">{count}I", _digest(key, 4 * count)))


def chance(*key: object) -> float:
    """Return the number in [0, 1) that belongs to `key`."""
    return int.from_bytes(_digest(key, 4), "big") / 2**32


def _digest(key: tuple[object, ...], size: int) -> bytes:
    text = "|".join([SEED, *map(str, key)])
    return blake2b(text.encode(), digest_size=size).digest()


def pick(choices: Sequence[T], *key: object) -> T:
    """Return the one of `choices` that belongs to `key`; all are equally likely."""
    return choices[int(chance(*key) * len(choices))]
