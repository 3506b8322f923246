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
from pathlib import Path

from generator.effects import Effects

_FAR = 1 << 30
"""Where Windows locks: it forbids others to read what is locked, and the file's text says who holds it."""


class AlreadyHeld(Exception):
    """Somebody else holds the lock; `holder` says who, as far as the file tells."""

    def __init__(self, holder: str) -> None:
        self.holder = holder
        super().__init__(holder)


@contextmanager
def held(path: Path, effects: Effects) -> Iterator[None]:
    """Hold the lock of `path` while the body runs; raises AlreadyHeld at once when somebody else does."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            _lock(descriptor)
        except (BlockingIOError, PermissionError):
            raise AlreadyHeld(_holder(descriptor)) from None
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


def _holder(descriptor: int) -> str:
    """`host pid 1234, 2026-11-20T…`; the file is empty for a moment while its holder writes."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        holder = json.loads(os.read(descriptor, 4096))
        return f"{holder['host']} pid {holder['pid']}, {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "?"
