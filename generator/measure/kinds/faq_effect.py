"""faq_effect: help sessions after which the same person raised no ticket for some days, over all help sessions.

It estimates at most: who gave up raised no ticket either. A session is told in the month in which its days are over.
"""

from __future__ import annotations

from generator.measure.calendar import Calendar, days_of, days_until, shifted
from generator.measure.kinds import sql
from generator.measure.kinds.kind import Reading
from generator.model.metric_kinds import FaqEffect


class FaqEffectKind:
    """Sessions are counted; the groups that must not be small are people: with a session that helped, and with one not."""

    def readings(self, metric: FaqEffect, calendar: Calendar) -> tuple[Reading, ...]:
        """The sessions, and the tickets from the first session on."""
        long = metric.within.days
        sessions = {month: shifted(days_of(month), metric.within) for month in calendar.months}
        tickets = {month: days_until(month.last_day, month.last_day.day + long) for month in calendar.months}
        return (
            Reading("help", "help", metric.help, sessions, metric.within),
            Reading("tickets", "tickets", metric.tickets, tickets),
        )

    def counted(self, metric: FaqEffect, calendar: Calendar) -> dict[str, str]:
        """The two sources may know people by different names."""
        return {
            "_session": f"""
                SELECT DISTINCT member.ends, member.person, span.day, span.until
                FROM {sql.rows(metric.help)} AS done
                JOIN _help_days AS span ON span.day = done._day
                JOIN _member AS member
                ON member.ends = span.ends AND member.{sql.roster_name(metric.help)} = done._name
            """,  # noqa: S608 -- see `quoted`
            "_ticket": f"""
                SELECT DISTINCT member.ends, member.person, span.day
                FROM {sql.rows(metric.tickets)} AS done
                JOIN _tickets_days AS span ON span.day = done._day
                JOIN _member AS member
                ON member.ends = span.ends AND member.{sql.roster_name(metric.tickets)} = done._name
            """,  # noqa: S608 -- see `quoted`
            "_judged": """
                SELECT session.ends, session.person, session.day,
                       max(CASE WHEN ticket.person IS NULL THEN 1 ELSE 0 END) AS helped
                FROM _session AS session LEFT JOIN _ticket AS ticket
                ON ticket.ends = session.ends AND ticket.person = session.person
                AND ticket.day BETWEEN session.day AND session.until
                GROUP BY session.ends, session.person, session.day
            """,
            "_counted": """
                SELECT member.ends, member.department, member.person,
                       coalesce(sum(judged.helped), 0) AS numerator, count(judged.helped) AS denominator, 0 AS against,
                       coalesce(max(judged.helped), 0) AS group_1, coalesce(max(1 - judged.helped), 0) AS group_2,
                       CAST(NULL AS INTEGER) AS group_3
                FROM (SELECT DISTINCT ends, department, person FROM _member) AS member
                LEFT JOIN _judged AS judged ON judged.ends = member.ends AND judged.person = member.person
                GROUP BY member.ends, member.department, member.person
            """,
        }
