"""The pages of a build made findable: the index of the search, brought up to what is on the site now."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from generator.build.files import LooseFile
from generator.build.memory import FileRecord, PageRecord
from generator.build.page import has_figures, staged_file
from generator.cache.store import Store
from generator.compose.kinds import FOUND_LAST
from generator.search import Damaged, Entry, Part, content_of, forget, refresh

_KIND = "search"


class Findable(Struct, frozen=True):
    """What a reader can find, and what is known of the index."""

    pages: Mapping[str, PageRecord]  # by url
    parts_of_page: Callable[[PageRecord], Sequence[Part]]
    """Asked only for pages that are new to the index."""
    synonyms: Sequence[Sequence[str]]
    store: Store
    known: Mapping[str, FileRecord]
    """The files of the last build, by path: one with the same digest is not read again."""
    folder: Path
    """Where new files wait until they go into the site."""

    def refreshed(self, shelf: _Shelf) -> Mapping[str, str]:
        """The digest of every file of the index by path; what is new of it lies on the shelf."""
        found = {url: page for url, page in self.pages.items() if page.entry}

        def entry_of(url: str) -> Entry:
            page = found[url]
            day = page.published_on or page.updated_on
            parts, figures = self.parts_of_page(page), has_figures(page)
            return Entry(url, page.title, parts, page.found_as, page.departments, day, has_figures=figures)

        digests = {url: page.entry for url, page in found.items()}
        return refresh(shelf, digests, entry_of, self.synonyms, FOUND_LAST)


class Index(Struct, frozen=True):
    """The index brought up to what is on the site now, and what that changes in the store."""

    files: Sequence[_IndexFile]
    new: Mapping[str, bytes]
    gone: Set[str]

    def keep(self, findable: Findable) -> Iterator[LooseFile]:
        """Put into the store what has changed, and return every file of the index, which is `findable`'s."""
        shelf = _Shelf(findable.store, {**self.new}, {*self.gone})
        shelf.empty()
        contents = _Contents(findable, shelf)
        return (file.loose(contents) for file in self.files)


class _IndexFile(NamedTuple):  # 10,000 of them come from another process
    path: str
    digest: str  # by which the index knows it
    sha256: str
    size: int  # bytes
    staged: Path | None = None

    def loose(self, contents: _Contents) -> LooseFile:
        content = partial(contents.of, self.path, self.digest)
        return LooseFile(self.path, self.sha256, self.size, content, mark=self.digest, staged=self.staged)


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
    """Every file of the index. Nothing changes in the store, so that another process can do it."""
    shelf = _Shelf(findable.store)

    def looked_up() -> list[_IndexFile]:
        files = findable.refreshed(shelf).items()
        stored = findable.store.names(_KIND) | shelf.new.keys()
        return [_file(shelf, path, digest, findable, is_stored=path in stored) for path, digest in files]

    try:
        files = looked_up()
    except Damaged:
        forget(shelf)
        files = looked_up()
    return Index(files, shelf.new, shelf.gone)


def _file(shelf: _Shelf, path: str, digest: str, findable: Findable, *, is_stored: bool) -> _IndexFile:
    """A file of the index. Raises Damaged when the store does not have it: the site may have lost it, too."""
    known = findable.known.get(path)
    if known is not None and known.mark == digest and is_stored:
        return _IndexFile(path, digest, known.sha256, known.size)
    content = content_of(shelf, path, digest)
    staged = staged_file(findable.folder, path)
    staged.write_bytes(content)
    return _IndexFile(path, digest, hashlib.sha256(content).hexdigest(), len(content), staged)
