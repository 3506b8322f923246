"""enps: those who answered 9 or 10 on a scale of 0 to 10 less those who answered 0 to 6, over all who answered.

Some vendors call 6 neutral; the same answers then give a higher number. The scale here is the published one (Reichheld).
"""

from __future__ import annotations

from generator.measure.calendar import Calendar
from generator.measure.kinds import survey
from generator.measure.kinds.kind import Reading
from generator.model.metric_kinds import Enps


class EnpsKind:
    """The groups that must not be small: promoters, detractors, and all who answered."""

    def readings(self, metric: Enps, calendar: Calendar) -> tuple[Reading, ...]:
        """The answers."""
        return survey.readings(metric.answers, calendar)

    def counted(self, metric: Enps, calendar: Calendar) -> dict[str, str]:
        """Who answered 7 or 8 is in the denominator only."""
        return {
            **survey.said(metric.answers),
            "_counted": """
                SELECT ends, department, person,
                       CASE WHEN value >= 9 THEN 1 ELSE 0 END AS numerator,
                       CASE WHEN value IS NULL THEN 0 ELSE 1 END AS denominator,
                       CASE WHEN value <= 6 THEN 1 ELSE 0 END AS against,
                       CASE WHEN value >= 9 THEN 1 ELSE 0 END AS group_1,
                       CASE WHEN value <= 6 THEN 1 ELSE 0 END AS group_2,
                       CASE WHEN value IS NULL THEN 0 ELSE 1 END AS group_3
                FROM _said
            """,
        }
