"""What a build leaves for the next one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.cache import records
from generator.cache.store import Store
from generator.model.finding import Finding
from generator.verify.wording import Problem

_MEMORY = ("build", "memory")

Link = tuple[str, str, str, bool]
"""A look-up of a link: path as written, source, address of the page it stands on, whether the source is foreign."""


@dataclass(frozen=True, slots=True)
class PageRecord:
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
    texts: tuple[str, ...]  # sources of the authors' texts on it
    is_foreign: bool  # whether one of them may come from another tool
    given: bytes  # digest of what its writer was handed
    uses: tuple[str, ...]  # names of facts (`generator.compose.uses`)
    links: tuple[Link, ...]
    content: str  # its content without the page around it, in the store
    sha256: str  # of the whole file
    size: int  # bytes of the whole file
    scripts: tuple[str, ...]  # inline scripts, as a Content-Security-Policy writes their digests
    findings: tuple[Finding, ...]  # about its authors' texts
    problems: tuple[Problem, ...]  # of the page by itself


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file that is no page of the newsletter, judged by itself."""

    sha256: str
    size: int  # bytes
    loads: tuple[str, ...]  # what a style sheet fetches
    scripts: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class AssetNote:
    """A picture or download as it was when its digest was taken."""

    signature: tuple[int, int, int, int]  # size in bytes, times of its last changes in ns, inode
    sha256: str


@dataclass(frozen=True, slots=True)
class Memory:
    """All pages of one build; `facts` and `answers` are what their records rely on."""

    version: str  # of code, settings and templates: under another one nothing here holds
    frame: str  # digest of the page around every content
    records: Mapping[str, PageRecord] = field(default_factory=dict)  # by url
    facts: Mapping[str, bytes] = field(default_factory=dict)  # by name
    addresses: bytes = b""  # digest of all places that a link may lead to
    answers: Mapping[Link, str | None] = field(default_factory=dict)
    files: Mapping[str, FileRecord] = field(default_factory=dict)  # by path
    assets: Mapping[str, AssetNote] = field(default_factory=dict)  # by source
    swept: frozenset[bytes] = frozenset()  # digests of the texts that no page holds
    in_question: tuple[str, ...] = ()  # pages with links that lead nowhere


def recalled(store: Store, version: str) -> Memory:
    """The last build's memory; an empty one when there is none of this version."""
    try:
        found = records.from_bytes(store.get(*_MEMORY) or b"")
    except records.NotARecord:
        found = None
    return found if isinstance(found, Memory) and found.version == version else Memory(version, "")


def remember(store: Store, memory: Memory) -> None:
    store.put(*_MEMORY, records.to_bytes(memory))
