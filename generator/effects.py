"""What reaches outside: clocks, chance, the environment and the console. Given as arguments, so tests pass their own."""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from generator.errors import Rejected
from generator.model.finding import Family, Finding, Place, Text
from generator.workers import Workers

T = TypeVar("T")
CLOCKS_DIFFER_BY = timedelta(minutes=10)
"""How far clocks of different machines may differ (file servers, the machine somebody commits on)."""


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


_CREDENTIAL_NAME = re.compile(r"TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|CREDENTIAL|PRIVATE_KEY", re.IGNORECASE)


def credentials_of(environ: Mapping[str, str], declared: Collection[str] = ()) -> dict[str, str]:
    """The variables whose name says that their value is a secret, and those that are `declared` to hold one."""
    return {name: value for name, value in environ.items() if name in declared or _CREDENTIAL_NAME.search(name)}


def system_clock() -> datetime:
    """The moment a build speaks of: SOURCE_DATE_EPOCH when set (reproducible-builds.org), else now. In UTC.

    Raises Rejected when SOURCE_DATE_EPOCH is not a whole number of seconds since 1970.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC)
    with suppress(ValueError, OverflowError, OSError):
        if (seconds := int(epoch)) >= 0:
            return datetime.fromtimestamp(seconds, UTC)
    raise Rejected([_no_moment(epoch)])


def _no_moment(epoch: str) -> Finding:
    what = Text(
        f"環境変数 SOURCE_DATE_EPOCH の値 `{epoch}` は時刻として読めません",
        f"the value `{epoch}` of the environment variable SOURCE_DATE_EPOCH is not a time",
    )
    remedy = Text(
        "1970年からの秒数を整数で書くか、変数を消してください", "write whole seconds since 1970, or unset the variable"
    )
    return Finding(Family.SETTINGS, "source-date-epoch", Place("SOURCE_DATE_EPOCH"), what, remedy)


class _Named(Struct, frozen=True):
    """The clock of a run whose moment somebody has named."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment


class Effects(Struct, frozen=True):
    """The outside world as the verbs see it."""

    clock: Callable[[], datetime] = system_clock
    monotonic: Callable[[], float] = time.monotonic
    """Seconds that only grow: what deadlines are measured with, whatever moment a build speaks of."""
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.SystemRandom().random
    """A number from 0 to below 1."""
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    progress: Progress = field(default_factory=Quiet)
    workers: Workers = field(default_factory=Workers)

    def __repr__(self) -> str:  # without the environment, which holds secrets: whatever prints it must not tell them
        return f"Effects(workers={self.workers!r})"

    @classmethod
    def at(cls, moment: datetime | None, workers: Workers) -> Effects:
        """At the moment that somebody has named (`--now`); by the machine's clock where it is None."""
        return cls(workers=workers) if moment is None else cls(clock=_Named(moment), workers=workers)

    def stopped(self) -> Effects:
        """The same, in which it stays the moment that it is now."""
        moment = self.clock()
        return replace(self, clock=lambda: moment) if self.goes_by_the_clock else self

    @property
    def goes_by_the_clock(self) -> bool:
        """Whether the machine's clock says what moment it is, and nobody has named one."""
        return not isinstance(self.clock, _Named) and not self.environ.get("SOURCE_DATE_EPOCH")
