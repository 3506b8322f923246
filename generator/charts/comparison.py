"""Two months side by side: two bars a row, the earlier hatched, the later solid, each with its month and value."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from generator.charts import notes, sentences, svg
from generator.charts.chart import About, Chart, Table
from generator.charts.scale import along, from_zero
from generator.model.figure import FigureStatus, ReleasedFigure
from generator.model.period import Month

WIDTH, LANE_END = 360, 304
ROW, FIRST_LANE, SECOND_LANE, LANE_HEIGHT = 70, 21, 40, 14


def comparison_chart(
    before: Sequence[ReleasedFigure],
    after: Sequence[ReleasedFigure],
    about: About,
    *,
    key: str,
    title: str | None = None,
) -> Chart:
    """Figures of two months; rows follow `after`, and a department that is not in `before` stands alone.

    Raises ValueError when either is empty or `key` cannot be an id.
    """
    if not before or not after:
        raise ValueError("a comparison needs figures of two months")
    months = before[0].period, after[0].period
    earlier = {figure.department: figure for figure in before}
    pairs = [(earlier.get(figure.department), figure) for figure in after]
    title = title or _title(after, months, about)
    sentence = sentences.comparison(before, after, about)
    stale = sentences.oldest_stale([*before, *after])
    names = _month_names(months)
    body: list[Markup] = []
    for number, pair in enumerate(pairs):
        body += _rows(pair, number * ROW, names, about, key)
    return Chart(
        key=key,
        title=title,
        svg=svg.drawing(key, "comparison", (WIDTH, ROW * len(pairs)), title, sentence + stale, body),
        sentence=sentence,
        table=_table(pairs, months, title, about),
        notes=notes.of_departments(after, about, "と".join(month.label_ja for month in months)),
        stale=stale,
    )


Pair = tuple[ReleasedFigure | None, ReleasedFigure]


def _title(after: Sequence[ReleasedFigure], months: tuple[Month, Month], about: About) -> str:
    whose = about.name_of(after[0].department) if len(after) == 1 else "部署ごと"
    return f"{whose}の{about.label}（{months[0].label_ja}と{months[1].label_ja}）"


def _month_names(months: tuple[Month, Month]) -> tuple[str, str]:
    if months[0].year == months[1].year:
        return f"{months[0].month}月", f"{months[1].month}月"
    return months[0].label_ja, months[1].label_ja


def _table(pairs: list[Pair], months: tuple[Month, Month], title: str, about: About) -> Table:
    header = ("部署", months[0].label_ja, months[1].label_ja, "差", "目標", "対象")
    return Table(title, header, tuple(_row(pair, about) for pair in pairs))


def _row(pair: Pair, about: About) -> tuple[str, ...]:
    before, after = pair
    difference = sentences.NONE
    if before is not None and before.percent is not None and after.percent is not None:
        difference = sentences.points(after.percent - before.percent)
    return (
        about.name_of(after.department),
        sentences.NONE if before is None else sentences.dated_share(before),
        sentences.dated_share(after),
        difference,
        sentences.goal(after),
        sentences.people(after.eligible),
    )


def _rows(pair: Pair, top: int, names: tuple[str, str], about: About, key: str) -> list[Markup]:
    left = round(max(svg.width_of(name) for name in names)) + 8
    parts = [svg.text(0, top + 14, svg.fitted(about.name_of(pair[1].department), WIDTH), "kb-chart__name")]
    for figure, name, lane_top, is_later in zip(
        pair, names, (top + FIRST_LANE, top + SECOND_LANE), (False, True), strict=True
    ):
        baseline = lane_top + LANE_HEIGHT - 1.5
        parts.append(svg.text(0, baseline, name, "kb-chart__scale"))
        parts += _bar(figure, (left, lane_top), is_later, key)
    return parts


def _bar(figure: ReleasedFigure | None, corner: tuple[int, int], is_later: bool, key: str) -> list[Markup]:
    left, top = corner
    baseline, width = top + LANE_HEIGHT - 1.5, LANE_END - left
    if figure is None:
        return [svg.text(WIDTH, baseline, sentences.NONE, "kb-chart__value", anchor="end")]
    if figure.percent is not None:
        kind = "kb-chart__bar" if is_later else "kb-chart__bar kb-chart__bar--below"
        fill = None if is_later else svg.hatched(key)
        start, long = from_zero(width, figure.percent, figure.unit)
        bar = svg.box(left + start, top, long, LANE_HEIGHT, kind, fill)
    elif figure.band is not None:
        start, end = (along(width, edge, figure.unit) for edge in (figure.band.low, figure.band.high))
        bar = svg.box(left + start, top, end - start, LANE_HEIGHT, "kb-chart__band", svg.dotted(key))
    else:
        words = sentences.MISSING if figure.status is FigureStatus.MISSING else sentences.HIDDEN
        return [svg.text(left, baseline, words, "kb-chart__silent")]
    value = svg.text(WIDTH, baseline, sentences.share(figure), "kb-chart__value", anchor="end")
    return [svg.box(left, top, width, LANE_HEIGHT, "kb-chart__lane", "none"), bar, value]
