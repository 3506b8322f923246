"""Results that are the same as long as what they were computed from is, kept from build to build.

One result of a kind is kept: people's data is not hoarded.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import TypeVar

from generator.cache.fingerprint import code_fingerprint
from generator.cache.records import NotARecord
from generator.cache.store import Store

T = TypeVar("T")


def kept(store: Store, kind: str, made_from: object, kept_as: type[T], make: Callable[[], T]) -> T:
    """What `make` returned when `made_from` (by its `repr`) was last the same, else what it returns now."""
    found = recalled(store, kind, made_from, kept_as)
    if found is None:
        found = make()
        note(store, kind, made_from, found)
    return found


def recalled(store: Store, kind: str, made_from: object, kept_as: type[T]) -> T | None:
    """What was made from the same; None where nothing is kept or it is damaged."""
    try:
        match store.recall(kind, "latest"):
            case (str() as key, found) if key == _key_of(made_from) and isinstance(found, kept_as):
                return found
    except NotARecord:
        pass  # it is made anew
    return None


def note(store: Store, kind: str, made_from: object, made: object) -> None:
    """Keep `made` instead of what was kept of its kind."""
    store.note(kind, "latest", (_key_of(made_from), made))


def _key_of(made_from: object) -> str:
    told = f"{code_fingerprint()}\0{made_from!r}"
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
