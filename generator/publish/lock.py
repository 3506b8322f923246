"""One publisher at a time.

The lock belongs to the open file (flock): the system takes it back from a process that dies, however it dies, so
there are no stale locks to judge. The file says who holds it, for the message only, and is never removed: another
publisher could be waiting at the removed one. Where the file system knows no locks, publishing is refused.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.effects import Effects
from generator.publish import refusals

_NAME = ".publish.lock"


@contextmanager
def publishing_alone(target: Path, effects: Effects) -> Iterator[None]:
    """Hold the target's lock; raises LockHeld at once when somebody else does."""
    path = target / _NAME
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise refusals.lock_held(path, _holder(descriptor)) from None
        holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": effects.clock().isoformat()}
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(holder).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _holder(descriptor: int) -> str:
    """`host pid 1234, 2026-11-20T…`; the file is empty for a moment while its holder writes."""
    try:
        holder = json.loads(os.pread(descriptor, 4096, 0))
        return f"{holder['host']} pid {holder['pid']}, {holder['since']}"
    except (ValueError, KeyError, TypeError):
        return "?"
