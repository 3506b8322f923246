"""dual_use: people who used both of two things in the month, over those who used either."""

from __future__ import annotations

from generator.measure.calendar import Calendar, days_of
from generator.measure.kinds import sql
from generator.measure.kinds.kind import Reading
from generator.model.metric_kinds import DualUse


class DualUseKind:
    """The groups that must not be small: who used both, who used one, and who used none."""

    def readings(self, metric: DualUse, calendar: Calendar) -> tuple[Reading, ...]:
        """Both in the calendar month."""
        days = {month: days_of(month) for month in calendar.months}
        return (Reading("first", "first", metric.first, days), Reading("second", "second", metric.second, days))

    def counted(self, metric: DualUse, calendar: Calendar) -> dict[str, str]:
        """The two may know people by different names."""
        return {
            "_used": f"""
                SELECT member.ends, member.department, member.person,
                       max(CASE WHEN one.name IS NULL THEN 0 ELSE 1 END) AS one,
                       max(CASE WHEN other.name IS NULL THEN 0 ELSE 1 END) AS other
                FROM _member AS member
                LEFT JOIN _first AS one
                ON one.ends = member.ends AND one.name = member.{sql.roster_name(metric.first)}
                LEFT JOIN _second AS other
                ON other.ends = member.ends AND other.name = member.{sql.roster_name(metric.second)}
                GROUP BY member.ends, member.department, member.person
            """,  # noqa: S608 -- see `quoted`
            "_counted": """
                SELECT ends, department, person,
                       one * other AS numerator, one + other - one * other AS denominator, 0 AS against,
                       one * other AS group_1, one + other - 2 * one * other AS group_2,
                       (1 - one) * (1 - other) AS group_3
                FROM _used
            """,
        }
