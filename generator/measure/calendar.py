"""Which days a figure of a month counts: the month itself, a window that ends with it, its business days."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from functools import cache

from msgspec import Struct

from generator.model.period import Month


class Calendar(Struct, frozen=True):
    """The months to count and the company's own holidays."""

    months: tuple[Month, ...]
    company_holidays: frozenset[date] = frozenset()

    def only(self, months: Iterable[Month]) -> Calendar:
        """The same calendar of some months."""
        return Calendar(tuple(months), self.company_holidays)

    def business_days(self, month: Month) -> list[date]:
        """Days from Monday to Friday that are neither national holidays of Japan nor the company's own."""
        return [day for day in _working_days(month) if day not in self.company_holidays]


@cache
def _working_days(month: Month) -> tuple[date, ...]:
    """Each day is asked for once and no weekend is: to ask for a year of them takes as long as counting its figures."""
    import jpholiday  # here because only stickiness asks

    return tuple(day for day in days_of(month) if day.weekday() < 5 and not jpholiday.is_holiday(day))


def days_of(month: Month) -> list[date]:
    """All days of a month."""
    return days_until(month.last_day, month.last_day.day)


def days_until(last: date, count: int) -> list[date]:
    """`count` days, oldest first; the last one is `last`."""
    return [last - timedelta(days=back) for back in reversed(range(count))]


def shifted(days: Collection[date], by: timedelta) -> list[date]:
    """The same days so much earlier."""
    return [day - by for day in days]
