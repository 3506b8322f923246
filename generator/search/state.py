"""What the last build left: enough to know which pages changed, and every file of the index with its digest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from msgspec import Struct

from generator.search.entry import Entry, Store
from generator.search.fold import fold
from generator.search.shards import Shards

FORMAT = 6
"""Raised whenever equal entries would give other bytes than before: what older builds left is then made anew."""
FOLDER = "search/"
_NAME = "search.state"
_EPOCH = date(2000, 1, 1).toordinal()
_NAMED_BY = 8  # of a digest's 16 hexadecimal digits; beside a slot or the number of a chunk they are enough


class Row(NamedTuple):
    """One part of a page, mostly all of it, as the index knows it."""

    entry: str  # the caller's digest of the entry
    slot: int
    file: str  # digest of the page's file
    day: int  # days since 2000-01-01, at least 1; 0 when unknown
    kind: str
    departments: tuple[str, ...]
    title_length: int  # UTF-16 units of the folded title; 255 for that and more

    @classmethod
    def of(cls, entry: Entry, entry_digest: str, slot: int, file: str) -> Row:
        day = 0 if entry.day is None else min(max(entry.day.toordinal() - _EPOCH, 1), 0xFFFF)
        length = len(fold(entry.title).encode("utf-16-le", "surrogatepass")) // 2
        return cls(entry_digest, slot, file, day, entry.kind, entry.departments, min(length, 255))

    @property
    def path(self) -> str:
        return page_path(self.slot, self.file)


class Chunk(NamedTuple):
    """One file of grams."""

    digest: str
    size: int  # bytes

    @classmethod
    def of(cls, content: bytes) -> Chunk:
        return cls(digest_of(content), len(content))


class State(Struct):
    """The rows by name of the part, in the order of slots; None stands for an empty chunk."""

    shards: Shards
    rows: dict[str, Row]
    chunks: list[Chunk | None]
    front: dict[str, str] = {}
    """The files that every query needs: path → digest."""
    synonyms: list[list[str]] = []

    def files(self) -> Iterator[tuple[str, str]]:
        """Every file of the index with its digest."""
        yield from self.front.items()
        yield from ((chunk_path(n, chunk.digest), chunk.digest) for n, chunk in enumerate(self.chunks) if chunk)
        yield from ((row.path, row.file) for row in self.rows.values())

    def save(self, store: Store) -> None:
        content = [FORMAT, self.shards.capacities, self.rows, self.chunks, self.front, self.synonyms]
        store.put(_NAME, json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def load_state(store: Store) -> State | None:
    """What the last build left; None when there was none, or nothing that can be read."""
    try:
        form, capacities, rows, chunks, front, synonyms = json.loads(store.get(_NAME) or b"[]")
        if form != FORMAT:
            return None
        known = {
            name: Row(entry, slot, file, day, kind, tuple(departments), title_length)
            for name, (entry, slot, file, day, kind, departments, title_length) in rows.items()
        }
        files = [Chunk(*chunk) if chunk else None for chunk in chunks]
        shards = Shards.of(capacities)
    except (ValueError, TypeError, IndexError, AttributeError):
        return None
    return State(shards, known, files, front, synonyms)


def forget(store: Store) -> None:
    """Let the next `refresh` make everything anew."""
    store.delete(_NAME)


def part_name(url: str, number: int) -> str:
    """What a part of a page is called here; the first has the page's address."""
    return f"{url}\n{number}" if number else url


def url_of(name: str) -> str:
    """The address of the page that a part belongs to."""
    return name.partition("\n")[0]


def digest_of(content: bytes) -> str:
    return blake2b(content, digest_size=8).hexdigest()


def chunk_path(number: int, digest: str) -> str:
    return f"{FOLDER}grams/{number:03x}-{digest[:_NAMED_BY]}.bin"


def page_path(slot: int, digest: str) -> str:
    return f"{FOLDER}pages/{slot:04x}-{digest[:_NAMED_BY]}.gz"


def version_in_path(digest: str) -> bytes:
    """The part of a digest that stands in paths, as the front files list it."""
    return bytes.fromhex(digest[:_NAMED_BY])


def row_order(rows: Mapping[str, Row]) -> dict[str, Row]:
    return dict(sorted(rows.items(), key=lambda item: item[1].slot))
