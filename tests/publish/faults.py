"""Faults at every call that reaches the file system, without a seam in the code: Python's own audit events.

The interpreter reports each call (open, mkdir, rename, symlink, remove …) before it is made; here that is where
the process is killed or the call fails.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_CALLS = frozenset(
    "open os.mkdir os.rename os.symlink os.remove os.rmdir os.truncate os.scandir os.listdir shutil.copyfile".split()  # noqa: SIM905 (reads as a list)
)
_strike: Callable[[], None] | None = None


def _audit(event: str, _arguments: tuple[object, ...]) -> None:
    if _strike is not None and event in _CALLS:
        _strike()


sys.addaudithook(_audit)  # hooks cannot be taken out again; this one sleeps unless a test wakes it


@contextmanager
def at_call(number: int, act: Callable[[], None]) -> Iterator[list[int]]:
    """Do `act` when the file system is called for the `number`-th time, from 1; the list then holds the number."""
    global _strike
    calls = iter(range(1, number + 1))
    struck: list[int] = []

    def strike() -> None:
        if next(calls, None) == number:
            struck.append(number)
            act()

    _strike = strike
    try:
        yield struck
    finally:
        _strike = None


def failing(code: int) -> Callable[[], None]:
    """An act: the call fails as the system would say it."""

    def fail() -> None:
        raise OSError(code, os.strerror(code))

    return fail


def killed_at_call(number: int, work: Callable[[], object]) -> bool:
    """Do `work` in a process of its own that is killed at that call; False when it ended before."""
    child = os.fork()
    if child == 0:
        try:
            with at_call(number, lambda: os.kill(os.getpid(), signal.SIGKILL)):
                work()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])
