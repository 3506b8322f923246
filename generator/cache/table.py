"""Thousands of small records of one class, of which most stay the same from build to build."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import repeat
from typing import Any, Generic, NamedTuple, TypeVar
from zlib import crc32

from generator.cache import records
from generator.cache.store import Store

T = TypeVar("T", bound=NamedTuple)

_BUNDLES = 64
"""Records of one name's checksum lie in one entry: a build that changes three pages writes three entries, not all."""


class Table(Generic[T]):
    """Records by name. A record is kept as a plain tuple, which reads ten times as fast as an object of its class."""

    def __init__(self, store: Store, kind: str, record: type[T], version: str) -> None:
        """`record` is the class of the records, `version` that of what made them: under another one it is empty."""
        self.store, self.kind, self.record, self.version = store, kind, record, version
        self._read: dict[str, T] = {}
        self._names: dict[int, list[str]] = {}
        """Of the records, by bundle."""

    def load(self) -> dict[str, T]:
        """All records; those of an entry that is lost or damaged are not there."""
        self._read, self._names = {}, {}
        for number in range(_BUNDLES):
            bundle = self._bundle(number)
            self._names[number] = names = [name for name, _ in bundle]
            # Not `_make`, a call each: of the same version of code, there are as many values as fields.
            made = map(tuple.__new__, repeat(self.record), (values for _, values in bundle))
            self._read.update(zip(names, made, strict=True))
        return dict(self._read)

    def save(self, now: Mapping[str, T]) -> None:
        """Make the table hold `now`; records that `load` returned, or that were saved before, are known by identity."""
        changed = [name for name, record in now.items() if self._read.get(name) is not record]
        numbers = {_bundle_of(name) for name in (*changed, *(self._read.keys() - now.keys()))}
        for number in numbers:
            self._names[number] = [name for name in self._names.get(number, ()) if name in now]
        for name in changed:
            if name not in self._read:
                self._names[_bundle_of(name)].append(name)
        for number in numbers:
            bundle = [(name, tuple(now[name])) for name in self._names[number]]
            self.store.put(self.kind, str(number), records.to_bytes((self.version, bundle)))
        self._read = dict(now)

    def _bundle(self, number: int) -> list[tuple[str, tuple[Any, ...]]]:
        try:
            match records.from_bytes(self.store.get(self.kind, str(number)) or b""):
                case (self.version, list() as found):
                    return found
        except records.NotARecord:
            pass  # there is none, or it is damaged
        return []


def _bundle_of(name: str) -> int:
    return crc32(name.encode("utf-8", "surrogatepass")) % _BUNDLES
