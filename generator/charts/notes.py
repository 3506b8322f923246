"""The small type beside every figure: period, as-of date, people, target, definition, source."""

from __future__ import annotations

from collections.abc import Sequence

from generator.charts import sentences
from generator.charts.chart import About
from generator.model.figure import ReleasedFigure
from generator.model.metric import attainment
from generator.model.period import Month

Notes = tuple[tuple[str, str], ...]


def of_one(figure: ReleasedFigure, about: About) -> Notes:
    """For a tile: everything about one figure."""
    return _notes(
        _days(figure.period, about),
        [figure],
        sentences.eligible(figure),
        sentences.target(figure.target_percent, about),
        about,
        (*_attainment(figure, about), *_response(figure)),
    )


def _days(month: Month, about: About) -> str:
    return sentences.period(month, about.metric.first_day(month))


def _attainment(figure: ReleasedFigure, about: About) -> Notes:
    """How much of the way from the baseline to the target is done, where a baseline is declared."""
    goal, declared = figure.target_percent, about.metric.target
    if declared is None or declared.shown_baseline is None or goal is None or figure.percent is None:
        return ()
    done = attainment(figure.percent, declared, goal)
    start = sentences.amount(declared.shown_baseline, figure.unit)
    return () if done is None else (("達成率", f"{done}%（{start}から{sentences.goal(figure)}まで）"),)


def _response(figure: ReleasedFigure) -> Notes:
    """Who answered, of all who could."""
    return () if figure.response_percent is None else (("回答率", f"{figure.response_percent}%"),)


def of_months(series: Sequence[ReleasedFigure], about: About) -> Notes:
    """For months of one department or the company, oldest first."""
    first, last = series[0], series[-1]
    months = f"{first.period.label_ja}〜{last.period.label_ja}（月ごと）" if len(series) > 1 else ""
    return _notes(
        months or _days(last.period, about),
        series,
        f"{sentences.eligible(last)}（{last.period.label_ja}末）",
        sentences.target(last.target_percent, about),
        about,
    )


def of_departments(figures: Sequence[ReleasedFigure], about: About, months: str | None = None) -> Notes:
    """For several departments; `months` overrides the period where there is more than one."""
    targets = {figure.target_percent for figure in figures}
    goal = sentences.target(figures[0].target_percent, about) if len(targets) == 1 else "部署ごとの目標は表にあります"
    people = sentences.people(figures[0].eligible) if len(figures) == 1 else "部署ごとの人数は表にあります"
    return _notes(months or _days(figures[0].period, about), figures, people, goal, about)


def _notes(
    period: str, figures: Sequence[ReleasedFigure], people: str, target: str, about: About, more: Notes = ()
) -> Notes:
    return (
        ("期間", period),
        ("時点", sentences.day(max(figure.as_of for figure in figures))),
        ("対象", people),
        ("目標", target),
        *more,
        ("定義", about.metric.definition),
        ("出典", about.source),
    )
