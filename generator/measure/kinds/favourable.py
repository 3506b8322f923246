"""favourable: people who answered 4 or 5 on a scale of 1 to 5, over all who answered."""

from __future__ import annotations

from generator.measure.calendar import Calendar
from generator.measure.kinds import survey
from generator.measure.kinds.kind import Reading
from generator.model.metric_kinds import Favourable


class FavourableKind:
    """The groups that must not be small: who answered favourably, and who answered otherwise."""

    def readings(self, metric: Favourable, calendar: Calendar) -> tuple[Reading, ...]:
        """The answers."""
        return survey.readings(metric.answers, calendar)

    def counted(self, metric: Favourable, calendar: Calendar) -> dict[str, str]:
        """Who did not answer is in the headcount only."""
        return {
            **survey.said(metric.answers),
            "_counted": """
                SELECT ends, department, person,
                       CASE WHEN value >= 4 THEN 1 ELSE 0 END AS numerator,
                       CASE WHEN value IS NULL THEN 0 ELSE 1 END AS denominator, 0 AS against,
                       CASE WHEN value >= 4 THEN 1 ELSE 0 END AS group_1,
                       CASE WHEN value < 4 THEN 1 ELSE 0 END AS group_2, CAST(NULL AS INTEGER) AS group_3
                FROM _said
            """,
        }
