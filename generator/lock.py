"""One process at a time.

The lock belongs to the open file: the system takes it back from a process that dies, however it dies, so there are
no stale locks to judge. The file says who holds it, for the message only, and is never removed: another process
could be waiting at the removed one.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from generator.effects import Effects

_FAR = 1 << 30
"""Where Windows locks: it forbids others to read what is locked, and the file's text says who holds it."""


class AlreadyHeld(Exception):
    """Somebody else holds the lock, since a moment that the file may not tell."""

    def __init__(self, holder: str, since: datetime | None) -> None:
        self._holder, self._since = holder, since
        super().__init__(holder)

    def holder(self, zone: tzinfo = UTC) -> str:
        """`host pid 1234, 2026-11-20 12:00`, the moment in `zone`; `?` where the file does not tell."""
        if self._since is None:
            return self._holder
        named = " UTC" if zone is UTC else ""
        return f"{self._holder}, {self._since.astimezone(zone):%Y-%m-%d %H:%M}{named}"


@contextmanager
def held(path: Path, effects: Effects) -> Iterator[None]:
    """Hold the lock of `path` while the body runs; raises AlreadyHeld at once when somebody else does."""
    # No link is followed: what it leads to would be overwritten.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    try:
        try:
            _lock(descriptor)
        except (BlockingIOError, PermissionError):
            raise AlreadyHeld(*_holder(descriptor)) from None
        holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": effects.clock().isoformat()}
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, json.dumps(holder).encode())
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _holder(descriptor: int) -> tuple[str, datetime | None]:
    """Who holds it and since when; the file is empty for a moment while its holder writes."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        holder = json.loads(os.read(descriptor, 4096))
        return f"{holder['host']} pid {holder['pid']}", datetime.fromisoformat(holder["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return "?", None
