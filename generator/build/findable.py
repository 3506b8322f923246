"""The pages of a build made findable: the index of the search, brought up to what is on the site now."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence, Set
from functools import partial
from pathlib import Path

from msgspec import Struct

from generator.build.memory import FileRecord, PageRecord
from generator.build.page import has_figures, staged_file
from generator.cache.store import Store
from generator.compose.kinds import FOUND_LAST
from generator.render.deliver import SiteFile
from generator.search import Damaged, Entry, Part, content_of, forget, refresh
from generator.verify.folder import file_problems

_KIND = "search"


class Findable(Struct, frozen=True):
    """What a reader can find, and what is known of the index."""

    pages: Mapping[str, PageRecord]  # by url
    parts_of_page: Callable[[PageRecord], Sequence[Part]]
    """Asked only for pages that are new to the index."""
    synonyms: Sequence[Sequence[str]]
    store: Store
    known: Mapping[str, FileRecord]
    """The files of the search of the last build, by path: one with the same mark is not read again."""
    folder: Path
    """Where new files wait until they go into the site."""

    def refreshed(self, shelf: _Shelf) -> Mapping[str, str]:
        """The digest of every file of the index by path; what is new of it lies on the shelf."""

        def entry_of(url: str) -> Entry:
            page = self.pages[url]
            day = page.published_on or page.updated_on
            parts, figures = self.parts_of_page(page), has_figures(page)
            return Entry(url, page.title, parts, page.found_as, page.departments, day, has_figures=figures)

        digests = {url: page.entry for url, page in self.pages.items() if page.entry}
        return refresh(shelf, digests, entry_of, self.synonyms, FOUND_LAST)


class Index(Struct, frozen=True):
    """How the files of the search differ from those that are known, and what that changes in the store.

    Another process tells it: after a correction that is a dozen of 10,000 files.
    """

    others: Mapping[str, FileRecord]
    """New ones and those with other bytes, which are staged."""
    gone: Set[str]
    put: Mapping[str, bytes]
    deleted: Set[str]

    def keep(self, findable: Findable) -> SearchFiles:
        """Put into the store what has changed, and return every file of the index, which is `findable`'s."""
        shelf = _Shelf(findable.store, {**self.put}, {*self.deleted})
        shelf.empty()
        records = {**findable.known, **self.others}
        for path in self.gone:
            del records[path]
        return SearchFiles(records, self.others.keys(), _Contents(findable, shelf))


class SearchFiles(Struct, frozen=True):
    """Every file of the search."""

    records: Mapping[str, FileRecord]  # by path
    staged: Set[str]
    contents: _Contents

    def site_file(self, path: str) -> SiteFile:
        file = self.records[path]
        waits = staged_file(self.contents.findable.folder, path) if path in self.staged else None
        return SiteFile(file.sha256, file.size, partial(self.contents.of, path, file.mark), waits)


class _Shelf(Struct, frozen=True):
    """The part of the store in which the search keeps its files; what changes there, it only notes."""

    store: Store
    new: dict[str, bytes] = {}
    gone: set[str] = set()

    def get(self, name: str) -> bytes | None:
        if name in self.new or name in self.gone:
            return self.new.get(name)
        return self.store.get(_KIND, name)

    def put(self, name: str, content: bytes) -> None:
        self.new[name] = content
        self.gone.discard(name)

    def delete(self, name: str) -> None:
        self.new.pop(name, None)
        self.gone.add(name)

    def empty(self) -> None:
        """Hand over to the store what was noted."""
        for name, content in self.new.items():
            self.store.put(_KIND, name, content)
        for name in self.gone:
            self.store.delete(_KIND, name)
        self.new.clear()
        self.gone.clear()


class _Contents(Struct, frozen=True):
    """The bytes of the files of an index, for the site that has lost them."""

    findable: Findable
    shelf: _Shelf

    def of(self, path: str, digest: str) -> bytes:
        """Whether those in the store can be trusted shows only now: to look at all in every build would take long."""
        try:
            return content_of(self.shelf, path, digest)
        except Damaged:
            forget(self.shelf)
            self.findable.refreshed(self.shelf)
            self.shelf.empty()
            return content_of(self.shelf, path, digest)


def made_findable(findable: Findable) -> Index:
    """The index. Nothing changes in the store, so that another process can do it."""
    shelf = _Shelf(findable.store)
    try:
        return _brought_up(findable, shelf)
    except Damaged:
        forget(shelf)
        return _brought_up(findable, shelf)


def _brought_up(findable: Findable, shelf: _Shelf) -> Index:
    """Raises Damaged when the store does not have a file that is new to the site."""
    known, digests = findable.known, findable.refreshed(shelf)
    others = {
        path: _staged(path, digest, findable.folder, shelf)
        for path, digest in digests.items()
        if (file := known.get(path)) is None or file.mark != digest
    }
    return Index(others, known.keys() - digests.keys(), shelf.new, shelf.gone)


def _staged(path: str, digest: str, folder: Path, shelf: _Shelf) -> FileRecord:
    content = content_of(shelf, path, digest)
    staged_file(folder, path).write_bytes(content)
    problems = tuple(file_problems(path, len(content)))
    return FileRecord(hashlib.sha256(content).hexdigest(), len(content), problems=problems, mark=digest)
