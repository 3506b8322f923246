"""The spans of days that a source on the network is asked for, one after the other."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from generator.model.period import Month, months_between


class Window(Struct, frozen=True, order=True):
    """A span of days, both ends included."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first}_{self.last}"

    def is_settled(self, today: date, revised_for: timedelta) -> bool:
        """Whether the vendor no longer changes what it says of this window."""
        return today - revised_for > self.last


EVERYTHING = Window(date.min, date.max)
"""For sources that know only the present, such as a list of people: never settled."""


def past_months(since: Month, today: date) -> list[Window]:
    """Every month that is over, from `since` on."""
    current = Month.of(today)
    return [Window(month.first_day, month.last_day) for month in months_between(since, current) if month != current]


def past_days(since: date, today: date) -> list[Window]:
    """Every day that is over, from `since` on."""
    return [Window(day, day) for day in (since + timedelta(days=n) for n in range((today - since).days))]
