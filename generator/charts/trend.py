"""Months on x, shares on y: the line of one department or the company, with its target and where it leads."""

from __future__ import annotations

from collections.abc import Sequence, Set

from markupsafe import Markup
from msgspec import Struct

from generator.charts import notes, rests, sentences, svg
from generator.charts.cells import cells, columns
from generator.charts.chart import About, Chart, Table
from generator.charts.forecast import Forecast, Unforeseeable
from generator.charts.plot import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Plot, grid, month_labels
from generator.model.figure import FigureStatus, ReleasedFigure
from generator.model.period import Month, months_between

_REASON = TOP + 0.75 * (BOTTOM - TOP)
"""Where a month says why it has no figure: between the lines of the scale."""


class Break(Struct, frozen=True):
    """A month before which the line is cut: figures on both sides do not compare, as after a reorganisation."""

    month: Month
    label: str
    """A short word on the drawing: 「組織改編」."""
    note: str
    """What happened, in the small type."""


def trend_chart(
    series: Sequence[ReleasedFigure],
    about: About,
    *,
    key: str,
    title: str | None = None,
    breaks: Sequence[Break] = (),
    ahead: Forecast | Unforeseeable | None = None,
    told: bool = False,
) -> Chart:
    """The course of one department or the company.

    `series` is in order, oldest first; a month without a cell is a gap. `ahead` is what to expect after it.
    `told` says that a sentence beside the chart tells its last month already: then its own tells only the way there, and
    may be empty.
    Raises ValueError when `series` is empty or `key` cannot be an id.
    """
    if not series:
        raise ValueError("a trend needs at least one month")
    title = title or _title(series, about)
    course = sentences.progress(series) + sentences.expected(ahead, about)
    sentence = _last_month(series, about) + course
    stale = sentences.oldest_stale(series)
    drawn = ahead if isinstance(ahead, Forecast) else None
    months = months_between(series[0].period, drawn.due.period if drawn else series[-1].period)
    plot = Plot(months, about.metric.unit)
    shown_breaks = [each for each in breaks if each.month in plot.months]
    resting = rests.rests_of(about.metric, months)
    drawing = [*rests.marks(resting, plot), *_body(series, plot, key, shown_breaks, drawn)]
    return Chart(
        key=key,
        title=title,
        svg=svg.drawing(key, "trend", (WIDTH, HEIGHT), title, sentence + stale, drawing),
        sentence=course if told else sentence,
        table=Table(title, ("月", *columns(about)), (*map(_row, series), *(_due_row(drawn, about) if drawn else ()))),
        notes=(
            *notes.of_months(series, about),
            *rests.note(resting),
            *((each.label, each.note) for each in shown_breaks),
        ),
        stale=stale,
    )


def _title(series: Sequence[ReleasedFigure], about: About) -> str:
    first, last = series[0].period.label_ja, series[-1].period.label_ja
    months = first if first == last else f"{first}〜{last}"
    return f"{about.label}の推移（{about.name_of(series[-1].department)}、{months}）"


def _last_month(series: Sequence[ReleasedFigure], about: About) -> str:
    last = series[-1]
    previous = series[-2] if len(series) > 1 and series[-2].period == last.period.plus(-1) else None
    return sentences.assertion(last, previous, about)


def _row(figure: ReleasedFigure) -> tuple[str, ...]:
    return (figure.period.label_ja, *cells(figure))


def _due_row(ahead: Forecast, about: About) -> tuple[tuple[str, ...]]:
    unknown = (sentences.NONE,) * (len(columns(about)) - 1)
    return ((f"{ahead.due.period.label_ja}（見込み）", sentences.expected_range(ahead), *unknown),)


def _body(
    series: Sequence[ReleasedFigure], plot: Plot, key: str, breaks: Sequence[Break], ahead: Forecast | None
) -> list[Markup]:
    return [
        *grid(plot),
        *month_labels(plot),
        *_unshown(series, plot, key),
        *_breaks(breaks, plot),
        *(_ahead(series[-1], ahead, plot) if ahead else ()),
        *_target(series, plot),
        *_line(series, plot, {each.month for each in breaks}),
        *_labels(series, plot, ahead),
    ]


