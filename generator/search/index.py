"""The whole index on one screen: which pages changed, their files, the chunks, and the files of a first query."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from generator.search.amend import Amendment
from generator.search.chunks import bits_for
from generator.search.entry import Entry, Store
from generator.search.front import front_files
from generator.search.inversion import all_chunks
from generator.search.page_file import PageFile
from generator.search.slots import assign_slots, capacity_for
from generator.search.state import Chunk, Row, State, chunk_path, digest_of, forget, load_state, page_path, row_order

_MANY = 8
"""Of so many pages one changed: making all chunks anew costs less than amending them."""


class Damaged(Exception):
    """A file of the index is gone or not what it was: `forget` it and `refresh` again."""


def refresh(
    store: Store, entries: Mapping[str, str], entry_of: Callable[[str], Entry], synonyms: Sequence[Sequence[str]] = ()
) -> Mapping[str, str]:
    """Bring the index in `store` up to `entries` (address → digest of everything of the entry).

    Asks `entry_of` for what changed only; for everything where there was no index, or a damaged one, or when many
    pages changed. Returns the path below the site of every file of the index, with its digest (16 hexadecimal digits).
    """
    old, words = load_state(store), [list(group) for group in synonyms]
    if old is not None and old.synonyms == words and _is_up_to_date(old, entries):
        return dict(old.files())
    capacity = capacity_for(len(entries))
    build = _Build(store, entries, entry_of, assign_slots(entries, capacity), capacity)
    try:
        if old is None or old.capacity != capacity or build.is_much_to_do(old):
            raise Damaged
        new = build.amended(old)
    except Damaged:
        new = build.anew()
    new.synonyms = words
    for path, digest, content in front_files(new):
        new.front[path] = digest
        store.put(path, content)
    new.save(store)
    files = dict(new.files())
    for path in dict(old.files()).keys() - files.keys() if old is not None else ():
        store.delete(path)
    return files


def content_of(store: Store, path: str, digest: str) -> bytes:
    """The bytes of a file that `refresh` named. Raises Damaged when the store no longer has them."""
    content = store.get(path)
    if content is None or digest_of(content) != digest:
        raise Damaged(path)
    return content


def _is_up_to_date(old: State, entries: Mapping[str, str]) -> bool:
    return old.rows.keys() == entries.keys() and all(row.entry == entries[url] for url, row in old.rows.items())


@dataclass(frozen=True, slots=True)
class _Build:
    store: Store
    entries: Mapping[str, str]
    entry_of: Callable[[str], Entry]
    slots: Mapping[str, int]
    capacity: int

    def is_much_to_do(self, old: State) -> bool:
        changed = sum(1 for url in self.entries if self._is_changed(old.rows.get(url), url))
        gone = sum(1 for url in old.rows if url not in self.entries)
        return (changed + gone) * _MANY > len(self.entries)

    def _is_changed(self, row: Row | None, url: str) -> bool:
        return row is None or row.entry != self.entries[url] or row.slot != self.slots[url]

    def anew(self) -> State:
        """Everything from the entries."""
        rows: dict[str, Row] = {}
        pages = ((slot, self._page(url, rows).grams()) for url, slot in self.slots.items())
        chunks: list[Chunk | None] = [None] * (1 << bits_for(self.capacity))
        for number, content in all_chunks(pages, self.capacity):
            chunks[number] = self._put_chunk(number, content)
        return State(self.capacity, rows, chunks)

    def amended(self, old: State) -> State:
        """Only what changed since `old`. Raises Damaged when a file of it that is needed is not what it was."""
        rows, amendment = dict(old.rows), Amendment(self.capacity)
        changed = [url for url in self.slots if self._is_changed(old.rows.get(url), url)]
        gone = [url for url in old.rows if url not in self.entries]
        before = {url: self._old_page(old.rows[url]) for url in [*gone, *changed] if url in old.rows}
        for url in gone:
            amendment.leave(rows.pop(url).slot, before[url].grams())
        for url in changed:
            if url in before and old.rows[url].slot != self.slots[url]:
                amendment.leave(old.rows[url].slot, before[url].grams())
        for url in changed:
            row = old.rows.get(url)
            if row is not None and row.entry == self.entries[url]:
                page = before[url]
                self.store.put(page_path(self.slots[url], row.file), page.pack())
                rows[url] = row._replace(slot=self.slots[url])
            else:
                page = self._page(url, rows)
            if row is not None and row.slot == self.slots[url]:
                amendment.change(row.slot, before[url].grams(), page.grams())
            else:
                amendment.come(self.slots[url], page.grams())
        chunks = list(old.chunks)
        for number, content in amendment.chunks(lambda number: self._old_chunk(number, old.chunks[number])):
            chunks[number] = None if content is None else self._put_chunk(number, content)
        return State(self.capacity, row_order(rows), chunks)

    def _page(self, url: str, rows: dict[str, Row]) -> PageFile:
        """Make the page's file, put it into the store and note the row."""
        entry = self.entry_of(url)
        page = PageFile.of(entry)
        content = page.pack()
        row = Row.of(entry, self.entries[url], self.slots[url], digest_of(content))
        self.store.put(row.path, content)
        rows[url] = row
        return page

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
