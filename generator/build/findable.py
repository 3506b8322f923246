"""The pages of a build made findable: the index of the search, brought up to what is on the site now."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from generator.build.files import LooseFile
from generator.build.memory import FileRecord, PageRecord
from generator.cache.store import Store
from generator.search import Damaged, Entry, content_of, forget, refresh

_KIND = "search"


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The part of the store in which the search keeps its files."""

    store: Store

    def get(self, name: str) -> bytes | None:
        return self.store.get(_KIND, name)

    def put(self, name: str, content: bytes) -> None:
        self.store.put(_KIND, name, content)

    def delete(self, name: str) -> None:
        self.store.delete(_KIND, name)


def search_files(
    pages: Mapping[str, PageRecord],
    text_of_page: Callable[[PageRecord], str],
    synonyms: Sequence[Sequence[str]],
    store: Store,
    known: Mapping[str, FileRecord],
) -> list[LooseFile]:
    """Every file of the index; texts are asked for only of pages that are new to it.

    `known` are the files of the last build: one with the same digest is not read again.
    """
    shelf = _Shelf(store)
    found = {url: page for url, page in pages.items() if page.found_as}
    entries = {url: _digest_of(page) for url, page in found.items()}

    def entry_of(url: str) -> Entry:
        page = found[url]
        day = page.published_on or page.updated_on
        return Entry(url, page.title, text_of_page(page), page.found_as, page.departments, day, page.words)

    def looked_up() -> list[LooseFile]:
        files = refresh(shelf, entries, entry_of, synonyms).items()
        return [_file(shelf, path, digest, known.get(path)) for path, digest in files]

    try:
        return looked_up()
    except Damaged:
        forget(shelf)
        return looked_up()


def _file(shelf: _Shelf, path: str, digest: str, known: FileRecord | None) -> LooseFile:
    """A file of the index. Raises Damaged when the store no longer has what is new about it."""
    content = partial(content_of, shelf, path, digest)
    if known is not None and known.mark == digest:
        return LooseFile(path, known.sha256, known.size, content, mark=digest)
    written = content()
    return LooseFile(path, hashlib.sha256(written).hexdigest(), len(written), content, mark=digest)


def _digest_of(page: PageRecord) -> str:
    """Digest of everything that the search knows of a page."""
    day = page.published_on or page.updated_on
    told = repr((page.content, page.title, page.found_as, page.departments, str(day), page.words))
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