def _ahead(last: ReleasedFigure, ahead: Forecast, plot: Plot) -> list[Markup]:
    """The range of the months to come as one area that opens from the last month."""
    start = [(last.period, last.percent)] if last.percent is not None else []
    upper = [*start, *((month.period, month.high) for month in ahead.months)]
    lower = [*start, *((month.period, month.low) for month in ahead.months)]
    points = " ".join(
        f"{svg.number(plot.x(month))},{svg.number(plot.y(percent))}" for month, percent in [*upper, *lower[::-1]]
    )
    return [svg.element("polygon", points=points, class_="kb-chart__expected")]


def _unshown(series: Sequence[ReleasedFigure], plot: Plot, key: str) -> list[Markup]:
    """Ranges as dotted columns; months that say nothing as a column with the reason, once a run."""
    parts = []
    for figure in series:
        if figure.band is not None:
            top, bottom = plot.y(figure.band.high), plot.y(figure.band.low)
            left = plot.x(figure.period) - plot.step / 2 + 1
            parts.append(svg.box(left, top, plot.step - 2, bottom - top, "kb-chart__band", svg.dotted(key)))
    for run in _silent_runs(series):
        left = plot.x(run[0].period) - plot.step / 2
        width = plot.step * len(run)
        parts.append(svg.box(left, TOP, width, BOTTOM - TOP, "kb-chart__gap", "none"))
        parts.append(_reason(run[0], left + width / 2, width))
    return parts


def _silent_runs(series: Sequence[ReleasedFigure]) -> list[list[ReleasedFigure]]:
    runs: list[list[ReleasedFigure]] = []
    for figure in series:
        if figure.is_shown or figure.band is not None:
            continue
        last = runs[-1][-1] if runs else None
        if last is not None and last.period.plus(1) == figure.period and last.status is figure.status:
            runs[-1].append(figure)
        else:
            runs.append([figure])
    return runs


def _reason(figure: ReleasedFigure, x: float, room: float) -> Markup:
    words = sentences.HIDDEN if figure.status is FigureStatus.PROTECTED else sentences.MISSING
    if svg.width_of(words) < room:
        return svg.text(x, _REASON + 5, words, "kb-chart__gap-label", anchor="middle")
    return _upright(x, sentences.share(figure))


def _upright(x: float, words: str) -> Markup:
    """Words from top to bottom in one column, as a month is too narrow for them side by side."""
    top = _REASON - svg.FONT_SIZE * (len(words) - 1) / 2 + 5
    characters = [
        svg.element("tspan", character, x=x, y=top + number * svg.FONT_SIZE) for number, character in enumerate(words)
    ]
    return svg.element("text", *characters, class_="kb-chart__gap-label", text_anchor="middle")


def _breaks(breaks: Sequence[Break], plot: Plot) -> list[Markup]:
    parts = []
    for each in breaks:
        x = plot.x(each.month) - plot.step / 2
        parts.append(svg.line(x, TOP, x, BOTTOM, "kb-chart__break"))
        anchor = "end" if x > (LEFT + RIGHT) / 2 else "start"
        offset = -4 if anchor == "end" else 4
        parts.append(
            svg.text(x + offset, BOTTOM - 6, svg.fitted(each.label, 120), "kb-chart__break-label", anchor=anchor)
        )
    return parts


def _target(series: Sequence[ReleasedFigure], plot: Plot) -> list[Markup]:
    goal = series[-1].target_percent
    if goal is None:
        return []
    y, label = plot.y(goal), f"目標{sentences.goal(series[-1])}"
    return [
        svg.line(LEFT, y, RIGHT, y, "kb-chart__target"),
        svg.text(*_room_for(label, y, series, plot), label, "kb-chart__target-label"),
    ]


