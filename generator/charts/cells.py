"""What a row of a chart's table says of one figure."""

from __future__ import annotations

from generator.charts import sentences
from generator.charts.chart import About
from generator.model.figure import ReleasedFigure
from generator.model.metric import Unit


def columns(about: About) -> tuple[str, ...]:
    """The names of the `cells` of a metric."""
    return ("割合" if about.metric.unit is Unit.PERCENT else "点数", "前月差", "目標", "対象")


def cells(figure: ReleasedFigure) -> tuple[str, ...]:
    """One cell for each of `columns`."""
    return (
        sentences.dated_share(figure),
        sentences.change(figure),
        sentences.goal(figure),
        sentences.people(figure.eligible),
    )
