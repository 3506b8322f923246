"""The calendar of the demo: twelve closed months and the days on which the company works."""

from datetime import date, timedelta
from functools import cache

MONTHS: tuple[date, ...] = tuple(date(2025 + (10 + i) // 12, (10 + i) % 12 + 1, 1) for i in range(12))
"""First days of the months covered, 2025-11 … 2026-10."""

REORGANISATION = date(2026, 4, 1)
"""The day of transfers, of new graduates, and of the merger of 購買部 and 物流部."""

HOLIDAYS = frozenset(
    date(year, month, day)
    for (year, month), days in {
        (2025, 11): (3, 24),
        (2025, 12): (29, 30, 31),
        (2026, 1): (1, 2, 12),
        (2026, 2): (11, 23),
        (2026, 3): (20,),
        (2026, 4): (29,),
        (2026, 5): (4, 5, 6),
        (2026, 7): (20,),
        (2026, 8): (11, 12, 13, 14),
        (2026, 9): (21, 22, 23),
        (2026, 10): (12,),
    }.items()
    for day in days
)
"""National holidays on weekdays, the year-end closing and the three days of お盆."""


@cache
def last_day(month: date) -> date:
    """Return the last day of the month that `month` falls in."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


@cache
def days_of(month: date) -> tuple[date, ...]:
    """Return all days of the month that begins on `month`."""
    return tuple(month + timedelta(days=i) for i in range(last_day(month).day))


@cache
def business_days(month: date) -> tuple[date, ...]:
    """Return the days of the month on which the offices are open."""
    return tuple(day for day in days_of(month) if day.weekday() < 5 and day not in HOLIDAYS)