def _room_for(label: str, y: float, series: Sequence[ReleasedFigure], plot: Plot) -> tuple[float, float]:
    """Where the label of the line at `y` begins: above it at its start, unless the course or the frame is in the way."""
    width = svg.width_of(label)
    course = [(plot.x(f.period), plot.y(f.percent)) for f in series if f.percent is not None]
    spots = [(x, y + off) for x in (LEFT + 4, RIGHT - 4 - width) for off in (-6, 16)]

    def is_free(spot: tuple[float, float]) -> bool:
        left, foot = spot
        is_inside = foot - svg.FONT_SIZE >= TOP and foot + 6 <= BOTTOM
        return is_inside and not any(
            left - 8 <= at <= left + width + 8 and foot - 22 <= height <= foot + 6 for at, height in course
        )

    return next(filter(is_free, spots), spots[0])


def _line(series: Sequence[ReleasedFigure], plot: Plot, cut: Set[Month]) -> list[Markup]:
    parts = []
    for run in _shown_runs(series, cut):
        points = " ".join(f"{svg.number(plot.x(month))},{svg.number(plot.y(percent))}" for month, percent, _ in run)
        if len(run) > 1:
            parts.append(svg.element("polyline", points=points, class_="kb-chart__line", fill="none"))
        for month, percent, status in run:
            kind = "kb-chart__dot kb-chart__dot--stale" if status is FigureStatus.STALE else "kb-chart__dot"
            radius = 5 if month == series[-1].period else 3
            parts.append(svg.element("circle", cx=plot.x(month), cy=plot.y(percent), r=radius, class_=kind))
    return parts


_Point = tuple[Month, int, FigureStatus]


def _shown_runs(series: Sequence[ReleasedFigure], cut: Set[Month]) -> list[list[_Point]]:
    """Shown months that may be joined by a line: neighbours in time with no break between."""
    runs: list[list[_Point]] = []
    for figure in series:
        if figure.percent is None:
            continue
        point = (figure.period, figure.percent, figure.status)
        joins = runs and runs[-1][-1][0].plus(1) == figure.period and figure.period not in cut
        if joins:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _labels(series: Sequence[ReleasedFigure], plot: Plot, ahead: Forecast | None) -> list[Markup]:
    """The first shown share at its point, the last at the edge; a last range in words at the edge.

    Where months to come are drawn, their range stands at the edge, and the last share at its point.
    """
    last = series[-1]
    shown = [(figure.period, figure.percent) for figure in series if figure.percent is not None]
    inner = [point for point in dict.fromkeys((*shown[:1], *shown[-1:])) if ahead or point[0] != last.period]
    parts = [_at_point(plot, month, percent, last.target_percent) for month, percent in inner]
    if ahead:
        y = plot.y((ahead.due.low + ahead.due.high) // 2)
        parts.append(svg.text(RIGHT + 3, y - 3, "見込み", "kb-chart__expected-label"))
        parts.append(svg.text(RIGHT + 3, y + 13, sentences.expected_range(ahead), "kb-chart__expected-label"))
    elif last.percent is not None:
        parts.append(svg.text(RIGHT + 3, plot.y(last.percent) + 6, sentences.share(last), "kb-chart__end"))
    elif last.band is not None:
        y = plot.y(last.band.low if last.band.high == 100 else last.band.high)
        parts.append(svg.text(RIGHT + 3, y + 5, sentences.share(last), "kb-chart__value"))
    return parts


def _at_point(plot: Plot, month: Month, percent: int, goal: int | None) -> Markup:
    """A share above its point, or below where the line of the target or of 0, or the upper edge, is near."""
    is_close = percent > 88 or (goal is not None and 0 <= goal - percent < 16)
    is_below = percent < 0 or (is_close and percent > 12)
    y = plot.y(percent) + (20 if is_below else -9)
    return svg.text(plot.x(month), y, sentences.amount(percent, plot.unit), "kb-chart__value", anchor="middle")
