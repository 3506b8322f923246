"""What earlier builds left: on the disk for every process, and in memory for the next build of this one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from generator.build.memory import Memory
from generator.cache.store import Store
from generator.read import Notebook

T = TypeVar("T")


@dataclass
class Past:
    """Recalled when it is first asked for; a process that builds again and again recalls it once."""

    file: Path
    store: Store = field(init=False)
    _notebook: Notebook | None = field(init=False, default=None, repr=False)
    _memory: Memory | None = field(init=False, default=None, repr=False)
    _chrome: tuple[str, object] | None = field(init=False, default=None, repr=False)

    @classmethod
    def below(cls, folder: Path) -> Past:
        return cls(folder / "cache" / "pages.sqlite3")

    def __post_init__(self) -> None:
        self.store = Store(self.file)

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
