"""One month, one bar a department, in the company's own order: names above, values at the end."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from generator.charts import notes, sentences, svg
from generator.charts.cells import cells, columns
from generator.charts.chart import About, Chart, Table
from generator.charts.scale import along, from_zero
from generator.model.figure import COMPANY, FigureStatus, ReleasedFigure

WIDTH, LANE = 360, 300  # a lane stands for the whole scale; values stand in the column right of it
ROW, LANE_TOP, LANE_HEIGHT = 45, 20, 13


def department_chart(figures: Sequence[ReleasedFigure], about: About, *, key: str, title: str | None = None) -> Chart:
    """The figures of one month in the order given; the company's own figure may be among them.

    Raises ValueError when `figures` is empty or `key` cannot be an id.
    """
    if not figures:
        raise ValueError("a chart of departments needs at least one figure")
    title = title or f"部署ごとの{about.label}（{figures[0].period.label_ja}）"
    sentence = sentences.departments(figures, about)
    stale = sentences.oldest_stale(figures)
    body = [part for n, figure in enumerate(figures) for part in _bar(figure, n * ROW, about, key)]
    return Chart(
        key=key,
        title=title,
        svg=svg.drawing(key, "departments", (WIDTH, ROW * len(figures)), title, sentence + stale, body),
        sentence=sentence,
        table=Table(title, ("部署", *columns(about)), tuple(_row(figure, about) for figure in figures)),
        notes=notes.of_departments(figures, about),
        stale=stale,
    )


def _row(figure: ReleasedFigure, about: About) -> tuple[str, ...]:
    return (about.name_of(figure.department), *cells(figure))


def _bar(figure: ReleasedFigure, top: int, about: About, key: str) -> list[Markup]:
    goal = _goal(figure)
    name_class = "kb-chart__name kb-chart__name--whole" if figure.department is COMPANY else "kb-chart__name"
    room = LANE - svg.width_of(goal) - 8
    return [
        svg.text(0, top + 14, svg.fitted(about.name_of(figure.department), room), name_class),
        *([svg.text(LANE, top + 14, goal, "kb-chart__goal", anchor="end")] if goal else []),
        *_lane(figure, top, key),
        *_value(figure, top),
    ]


def _goal(figure: ReleasedFigure) -> str:
    if figure.target_percent is None:
        return ""
    # In words as well: neither colour nor texture alone tells that a target is reached.
    return f"目標{sentences.goal(figure)}{' 達成' if figure.reaches_target else ''}"


def _lane(figure: ReleasedFigure, top: int, key: str) -> list[Markup]:
    if not figure.is_shown and figure.band is None:
        return []  # an empty lane would look like 0 %
    lane = (0, top + LANE_TOP, LANE, LANE_HEIGHT)
    return [svg.box(*lane, "kb-chart__lane", "none"), *share_in_lane(figure, lane, key), *_tick(figure, top)]


def _tick(figure: ReleasedFigure, top: int) -> list[Markup]:
    if figure.target_percent is None:
        return []
    x = along(LANE, figure.target_percent, figure.unit)
    return [svg.line(x, top + LANE_TOP - 2, x, top + LANE_TOP + LANE_HEIGHT + 3, "kb-chart__tick")]


Lane = tuple[float, float, float, float]
"""Left, top, width, height; the width stands for the whole scale."""


def share_in_lane(figure: ReleasedFigure, lane: Lane, key: str) -> list[Markup]:
    """The bar of a shown share (hatched below its target), the range of a band, or nothing."""
    left, top, width, height = lane
    if figure.percent is not None:
        is_below = figure.reaches_target is False
        kind = "kb-chart__bar kb-chart__bar--below" if is_below else "kb-chart__bar"
        fill = svg.hatched(key) if is_below else None
        start, long = from_zero(width, figure.percent, figure.unit)
        return [svg.box(left + start, top, long, height, kind, fill)]
    if figure.band is not None:
        start, end = (along(width, edge, figure.unit) for edge in (figure.band.low, figure.band.high))
        return [svg.box(left + start, top, end - start, height, "kb-chart__band", svg.dotted(key))]
    return []


def _value(figure: ReleasedFigure, top: int) -> list[Markup]:
    baseline = top + LANE_TOP + LANE_HEIGHT - 1
    if figure.is_shown or figure.band is not None:
        words = sentences.share(figure)
        return [svg.text(WIDTH, baseline, words, "kb-chart__value", anchor="end")]
    words = sentences.MISSING if figure.status is FigureStatus.MISSING else sentences.HIDDEN
    return [svg.text(0, baseline, words, "kb-chart__silent")]
