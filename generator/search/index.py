"""The whole index on one screen: which pages changed, their files, the chunks, and the files that every query needs."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set

from msgspec import Struct
from msgspec.structs import replace

from generator.search.amend import Amendment
from generator.search.entry import Entry, Part, Store
from generator.search.front import front_files
from generator.search.grams import each_once
from generator.search.page_file import PageFile
from generator.search.shards import SHARDS, Shards, capacities_for, shard_of
from generator.search.state import (
    Chunk,
    Row,
    State,
    chunk_path,
    digest_of,
    forget,
    load_state,
    part_name,
    url_of,
)

_MANY = 8
"""Of so many pages one changed: making all chunks anew costs less than amending them."""


class Damaged(Exception):
    """A file of the index is gone or not what it was: `forget` it and `refresh` again."""


def refresh(
    store: Store,
    entries: Mapping[str, str],
    entry_of: Callable[[str], Entry],
    synonyms: Sequence[Sequence[str]] = (),
    last_kinds: Collection[str] = (),
) -> Mapping[str, str]:
    """Bring the index in `store` up to `entries` (address → digest of everything of the entry).

    Asks `entry_of` for what changed only; for everything where there was no index, or a damaged one, or when many
    pages changed. Pages of `last_kinds`, always the same, only tell what others say. Returns the path below the site of every file of the index, with its digest (16 hexadecimal digits).
    """
    old, words = load_state(store), [list(group) for group in synonyms]
    build = _Build(store, entries, entry_of)
    if old is None:
        new = build.anew()
    elif (changes := _Changes.since(old, entries)).count or old.synonyms != words:
        new = build.brought_up(old, changes)
    else:
        return old.files()
    new.synonyms = words
    for path, digest, content in front_files(new, last_kinds):
        new.front[path] = digest
        store.put(path, content)
    new.save(store)
    files = new.files()
    for path in old.paths_without(new) - files.keys() if old is not None else ():
        store.delete(path)
    return files


def content_of(store: Store, path: str, digest: str) -> bytes:
    """The bytes of a file that `refresh` named. Raises Damaged when the store no longer has them."""
    content = store.get(path)
    if content is None or digest_of(content) != digest:
        raise Damaged(path)
    return content


def _by_shard(shards: Iterable[tuple[str, int]]) -> list[list[str]]:
    """Names, each given with the place of its shard, by shard."""
    names: list[list[str]] = [[] for _ in range(SHARDS)]
    for name, place in shards:
        names[place].append(name)
    return names


class _Changes(Struct, frozen=True):
    """Addresses of the pages that are new or other ones than in the index, and of those that are gone."""

    made: Set[str]
    gone: Set[str]

    @classmethod
    def since(cls, old: State, entries: Mapping[str, str]) -> _Changes:
        known = {name: row.entry for name, row in old.rows.items()}
        made = {url for url, entry in entries.items() if known.get(url) != entry}
        return cls(made, {url_of(name) for name in known.keys() - entries.keys()} - entries.keys())

    @property
    def count(self) -> int:
        return len(self.made) + len(self.gone)


class _Build(Struct, frozen=True):
    store: Store
    entries: Mapping[str, str]
    entry_of: Callable[[str], Entry]

    def brought_up(self, old: State, changes: _Changes) -> State:
        """The index as it is now, with as little work as there is."""
        if changes.count * _MANY > len(self.entries):
            return self.anew()
        try:
            return self.amended(old, changes)
        except Damaged:
            return self.anew()

    def anew(self) -> State:
        """Everything from the entries."""
        from generator.search.inversion import all_chunks  # NumPy takes a tenth of a second, which most builds save

        parts = self._parts(self.entries)
        names = _by_shard((name, shard_of(entry)) for name, (entry, _) in parts.items())
        shards = Shards.of(capacities_for(names))
        rows: dict[str, Row] = {}
        slots = shards.assign(names)
        for name, slot in slots.items():
            self._put_part(*parts[name], name, slot, rows)
        chunks: list[Chunk | None] = [None] * shards.chunks
        for shard, some in zip(shards.each, names, strict=True):
            grams = ((slots[name] - shard.first_slot, parts[name][1].grams) for name in some)
            for number, content in all_chunks(grams, shard.capacity):
                at = shard.first_chunk + number
                chunks[at] = self._put_chunk(at, content)
        return State(shards, rows, chunks)

    def amended(self, old: State, changes: _Changes) -> State:
        """Only what changed since `old`. Raises Damaged when a file of it that is needed is not what it was."""
        parts = self._parts(url for url in self.entries if url in changes.made)
        left = {name for url in changes.made | changes.gone for name in old.parts_of(url)}
        slots = self._slots(old, left, parts)
        rows = {name: row for name, row in old.rows.items() if name not in left}
        amendment = self._amendment(old, parts, slots, rows)
        chunks = list(old.chunks)
        for number, content in amendment.chunks(lambda number: self._old_chunk(number, old.chunks[number])):
            chunks[number] = None if content is None else self._put_chunk(number, content)
        return State(old.shards, {name: rows[name] for name in slots}, chunks)

    def _slots(self, old: State, left: Set[str], parts: Mapping[str, tuple[Entry, Part]]) -> Mapping[str, int]:
        """Slot by name, in order, when `parts` have come for those that `left`. Raises Damaged when shards are too small."""
        came = {name: shard_of(entry) for name, (entry, _) in parts.items()}
        shards = {name: old.shards.of_slot(old.rows[name].slot) for name in left}
        if came == shards:  # names alone decide on slots, and mostly a page has other words, not another address
            return {name: row.slot for name, row in old.rows.items()}
        stayed = ((name, old.shards.of_slot(row.slot)) for name, row in old.rows.items() if name not in left)
        names = _by_shard([*stayed, *came.items()])
        if capacities_for(names) != old.shards.capacities:
            raise Damaged
        return old.shards.assign(names)

    def _amendment(
        self, old: State, parts: Mapping[str, tuple[Entry, Part]], slots: Mapping[str, int], rows: dict[str, Row]
    ) -> Amendment:
        """What `parts` and the parts that got another slot change; their files are put into the store, and their rows noted."""
        amendment = Amendment(old.shards)
        stays = {name for name, row in old.rows.items() if slots.get(name) == row.slot}
        before = {name: self._old_page(row) for name, row in old.rows.items() if name in parts or name not in stays}
        grams = {name: each_once(page.grams(is_first=url_of(name) == name)) for name, page in before.items()}
        for name in before.keys() - stays:
            amendment.leave(old.rows[name].slot, grams[name])
        for name in (parts.keys() | before.keys()) & slots.keys():
            if name in parts:
                self._put_part(*parts[name], name, slots[name], rows)
                after = each_once(parts[name][1].grams)
            else:
                after, rows[name] = grams[name], replace(old.rows[name], slot=slots[name])
                self.store.put(rows[name].path, before[name].pack())
            if name in stays:
                amendment.change(slots[name], grams[name], after)
            else:
                amendment.come(slots[name], after)
        return amendment

    def _parts(self, urls: Iterable[str]) -> dict[str, tuple[Entry, Part]]:
        """By name, those of each page in order."""
        entries = map(self.entry_of, urls)
        return {
            part_name(entry.url, number): (entry, part) for entry in entries for number, part in enumerate(entry.parts)
        }

    def _put_part(self, entry: Entry, part: Part, name: str, slot: int, rows: dict[str, Row]) -> None:
        """Put the file of a part into the store and note its row."""
        rows[name] = Row.of(entry, self.entries[entry.url], slot, digest_of(part.file))
        self.store.put(rows[name].path, part.file)

    def _old_page(self, row: Row) -> PageFile:
        try:
            return PageFile.unpack(content_of(self.store, row.path, row.file))
        except (ValueError, zlib.error) as error:
            raise Damaged(row.path) from error

    def _old_chunk(self, number: int, chunk: Chunk | None) -> bytes | None:
        return content_of(self.store, chunk_path(number, chunk.digest), chunk.digest) if chunk else None

    def _put_chunk(self, number: int, content: bytes) -> Chunk:
        chunk = Chunk.of(content)
        self.store.put(chunk_path(number, chunk.digest), content)
        return chunk


__all__ = ["Damaged", "content_of", "forget", "refresh"]
