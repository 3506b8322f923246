"""Which months of a metric can be told: those that are over, and for which every row that counts has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.measure.calendar import Calendar
from generator.measure.kinds import KINDS
from generator.model.metric import Metric
from generator.model.period import Month, months_between


@dataclass(frozen=True, slots=True)
class Coverage:
    """The first and the newest day that the rows of one source speak of."""

    first: date
    newest: date


def closed_months(
    metric: Metric, sources: Mapping[str, Coverage], today: date, company_holidays: frozenset[date]
) -> Calendar:
    """The calendar of every month that is over, is covered to its last day, and whose days begin with the sources' months.

    A source that begins in the middle of a month has that month: nobody knows whether there was nothing before.
    """
    earliest = min(Month.of(span.first) for span in sources.values())
    last = min(*(Month.of(span.newest) for span in sources.values()), Month.of(today).plus(-1))
    calendar = Calendar(tuple(months_between(earliest, last)), company_holidays)
    readings = KINDS[metric.kind].readings(metric, calendar)
    told = [
        month
        for month in calendar.months
        if all(
            Month.of(sources[reading.activity.source].first) <= Month.of(reading.days[month][0])
            and month.last_day <= sources[reading.activity.source].newest
            for reading in readings
        )
    ]
    return Calendar(tuple(told), company_holidays)
