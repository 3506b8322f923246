"""Digests of the exports, kept from build to build."""

from __future__ import annotations

from generator.cache.file_clock import FileClock
from generator.cache.records import NotARecord
from generator.cache.store import Store
from generator.pull import Digests

_ENTRY = ("exports", "latest")


def digests_of(store: Store, clock: FileClock) -> Digests:
    """What the last build found; nothing where nothing is kept, or it is damaged."""
    try:
        match store.recall(*_ENTRY):
            case dict() as found:
                return Digests(found, clock)
    except NotARecord:
        pass  # every export is read
    return Digests({}, clock)


def keep_digests(store: Store, digests: Digests) -> None:
    """Leave them to the next build; one that looked at no export changes nothing."""
    if digests.now and digests.now != digests.before:
        store.note(*_ENTRY, digests.now)
