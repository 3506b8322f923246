"""The moment at which all work for one source ends, whatever the other side does."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from generator.model.finding import Text
from generator.pull.remote.failure import LATER, FetchFailed


class Deadline(Struct, frozen=True):
    """Seconds left of a budget."""

    monotonic: Callable[[], float]
    budget: float
    end: float

    @classmethod
    def after(cls, seconds: float, monotonic: Callable[[], float]) -> Deadline:
        return cls(monotonic, seconds, monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds until the end; raises FetchFailed when there are none."""
        left = self.end - self.monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def allows(self, seconds: float) -> bool:
        """Whether one may wait so long."""
        return self.monotonic() + seconds < self.end

    def passed(self) -> FetchFailed:
        """What to raise when time is up."""
        what = Text(f"{self.budget:g}秒たっても取り込みが終わりません", f"not done after {self.budget:g} seconds")
        return FetchFailed("out-of-time", what, LATER)
