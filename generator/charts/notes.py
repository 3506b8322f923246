"""The small type beside every figure: period, as-of date, people, target, definition, source."""

from __future__ import annotations

from collections.abc import Sequence

from generator.charts import sentences
from generator.charts.chart import About
from generator.model.figure import ReleasedFigure

Notes = tuple[tuple[str, str], ...]


def of_one(figure: ReleasedFigure, about: About) -> Notes:
    """For a tile: everything about one figure."""
    return _notes(
        sentences.period(figure.period),
        [figure],
        sentences.people(figure.eligible),
        sentences.target(figure.target_percent, about),
        about,
    )


def of_months(series: Sequence[ReleasedFigure], about: About) -> Notes:
    """For months of one department or the company, oldest first."""
    first, last = series[0], series[-1]
    months = f"{first.period.label_ja}〜{last.period.label_ja}（月ごと）" if len(series) > 1 else ""
    return _notes(
        months or sentences.period(last.period),
        series,
        f"{sentences.people(last.eligible)}（{last.period.label_ja}末）",
        sentences.target(last.target_percent, about),
        about,
    )


def of_departments(figures: Sequence[ReleasedFigure], about: About, months: str | None = None) -> Notes:
    """For several departments; `months` overrides the period where there is more than one."""
    targets = {figure.target_percent for figure in figures}
    goal = sentences.target(figures[0].target_percent, about) if len(targets) == 1 else "部署ごとの目標は表にあります"
    people = sentences.people(figures[0].eligible) if len(figures) == 1 else "部署ごとの人数は表にあります"
    return _notes(months or sentences.period(figures[0].period), figures, people, goal, about)


def _notes(period: str, figures: Sequence[ReleasedFigure], people: str, target: str, about: About) -> Notes:
    return (
        ("期間", period),
        ("時点", sentences.day(max(figure.as_of for figure in figures))),
        ("対象", people),
        ("目標", target),
        ("定義", about.metric.definition),
        ("出典", about.source),
    )
