"""What a row of a chart's table says of one figure."""

from __future__ import annotations

from generator.charts import sentences
from generator.model.figure import ReleasedFigure

COLUMNS = ("割合", "前月差", "目標", "対象")


def cells(figure: ReleasedFigure) -> tuple[str, ...]:
    """One cell for each of `COLUMNS`."""
    return (
        sentences.dated_share(figure),
        sentences.change(figure),
        sentences.goal(figure.target_percent),
        sentences.people(figure.eligible),
    )
