"""A store in memory, pages to put into it, and the index read as a browser reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from generator.search import Entry, content_of, parts_of, refresh
from generator.search.chunks import unpack_chunk
from generator.search.fold import fold
from generator.search.front import INDEX
from generator.search.grams import CLASSES, IN_TITLE, chunk_of
from generator.search.page_file import PageFile
from generator.search.postings import unpack_slots
from generator.search.shards import Shards
from generator.search.state import FOLDER


class Shelf(dict[str, bytes]):
    """A store that notes what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []

    def put(self, name: str, content: bytes) -> None:
        self.written.append(name)
        self[name] = content

    def delete(self, name: str) -> None:
        self.pop(name, None)


@dataclass(frozen=True)
class Article:
    """A page before it is an entry of the index."""

    url: str
    title: str
    text: str
    words: tuple[str, ...] = ()
    day: date | None = None
    has_figures: bool = False

    @property
    def entry(self) -> Entry:
        parts = parts_of(self.url, self.title, self.text, self.words)
        return Entry(self.url, self.title, parts, "読み物", ("総務部",), self.day, self.has_figures)


def article(
    url: str, title: str, text: str, *words: str, day: date | None = None, has_figures: bool = False
) -> Article:
    return Article(url, title, text, words, day, has_figures)


def refreshed(store: Shelf, site: Mapping[str, Article], synonyms: Sequence[Sequence[str]] = ()) -> Mapping[str, str]:
    """Path and digest of every file of the index, brought up to these pages."""
    return refresh(store, digests(site), lambda url: site[url].entry, synonyms)


def digests(entries: Mapping[str, Article]) -> dict[str, str]:
    return {url: blake2b(repr(found).encode(), digest_size=8).hexdigest() for url, found in entries.items()}


def indexed(entries: Mapping[str, Article], store: Shelf | None = None) -> dict[str, bytes]:
    """Every file of the index by path, as a site holds it."""
    store = Shelf() if store is None else store
    files = refreshed(store, entries)
    return {path: content_of(store, path, digest) for path, digest in files.items()}


class Reading:
    """Looks words up with nothing but the files of the index."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._shards = Shards.of(capacity for capacity, _ in json.loads(files[INDEX])["shards"])
        chunks = (path for path in files if path.startswith(f"{FOLDER}grams/"))
        numbers = {int(path.split("/")[2].split("-")[0], 16): path for path in chunks}
        self._chunks = {
            number: unpack_chunk(files[path], self._shards.of_chunk(number).capacity)
            for number, path in numbers.items()
        }
        self.pages = {
            int(path.split("/")[2].split("-")[0], 16): PageFile.unpack(content)
            for path, content in files.items()
            if path.startswith(f"{FOLDER}pages/")
        }

    def candidates(self, typed: str) -> set[str]:
        """Addresses of the pages that may have a word of two or more characters."""
        units = fold(typed).encode("utf-16-le")
        pairs = [int.from_bytes(units[at : at + 4], "little") for at in range(0, len(units) - 2, 2)]
        thirds = [units[at] % CLASSES for at in range(4, len(units), 2)]
        found: set[int] = set()
        for place in (0, IN_TITLE):
            steps = [self._slots(pair, [third + place]) for pair, third in zip(pairs[:-1], thirds, strict=True)]
            found |= set.intersection(*steps, self._slots(pairs[-1], range(place, place + CLASSES)))
        return {self.pages[slot].url for slot in found}

    def _slots(self, pair: int, classes: range | list[int]) -> set[int]:
        return {
            shard.first_slot + slot
            for shard in self._shards.each
            for key in (pair | third << 32 for third in classes)
            if (posting := self._chunks.get(shard.first_chunk + chunk_of(key, shard.bits), {}).get(key))
            for slot in unpack_slots(posting, shard.capacity)
        }
