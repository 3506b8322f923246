"""activation: new people who began within some days, over all new people.

Somebody is new in the month in which these days are over, so that everybody has had all of them.
"""

from __future__ import annotations

from generator.measure.calendar import Calendar, days_of, days_until, shifted
from generator.measure.kinds import sql
from generator.measure.kinds.dates import Table, dates
from generator.measure.kinds.kind import Reading
from generator.model.metric_kinds import Activation


class ActivationKind:
    """The groups that must not be small: the new people who began, and those who did not."""

    def readings(self, metric: Activation, calendar: Calendar) -> tuple[Reading, ...]:
        """The activity from the first arrival of a month on."""
        long = metric.within.days
        days = {month: days_until(month.last_day, month.last_day.day + long) for month in calendar.months}
        return (Reading("activity", "activity", metric.activity, days),)

    def counted(self, metric: Activation, calendar: Calendar) -> dict[str, Table]:
        """The first day is that of the first licence, else the first one in the roster."""
        arrivals = {
            month: [(day, day + metric.within) for day in shifted(days_of(month), metric.within)]
            for month in calendar.months
        }
        licence = metric.licence
        if licence is None:
            arrived = "SELECT person AS whom, min(starts) AS day FROM _roster GROUP BY person"
            whom = "person"
        else:
            arrived = f"SELECT _name AS whom, min(_day) AS day FROM {sql.rows(licence)} AS given GROUP BY _name"  # noqa: S608 -- see `quoted`
            whom = sql.roster_name(licence)
        return {
            "_arrival": arrived,
            "_arrival_days": dates(arrivals, "day", "until"),
            "_new": f"""
                SELECT member.ends, member.person, member.{sql.roster_name(metric.activity)} AS name, span.day, span.until
                FROM _member AS member
                JOIN _arrival AS arrival ON arrival.whom = member.{whom}
                JOIN _arrival_days AS span ON span.day = arrival.day AND span.ends = member.ends
            """,  # noqa: S608 -- see `quoted`
            "_began": f"""
                SELECT DISTINCT arrived.ends, arrived.person
                FROM {sql.rows(metric.activity)} AS done JOIN _new AS arrived
                ON arrived.name = done._name AND done._day BETWEEN arrived.day AND arrived.until
            """,  # noqa: S608 -- see `quoted`
            "_judged": """
                SELECT arrived.ends, arrived.person, max(CASE WHEN began.person IS NULL THEN 0 ELSE 1 END) AS began
                FROM _new AS arrived LEFT JOIN _began AS began
                ON began.ends = arrived.ends AND began.person = arrived.person
                GROUP BY arrived.ends, arrived.person
            """,
            "_counted": """
                SELECT member.ends, member.department, member.person,
                       coalesce(max(judged.began), 0) AS numerator, count(judged.person) AS denominator, 0 AS against,
                       coalesce(max(judged.began), 0) AS group_1, coalesce(max(1 - judged.began), 0) AS group_2,
                       CAST(NULL AS INTEGER) AS group_3
                FROM (SELECT DISTINCT ends, department, person FROM _member) AS member
                LEFT JOIN _judged AS judged ON judged.ends = member.ends AND judged.person = member.person
                GROUP BY member.ends, member.department, member.person
            """,
        }
