"""What a build leaves for the next one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from generator.cache.file_clock import Signature
from generator.cache.records import NotARecord, from_bytes, to_bytes
from generator.cache.store import Store
from generator.cache.table import Table
from generator.model.finding import Finding
from generator.verify.wording import Problem

_GROUNDS = ("build", "grounds")

Link = tuple[str, str, str, bool]
"""A look-up of a link: path as written, source, address of the page it stands on, whether the source is foreign."""


class PageRecord(NamedTuple):
    """A page that was made, and everything that it was made from."""

    url: str
    kind: str
    title: str
    description: str
    section: str
    lang: str
    source: str | None
    published_on: date | None
    updated_on: date | None
    found_as: str  # what the search calls its kind; empty for a page that it does not find
    departments: tuple[str, ...]
    words: tuple[str, ...]
    entry: str  # digest of everything that the search knows of it; empty like `found_as`
    texts: tuple[str, ...]  # sources of the authors' texts on it
    is_foreign: bool  # whether one of them may come from another tool
    given: bytes  # digest of what its writer was handed
    uses: tuple[str, ...]  # names of facts (`generator.compose.uses`)
    links: tuple[Link, ...]
    content: str  # its content without the page around it, in the store
    frame: str  # digest of what is around the content; empty when only the whole page tells
    sha256: str  # of the whole file
    size: int  # bytes of the whole file
    scripts: tuple[str, ...]  # inline scripts, as a Content-Security-Policy writes their digests
    jumps: tuple[str, ...]  # addresses of names on other pages to which it links
    findings: tuple[Finding, ...]  # about its authors' texts
    problems: tuple[Problem, ...]  # of the page by itself


class FileRecord(NamedTuple):
    """A file that is no page of the newsletter, judged by itself."""

    sha256: str
    size: int  # bytes
    loads: tuple[str, ...] = ()  # what a style sheet fetches
    scripts: tuple[str, ...] = ()
    jumps: tuple[str, ...] = ()  # as of a page
    problems: tuple[Problem, ...] = ()
    mark: str = ""  # of a file of the search: the digest by which its maker knows it
    leads_to: str = ""  # of a permanent address: where


class AssetNote(Struct, frozen=True):
    """A picture or download as it was when its digest was taken."""

    signature: Signature  # empty when it might change again and look the same
    sha256: str  # of what is published of it
    size: int  # bytes of that


class Grounds(Struct, frozen=True):
    """What the records of a build rely on."""

    frame: str = ""  # digest of the page around every content
    outline: str = ""  # digest of everything that the pages were planned from
    lists: str = ""  # digest of everything that lists of authors' files were made from
    facts: Mapping[str, bytes] = {}  # by name
    addresses: bytes = b""  # digest of all places that a link may lead to
    answers: Mapping[Link, str | None] = {}
    assets: Mapping[str, AssetNote] = {}  # by source
    swept: frozenset[bytes] = frozenset()  # digests of the texts that no page holds
    in_question: tuple[str, ...] = ()  # pages with links that lead nowhere


class Memory:
    """All pages and files of the last build of the same `version`: of code, settings and templates."""

    def __init__(self, store: Store, version: str) -> None:
        """Recall the last build; nothing when there is none."""
        self.store, self.version = store, version
        self.is_outdated = False
        """Whether the last build was of another version, of which nothing is recalled."""
        self.is_forgotten = False
        """Whether nothing may be taken from the last build: a plugin sees all pages."""
        self._pages = Table(store, "page", PageRecord, version)
        self._files = Table(store, "file", FileRecord, version)
        self.records = self._pages.load()  # by url
        self.files = self._files.load()  # by path
        self.grounds = self._recalled()

    def forget(self) -> None:
        """Take nothing from the last build into this one."""
        self.records, self.files, self.grounds = {}, {}, Grounds()
        self.is_forgotten = True

    def keep(self, records: Mapping[str, PageRecord], files: Mapping[str, FileRecord], grounds: Grounds) -> None:
        """Leave a build to the next one, of this process or another; from here on the memory is of that build."""
        with self.store.together():  # records of this build beside the grounds of another would be relied on
            self._pages.save(records)
            self._files.save(files)
            if grounds != self.grounds:
                self.store.put(*_GROUNDS, to_bytes((self.version, grounds)))
        self.records, self.files, self.grounds = dict(records), dict(files), grounds

    def _recalled(self) -> Grounds:
        try:
            match from_bytes(self.store.get(*_GROUNDS) or b""):
                case (self.version, Grounds() as grounds):
                    return grounds
                case (str(), Grounds()):
                    self.is_outdated = True
        except NotARecord:
            pass  # there are none, or they are damaged: then no record can be relied on
        return Grounds()
