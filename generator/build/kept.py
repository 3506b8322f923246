"""Results that are the same as long as what they were computed from is, kept from build to build."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import TypeVar

from generator.cache.fingerprint import code_fingerprint
from generator.cache.records import NotARecord
from generator.cache.store import Store

T = TypeVar("T")


def kept(store: Store, kind: str, made_from: object, kept_as: type[T], make: Callable[[], T]) -> T:
    """What `make` returned when `made_from` (by its `repr`) was last the same, else what it returns now.

    One result of a `kind` is kept: people's data is not hoarded.
    """
    told = f"{code_fingerprint()}\0{made_from!r}"
    key = blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    try:
        match store.recall(kind, "latest"):
            case (str() as name, found) if name == key and isinstance(found, kept_as):
                return found
    except NotARecord:
        pass  # nothing is kept, or it is damaged: it is made anew
    made = make()
    store.note(kind, "latest", (key, made))
    return made
