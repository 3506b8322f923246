"""retention: people active in a window and in the one before it, over those active in the one before.

People are followed by their key in the roster, not by their department: somebody who moved is not lost. Who has left the
company is in neither, for the figure tells of the tool.
"""

from __future__ import annotations

from generator.measure.calendar import Calendar, days_until
from generator.measure.kinds import sql
from generator.measure.kinds.kind import Reading
from generator.model.metric_kinds import Retention


class RetentionKind:
    """The groups that must not be small: who stayed, who did not, and who was not there before."""

    def readings(self, metric: Retention, calendar: Calendar) -> tuple[Reading, ...]:
        """Two windows of the same length, one after the other."""
        long = metric.window
        after = {month: days_until(month.last_day, long.days) for month in calendar.months}
        before = {month: days_until(month.last_day - long, long.days) for month in calendar.months}
        return (
            Reading("before", "activity", metric.activity, before),
            Reading("after", "activity", metric.activity, after),
        )

    def counted(self, metric: Retention, calendar: Calendar) -> dict[str, str]:
        """A name of the earlier window belongs to whoever had it then: names change when people move."""
        name = sql.roster_name(metric.activity)
        return {
            "_kept": f"""
                SELECT DISTINCT span.ends, roster.person
                FROM {sql.rows(metric.activity)} AS done
                JOIN _before_days AS span ON span.day = done._day
                JOIN _roster AS roster ON roster.{name} = done._name
                AND roster.starts <= done._day AND (roster.stops IS NULL OR done._day <= roster.stops)
            """,  # noqa: S608 -- see `quoted`
            "_seen": f"""
                SELECT member.ends, member.department, member.person,
                       max(CASE WHEN before.person IS NULL THEN 0 ELSE 1 END) AS earlier,
                       max(CASE WHEN after.name IS NULL THEN 0 ELSE 1 END) AS later
                FROM _member AS member
                LEFT JOIN _kept AS before ON before.ends = member.ends AND before.person = member.person
                LEFT JOIN _after AS after ON after.ends = member.ends AND after.name = member.{name}
                GROUP BY member.ends, member.department, member.person
            """,  # noqa: S608 -- see `quoted`
            "_counted": """
                SELECT ends, department, person, earlier * later AS numerator, earlier AS denominator, 0 AS against,
                       earlier * later AS group_1, earlier * (1 - later) AS group_2, 1 - earlier AS group_3
                FROM _seen
            """,
        }
