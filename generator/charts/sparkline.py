"""The course of twelve months as a line of a hand's width, for a tile."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from generator.charts import svg
from generator.charts.chart import About
from generator.charts.scale import along
from generator.charts.sentences import share
from generator.model.figure import ReleasedFigure
from generator.model.metric import Unit
from generator.model.period import months_between

WIDTH, HEIGHT, EDGE = 160, 36, 4
MONTHS = 12


def sparkline(series: Sequence[ReleasedFigure], about: About, *, key: str) -> Markup:
    """The last twelve months of `series` (oldest first, not empty) on the whole scale, as every chart."""
    last = series[-1].period
    months = months_between(last.plus(1 - MONTHS), last)
    recent = [figure for figure in series if figure.period in months]
    step = (WIDTH - 2 * EDGE) / (MONTHS - 1)
    places = {month: EDGE + number * step for number, month in enumerate(months)}
    title = f"{about.name_of(series[-1].department)}の{about.label}、{MONTHS}か月の動き"
    told = "、".join(f"{figure.period.label_ja} {share(figure)}" for figure in recent)
    unit = series[-1].unit
    body = [svg.line(0, _y(0, unit), WIDTH, _y(0, unit), "kb-chart__grid")]
    if (goal := series[-1].target_percent) is not None:
        body.append(svg.line(0, _y(goal, unit), WIDTH, _y(goal, unit), "kb-chart__target"))
    for figure in recent:
        if figure.band is not None:
            top, bottom = _y(figure.band.high, unit), _y(figure.band.low, unit)
            body.append(svg.box(places[figure.period] - 3, top, 6, bottom - top, "kb-chart__band"))
    heights = [(places[f.period], None if f.percent is None else _y(f.percent, unit)) for f in recent]
    body += _runs(heights, step)
    return svg.drawing(key, "sparkline", (WIDTH, HEIGHT), title, told, body)


def _y(value: int, unit: Unit) -> float:
    return HEIGHT - EDGE - along(HEIGHT - 2 * EDGE, value, unit)


def _runs(points: list[tuple[float, float | None]], step: float) -> list[Markup]:
    """Lines between neighbouring months; a dot on the last shown one, and on any that stands alone."""
    shown = [(x, y) for x, y in points if y is not None]
    runs: list[list[tuple[float, float]]] = []
    for x, y in shown:
        if runs and x - runs[-1][-1][0] < 1.5 * step:
            runs[-1].append((x, y))
        else:
            runs.append([(x, y)])
    lines = [
        svg.element(
            "polyline",
            points=" ".join(f"{svg.number(x)},{svg.number(y)}" for x, y in run),
            class_="kb-chart__line",
            fill="none",
        )
        for run in runs
        if len(run) > 1
    ]
    dotted = {run[0] for run in runs if len(run) == 1} | set(shown[-1:])
    return lines + [svg.element("circle", cx=x, cy=y, r=3, class_="kb-chart__dot") for x, y in sorted(dotted)]
