"""The months in which companies in Japan rest long: marked below a trend, whose line may be lower there for that alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from generator.charts import svg
from generator.charts.notes import Notes
from generator.charts.plot import BOTTOM, Plot
from generator.model.metric import Metric
from generator.model.period import Month

_RESTS = {12: "年末年始", 1: "年末年始", 5: "大型連休", 8: "お盆"}
_BELOW = BOTTOM + 2.5
"""Where the mark lies: on the lower side of the axis."""


def rests_of(metric: Metric, months: Iterable[Month]) -> list[Month]:
    """The months to mark; none where people are asked what they think, which no holiday lowers."""
    return [] if metric.is_survey else [month for month in months if month.month in _RESTS]


def marks(rests: Sequence[Month], plot: Plot) -> list[Markup]:
    """A band below the axis under each month."""
    half = plot.step / 2
    return [svg.line(plot.x(month) - half, _BELOW, plot.x(month) + half, _BELOW, "kb-chart__rest") for month in rests]


def note(rests: Sequence[Month]) -> Notes:
    """Which of them are there, in the small type: 「12月・1月は年末年始、5月は大型連休」."""
    months = {month.month for month in rests}
    names = dict.fromkeys(_RESTS.values())
    together = {name: [month for month in _RESTS if _RESTS[month] == name and month in months] for name in names}
    told = [f"{'・'.join(f'{month}月' for month in same)}は{name}" for name, same in together.items() if same]
    return (("連休", f"{'、'.join(told)}（横軸の下の帯）"),) if told else ()
