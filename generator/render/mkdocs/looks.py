"""What plugins look at beside the page at hand, so that the page is made anew when that is another.

A table that a plugin reads from a file, a date that it asks `git` for: nothing tells us beforehand. Python tells of
every file that is opened and every program that is started (audit events, PEP 578), and listens as long as a plugin
is at work. What a plugin reads while it is set up may stand on every page.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from msgspec import Struct

ELSEWHERE = "*"
"""Stands for programs and servers: whatever they answered, they may answer otherwise next time."""
_FILES = frozenset({"open", "os.listdir", "os.scandir"})
_ASKS = frozenset(
    {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "socket.connect", "socket.getaddrinfo"}
)
_WRITES = frozenset("wax")

_SEEN: list[set[str]] = []
"""Where the plugin at work is noted; a hook for audit events stays in a process for good and has no other place."""


class Looks(Struct):
    """What plugins looked at before they came to a page. Paths below `root` are noted, less those in `apart`."""

    root: Path
    apart: tuple[Path, ...]
    """Folders of ours, and of Python: what lies there comes with a release of something."""
    before: set[str] = set()

    @contextmanager
    def noted(self, into: set[str]) -> Iterator[None]:
        """Add what is looked at meanwhile: posix paths from the root, or `ELSEWHERE`."""
        _listen()
        seen: set[str] = set()
        _SEEN.append(seen)
        try:
            yield
        finally:
            _SEEN.pop()
            into |= {name for path in seen if (name := self._name_of(path))}

    def _name_of(self, path: str) -> str:
        if path == ELSEWHERE:
            return path
        place = Path(path)
        place = place.parent.resolve() / place.name
        is_ours = not place.is_relative_to(self.root) or any(map(place.is_relative_to, self.apart))
        return "" if is_ours else place.relative_to(self.root).as_posix()


@cache
def _listen() -> None:
    sys.addaudithook(_heard)


def _heard(event: str, arguments: tuple[object, ...]) -> None:
    if not _SEEN:
        return
    if event in _ASKS:
        _SEEN[-1].add(ELSEWHERE)
    elif event in _FILES and isinstance(path := arguments[0], str | bytes | os.PathLike):
        mode = arguments[1] if event == "open" else None
        if not (isinstance(mode, str) and _WRITES & set(mode)):
            _SEEN[-1].add(os.fsdecode(path))
