"""Time in tests: it runs as it does, and a sleep takes none of it but counts as slept."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


@dataclass
class SkippingClock:
    """`monotonic` and `sleep` for Effects."""

    slept: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return time.monotonic() + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
