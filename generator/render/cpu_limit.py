"""A limit on the time one text may take: some Markdown takes quadratic time (`[` eight thousand times: 20 s)."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS = 8.0
"""CPU time for one author's text; an ordinary one takes 5 ms, the largest that `read` accepts about 3 s."""


class TooSlow(Exception):
    """The text took longer than it may."""


@contextmanager
def cpu_limit(seconds: float = SECONDS) -> Iterator[None]:
    """Raise TooSlow in the body once it has used so many seconds of this process's CPU time.

    There is no limit where the system has no such timer (Windows) and outside the main thread.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _give_up(number: int, frame: FrameType | None) -> None:
    raise TooSlow
