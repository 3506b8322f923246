"""One publisher at a time. Where the file system knows no locks, publishing is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.effects import Effects
from generator.lock import AlreadyHeld, held
from generator.publish import refusals

_NAME = ".publish.lock"


@contextmanager
def publishing_alone(target: Path, effects: Effects) -> Iterator[None]:
    """Hold the target's lock; raises LockHeld at once when somebody else does."""
    path = target / _NAME
    try:
        with held(path, effects):
            yield
    except AlreadyHeld as other:
        raise refusals.lock_held(path, other.holder()) from None
