"""stickiness: people active on a business day, on average, over people active in the month.

Numerator and denominator count days of people: the days on which somebody was active, and those on which the people of
the month could have been. A mean over all seven days of the week would make every company that rests look half as keen.
"""

from __future__ import annotations

from generator.measure.calendar import Calendar, days_of
from generator.measure.kinds import sql
from generator.measure.kinds.kind import Reading
from generator.model.metric_kinds import Stickiness


class StickinessKind:
    """The groups that must not be small: people active in the month, and those who missed a business day."""

    def readings(self, metric: Stickiness, calendar: Calendar) -> tuple[Reading, ...]:
        """The month makes its people, its business days their days."""
        months = calendar.months
        return (
            Reading("monthly", "activity", metric.activity, {month: days_of(month) for month in months}),
            Reading("daily", "activity", metric.activity, {month: calendar.business_days(month) for month in months}),
        )

    def counted(self, metric: Stickiness, calendar: Calendar) -> dict[str, str]:
        """Days of somebody with two names count once."""
        name = sql.roster_name(metric.activity)
        return {
            "_open": "SELECT ends, count(*) AS days FROM _daily_days GROUP BY ends",
            "_day_use": f"""
                SELECT member.ends, member.department, member.person, count(DISTINCT done._day) AS days
                FROM {sql.rows(metric.activity)} AS done
                JOIN _daily_days AS span ON span.day = done._day
                JOIN _member AS member ON member.ends = span.ends AND member.{name} = done._name
                GROUP BY member.ends, member.department, member.person
            """,  # noqa: S608 -- see `quoted`
            "_user": f"""
                SELECT member.ends, member.department, member.person,
                       max(CASE WHEN monthly.name IS NULL THEN 0 ELSE 1 END) AS used
                FROM _member AS member LEFT JOIN _monthly AS monthly
                ON monthly.ends = member.ends AND monthly.name = member.{name}
                GROUP BY member.ends, member.department, member.person
            """,  # noqa: S608 -- see `quoted`
            "_counted": """
                SELECT person.ends, person.department, person.person,
                       coalesce(daily.days, 0) AS numerator, person.used * business.days AS denominator, 0 AS against,
                       person.used AS group_1,
                       CASE WHEN person.used = 1 AND coalesce(daily.days, 0) < business.days THEN 1 ELSE 0 END AS group_2,
                       CAST(NULL AS INTEGER) AS group_3
                FROM _user AS person
                JOIN _open AS business ON business.ends = person.ends
                LEFT JOIN _day_use AS daily ON daily.ends = person.ends AND daily.person = person.person
                AND (daily.department = person.department OR (daily.department IS NULL AND person.department IS NULL))
            """,
        }
