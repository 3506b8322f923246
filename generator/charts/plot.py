"""The frame of a trend: months on x, shares on y, with their scales."""

from __future__ import annotations

import math

from markupsafe import Markup
from msgspec import Struct

from generator.charts import svg
from generator.charts.scale import ENDS, along
from generator.charts.sentences import amount
from generator.model.metric import Unit
from generator.model.period import Month

WIDTH, HEIGHT = 360, 232
LEFT, RIGHT, TOP, BOTTOM = 42, 304, 16, 188  # the plot; room for 「100%」 on the left, for the end label on the right


class Plot(Struct, frozen=True):
    """Where a month and a value lie."""

    months: list[Month]
    unit: Unit = Unit.PERCENT

    @property
    def step(self) -> float:
        """Width of a month."""
        return (RIGHT - LEFT) / len(self.months)

    def x(self, month: Month) -> float:
        """The middle of a month."""
        return LEFT + (self.months.index(month) + 0.5) * self.step

    def y(self, value: int) -> float:
        return BOTTOM - along(BOTTOM - TOP, value, self.unit)


def grid(plot: Plot) -> list[Markup]:
    """Lines at both ends of the scale and in its middle, and what they are."""
    low, high = ENDS[plot.unit]
    parts = []
    for value in (low, (low + high) // 2, high):
        y = plot.y(value)
        parts.append(svg.line(LEFT, y, RIGHT, y, "kb-chart__axis" if value == 0 else "kb-chart__grid"))
        parts.append(svg.text(LEFT - 5, y + 5, amount(value, plot.unit), "kb-chart__scale", anchor="end"))
    return parts


def month_labels(plot: Plot) -> list[Markup]:
    """As many months as have room, and their years."""
    # Counted back from the last month, which is the one people look for.
    every = max(1, math.ceil(40 / plot.step))
    parts = []
    for month in plot.months[::-1][::every]:
        x = plot.x(month)
        parts.append(svg.line(x, BOTTOM, x, BOTTOM + 4, "kb-chart__axis"))
        parts.append(svg.text(x, BOTTOM + 19, f"{month.month}月", "kb-chart__scale", anchor="middle"))
    return parts + _year_labels(plot, plot.months[::-1][::every][::-1])


def _year_labels(plot: Plot, labelled: list[Month]) -> list[Markup]:
    """The year under its first labelled month; a year so short that the next one would overlap it goes unnamed."""
    firsts = [month for n, month in enumerate(labelled) if n == 0 or month.year != labelled[n - 1].year]
    following = [*(plot.x(month) for month in firsts[1:]), math.inf]
    return [
        svg.text(plot.x(month), BOTTOM + 36, f"{month.year}年", "kb-chart__scale", anchor="middle")
        for month, following_x in zip(firsts, following, strict=True)
        if following_x - plot.x(month) > svg.width_of("2026年 ")
    ]
