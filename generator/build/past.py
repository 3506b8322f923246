"""What earlier builds left: on the disk for every process, and in memory for the next build of this one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from generator.build.memory import Memory
from generator.cache.store import Store
from generator.read import Notebook

T = TypeVar("T")


class Past:
    """Recalled when it is first asked for; a process that builds again and again recalls it once."""

    def __init__(self, file: Path) -> None:
        self.file, self.store = file, Store(file)
        self._notebook: Notebook | None = None
        self._memory: Memory | None = None
        self._chrome: tuple[str, object] | None = None

    @classmethod
    def below(cls, folder: Path) -> Past:
        return cls(folder / "cache" / "pages.sqlite3")

    def notebook(self, zone: ZoneInfo) -> Notebook:
        """What is known of the authors' files, whose moments are in a zone."""
        if self._notebook is None or self._notebook.zone != zone:
            self._notebook = Notebook(self.store, zone)
        return self._notebook

    def memory(self, version: str) -> Memory:
        """All pages of the last build of a version."""
        if self._memory is None or self._memory.version != version:
            self._memory = Memory(self.store, version)
        return self._memory

    def chrome(self, frame: str, make: Callable[[], T]) -> T:
        """What puts pages around contents; the same one as long as `frame`, a digest of all of it, is the same."""
        if self._chrome is None or self._chrome[0] != frame:
            self._chrome = frame, make()
        return cast(T, self._chrome[1])

    @property
    def is_known(self) -> bool:
        """Whether the disk holds what this process left there; another process may have built meanwhile."""
        return self.store.is_as_left
