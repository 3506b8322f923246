"""What reaches outside: the clock, the environment and the console. Given as arguments, so tests pass their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from generator.model.finding import Text

T = TypeVar("T")


class Progress(Protocol):
    """Shows that long work moves on."""

    def track(self, items: Iterable[T], title: Text, total: int) -> Iterator[T]:
        """Yield `items` unchanged while a bar named `title` advances to `total`."""
        ...

    def step(self, title: Text) -> AbstractContextManager[None]:
        """Say that a step of unknown length is under way."""
        ...


class Quiet:
    """Progress that shows nothing: under mkdocs, in CI, in tests."""

    def track(self, items: Iterable[T], title: Text, total: int) -> Iterator[T]:
        return iter(items)

    def step(self, title: Text) -> AbstractContextManager[None]:
        return nullcontext()


def system_clock() -> datetime:
    """The moment a build speaks of: SOURCE_DATE_EPOCH when set (reproducible-builds.org), else now. In UTC.

    Raises ValueError when SOURCE_DATE_EPOCH is not a whole number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Effects:
    """The outside world as the verbs see it."""

    clock: Callable[[], datetime] = system_clock
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    progress: Progress = field(default_factory=Quiet)
