"""The release ledger: what was published of each figure, so that later releases can be held to it.

It holds what readers were told, as ranges of counts, and no rows. `members` is a digest of whom a cell counted: equal
for the same people, and of no other use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct

from generator.model.period import is_month

_WHOLE = 100  # percent


class ToldCell(Struct, frozen=True):
    """One cell as it was published."""

    department: str | None
    eligible: int
    percent: int | None
    band: tuple[int, int] | None  # percent, both ends
    low: int  # counts that the words leave open, both ends included
    high: int
    members: str  # digest; empty when it is not known

    @property
    def is_possible(self) -> bool:
        """Whether a release can have told this: a percent or a band or neither, and counts of the people there are."""
        if not 0 <= self.low <= self.high <= self.eligible:
            return False
        if self.band is not None:
            return self.percent is None and 0 <= self.band[0] < self.band[1] <= _WHOLE
        return self.percent is None or 0 <= self.percent <= _WHOLE


class ToldMonth(Struct, frozen=True):
    """All cells of a metric and month as they were published together."""

    metric: str
    period: str  # 2026-10
    definition: str  # digest of who counts, over whom
    cells: tuple[ToldCell, ...]

    @property
    def is_possible(self) -> bool:
        """Whether a release can have told this: of a month of the calendar, of each department once."""
        departments = {cell.department for cell in self.cells}
        is_once = len(departments) == len(self.cells)
        return is_once and is_month(self.period) and all(cell.is_possible for cell in self.cells)


class Told(Struct, frozen=True):
    """What a site tells of figures, and the ledger it was held to."""

    months: tuple[ToldMonth, ...] = ()
    against: str = ""
    """Digest of that ledger; empty for none."""

    @property
    def is_possible(self) -> bool:
        """Whether a release can have told this."""
        return all(month.is_possible for month in self.months)


class Ledger(Struct, frozen=True, dict=True):
    """Everything published so far; of one month there may be several editions, the newest last."""

    months: tuple[ToldMonth, ...] = ()

    @cached_property
    def _editions(self) -> Mapping[tuple[str, str], tuple[ToldMonth, ...]]:
        """By metric and month."""
        editions: dict[tuple[str, str], tuple[ToldMonth, ...]] = {}
        for month in self.months:
            key = (month.metric, month.period)
            editions[key] = (*editions.get(key, ()), month)
        return editions

    def editions(self, metric: str, period: str) -> tuple[ToldMonth, ...]:
        """What was published of a metric and month, the newest last."""
        return self._editions.get((metric, period), ())

    def with_months(self, months: Iterable[ToldMonth]) -> Ledger:
        """The ledger after a release; what it holds already is not written twice."""
        new = tuple(month for month in dict.fromkeys(months) if month not in self.editions(month.metric, month.period))
        return Ledger((*self.months, *new)) if new else self
