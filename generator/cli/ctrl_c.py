"""Ctrl-C: whether it was pressed, whatever a library makes of the `KeyboardInterrupt` that it becomes.

DuckDB ends its statement with a `RuntimeError` instead.
"""

from __future__ import annotations

import signal
from types import FrameType
from typing import NoReturn

INTERRUPTED = 130
"""The exit code of what Ctrl-C has ended, as shells have it."""

_presses: list[int] = []


def listen() -> None:
    """From now on it is noted; not where a shell has given its background a deaf ear."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, press)


def press(signal_number: int, frame: FrameType | None) -> NoReturn:
    """What Python does, and a note of it."""
    _presses.append(signal_number)
    raise KeyboardInterrupt


def was_pressed() -> bool:
    return bool(_presses)
