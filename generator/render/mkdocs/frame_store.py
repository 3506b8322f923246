"""Frames kept from build to build: pages with new words are put together without compiling the templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Protocol

from generator.cache import records
from generator.cache.store import Store
from generator.model.site import Document
from generator.render.mkdocs.frames import Frame

FRAME = "frame"
"""The kind of the store's entries, by the digest of a frame."""


class Framed(Protocol):
    """What an earlier build knows of a page."""

    @property
    def url(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def section(self) -> str: ...
    @property
    def lang(self) -> str: ...
    @property
    def frame(self) -> str: ...


class FrameStore:
    """The frames of the pages of an earlier build with the same templates, configuration and masthead."""

    def __init__(self, store: Store, pages: Mapping[str, Framed]) -> None:
        """`pages` are those of the build, by url."""
        self.store, self.pages = store, pages
        self._known: dict[str, Frame | None] = {}

    def frame_of(self, document: Document) -> Frame | None:
        """The frame of a page that is, but for its content, what it was; templates may ask for nothing else."""
        page = self.pages.get(document.url)
        if page is None or not page.frame or _head(page) != _head(document):
            return None
        return self._of(page.frame)

    @cached_property
    def frames(self) -> tuple[Frame, ...]:
        """All that are kept."""
        found = map(self._of, sorted({page.frame for page in self.pages.values() if page.frame}))
        return tuple(frame for frame in found if frame is not None)

    def has(self, digest: str) -> bool:
        return self.store.get(FRAME, digest) is not None

    def keep(self, frames: Iterable[Frame]) -> None:
        for frame in frames:
            self.store.put(FRAME, frame.digest, records.to_bytes((frame.texts, frame.blanks, frame.answers)))

    def _of(self, digest: str) -> Frame | None:
        if digest not in self._known:
            self._known[digest] = self._looked_up(digest)
        return self._known[digest]

    def _looked_up(self, digest: str) -> Frame | None:
        try:
            match records.from_bytes(self.store.get(FRAME, digest) or b""):
                case (tuple() as texts, tuple() as blanks, tuple() as answers):
                    return Frame(texts, blanks, answers, digest)
        except records.NotARecord:
            pass  # lost or damaged: the templates tell
        return None


def _head(page: Framed | Document) -> tuple[str, ...]:
    return (page.kind, page.title, page.description, page.section, page.lang)
