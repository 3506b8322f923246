"""share: people active in the month, or in a window that ends with it, over eligible people of its last day."""

from __future__ import annotations

from generator.measure.calendar import Calendar, days_of, days_until
from generator.measure.kinds import sql
from generator.measure.kinds.kind import Reading
from generator.model.metric_kinds import Share


class ShareKind:
    """Numerator and denominator are people; the rest of the headcount is what the numerator leaves."""

    def readings(self, metric: Share, calendar: Calendar) -> tuple[Reading, ...]:
        """One: the activity of the window."""
        window = metric.window
        days = {
            month: days_of(month) if window is None else days_until(month.last_day, window.days)
            for month in calendar.months
        }
        return (Reading("active", "numerator", metric.numerator, days),)

    def counted(self, metric: Share, calendar: Calendar) -> dict[str, str]:
        """A person is in the numerator once, under whatever name and on however many days."""
        return {
            "_counted": f"""
                SELECT member.ends, member.department, member.person,
                       max(CASE WHEN active.name IS NULL THEN 0 ELSE 1 END) AS numerator, 1 AS denominator,
                       0 AS against, CAST(NULL AS INTEGER) AS group_1, CAST(NULL AS INTEGER) AS group_2,
                       CAST(NULL AS INTEGER) AS group_3
                FROM _member AS member LEFT JOIN _active AS active
                ON active.ends = member.ends AND active.name = member.{sql.roster_name(metric.numerator)}
                GROUP BY member.ends, member.department, member.person
            """,  # noqa: S608 -- see `quoted`
        }
