"""Files that are replaced in one step, with the old text or the new one and never a piece of it.

What a process has begun when it is killed stays behind, whatever rows it holds: the next one that writes there takes
it away.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

GIVEN_UP = 24 * 60 * 60
"""Seconds after which nobody is still at what was begun: the longest pull takes a few hours."""


def put_whole(path: Path, text: str, *, begun_as: str) -> None:
    """Put a text in the place of `path`, for its owner alone; until it is whole its name starts with `begun_as`.

    Raises OSError; what was there still stands then.
    """
    handle, name = tempfile.mkstemp(prefix=begun_as, dir=path.parent)
    begun = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        begun.replace(path)
    finally:
        begun.unlink(missing_ok=True)


def drop_given_up(written: Path, *begun_as: str) -> None:
    """Remove what lies beside a file that was just written, under such names, and was begun a day before it.

    Both days are those of the disk: clocks of the machines that share it may differ.
    """
    now = written.stat().st_mtime
    for path in (path for path in written.parent.iterdir() if path.name.startswith(begun_as)):
        with suppress(OSError):  # another process was first, or still has it open on Windows
            if path.stat().st_mtime < now - GIVEN_UP:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
