"""Results that are the same as long as what they were computed from is, kept from build to build."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from typing import TypeVar

from generator.cache.fingerprint import code_fingerprint
from generator.cache.records import NotARecord
from generator.cache.store import Store
from generator.workers import Workers

T = TypeVar("T")
Tools = TypeVar("Tools")


def kept(store: Store, kind: str, made_from: object, kept_as: type[T], make: Callable[[], T]) -> T:
    """What `make` returned when `made_from` (by its `repr`) was last the same, else what it returns now.

    One result of a `kind` is kept: people's data is not hoarded.
    """
    key = _key_of(made_from)
    found = _recalled(store, kind, key, kept_as)
    return _noted(store, kind, key, make()) if found is None else found


@contextmanager
def kept_beside(
    store: Store,
    kind: str,
    made_from: object,
    kept_as: type[T],
    make: Callable[[Tools], T],
    tools: Tools,
    workers: Workers,
    meanwhile: Callable[[], object],
) -> Iterator[Callable[[], T]]:
    """The same, but what has to be made is made of `tools` while the body runs, as by `Workers.beside`.

    `meanwhile` is done before it is waited for.
    """
    key = _key_of(made_from)
    found = _recalled(store, kind, key, kept_as)
    if found is not None:
        yield lambda: found
        return
    with workers.beside(make, tools) as made:

        def waited_for() -> T:
            meanwhile()
            return _noted(store, kind, key, made())

        yield waited_for


def _key_of(made_from: object) -> str:
    told = f"{code_fingerprint()}\0{made_from!r}"
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _recalled(store: Store, kind: str, key: str, kept_as: type[T]) -> T | None:
    try:
        match store.recall(kind, "latest"):
            case (str() as name, found) if name == key and isinstance(found, kept_as):
                return found
    except NotARecord:
        pass  # nothing is kept, or it is damaged: it is made anew
    return None


def _noted(store: Store, kind: str, key: str, made: T) -> T:
    store.note(kind, "latest", (key, made))
    return made
