"""What the last build left: enough to know which pages changed, and every file of the index with its digest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import blake2b
from itertools import count, takewhile, zip_longest

from msgspec import DecodeError, Struct, msgpack

from generator.search.entry import Entry, Store
from generator.search.fold import fold
from generator.search.shards import Shards

FORMAT = 6
"""Raised whenever equal entries would give other bytes than before: what older builds left is then made anew."""
FOLDER = "search/"
_NAME = "search.state"
_EPOCH = date(2000, 1, 1).toordinal()
_NAMED_BY = 8  # of a digest's 16 hexadecimal digits; beside a slot or the number of a chunk they are enough


class Row(Struct, frozen=True, array_like=True):
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


class Chunk(Struct, frozen=True, array_like=True):
    """One file of grams."""

    digest: str
    size: int  # bytes

    @classmethod
    def of(cls, content: bytes) -> Chunk:
        return cls(digest_of(content), len(content))


class State(Struct, array_like=True, tag=FORMAT):
    """The rows by name of the part, in the order of slots; None stands for an empty chunk."""

    shards: Shards
    rows: dict[str, Row]
    chunks: list[Chunk | None]
    front: dict[str, str] = {}
    """The files that every query needs: path → digest."""
    synonyms: list[list[str]] = []

    def files(self) -> dict[str, str]:
        """Every file of the index with its digest."""
        chunks = {chunk_path(number, chunk.digest): chunk.digest for number, chunk in enumerate(self.chunks) if chunk}
        return self.front | chunks | {row.path: row.file for row in self.rows.values()}

    def paths_without(self, later: State) -> set[str]:
        """Paths of the chunks and pages that `later` did not take over as they are: few, after a change to few pages."""
        chunks = enumerate(zip_longest(self.chunks, later.chunks))
        others = {chunk_path(number, chunk.digest) for number, (chunk, now) in chunks if chunk and chunk is not now}
        return others | {row.path for name, row in self.rows.items() if later.rows.get(name) is not row}

    def parts_of(self, url: str) -> Iterator[str]:
        """Names of the parts of a page."""
        return takewhile(self.rows.__contains__, (part_name(url, number) for number in count()))

    def save(self, store: Store) -> None:
        store.put(_NAME, msgpack.encode(self))


def load_state(store: Store) -> State | None:
    """What the last build left; None when there was none, or nothing that can be read."""
    try:
        return msgpack.decode(store.get(_NAME) or b"", type=State)
    except DecodeError:
        return None


def forget(store: Store) -> None:
    """Let the next `refresh` make everything anew."""
    store.delete(_NAME)


def part_name(url: str, number: int) -> str:
    """What a part of a page is called here; the first has the page's address."""
    return f"{url}\n{number}" if number else url


def is_later_part(name: str) -> bool:
    """Whether it is no page's first part."""
    return "\n" in name


def url_of(name: str) -> str:
    """The address of the page that a part belongs to."""
    return name.partition("\n")[0]


def digest_of(content: bytes) -> str:
    return blake2b(content, digest_size=8).hexdigest()


def chunk_path(number: int, digest: str) -> str:
    return f"{FOLDER}grams/{number:03x}-{digest[:_NAMED_BY]}.bin"


def page_path(slot: int, digest: str) -> str:
    return f"{FOLDER}pages/{slot:04x}-{digest[:_NAMED_BY]}.gz"


def versions_in_paths(digests: Iterable[str]) -> bytes:
    """The part of each digest that stands in paths, as the front files list it."""
    return bytes.fromhex("".join([digest[:_NAMED_BY] for digest in digests]))
