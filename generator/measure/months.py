"""Which months of a metric can be told: those that are over, and for which every row that counts has come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct

from generator.measure.calendar import Calendar
from generator.measure.kinds import KINDS
from generator.model.metric import Metric
from generator.model.period import Month, months_between

LATE = timedelta(days=3)
"""So long after its last day a month may be told whose last rows are of its last business day: weekends may have none."""


class Coverage(Struct, frozen=True):
    """The first and the newest day that the rows of one source speak of."""

    first: date
    newest: date


def closed_months(
    metric: Metric, sources: Mapping[str, Coverage], today: date, company_holidays: frozenset[date]
) -> Calendar:
    """The calendar of every month that is over, is covered to its end, and whose days begin with the sources' months.

    Answers to a survey come on its days and on no other, so a month that has any is covered. A source that begins in
    the middle of a month has that month: nobody knows whether there was nothing before. A month without a day to count
    (one of holidays only, for stickiness) has no figure.
    """
    earliest = min(Month.of(span.first) for span in sources.values())
    last = min(*(Month.of(span.newest) for span in sources.values()), Month.of(today).plus(-1))
    calendar = Calendar(tuple(months_between(earliest, last)), company_holidays)
    readings = KINDS[metric.kind].readings(metric, calendar)
    told = [
        month
        for month in calendar.months
        if all(
            reading.days[month]
            and Month.of(sources[reading.activity.source].first) <= Month.of(reading.days[month][0])
            and (metric.is_survey or covers_all(sources[reading.activity.source], month, calendar, today))
            for reading in readings
        )
    ]
    return Calendar(tuple(told), company_holidays)


def covers_all(span: Coverage, month: Month, calendar: Calendar, today: date) -> bool:
    """Whether the rows of a month that is over have come, to the last of them."""
    if span.newest >= month.last_day:
        return True  # without asking for holidays, which takes longer than all else here
    business_days = calendar.business_days(month) if today >= month.last_day + LATE else []
    return bool(business_days) and business_days[-1] <= span.newest
